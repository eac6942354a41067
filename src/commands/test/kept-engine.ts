/** An engine that is kept from run to run, and knows the tree as it is now. */
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Engine } from "../../engine/index.ts";
import type { Context } from "../define.ts";
import { openFor } from "./run.ts";

/** Opened when it is first needed, and again after an edit. */
export class KeptEngine {
  #checkout: Checkout;
  #targets: readonly Integration[];
  #engine: Promise<Engine> | undefined;
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
   */
  async after(edited: readonly string[]): Promise<Engine> {
    if (edited.length > 0) await this.close();
    this.#engine ??= openFor(this.#checkout, this.#targets, this.#timeoutMs, this.#context);
    return this.#engine;
  }

  /** The next run opens a new engine, on these. */
  retarget(checkout: Checkout, targets: readonly Integration[]): void {
    this.#checkout = checkout;
    this.#targets = targets;
    this.drop();
  }

  /** The next run opens a new engine. */
  drop(): void {
    void this.close();
  }

  async close(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    await engine?.then(
      (open) => open.close(),
      () => undefined,
    );
  }
}
