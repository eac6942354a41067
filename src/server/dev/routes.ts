/** What the page asks its server: JSON in, JSON out. Everything here has passed the guard. */
import { MachineError, messageOf, UserError } from "../../errors.ts";
import { HttpRefusal, type HttpRequest, type HttpResponse } from "../../host/http-exchange.ts";
import { dataHeaders } from "../guard.ts";
import type { Endpoint } from "./endpoint.ts";
import type { EventHub } from "./events.ts";
import { EngineBrokenError, type LiveEngine } from "./live-engine.ts";
import type { RequestLog } from "./log.ts";
import type { MessageLists } from "./messages/index.ts";
import {
  parseDraft,
  parseFixturePlan,
  parseMessagesQuestion,
  parseNaming,
  parseSeen,
  readJson,
} from "./parse.ts";
import { requireSmall } from "./payload-size.ts";
import type {
  ChecklistItem,
  Draft,
  DrawnOutcome,
  DrawnRequest,
  LoggedRequest,
  MessagesView,
  Outcome,
  StateView,
} from "./types.ts";
import { asCurl, toWire } from "./wire.ts";
import type { Workbench } from "./workbench.ts";

/** The page's own paths; the endpoint's start with `/api/`. */
export const API = "/_/";

export interface RouteParts {
  /** What the page shows of the program. */
  about: Pick<StateView, "version" | "name" | "started">;
  url: string;
  workbench: Workbench;
  engine: LiveEngine;
  endpoint: Endpoint;
  messages: MessageLists;
  log: RequestLog;
  hub: EventHub;
  /** Draws messages of an integration: the inside of the page's frame. */
  draw(integration: string | undefined, outcome: Outcome): Promise<string>;
  /** The checklist of an integration. */
  checklist(integration: string): Promise<readonly ChecklistItem[]>;
}

type Handler = (
  parts: RouteParts,
  names: string[],
  request: HttpRequest,
) => Promise<unknown> | unknown;

/** A segment that is `:` stands for any. */
const ROUTES: readonly [method: string, path: string, handler: Handler][] = [
  ["GET", "state", state],
  ["GET", "integrations/:", ({ workbench }, [name = ""]) => workbench.view(name)],
  ["GET", "integrations/:/draft/:", draftOf],
  ["GET", "integrations/:/draft", draftOf],
  ["GET", "integrations/:/documentation", documentation],
  ["GET", "integrations/:/checklist", checklist],
  ["POST", "integrations/:/messages", allMessages],
  ["POST", "integrations/:/messages/seen", markSeen],
  ["POST", "try", tryDraft],
  ["POST", "send", send],
  ["POST", "curl", curl],
  ["POST", "fixtures", save],
  ["POST", "fixtures/name", suggest],
  ["GET", "requests", ({ log }) => log.summaries()],
  ["GET", "requests/:", ({ log, draw }, [id]) => openRequest(log.find(Number(id)), draw)],
  ["POST", "requests/:/pin", pin],
  ["POST", "requests/clear", clear],
];

/**
 * Answers a request of the page.
 * @param path Below `API`, without the query.
 */
export async function answerPage(
  parts: RouteParts,
  request: HttpRequest,
  path: string,
): Promise<HttpResponse> {
  if (path === "events" && request.method === "GET") return events(parts, request);
  const segments = path.split("/").map(decode);
  const found = ROUTES.filter(([, pattern]) => matches(pattern.split("/"), segments));
  const route = found.find(([method]) => method === request.method);
  if (found.length === 0) throw new HttpRefusal(404, "There is nothing here.");
  if (!route) throw new HttpRefusal(405, "Another method, please.");
  const [, pattern, handler] = route;
  const names = segments.filter((_, index) => pattern.split("/")[index] === ":");
  try {
    return json(200, (await handler(parts, names, request)) ?? {});
  } catch (error) {
    return explain(error);
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpRefusal(400, "The address is not encoded right.");
  }
}

const matches = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length === segments.length &&
  pattern.every((part, index) => part === ":" || part === segments[index]);

function json(status: number, value: unknown): HttpResponse {
  const headers = [...dataHeaders, ["Content-Type", "application/json; charset=utf-8"] as const];
  return { status, headers, body: JSON.stringify(value) };
}

