/**
 * What is open: an integration, and of it a fixture or a served request.
 *
 * It is one frozen value, replaced as a whole, and here only. Whoever wants to open something hands in a function that
 * asks the server and returns the next value. When something else is opened before the answers are there, they are
 * dropped; so an answer cannot get into what it does not belong to. A change of the tree that comes while something is
 * being opened waits until that is done: its answers may be older than the change.
 *
 * The value: `integration`, as the server describes it; `source`, which is `{kind: "fixture", file}` or
 * `{kind: "request", id}`; `original`, the request as it came; `logged`, what became of a served request. Of what is not
 * open yet there is nothing.
 */

/**
 * @param reload Asks for a value anew: `(now, signal) => next`.
 * @param onOpen Told that something was opened: `(now, before)`.
 * @param onReload Told that it was read again: `(now, before)`.
 * @param onWanted Told when something begins to be opened, or could not be.
 * @param onError Told why not.
 */
export function createSelection({ reload, onOpen, onReload, onWanted, onError }) {
  let now = Object.freeze({});
  let opening;
  let reloading;
  let isOld = false;

  function put(next, tell) {
    const before = now;
    now = Object.freeze(next);
    tell(now, before);
  }

  async function open(target, load) {
    opening?.controller.abort();
    reloading?.abort();
    const controller = new AbortController();
    opening = { target, controller };
    onWanted();
    const answer = await answerOf(load(controller.signal));
    if (controller.signal.aborted) return;
    opening = undefined;
    if (answer.error) {
      onWanted();
      onError(answer.error);
    } else put(answer.value, onOpen);
    void follow();
  }

  /** Reads again what is open, when the tree has changed and nothing is being opened. */
  async function follow() {
    if (!isOld || opening || reloading) return;
    isOld = false;
    reloading = new AbortController();
    const { signal } = reloading;
    const answer = await answerOf(reload(now, signal));
    reloading = undefined;
    if (signal.aborted) isOld = true;
    else if (answer.error) onError(answer.error);
    else put(answer.value, onReload);
    void follow();
  }

  return {
    get now() {
      return now;
    },
    /** What is being opened, else what is open: `{name, source}`; of an integration its source may not be known yet. */
    get wanted() {
      return opening?.target ?? { name: now.integration?.name, source: now.source };
    },
    get isOpening() {
      return opening !== undefined;
    },
    /**
     * Opens something in the place of what is open, and of what is being opened.
     * @param target Its name and source, as far as they are known.
     * @param load `(signal) => next`
     */
    open,
    /** The tree has changed: what is open is read again, as soon as nothing is being opened. */
    treeChanged() {
      isOld = true;
      void follow();
    },
  };
}

const answerOf = (promise) =>
  promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
