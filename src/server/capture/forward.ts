/** Passing a captured request on, to the local endpoint or to a real server. */
import { sendHttp } from "../../host/http-client.ts";
import type { HttpHeaders, HttpResponse } from "../../host/http-exchange.ts";
import type { RequestHead } from "./spooled.ts";

/** Services give up after ten to thirty seconds. */
const TIMEOUT_MS = 9_000;

/** Of one connection, not of the message (RFC 9110, 7.6.1), and what the client states anew. */
const ownToConnection = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "host",
  "content-length",
]);

/**
 * Sends a request on, byte for byte, and gives the answer back.
 * @param target Its own parameters stay; those of the request are added.
 * @throws MachineError `no-answer` when the target cannot be reached in time.
 */
export async function forward(
  target: URL,
  head: RequestHead,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const reply = await sendHttp({
    url: withQueryOf(target, head.target),
    method: head.method,
    headers: ofTheMessage(head.headers),
    body,
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  return { status: reply.status, headers: ofTheMessage(reply.headers), body: reply.body };
}

function ofTheMessage(headers: HttpHeaders): HttpHeaders {
  const named = headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.toLowerCase().split(","))
    .map((name) => name.trim());
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !ownToConnection.has(lower) && !named.includes(lower);
  });
}

function withQueryOf(target: URL, requestTarget: string): URL {
  const url = new URL(target);
  const own = new Set(url.searchParams.keys());
  for (const [name, value] of queryOf(requestTarget)) {
    // The target says who it is for: a stranger must not say it anew.
    if (!own.has(name)) url.searchParams.append(name, value);
  }
  return url;
}

/** The parameters in a request's target, whatever else that is. */
export function queryOf(requestTarget: string): URLSearchParams {
  const start = requestTarget.indexOf("?");
  return new URLSearchParams(start < 0 ? "" : requestTarget.slice(start + 1));
}
