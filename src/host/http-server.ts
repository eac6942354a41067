/**
 * The one HTTP server of the program: it listens, keeps strangers to limits, and closes without dropping an answer.
 *
 * What a request is and how an answer is written is in `http-exchange.ts`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { MachineError, UserError } from "../errors.ts";
import { systemCode } from "./file-error.ts";
import {
  HeldBytes,
  type HttpHandler,
  HttpRefusal,
  toRequest,
  writeAnswer,
} from "./http-exchange.ts";

/** How much a client may take of the machine. */
export interface HttpLimits {
  /** The most bytes of a body. More is answered by 413. */
  bodyBytes: number;
  /**
   * The most bytes in memory of all bodies that are read whole, and of all answers that no client has taken yet. More is
   * answered by 503.
   */
  heldBytes: number;
  /** The most bytes of request line and headers. More is answered by 431. */
  headerBytes: number;
  /** The longest time that the headers may take to come. Then 408. */
  headersMs: number;
  /** The longest time that the whole request may take to come. Then 408. */
  requestMs: number;
  /** The longest time without a byte in either direction; a stream of events has to send something more often. */
  idleMs: number;
  /** Further connections are closed at once. */
  connections: number;
}

export const defaultLimits: HttpLimits = {
  bodyBytes: 25_000_000,
  heldBytes: 256_000_000,
  headerBytes: 32_768,
  headersMs: 10_000,
  requestMs: 60_000,
  idleMs: 120_000,
  connections: 1_000,
};

export interface ListenOptions {
  /** A name or address of this machine; `127.0.0.1` by default. */
  host?: string;
  /** 0 takes any free one. */
  port: number;
  handler: HttpHandler;
  limits?: Partial<HttpLimits>;
  /** Closes the server when aborted. */
  signal?: AbortSignal;
  /** Told of requests that were refused before a handler saw them, or while it read the body. */
  onRefused?: (refused: { status: number; reason: string; remote: string }) => void;
  /** Told what a handler threw that is no HttpRefusal; the client gets 500 without a word of it. */
  onError?: (error: unknown) => void;
}

export interface HttpServer {
  readonly host: string;
  readonly port: number;
  /** Such as `http://127.0.0.1:8080`, without a slash at its end. */
  readonly url: string;
  /**
   * Takes no more connections, lets the requests that are being handled get their answers, and ends. Streams end at once.
   * @param graceMs After this time the connections are cut; 5 000 by default.
   */
  close(graceMs?: number): Promise<void>;
  /** Resolves when the server has closed, for whatever reason. */
  readonly closed: Promise<void>;
}

const GRACE_MS = 5_000;
/** How long a client may go on with a body that nobody reads, so that it sees the answer before the end. */
const DISCARD_MS = 1_000;
const CHECK_MS = 500;

/**
 * Starts a server.
 * @throws UserError `port-taken` or `bad-address`, MachineError `port-not-permitted` or `cannot-listen`.
 */
export async function listen(options: ListenOptions): Promise<HttpServer> {
  const host = options.host ?? "127.0.0.1";
  const limits = { ...defaultLimits, ...options.limits };
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(CHECK_MS, limits.headersMs),
  });
  server.maxConnections = limits.connections;
  // Their bytes are limited; a limit on their number would drop some without a word.
  server.maxHeadersCount = 0;
  server.setTimeout(limits.idleMs);
  const exchanges = new Exchanges(server, options, limits);
  await started(server, host, options.port);
  const { port } = server.address() as AddressInfo;
  const closed = new Promise<void>((done) => server.once("close", done));
  const close = (graceMs = GRACE_MS): Promise<void> => {
    exchanges.close(graceMs);
    return closed;
  };
  const onAbort = (): void => void close();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  void closed.then(() => options.signal?.removeEventListener("abort", onAbort));
  if (options.signal?.aborted) onAbort();
  return {
    host,
    port,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    close,
    closed,
  };
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", (error) => fail(listenError(error, host, port)));
    server.listen({ host, port }, () => {
      server.removeAllListeners("error");
      // Such as too many open files: the connection is lost, the server is not.
      server.on("error", () => undefined);
      done();
    });
  });
}

function listenError(error: unknown, host: string, port: number): Error {
  const another = "Choose another with --port; --port 0 takes any that is free.";
  switch (systemCode(error)) {
    case "EADDRINUSE":
      return new UserError(`Port ${port} of ${host} is taken by another program.`, {
        code: "port-taken",
        hint: another,
        cause: error,
      });
    case "EACCES":
    case "EPERM":
      return new MachineError(`This user may not listen on port ${port} of ${host}.`, {
        code: "port-not-permitted",
        hint: another,
        cause: error,
      });
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return new UserError(`This machine has no address ${host}.`, {
        code: "bad-address",
        hint: "Give an address of this machine, such as 127.0.0.1.",
        cause: error,
      });
    default:
      return new MachineError(`Could not listen on port ${port} of ${host}: ${error}.`, {
        code: "cannot-listen",
        hint: another,
        cause: error,
      });
  }
}

