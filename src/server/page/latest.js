/**
 * Of some questions only the latest one counts. Each gets a signal that the next one aborts: an answer whose signal is
 * aborted is old, and whoever waited for it leaves it.
 */
export function createLatest() {
  let controller = new AbortController();
  return {
    /** The signal of a new question. Those before it do not count any more. */
    next() {
      controller.abort();
      controller = new AbortController();
      return controller.signal;
    },
    /** No question counts any more. */
    drop: () => controller.abort(),
  };
}
