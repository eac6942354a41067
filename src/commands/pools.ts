/** Programs that outlive a command line, so that the next one in this process need not start them. */
import type { BrowserProcess } from "../browser/index.ts";
import type { PythonPool } from "../engine/index.ts";
import { ProcessPool } from "../host/process-pool.ts";

export class Pools {
  readonly python: PythonPool = new ProcessPool();
  readonly browsers = new ProcessPool<BrowserProcess>();

  /** Ends what is idle; what is in use ends when it is given back. */
  async close(): Promise<void> {
    await Promise.all([this.python.close(), this.browsers.close()]);
  }
}
