/**
 * What the server says by itself: requests it served, the state of the engine, and changes of the tree. What happened
 * before is asked for when the connection is there; as things go on happening meanwhile, what was said counts more than
 * an answer that may be older.
 */
import { type Connection, get, listen } from "./api.ts";
import { createLatest } from "./latest.ts";
import type { DevEvent, EngineState, LoggedSummary, StateView } from "./model.ts";

const MAX_REQUESTS = 200;

export interface LiveListener {
  /** The latest first. */
  requests(list: readonly LoggedSummary[]): void;
  engine(state: EngineState): void;
  /** Once it is connected. */
  about(state: StateView): void;
  /** When the tree has changed or may have. */
  files(): void;
  /** When another commit may be checked out. */
  head(): void;
  connected(connection: Connection): void;
  failed(error: Error): void;
}

export interface Live {
  readonly requests: readonly LoggedSummary[];
}

export function listenToServer(on: LiveListener): Live {
  let requests: LoggedSummary[] = [];
  let engineWasSaid = false;
  let isFirst = true;
  const earlierRequests = createLatest();

  const show = (list: LoggedSummary[]): void => {
    const room = MAX_REQUESTS - list.filter(({ pinned }) => pinned).length;
    let count = 0;
    requests = list.filter(({ pinned }) => {
      if (!pinned) count += 1;
      return pinned || count <= room;
    });
    on.requests(requests);
  };
  function hear(event: DevEvent): void {
    if (event.type === "request") show([event.summary, ...requests]);
    else if (event.type === "pinned")
      show(requests.map((one) => (one.id === event.id ? { ...one, pinned: event.pinned } : one)));
    else if (event.type === "cleared") {
      earlierRequests.drop();
      show(requests.filter(({ pinned }) => pinned));
    } else if (event.type === "engine") {
      engineWasSaid = true;
      on.engine(event.state);
    } else if (event.type === "head") on.head();
    else on.files();
  }

  async function askForState(): Promise<void> {
    engineWasSaid = false;
    const state = await get<StateView>("state");
    if (!engineWasSaid) on.engine(state.engine);
    on.about(state);
  }

  async function askForRequests(): Promise<void> {
    const signal = earlierRequests.next();
    requests = [];
    const earlier = await get<LoggedSummary[]>("requests", signal);
    if (signal.aborted) return;
    const known = new Set(requests.map(({ id }) => id));
    show([...requests, ...earlier.filter(({ id }) => !known.has(id))]);
  }

  function connected(connection: Connection): void {
    on.connected(connection);
    if (connection !== "there") return;
    const failed = (error: Error): void => {
      if (error.name !== "AbortError") on.failed(error);
    };
    askForState().catch(failed);
    askForRequests().catch(failed);
    // Nobody told of the changes between two connections.
    if (!isFirst) on.files();
    isFirst = false;
  }

  void listen(hear, connected);
  return {
    get requests() {
      return requests;
    },
  };
}