/** What a user can do something about is told to the page; the rest is the server's to report. */
function explain(error: unknown): HttpResponse {
  if (error instanceof EngineBrokenError) {
    return json(503, { message: error.message, ...(error.hint && { hint: error.hint }) });
  }
  if (!(error instanceof UserError)) throw error;
  const { code, hint } = error;
  const status = error instanceof MachineError ? 500 : code.startsWith("unknown-") ? 404 : 400;
  return json(status, { code, message: messageOf(error), ...(hint !== undefined && { hint }) });
}

async function state({ about, url, workbench, engine }: RouteParts): Promise<StateView> {
  const { root, kind, integrations } = workbench.checkout;
  const realm = await engine.realm().catch(() => undefined);
  return {
    ...about,
    url,
    tree: { root, kind },
    integrations: integrations.map(({ name, displayName }) => ({ name, displayName })),
    streams: realm?.streams ?? [],
    engine: engine.state,
  };
}

async function draftOf(
  { workbench }: RouteParts,
  [name = "", file = ""]: string[],
  request: HttpRequest,
): Promise<Draft> {
  return workbench.draft(name, file, request.signal);
}

async function documentation({ workbench }: RouteParts, [name = ""]: string[]): Promise<object> {
  return { html: (await workbench.documentation(name)) ?? null };
}

async function checklist(parts: RouteParts, [name = ""]: string[]): Promise<object> {
  parts.workbench.find(name);
  return { items: await parts.checklist(name) };
}

async function allMessages(
  { messages }: RouteParts,
  [name = ""]: string[],
  request: HttpRequest,
): Promise<MessagesView> {
  const question = parseMessagesQuestion(await readJson(request));
  return messages.of(name).ask(question, request.signal);
}

async function markSeen(
  { messages }: RouteParts,
  [name = ""]: string[],
  request: HttpRequest,
): Promise<void> {
  messages.of(name).markSeen(parseSeen(await readJson(request)));
}

async function tryDraft(
  { endpoint, workbench, draw }: RouteParts,
  _names: string[],
  request: HttpRequest,
): Promise<DrawnOutcome> {
  const draft = parseDraft(await readJson(request));
  const outcome = await endpoint.try(toWire(draft), request.signal);
  return { ...outcome, html: await draw(workbench.integrationAt(draft.path)?.name, outcome) };
}

async function send(
  { endpoint, draw }: RouteParts,
  _names: string[],
  request: HttpRequest,
): Promise<DrawnRequest> {
  const draft = parseDraft(await readJson(request));
  const { entry } = await endpoint.serve(toWire(draft), "page", request.signal);
  return drawnRequest(entry, draw);
}

async function curl({ url }: RouteParts, _names: string[], request: HttpRequest): Promise<object> {
  return { command: asCurl(parseDraft(await readJson(request)), url) };
}

async function save(
  { workbench }: RouteParts,
  _names: string[],
  request: HttpRequest,
): Promise<object> {
  return workbench.save(parseFixturePlan(await readJson(request)));
}

async function suggest(
  { workbench }: RouteParts,
  _names: string[],
  request: HttpRequest,
): Promise<object> {
  const { integration, madeFrom, draft } = parseNaming(await readJson(request));
  return workbench.suggest(integration, draft, madeFrom);
}

function clear({ log, hub }: RouteParts): object {
  log.clear();
  hub.send({ type: "cleared" });
  return {};
}

async function pin(
  { log, hub }: RouteParts,
  [text]: string[],
  request: HttpRequest,
): Promise<object> {
  const id = Number(text);
  const pinned = (await readJson(request)).pinned === true;
  log.pin(id, pinned);
  hub.send({ type: "pinned", id, pinned });
  return {};
}

/** @throws UserError `payload-too-large`. */
function openRequest(logged: LoggedRequest, draw: RouteParts["draw"]): Promise<DrawnRequest> {
  requireSmall(Buffer.byteLength(logged.draft.body, logged.draft.encoding), "This request's body");
  return drawnRequest(logged, draw);
}

async function drawnRequest(
  { summary, draft, outcome }: LoggedRequest,
  draw: RouteParts["draw"],
): Promise<DrawnRequest> {
  return {
    summary,
    draft,
    outcome: { ...outcome, html: await draw(summary.integration, outcome) },
  };
}

function events({ hub }: RouteParts, request: HttpRequest): HttpResponse {
  const headers = [...dataHeaders, ["Content-Type", "text/event-stream"] as const];
  return { status: 200, headers, body: hub.stream(request.signal) };
}
