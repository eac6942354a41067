/**
 * What the server says by itself: requests it served, the state of the engine, and changes of the tree. What happened
 * before is asked for when the connection is there; as things go on happening meanwhile, what was said counts more than
 * an answer that may be older.
 */
import { get, listen } from "./api.js";
import { createLatest } from "./latest.js";

const MAX_REQUESTS = 200;

/**
 * @param on What is told: `requests(list)`, the latest first; `engine(state)`; `about(state)`, once it is connected;
 *   `files()`, when the tree has changed or may have; `connected(boolean or the refusal)`; `failed(error)`.
 */
export function listenToServer(on) {
  let requests = [];
  let engineWasSaid = false;
  let isFirst = true;
  const earlierRequests = createLatest();

  const show = (list) => {
    requests = list.slice(0, MAX_REQUESTS);
    on.requests(requests);
  };
  const told = {
    request: ({ summary }) => show([summary, ...requests]),
    cleared() {
      earlierRequests.drop();
      show([]);
    },
    engine({ state }) {
      engineWasSaid = true;
      on.engine(state);
    },
    files: () => on.files(),
  };

  async function askForState() {
    engineWasSaid = false;
    const state = await get("state");
    if (!engineWasSaid) on.engine(state.engine);
    on.about(state);
  }

  async function askForRequests() {
    const signal = earlierRequests.next();
    requests = [];
    const earlier = await get("requests", signal);
    if (signal.aborted) return;
    const known = new Set(requests.map(({ id }) => id));
    show([...requests, ...earlier.filter(({ id }) => !known.has(id))]);
  }

  function connected(state) {
    on.connected(state);
    if (state !== true) return;
    const failed = (error) => error.name !== "AbortError" && on.failed(error);
    askForState().catch(failed);
    askForRequests().catch(failed);
    // Nobody told of the changes between two connections.
    if (!isFirst) on.files();
    isFirst = false;
  }

  void listen((event) => told[event.type]?.(event), connected);
  return {
    get requests() {
      return requests;
    },
  };
}
