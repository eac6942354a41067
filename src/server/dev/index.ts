/**
 * `dev`: Connect's endpoint on this machine, and a page that shows what becomes of requests.
 *
 * `/api/…` answers any service, also through a tunnel, as Connect would. All else is the page's: it answers this
 * machine only, and what is private only to those who know the token.
 */

import { gitFolder } from "../../checkout/git.ts";
import type { Checkout } from "../../checkout/model.ts";
import { MADE_OF } from "../../checkout/reach.ts";
import { CancelledError } from "../../errors.ts";
import { realPath } from "../../host/files.ts";
import { HttpRefusal, type HttpRequest, type HttpResponse } from "../../host/http-exchange.ts";
import { type HttpServer, listen } from "../../host/http-server.ts";
import { watchFiles } from "../../host/watch.ts";
import { createGuard, dataHeaders, type Guard, tokenFor } from "../guard.ts";
import { asset, documentationHead, frame } from "./assets.ts";
import { Endpoint } from "./endpoint.ts";
import { EventHub } from "./events.ts";
import { LiveEngine } from "./live-engine.ts";
import { RequestLog } from "./log.ts";
import { MessageLists } from "./messages/index.ts";
import type { MessageDrawing } from "./messages/types.ts";
import { API, answerPage, type RouteParts } from "./routes.ts";
import type { ChecklistItem, LoggedSummary, Outcome } from "./types.ts";
import { type Wiring, Workbench } from "./workbench.ts";

export type { MessageDrawing } from "./messages/types.ts";
export type { EngineState, LoggedSummary, Outcome } from "./types.ts";
export type { Wiring } from "./workbench.ts";

export interface DevOptions extends Wiring {
  checkout: Checkout;
  /** The integration that the page shows first. */
  name: string | undefined;
  /** 0 takes any free one. */
  port: number;
  /** What the bots' API keys are made from, and the token of the page. */
  secret: string;
  /** Streams to have besides those of the registry. */
  streams: readonly string[];
  version: string;
  /** A view that takes longer is stopped. Milliseconds. */
  timeoutMs: number;
  signal: AbortSignal;
  /** The head of the page that messages are drawn in: its styles and fonts. */
  messageHead(): Promise<string>;
  /** Draws messages: the inside of that page's body. */
  draw(checkout: Checkout, integration: string | undefined, outcome: Outcome): Promise<string>;
  /** The head of the page that lists all messages of an integration. */
  listHead(): Promise<string>;
  /** How the messages of one integration become a list. */
  drawing(): MessageDrawing;
  /** The checklist of an integration, as data for the page. */
  checklist(checkout: Checkout, integration: string): Promise<readonly ChecklistItem[]>;
  onRequest(summary: LoggedSummary): void;
  /** Told what went wrong inside; the page goes on. */
  onError(error: unknown): void;
}

export interface DevServer {
  /** Such as `http://127.0.0.1:9981`. */
  readonly url: string;
  readonly token: string;
  /** Ends the server, Python and the watching. */
  close(): Promise<void>;
  readonly closed: Promise<void>;
}

/** `DATA_UPLOAD_MAX_MEMORY_SIZE` of Connect's settings. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
const SETTLE_MS = 100;

/**
 * Starts it.
 * @throws UserError when the port is taken.
 */
export async function openDevServer(options: DevOptions): Promise<DevServer> {
  const { checkout, signal, onError } = options;
  if (signal.aborted) throw new CancelledError();
  const hub = new EventHub();
  const engineOptions = {
    root: checkout.root,
    realm: { secret: options.secret, streams: options.streams },
    timeoutMs: options.timeoutMs,
    signal,
  };
  const engine = new LiveEngine({
    ...engineOptions,
    onState: (state) => hub.send({ type: "engine", state }),
  });
  const workbench = new Workbench(checkout, engine, options);
  const { requestFor, drawing } = options;
  const messages = new MessageLists({
    engine,
    workbench,
    options: { ...engineOptions, requestFor, onState: () => undefined },
    drawing,
  });
  const log = new RequestLog();
  const endpoint = new Endpoint({
    engine,
    workbench,
    log,
    onRequest({ summary }) {
      hub.send({ type: "request", summary });
      options.onRequest(summary);
    },
  });
  const routes = {
    about: { version: options.version, name: options.name, started: Date.now() },
    workbench,
    engine,
    endpoint,
    messages,
    log,
    hub,
    draw: (name: string | undefined, outcome: Outcome) =>
      options.draw(workbench.checkout, name, outcome),
    checklist: (name: string) => options.checklist(workbench.checkout, name),
  };
  const server = await startServer(options, routes).catch(async (error: unknown) => {
    await engine.close();
    throw error;
  });
  const stopWatching = await watchFiles(checkout.root, {
    below: [...MADE_OF, checkout.dialect.docs.macroDirectory, checkout.dialect.imageRoot],
    settleMs: SETTLE_MS,
    onChange: (paths) => void onEdit(paths, routes).catch(onError),
    onError,
  });
  const stopWatchingHead = await watchHead(checkout.root, hub, onError);
  const close = async (): Promise<void> => {
    hub.close();
    await Promise.all([messages.close(), server.http.close(), engine.close()]);
    await Promise.all([stopWatching(), stopWatchingHead()]);
  };
  return { url: server.http.url, token: server.guard.token, close, closed: server.http.closed };
}

