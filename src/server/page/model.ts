/** What the page knows, as plain data. What the server says is typed where the server says it. */
import type { Draft, DrawnOutcome, LoggedRequest } from "../dev/types.ts";
import type { IntegrationView } from "../dev/workbench.ts";

export type {
  ChecklistItem,
  ComparedWith,
  DevEvent,
  Draft,
  DrawnOutcome,
  DrawnRequest,
  EngineState,
  LoggedSummary,
  MessageRow,
  MessagesQuestion,
  MessagesView,
  StateView,
} from "../dev/types.ts";
export type { IntegrationView } from "../dev/workbench.ts";

/** What a request is made from. */
export type OpenSource = { kind: "fixture"; file: string } | { kind: "request"; id: number };

/** What is open. Of what is not open yet there is nothing. */
export interface Open {
  readonly integration?: IntegrationView | undefined;
  readonly source?: OpenSource | undefined;
  /** The request as it came. */
  readonly original?: Draft | undefined;
  /** What became of a served request. */
  readonly logged?: (LoggedRequest & { outcome: { html: string } }) | undefined;
}

/** What is to be opened, as far as it is known. */
export interface Target {
  readonly name: string | undefined;
  readonly source: OpenSource | undefined;
}

/** One message with its request, or all messages of the integration. */
export type View = "one" | "all";

/** What is wrong, and what to do about it. */
export interface Trouble {
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Where a message went. */
export const placeOf = ({ type, stream, topic, to }: DrawnOutcome["messages"][number]): string =>
  type === "stream" ? `#${stream} › ${topic}` : `To ${to}`;

/** Whether two requests, or two sources, are the same. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return (
    names.length === others.length &&
    names.every((name) =>
      same((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
    )
  );
}

/** A request as the page can hold it: a header or parameter without a name has no row. */
export const holdable = (draft: Draft): Draft => ({
  method: draft.method,
  path: draft.path,
  parameters: draft.parameters.filter(([name]) => name !== ""),
  headers: draft.headers.filter(([name]) => name !== ""),
  body: draft.body,
  encoding: draft.encoding,
});
