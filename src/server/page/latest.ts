/**
 * Of some questions only the latest one counts. Each gets a signal that the next one aborts: an answer whose signal is
 * aborted is old, and whoever waited for it leaves it.
 */
export interface Latest {
  /** The signal of a new question. Those before it do not count any more. */
  next(): AbortSignal;
  /** No question counts any more. */
  drop(): void;
}

export function createLatest(): Latest {
  let controller = new AbortController();
  return {
    next() {
      controller.abort();
      controller = new AbortController();
      return controller.signal;
    },
    drop: () => controller.abort(),
  };
}
