/** What came of an integration's fixtures at the last commit: delivered once, on a Python that ends with the work. */
import { messageOf, UserError } from "../../../errors.ts";
import { EngineBrokenError } from "../live-engine.ts";
import { NotLoadedError } from "./not-loaded.ts";
import { Round } from "./round.ts";
import type { Side } from "./side.ts";
import type { Deliveries, MessageDrawing } from "./types.ts";

export interface CommitParts {
  commit: string;
  name: string;
  drawing: MessageDrawing;
  signal: AbortSignal;
  /** Opens the tree of the commit. */
  open(): Promise<Side | undefined>;
}

export class CommitMessages {
  readonly #parts: CommitParts;
  #work: Promise<void> | undefined;
  #deliveries: Deliveries | undefined;
  #trouble: string | undefined;

  constructor(parts: CommitParts) {
    this.#parts = parts;
  }

  get commit(): string {
    return this.#parts.commit;
  }

  /** Undefined until all have been delivered, and when they cannot be. */
  get deliveries(): Deliveries | undefined {
    return this.#deliveries;
  }

  get isUnderWay(): boolean {
    return this.#deliveries === undefined && this.#trouble === undefined;
  }

  /** Why they cannot be delivered, in a sentence. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    await this.#work?.catch(() => undefined);
  }

  /** Delivers them, once. */
  start(): Promise<void> {
    this.#work ??= this.#run();
    return this.#work;
  }

  async #run(): Promise<void> {
    try {
      this.#deliveries = await this.#deliverAll();
    } catch (error) {
      const isKnown = [UserError, EngineBrokenError, NotLoadedError].some(
        (kind) => error instanceof kind,
      );
      if (!isKnown) throw error;
      // What is new since the commit has no messages there.
      const isNew = error instanceof UserError && error.code === "unknown-integration";
      if (isNew) this.#deliveries = new Map();
      else this.#trouble = `The last commit cannot be run: ${messageOf(error)}`;
    }
  }

  async #deliverAll(): Promise<Deliveries> {
    const { name, drawing, signal, open } = this.#parts;
    const side = await open();
    if (!side) return new Map();
    try {
      const round = await Round.begin(side, drawing, name);
      await round.run(signal);
      return round.deliveries;
    } finally {
      await side.close();
    }
  }
}
