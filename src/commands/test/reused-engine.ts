/** An engine that is kept from run to run, and knows the tree as it is now. */
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Engine } from "../../engine/index.ts";
import type { Context } from "../define.ts";
import { openFor } from "./run.ts";

/** Opened when it is first needed. One that did not open is opened again with the next edit. */
export class ReusedEngine {
  #checkout: Checkout;
  #targets: readonly Integration[];
  #engine: Engine | undefined;
  readonly #timeoutMs: number;
  readonly #context: Context;

  constructor(
    checkout: Checkout,
    targets: readonly Integration[],
    timeoutMs: number,
    context: Context,
  ) {
    this.#checkout = checkout;
    this.#targets = targets;
    this.#timeoutMs = timeoutMs;
    this.#context = context;
  }

  /**
   * The engine with these edits in it.
   * @param edited Paths relative to the root; none when nothing has changed.
   * @throws UserError when the tree's library does not load.
   */
  async after(edited: readonly string[]): Promise<Engine> {
    if (!this.#engine) {
      this.#engine = await openFor(this.#checkout, this.#targets, this.#timeoutMs, this.#context);
    } else if (edited.length > 0) {
      await this.#engine.refresh({ edited, targets: this.#targets });
    }
    return this.#engine;
  }

  /** From the next run on it has these integrations. */
  retarget(checkout: Checkout, targets: readonly Integration[]): void {
    this.#checkout = checkout;
    this.#targets = targets;
  }

  async close(): Promise<void> {
    await this.#engine?.close();
  }
}
