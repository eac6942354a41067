/**
 * All messages of one integration, as the tree is now, and as they were. One round of deliveries is under way at most,
 * however many pages ask; an edit of the tree ends it, and the next question begins another one.
 */
import { EngineBrokenError } from "../live-engine.ts";
import type { MessagesQuestion, MessagesView } from "../types.ts";
import { Blocks } from "./blocks.ts";
import type { CommitMessages } from "./commit.ts";
import { NotLoadedError } from "./not-loaded.ts";
import { renamedIn } from "./renamed.ts";
import { Round } from "./round.ts";
import type { Side } from "./side.ts";
import type { Deliveries, MessageDrawing } from "./types.ts";

/** So long a question waits for all deliveries; then it is answered with those there are, and asked again. */
const PATIENCE_MS = 600;
/** So long a round goes on for which nobody waits any more. */
const GRACE_MS = 3_000;
/** The page says why. */
const BROKEN = "The tree's code does not load.";

export interface MessageListParts {
  name: string;
  side: Side;
  drawing: MessageDrawing;
  /** What came of the fixtures at the last commit; undefined where there is no commit. */
  ofCommit(): Promise<CommitMessages | undefined>;
}

export class MessageList {
  readonly #parts: MessageListParts;
  readonly #blocks: Blocks;
  #round: Round | undefined;
  #running: { done: Promise<void>; ending: AbortController } | undefined;
  #isOld = true;
  /** Why nothing could be run when its turn came, in a sentence. */
  #trouble: string | undefined;
  #seen: Deliveries | undefined;
  #waiting = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: MessageListParts) {
    this.#parts = parts;
    this.#blocks = new Blocks(parts.drawing, parts.name);
  }

  /** The tree has changed: what is asked from now on is answered by the tree as it is now. */
  end(): void {
    this.#isOld = true;
    this.#running?.ending.abort();
  }

  /**
   * What there is now of some fixtures is what they are compared with from now on.
   * @param fixtures Their names; those that are gone are forgotten, and so are former names.
   */
  markSeen(fixtures: readonly string[]): void {
    if (!this.#round) return;
    const now = this.#round.deliveries;
    const seen = new Map(this.#seen);
    const renamed = renamedIn(seen, now);
    for (const fixture of fixtures) {
      const delivery = now.get(fixture);
      seen.delete(renamed.get(fixture) ?? fixture);
      if (delivery) seen.set(fixture, delivery);
    }
    this.#seen = seen;
  }

  /**
   * All messages, or those there are after a while.
   * @throws UserError `unknown-integration`; the signal's reason.
   */
  async ask(question: MessagesQuestion, signal: AbortSignal): Promise<MessagesView> {
    clearTimeout(this.#timer);
    this.#waiting += 1;
    try {
      if (this.#isOld) this.#begin();
      const ofCommit = await this.#parts.ofCommit();
      const base = question.against === "commit" ? ofCommit : undefined;
      await soon([this.#running?.done, base?.start()], signal);
      const view = await this.#view(question, base);
      return { ...view, commit: ofCommit?.commit };
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#timer = setTimeout(() => this.#leave(), GRACE_MS).unref();
    }
  }

  #leave(): void {
    if (this.#running) this.end();
  }

  #begin(): void {
    this.#isOld = false;
    this.#trouble = undefined;
    const ending = new AbortController();
    const work = async (): Promise<void> => {
      try {
        await this.#run(ending.signal);
      } catch (error) {
        if (ending.signal.aborted) return;
        // What came of the last tree that could be run stays.
        if (error instanceof EngineBrokenError) this.#trouble = BROKEN;
        if (error instanceof NotLoadedError)
          this.#trouble = `The view does not load: ${error.message}.`;
        if (this.#trouble !== undefined) return;
        this.#isOld = true;
        throw error;
      } finally {
        if (this.#running?.ending === ending) this.#running = undefined;
      }
    };
    const done = work();
    // Whoever asks is told; nobody may ask any more.
    done.catch(() => undefined);
    this.#running = { done, ending };
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { side, drawing, name } = this.#parts;
    const round = await Round.begin(side, drawing, name, this.#round?.deliveries);
    signal.throwIfAborted();
    this.#round = round;
    await round.run(signal);
    this.#seen ??= new Map(round.deliveries);
  }

  async #view(
    { known, styles }: MessagesQuestion,
    base: CommitMessages | undefined,
  ): Promise<MessagesView> {
    const { drawing } = this.#parts;
    const now: Deliveries = this.#round?.deliveries ?? new Map();
    const left = this.#round?.left ?? new Set();
    const before = base ? base.deliveries : this.#seen;
    const compared = drawing.compare(before ?? now, now, renamedIn(before ?? now, now));
    const newStyles = await this.#blocks.styles(compared, styles);
    const isUnderWay = this.#isOld || this.#running !== undefined || base?.isUnderWay === true;
    return {
      rows: this.#blocks.rows(compared, left, known),
      isUnderWay,
      left: left.size,
      leftOut: this.#round?.leftOut ?? 0,
      trouble: this.#trouble ?? base?.trouble,
      ...(newStyles && { styles: newStyles }),
    };
  }
}

/** Waits for some work, but not for long. */
async function soon(
  work: readonly (Promise<void> | undefined)[],
  signal: AbortSignal,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: () => void = () => undefined;
  const enough = new Promise<void>((done) => {
    stop = done;
    timer = setTimeout(done, PATIENCE_MS);
  });
  signal.addEventListener("abort", stop, { once: true });
  try {
    await Promise.race([enough, Promise.all(work)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
  signal.throwIfAborted();
}
