/** Serving requests as Connect's endpoint does, and keeping what became of them. */

import { beginning } from "../../cut.ts";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../../host/http-exchange.ts";
import { contentOf, detectEventHeader, eventOfOne, fieldsOf } from "../capture/index.ts";
import { foreignHeaders } from "../guard.ts";
import { deliver } from "./deliver.ts";
import type { LiveEngine } from "./live-engine.ts";
import type { RequestLog } from "./log.ts";
import { shownOutcome } from "./shown.ts";
import type { LoggedRequest, LoggedSummary, Outcome, Source } from "./types.ts";
import { isHeader, toDraft, type Wire } from "./wire.ts";
import type { Workbench } from "./workbench.ts";

/** A payload of a service has some 10 kB. */
const MAX_READ_BYTES = 256_000;
/**
 * What a service may want to know of an answer. Everything else that a view states would be said in this server's name:
 * who may read its answers, where to go, what to keep or to forget.
 */
const PASSED_ON = new Set([
  "content-type",
  "content-language",
  "allow",
  "retry-after",
  "vary",
  "www-authenticate",
]);

export interface EndpointParts {
  engine: LiveEngine;
  workbench: Workbench;
  log: RequestLog;
  onRequest(entry: LoggedRequest): void;
}

export class Endpoint {
  readonly #parts: EndpointParts;

  constructor(parts: EndpointParts) {
    this.#parts = parts;
  }

  /** Answers a request that came over the wire. */
  async answer(request: HttpRequest, path: string, query: string): Promise<HttpResponse> {
    const body = await request.bytes();
    const { method, rawHeaders } = request;
    const wire = { method, path, query, headers: rawHeaders, body };
    const { status, headers, bytes } = await this.serve(wire, "wire", request.signal);
    const answer = { status, headers: [...headers.filter(isPassedOn), ...foreignHeaders] };
    return method === "HEAD" ? answer : { ...answer, body: bytes };
  }

  /** Serves a request for good: it is kept in the log, and what it changes stays. */
  async serve(
    wire: Wire,
    source: Source,
    signal?: AbortSignal,
  ): Promise<{ status: number; headers: HttpHeaders; bytes: Uint8Array; entry: LoggedRequest }> {
    const at = Date.now();
    const started = performance.now();
    const delivery = await deliver(this.#parts.engine, { ...wire, isolated: false }, signal);
    const outcome = shownOutcome(delivery, performance.now() - started);
    const summary = { at, source, ...this.#summary(wire, outcome), ...(await eventOf(wire)) };
    const entry = this.#parts.log.add({ summary, draft: toDraft(wire), outcome });
    this.#parts.onRequest(entry);
    const { status, headers, body } = delivery.response;
    return { status, headers, bytes: body, entry };
  }

  /** What would become of a request; nothing is kept. */
  async try(wire: Wire, signal: AbortSignal): Promise<Outcome> {
    const started = performance.now();
    const delivery = await deliver(this.#parts.engine, { ...wire, isolated: true }, signal);
    return shownOutcome(delivery, performance.now() - started);
  }

  #summary(
    { method, path }: Wire,
    outcome: Outcome,
  ): Omit<LoggedSummary, "id" | "at" | "source" | "pinned"> {
    return {
      method,
      path,
      integration: this.#parts.workbench.integrationAt(path)?.name,
      status: outcome.status,
      durationMs: outcome.durationMs,
      about: aboutOf(outcome),
    };
  }
}

/** What the request says of its event; a body that takes long to read is not asked. */
async function eventOf({ headers, body }: Wire): Promise<Pick<LoggedSummary, "event" | "header">> {
  const header = detectEventHeader([headers]);
  const content = body.length > MAX_READ_BYTES ? undefined : await contentOf(headers, body);
  const event = eventOfOne(headers, content && fieldsOf(content));
  if (event === undefined) return {};
  const text = (words: string): string => beginning(words, 100).text;
  return { event: text(event), ...(header !== undefined && { header: text(header) }) };
}

/** What a line in the list says. */
const aboutOf = (outcome: Outcome): string => beginning(wholeAbout(outcome), 200).text;

function wholeAbout({ messages, error, body, status }: Outcome): string {
  const last = messages.at(-1);
  if (last?.type === "stream") return `#${last.stream} › ${last.topic}`;
  if (last) return `to ${last.to}`;
  if (error) return `${error.type}: ${error.message}`;
  const message = /"msg":\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
  return message || (status < 400 ? "no message" : "");
}

function isPassedOn([name, value]: HttpHeaders[number]): boolean {
  return PASSED_ON.has(name.toLowerCase()) && isHeader(name, value);
}
