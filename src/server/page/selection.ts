/**
 * What is open: an integration, and of it a fixture or a served request.
 *
 * It is one frozen value, replaced as a whole, and here only. Whoever wants to open something hands in a function that
 * asks the server and returns the next value. When something else is opened before the answers are there, they are
 * dropped; so an answer cannot get into what it does not belong to. A change of the tree that comes while something is
 * being opened waits until that is done: its answers may be older than the change.
 */
import type { Open, Target } from "./model.ts";

type Load = (signal: AbortSignal) => Promise<Open>;

export interface SelectionParts {
  /** Asks for a value anew. */
  reload(now: Open, signal: AbortSignal): Promise<Open>;
  /** Told that something was opened. */
  onOpen(now: Open, before: Open): void;
  /** Told that it was read again. */
  onReload(now: Open, before: Open): void;
  /** Told when something begins to be opened, or could not be. */
  onWanted(): void;
  /** Told why not. */
  onError(error: Error): void;
}

export interface Selection {
  readonly now: Open;
  /** What is being opened, else what is open; of an integration its source may not be known yet. */
  readonly wanted: Target;
  readonly isOpening: boolean;
  /** Opens something in the place of what is open, and of what is being opened. */
  open(target: Target, load: Load): Promise<void>;
  /** The tree has changed: what is open is read again, as soon as nothing is being opened. */
  treeChanged(): void;
}

export function createSelection(parts: SelectionParts): Selection {
  let now: Open = Object.freeze({});
  let opening: { target: Target; controller: AbortController } | undefined;
  let reloading: AbortController | undefined;
  let isOld = false;

  function put(next: Open, tell: (now: Open, before: Open) => void): void {
    const before = now;
    now = Object.freeze(next);
    tell(now, before);
  }

  async function open(target: Target, load: Load): Promise<void> {
    opening?.controller.abort();
    reloading?.abort();
    const controller = new AbortController();
    opening = { target, controller };
    parts.onWanted();
    const answer = await answerOf(load(controller.signal));
    if (controller.signal.aborted) return;
    opening = undefined;
    if ("error" in answer) {
      parts.onWanted();
      parts.onError(answer.error);
    } else put(answer.value, parts.onOpen);
    void follow();
  }

  /** Reads again what is open, when the tree has changed and nothing is being opened. */
  async function follow(): Promise<void> {
    if (!isOld || opening || reloading) return;
    isOld = false;
    reloading = new AbortController();
    const { signal } = reloading;
    const answer = await answerOf(parts.reload(now, signal));
    reloading = undefined;
    if (signal.aborted) isOld = true;
    else if ("error" in answer) parts.onError(answer.error);
    else put(answer.value, parts.onReload);
    void follow();
  }

  return {
    get now() {
      return now;
    },
    get wanted() {
      return opening?.target ?? { name: now.integration?.name, source: now.source };
    },
    get isOpening() {
      return opening !== undefined;
    },
    open,
    treeChanged() {
      isOld = true;
      void follow();
    },
  };
}

const answerOf = <T>(promise: Promise<T>): Promise<{ value: T } | { error: Error }> =>
  promise.then(
    (value) => ({ value }),
    (error: Error) => ({ error }),
  );
