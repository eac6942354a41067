/** Several browsers that look like one: each page goes to the one with the least to do. */
import type { Browser, DrawOptions, PageSource } from "./browser.ts";

export class BrowserPool implements Browser {
  readonly #members: { browser: Browser; waiting: number }[];

  /** @param browsers At least one. */
  constructor(browsers: readonly Browser[]) {
    this.#members = browsers.map((browser) => ({ browser, waiting: 0 }));
  }

  get found(): Browser["found"] {
    return this.#freest().browser.found;
  }

  async drawPage(page: PageSource, options: DrawOptions): Promise<Buffer> {
    const member = this.#freest();
    member.waiting += 1;
    try {
      return await member.browser.drawPage(page, options);
    } finally {
      member.waiting -= 1;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map(({ browser }) => browser.close()));
  }

  #freest() {
    return this.#members.reduce((best, member) => (member.waiting < best.waiting ? member : best));
  }
}
