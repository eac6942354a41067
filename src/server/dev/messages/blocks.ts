/** The blocks of a list of messages, each made once. */
import { sha256 } from "../../../host/checksum.ts";
import type { MessageRow, MessagesQuestion } from "../types.ts";
import type { ComparedDelivery, MessageDrawing, Place } from "./types.ts";

/** Characters of the HTML of all blocks together. */
const LONGEST_BLOCKS = 16_000_000;
const DIGEST = 16;

interface Block {
  formerFixture: string | undefined;
  before: unknown;
  after: unknown;
  failsAs: string | undefined;
  isWhole: boolean;
  html: string;
  digest: string;
}

export class Blocks {
  readonly #drawing: MessageDrawing;
  readonly #name: string;
  #blocks = new Map<string, Block>();
  readonly #changes = new Map<string, { before: unknown; after: unknown; digest: string }>();
  #styles = { cards: "", digest: "", css: "" };

  constructor(drawing: MessageDrawing, name: string) {
    this.#drawing = drawing;
    this.#name = name;
  }

  /**
   * The rows of a list.
   * @param left Fixtures that are still to be delivered.
   * @param known The digests of the blocks that the page has.
   */
  rows(
    compared: readonly ComparedDelivery[],
    left: ReadonlySet<string>,
    known: MessagesQuestion["known"],
  ): MessageRow[] {
    const causes = new Map<string, string>();
    const blocks = new Map<string, Block>();
    let room = LONGEST_BLOCKS;
    const rows = compared.map((one): MessageRow => {
      const { fixture, status, after } = one;
      const cause = after?.cause;
      const failsAs = cause === undefined ? undefined : causes.get(cause);
      if (cause !== undefined && failsAs === undefined) causes.set(cause, fixture);
      const block = this.#block(one, failsAs, room > 0);
      blocks.set(fixture, block);
      room -= block.html.length;
      const { digest, html } = block;
      const isKnown = Object.hasOwn(known, fixture) && known[fixture] === digest;
      const facts = {
        fixture,
        status,
        fails: after?.error !== undefined,
        isRenamed: one.formerFixture !== undefined,
        ...(status === "changed" && { change: this.#change(one) }),
      };
      return { ...facts, waits: left.has(fixture), digest, ...(!isKnown && { html }) };
    });
    this.#blocks = blocks;
    return rows;
  }

  /** The digest of what differs in one that has changed. */
  #change(compared: ComparedDelivery): string {
    const { before, after } = compared;
    const known = this.#changes.get(compared.fixture);
    const isKnown = known && known.before === before && known.after === after;
    const digest = isKnown ? known.digest : digestOf(this.#drawing.change(compared));
    this.#changes.set(compared.fixture, { before, after, digest });
    return digest;
  }

  /** @param isWhole Whether there is room for it. */
  #block(compared: ComparedDelivery, failsAs: string | undefined, isWhole: boolean): Block {
    const { fixture, formerFixture, before, after } = compared;
    const facts = { formerFixture, before, after, failsAs, isWhole };
    const made = this.#blocks.get(fixture);
    const names = Object.keys(facts) as (keyof typeof facts)[];
    if (made && names.every((name) => made[name] === facts[name])) return made;
    const place: Place = { address: (file) => this.#address(file), failsAs };
    const html = isWhole
      ? this.#drawing.block(compared, place)
      : this.#drawing.notice(fixture, "Too much to be shown beside the others: open it.", place);
    return { ...facts, html, digest: digestOf(html) };
  }

  /** As the page writes it, see its `addresses.ts`. */
  #address(file: string): string {
    return `/#/fixture/${[this.#name, file].map(encodeURIComponent).join("/")}`;
  }

  /** The styles of all cards, where the page has others. */
  async styles(
    compared: readonly ComparedDelivery[],
    known: string,
  ): Promise<{ digest: string; css: string } | undefined> {
    const cards = compared.flatMap(({ before, after }) => [before?.card ?? "", after?.card ?? ""]);
    const digest = digestOf(cards.join("\n"));
    if (this.#styles.cards !== digest) {
      const css = await this.#drawing.styles(cards);
      this.#styles = { cards: digest, css, digest: digestOf(css) };
    }
    const { css } = this.#styles;
    return this.#styles.digest === known ? undefined : { digest: this.#styles.digest, css };
  }
}

const digestOf = (text: string): string => sha256(text).slice(0, DIGEST);
