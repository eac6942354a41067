/** Serving requests as Connect's endpoint does, and keeping what became of them. */
import type { WireDelivery } from "../../engine/index.ts";
import { messageOf, UserError } from "../../errors.ts";
import {
  type HttpAnswer,
  type HttpHeaders,
  HttpRefusal,
  type HttpRequest,
} from "../../host/http-exchange.ts";
import { foreignHeaders } from "../guard.ts";
import { EngineBrokenError, type LiveEngine } from "./live-engine.ts";
import type { RequestLog } from "./log.ts";
import { TooBusyError } from "./turnstile.ts";
import type { LoggedRequest, LoggedSummary, Outcome, Source } from "./types.ts";
import { isHeader, toDraft, type Wire } from "./wire.ts";
import type { Workbench } from "./workbench.ts";

/** All bodies that are being read or wait for Python, together. */
const MAX_HELD_BYTES = 256_000_000;
/** What our server states by itself. */
const OURS = new Set(["content-length", "transfer-encoding", "connection", "keep-alive", "date"]);

export interface EndpointParts {
  engine: LiveEngine;
  workbench: Workbench;
  log: RequestLog;
  onRequest(entry: LoggedRequest): void;
}

export class Endpoint {
  readonly #parts: EndpointParts;
  #heldBytes = 0;

  constructor(parts: EndpointParts) {
    this.#parts = parts;
  }

  /** Answers a request that came over the wire. */
  async answer(request: HttpRequest, path: string, query: string): Promise<HttpAnswer> {
    const held = { bytes: 0 };
    try {
      const body = await this.#read(request, held);
      const { method, rawHeaders } = request;
      const wire = { method, path, query, headers: rawHeaders, body };
      const { status, headers, bytes } = await this.serve(wire, "wire", request.signal);
      const answer = { status, headers: [...safeHeaders(headers), ...foreignHeaders] };
      return method === "HEAD" ? answer : { ...answer, body: bytes };
    } finally {
      this.#heldBytes -= held.bytes;
    }
  }

  /** Serves a request for good: it is kept in the log, and what it changes stays. */
  async serve(
    wire: Wire,
    source: Source,
    signal?: AbortSignal,
  ): Promise<{ status: number; headers: HttpHeaders; bytes: Uint8Array; entry: LoggedRequest }> {
    const at = Date.now();
    const started = performance.now();
    const delivery = await this.#deliver(wire, false, signal);
    const outcome = outcomeOf(delivery, performance.now() - started);
    const summary = { at, source, ...this.#summary(wire, outcome) };
    const entry = this.#parts.log.add({ summary, draft: toDraft(wire), outcome });
    this.#parts.onRequest(entry);
    const { status, headers, body } = delivery.response;
    return { status, headers, bytes: body, entry };
  }

  /** What would become of a request; nothing is kept. */
  async try(wire: Wire, signal: AbortSignal): Promise<Outcome> {
    const started = performance.now();
    const delivery = await this.#deliver(wire, true, signal);
    return outcomeOf(delivery, performance.now() - started);
  }

  async #read(request: HttpRequest, held: { bytes: number }): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request.stream()) {
      held.bytes += chunk.length;
      this.#heldBytes += chunk.length;
      if (this.#heldBytes > MAX_HELD_BYTES) throw new HttpRefusal(503, "Too much at once");
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  async #deliver(wire: Wire, isolated: boolean, signal?: AbortSignal): Promise<WireDelivery> {
    try {
      return await this.#parts.engine.receive({ ...wire, isolated }, signal);
    } catch (error) {
      if (error instanceof TooBusyError) throw new HttpRefusal(503, "Too many requests at once");
      if (error instanceof EngineBrokenError || error instanceof UserError) return failure(error);
      throw error;
    }
  }

  #summary({ method, path }: Wire, outcome: Outcome): Omit<LoggedSummary, "id" | "at" | "source"> {
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

function outcomeOf({ response, messages, error }: WireDelivery, durationMs: number): Outcome {
  const { status, headers, body } = response;
  const text = Buffer.from(body).toString("utf8");
  return { status, headers, body: text, messages, ...(error && { error }), durationMs };
}

/** What a line in the list says. */
function aboutOf({ messages, error, body, status }: Outcome): string {
  const last = messages.at(-1);
  if (last?.type === "stream") return `#${last.stream} › ${last.topic}`;
  if (last) return `to ${last.to}`;
  if (error) return `${error.type}: ${error.message}`.slice(0, 200);
  const message = /"msg":\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
  return message?.slice(0, 200) || (status < 400 ? "no message" : "");
}

/** A server whose code does not load: its clients learn no more than that. */
function failure(error: Error & { hint?: string | undefined }): WireDelivery {
  const body = Buffer.from('{"result":"error","msg":"Internal server error"}\n');
  const hint = error.hint === undefined ? "" : `\n${error.hint}`;
  return {
    response: { status: 503, headers: [["Content-Type", "application/json"]], body },
    messages: [],
    error: {
      type: "NotRun",
      message: messageOf(error),
      traceback: `${messageOf(error)}${hint}`,
    },
  };
}

/** A view may answer with any header; one that cannot be sent, or that is the server's own, is left out. */
function safeHeaders(headers: HttpHeaders): HttpHeaders {
  const taken = new Set(foreignHeaders.map(([name]) => name.toLowerCase()));
  return headers.filter(([name, value]) => {
    const key = name.toLowerCase();
    return isHeader(name, value) && !OURS.has(key) && !taken.has(key) && key !== "set-cookie";
  });
}