/** The requests that are being handled, and how all of it ends. */
class Exchanges {
  readonly #server: Server;
  readonly #options: ListenOptions;
  readonly #limits: HttpLimits;
  readonly #held: HeldBytes;
  readonly #closing = new AbortController();
  /** The answer that a connection waits for. */
  readonly #active = new Map<Socket, ServerResponse>();
  /** Connections that had their answer while their body was still coming. */
  readonly #overdue = new WeakSet<Socket>();

  constructor(server: Server, options: ListenOptions, limits: HttpLimits) {
    this.#server = server;
    this.#options = options;
    this.#limits = limits;
    this.#held = new HeldBytes(limits.heldBytes);
    server.on("request", (message, response) => void this.#handle(message, response, false));
    server.on("checkContinue", (message, response) => void this.#handle(message, response, true));
    server.on("clientError", (error, socket) => this.#refuseConnection(error, socket as Socket));
  }

  close(graceMs: number): void {
    if (this.#closing.signal.aborted) return;
    this.#server.close();
    this.#closing.abort();
    setTimeout(() => this.#server.closeAllConnections(), graceMs).unref();
    this.#endWhenIdle();
  }

  #endWhenIdle(): void {
    // What only has begun to arrive was not acknowledged.
    if (this.#closing.signal.aborted && this.#active.size === 0) this.#server.closeAllConnections();
  }

  async #handle(message: IncomingMessage, response: ServerResponse, asks: boolean): Promise<void> {
    const { socket } = message;
    this.#active.set(socket, response);
    response.once("close", () => {
      if (this.#active.get(socket) === response) this.#active.delete(socket);
      this.#endWhenIdle();
    });
    const held = this.#held.share();
    try {
      const refused = (refusal: HttpRefusal): void => this.#tellRefused(refusal, socket);
      const size = { maxBytes: this.#limits.bodyBytes, held };
      const request = toRequest(message, response, size, refused);
      if (asks) response.writeContinue();
      const answer = await this.#options.handler(request);
      held.release();
      await writeAnswer(response, answer, this.#closing.signal, held);
      held.release();
    } catch (error) {
      held.release();
      await this.#answerError(error, response);
    }
    if (message.complete) return;
    this.#overdue.add(socket);
    setTimeout(() => message.complete || socket.destroy(), DISCARD_MS).unref();
  }

  async #answerError(error: unknown, response: ServerResponse): Promise<void> {
    const isRefusal = error instanceof HttpRefusal;
    if (!isRefusal) this.#options.onError?.(error);
    // An answer that broke off must not look like a whole one.
    if (response.headersSent) return void response.destroy();
    const { status, message } = isRefusal ? error : { status: 500, message: "Internal error" };
    const headers = [["Content-Type", "text/plain; charset=utf-8"]] as const;
    await writeAnswer(response, { status, headers, body: `${message}\n` }, this.#closing.signal);
  }

  /** A request that Node's parser gave up on: broken, too large or too slow. */
  #refuseConnection(error: Error, socket: Socket): void {
    if (this.#overdue.has(socket)) return void socket.destroy();
    const code = systemCode(error);
    const waiting = this.#active.get(socket);
    const broke = BROKEN_OFF.includes(code ?? "");
    // A connection may end between requests, or while an answer is on its way: that is no refusal.
    if (broke && waiting?.req.complete === false) {
      this.#tellRefused(new HttpRefusal(400, "The request broke off"), socket);
    }
    const refusal = broke ? undefined : parserRefusal(code);
    if (refusal) this.#tellRefused(refusal, socket);
    if (!refusal || !socket.writable || waiting?.headersSent) return void socket.destroy();
    const { status, message } = refusal;
    const head = `HTTP/1.1 ${status} ${message}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
    socket.end(head, () => setTimeout(() => socket.destroy(), DISCARD_MS).unref());
  }

  #tellRefused({ status, message }: HttpRefusal, socket: Socket): void {
    this.#options.onRefused?.({ status, reason: message, remote: socket.remoteAddress ?? "" });
  }
}

/** The connection ended within a request. */
const BROKEN_OFF = ["ECONNRESET", "EPIPE", "HPE_INVALID_EOF_STATE"];

function parserRefusal(code: string | undefined): HttpRefusal | undefined {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new HttpRefusal(408, "Request Timeout");
  if (code === "HPE_HEADER_OVERFLOW")
    return new HttpRefusal(431, "Request Header Fields Too Large");
  // Anything else with a code of the parser is no HTTP; the rest are connections that broke.
  return code?.startsWith("HPE_") ? new HttpRefusal(400, "Bad Request") : undefined;
}
