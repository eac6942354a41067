/** The server behind `capture`: each request is on the disk before the service hears that it arrived. */
import { messageOf } from "../../errors.ts";
import type { HttpRequest, HttpResponse } from "../../host/http-exchange.ts";
import { type HttpLimits, type HttpServer, listen } from "../../host/http-server.ts";
import { parsedJson } from "../../host/json.ts";
import { challengeOf } from "./challenges.ts";
import { forward, queryOf } from "./forward.ts";
import type { Spool, StoredBody } from "./spool.ts";
import type { RequestHead, SpooledRequest } from "./spooled.ts";

export interface ReceiverOptions {
  spool: Spool;
  host?: string;
  port: number;
  /** The status of the answer, where nothing else decides it. */
  status: number;
  /** How long the answer waits. */
  delayMs: number;
  forwardTo?: URL;
  /** For services that want proof of a secret. */
  secret?: string;
  limits?: Partial<HttpLimits>;
  /** Told of everything that happens, in the order in which it does. */
  onEvent: (event: ReceiverEvent) => void;
}

export type ReceiverEvent =
  /** A request is safe on the disk. `small` is its body when that is small. */
  | { kind: "received"; request: SpooledRequest; small: Buffer | undefined; todo?: string }
  | { kind: "answered"; request: SpooledRequest; status: number; forwarded: boolean }
  | { kind: "forward-failed"; request: SpooledRequest; reason: string }
  /** Not kept, and not acknowledged. */
  | { kind: "refused"; status: number; reason: string; remote: string };

/** What Connect itself answers when all is well. */
const SUCCESS = '{"result":"success","msg":""}\n';

/**
 * Starts to receive.
 * @throws what `listen` throws.
 */
export function startReceiver(options: ReceiverOptions): Promise<HttpServer> {
  const { onEvent, host, port, limits } = options;
  return listen({
    ...(host !== undefined && { host }),
    port,
    ...(limits && { limits }),
    handler: (request) => receive(request, options),
    onRefused: (refused) => onEvent({ kind: "refused", ...refused }),
    onError: (error) =>
      onEvent({ kind: "refused", status: 500, reason: messageOf(error), remote: "" }),
  });
}

async function receive(request: HttpRequest, options: ReceiverOptions): Promise<HttpResponse> {
  const { onEvent } = options;
  const head: RequestHead = {
    receivedAt: new Date().toISOString(),
    method: request.method,
    target: request.rawTarget,
    headers: request.rawHeaders,
    remote: request.remote,
  };
  const kept = await keep(request, head, options);
  if (!kept) return { status: 507, body: "Not kept\n" };
  const { stored, safe, asked } = kept;
  const todo = asked?.challenge.todo;
  onEvent({ kind: "received", request: safe, small: stored.small, ...(todo && { todo }) });
  if (options.delayMs > 0) await delay(options.delayMs, request.signal);
  const forwarded = asked ? undefined : await passOn(safe, request.signal, options);
  const answer = asked?.answer ?? forwarded ?? usualAnswer(options.status);
  const { status } = answer;
  onEvent({ kind: "answered", request: safe, status, forwarded: forwarded !== undefined });
  return answer;
}

function usualAnswer(status: number): HttpResponse {
  return { status, headers: [["Content-Type", "application/json"]], body: SUCCESS };
}

interface Kept {
  stored: StoredBody;
  safe: SpooledRequest;
  asked: ReturnType<typeof challengeOf>;
}

/** Puts a request on the disk; nothing when the disk does not take it. */
async function keep(
  request: HttpRequest,
  head: RequestHead,
  { spool, secret, onEvent }: ReceiverOptions,
): Promise<Kept | undefined> {
  let broken: unknown;
  async function* body(): AsyncGenerator<Buffer> {
    try {
      yield* request.stream();
    } catch (error) {
      // The client's fault, not the disk's.
      broken = error;
      throw error;
    }
  }
  try {
    const stored = await spool.storeBody(body());
    const asked = challengeOf({
      method: request.method,
      query: queryOf(request.rawTarget),
      header: (name) => request.header(name),
      json: jsonIn(stored.small),
      secret,
    });
    return { stored, asked, safe: await spool.add(head, stored, asked?.challenge.service) };
  } catch (error) {
    if (broken !== undefined) throw broken;
    onEvent({ kind: "refused", status: 507, reason: messageOf(error), remote: request.remote });
    return undefined;
  }
}

function jsonIn(bytes: Buffer | undefined): unknown {
  return bytes && parsedJson(bytes.toString("utf8"));
}

async function passOn(
  request: SpooledRequest,
  signal: AbortSignal,
  { forwardTo, spool, onEvent }: ReceiverOptions,
): Promise<HttpResponse | undefined> {
  if (!forwardTo) return undefined;
  try {
    return await forward(forwardTo, request, await spool.body(request), signal);
  } catch (error) {
    onEvent({ kind: "forward-failed", request, reason: messageOf(error) });
    return undefined;
  }
}

/** Waits, but not for a client that has gone. */
function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}
