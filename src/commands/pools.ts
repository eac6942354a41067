/** Programs that outlive a command line, so that the next one in this process need not start them. */
import { BrowserPool } from "../browser/index.ts";
import { PythonPool } from "../engine/index.ts";

export class Pools {
  readonly python = new PythonPool();
  readonly browsers = new BrowserPool();

  /** Ends what is idle; what is in use ends when it is given back. */
  async close(): Promise<void> {
    await Promise.all([this.python.close(), this.browsers.close()]);
  }
}