/** Tells the pages of each commit and checkout: git writes either down in `HEAD` or in the log of it. */
async function watchHead(
  root: string,
  hub: EventHub,
  onError: (error: Error) => void,
): Promise<() => Promise<void>> {
  // Without git there is no commit.
  const folder = await gitFolder(root).catch(() => undefined);
  if (folder === undefined) return async () => undefined;
  return watchFiles(folder, {
    below: ["HEAD", "logs/HEAD"],
    settleMs: SETTLE_MS,
    onChange: () => hub.send({ type: "head" }),
    onError,
  });
}

type Parts = Omit<RouteParts, "url">;

async function startServer(
  { checkout, port, secret, signal, onError, messageHead, listHead }: DevOptions,
  parts: Parts,
): Promise<{ http: HttpServer; guard: Guard }> {
  let serve: (request: HttpRequest) => Promise<HttpResponse> = async () => {
    throw new HttpRefusal(503, "Not ready");
  };
  const http = await listen({
    port,
    signal,
    limits: { bodyBytes: MAX_BODY_BYTES },
    handler: (request) => serve(request),
    onError,
  });
  const frames = new Map([
    ["/frame/message", messageHead],
    ["/frame/messages", listHead],
    ["/frame/documentation", documentationHead],
  ]);
  const guard = createGuard(http.port, tokenFor(secret, realPath(checkout.root)));
  serve = async (request) => {
    try {
      return await route(request, guard, { ...parts, url: http.url }, frames);
    } catch (error) {
      // Work that was dropped because its client has gone is no error, and nobody reads the answer.
      if (request.signal.aborted) throw new HttpRefusal(400, "The client has gone.");
      throw error;
    }
  };
  return { http, guard };
}

async function route(
  request: HttpRequest,
  guard: Guard,
  parts: RouteParts,
  frames: ReadonlyMap<string, () => Promise<string>>,
): Promise<HttpResponse> {
  const [path = "", query = ""] = split(request.rawTarget);
  if (!path.startsWith("/")) throw new HttpRefusal(400, "Not an address of this server.");
  if (path.startsWith("/api/")) return parts.endpoint.answer(request, path, query);
  if (path === `${API}proof`) {
    guard.check(request, "public");
    const body = guard.prove(new URLSearchParams(query).get("nonce") ?? "");
    return { status: 200, headers: [...dataHeaders, ["Content-Type", "text/plain"]], body };
  }
  if (path.startsWith(API)) {
    guard.check(request, request.method === "GET" ? "read" : "write");
    return answerPage(parts, request, path.slice(API.length));
  }
  guard.check(request, "public");
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw new HttpRefusal(405, "Another method, please.");
  }
  const head = frames.get(path);
  return head ? frame(await head()) : asset(path);
}

function split(target: string): [path: string, query: string] {
  const mark = target.indexOf("?");
  return mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
}

/** Tells the pages, once what they will ask for is the new state. */
async function onEdit(paths: string[], { workbench, engine, messages, hub }: Parts): Promise<void> {
  if (paths.includes(workbench.checkout.registryPath)) {
    // Half an edit breaks the registry for a moment: the engine says how, and the next edit mends it.
    await workbench.reopen().catch(() => undefined);
  }
  const python = paths.filter((path) => path.endsWith(".py"));
  if (python.length > 0) engine.renew(python);
  messages.end();
  hub.send({ type: "files", paths });
}
