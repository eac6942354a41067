/** An engine that is kept from use to use, and knows the tree as it is now. */
import { CancelledError } from "../errors.ts";
import type { Engine, EngineTarget } from "./types.ts";

/** Opened when it is first needed. One that did not open is opened again with the next use. */
export class ReusedEngine {
  readonly #open: () => Promise<Engine>;
  #opening: Promise<Engine> | undefined;
  #closed = false;

  constructor(open: () => Promise<Engine>) {
    this.#open = open;
  }

  /**
   * The engine with these edits in it.
   * @param edited Paths relative to the root; none when nothing has changed.
   * @param targets The integrations from now on; those of before when left out.
   * @throws UserError when the tree's library does not load.
   */
  async after(edited: readonly string[] = [], targets?: readonly EngineTarget[]): Promise<Engine> {
    if (this.#closed) throw new CancelledError();
    if (!this.#opening) return this.#start();
    const engine = await this.#opening;
    if (edited.length > 0) await engine.refresh({ edited, ...(targets && { targets }) });
    return engine;
  }

  /**
   * An engine that has read the whole tree again, whatever was known of edits.
   * @throws UserError when the tree's library does not load.
   */
  async anew(): Promise<Engine> {
    await this.#end();
    return this.after();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    await (await opening?.catch(() => undefined))?.close();
  }

  #start(): Promise<Engine> {
    const opening = this.#open();
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }
}
