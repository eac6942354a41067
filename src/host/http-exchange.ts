/** One HTTP request as it came, and the answer to it. */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Names and values in their order, their case kept. A byte above 127 is the character of that number. */
export type HttpHeaders = readonly (readonly [name: string, value: string])[];

/** The first value of a header, whatever the case of its name. */
export function headerOf(headers: HttpHeaders, name: string): string | undefined {
  const lower = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === lower)?.[1];
}

/** Headers as Node gives them: names and values in turn. */
export function headerPairs(flat: readonly string[]): HttpHeaders {
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ""]] : []));
}

export interface HttpRequest {
  readonly method: string;
  /** What stands in the request line, not decoded: `/a?b=%20`. It may be anything, such as `*` or a whole URL. */
  readonly rawTarget: string;
  readonly rawHeaders: HttpHeaders;
  /** The address of the other side. */
  readonly remote: string;
  /** Aborted when the client has gone before it had its answer. */
  readonly signal: AbortSignal;
  /** The first value of a header, whatever the case of its name. */
  header(name: string): string | undefined;
  /**
   * The whole body, chunks joined, else as it was sent. Either this or `stream` may be used, and once. It counts as held
   * until the handler is done.
   * @throws HttpRefusal when it is too large, breaks off, or too much is held already. Let it pass, and the client gets
   *   that status.
   */
  bytes(): Promise<Buffer>;
  /** The body as it comes, with the same limit. */
  stream(): AsyncIterable<Buffer>;
}

export interface HttpResponse {
  status: number;
  headers?: HttpHeaders;
  /** A stream is ended early when the client goes or the server closes. */
  body?: Uint8Array | string | AsyncIterable<Uint8Array | string>;
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** A request that is not taken. A handler may throw it to be done with one. */
export class HttpRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "HttpRefusal";
    this.status = status;
  }
}

/** What a server holds in memory of bodies and answers, all clients' together. */
export class HeldBytes {
  readonly #max: number;
  #held = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** One exchange's part of it. */
  share(): HeldShare {
    let taken = 0;
    return {
      take: (bytes) => {
        if (this.#held + bytes > this.#max) throw new HttpRefusal(503, "Too much at once");
        this.#held += bytes;
        taken += bytes;
      },
      release: () => {
        this.#held -= taken;
        taken = 0;
      },
    };
  }
}

export interface HeldShare {
  /** @throws HttpRefusal 503 when all together would be too much; nothing is taken then. */
  take(bytes: number): void;
  /** Gives back all that was taken. */
  release(): void;
}

/**
 * Wraps what Node received.
 * @param held What a body that is read whole is counted in.
 * @param onTooLarge Told when the body is.
 * @throws HttpRefusal when the body is announced to be too large.
 */
export function toRequest(
  message: IncomingMessage,
  response: ServerResponse,
  { maxBytes, held }: { maxBytes: number; held: HeldShare },
  onTooLarge: (refusal: HttpRefusal) => void,
): HttpRequest {
  const gone = new AbortController();
  response.once("close", () => response.writableFinished || gone.abort());
  const tooLarge = (): HttpRefusal => {
    const refusal = new HttpRefusal(413, "Content Too Large");
    onTooLarge(refusal);
    return refusal;
  };
  if (Number(message.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  async function* stream(): AsyncGenerator<Buffer> {
    let size = 0;
    try {
      // Leaving the loop early must not end the connection, which still owes an answer.
      for await (const chunk of message.iterator({ destroyOnReturn: false })) {
        size += (chunk as Buffer).length;
        if (size > maxBytes) throw tooLarge();
        yield chunk as Buffer;
      }
    } catch (error) {
      if (error instanceof HttpRefusal) throw error;
      throw new HttpRefusal(400, "The request broke off");
    }
    if (!message.complete) throw new HttpRefusal(400, "The request broke off");
  }
  const rawHeaders = headerPairs(message.rawHeaders);
  return {
    method: message.method ?? "",
    rawTarget: message.url ?? "",
    rawHeaders,
    remote: message.socket.remoteAddress ?? "",
    signal: gone.signal,
    header: (name) => headerOf(rawHeaders, name),
    stream,
    async bytes() {
      const chunks: Buffer[] = [];
      for await (const chunk of stream()) {
        held.take(chunk.length);
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    },
  };
}

/**
 * Writes an answer to its end, as fast as the client takes it.
 * @param closing Ends a stream early.
 * @param held What an answer that is no stream is counted in, until it is written.
 * @throws HttpRefusal when too much is held already; what a stream throws, or Node for a header that cannot be sent.
 */
export async function writeAnswer(
  response: ServerResponse,
  { status, headers = [], body = "" }: HttpResponse,
  closing: AbortSignal,
  held?: HeldShare,
): Promise<void> {
  if (response.destroyed) return;
  const last = closing.aborted ? [["Connection", "close"] as const] : [];
  if (typeof body === "string" || body instanceof Uint8Array) {
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    held?.take(bytes.length);
    const length = ["Content-Length", String(bytes.length)] as const;
    // An answer without a body (204, 304) must not state a length.
    const stated = status === 204 || status === 304 ? [] : [length];
    response.writeHead(status, [...headers, ...stated, ...last].flat());
    response.end(bytes);
    if (!response.writableFinished && !response.destroyed) await settled(response);
    return;
  }
  response.writeHead(status, [...headers, ...last].flat());
  response.flushHeaders();
  await writeStream(response, body, closing);
}

const settled = (response: ServerResponse): Promise<void> =>
  new Promise((done) => response.once("close", done));

async function writeStream(
  response: ServerResponse,
  body: AsyncIterable<Uint8Array | string>,
  closing: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  response.once("close", end);
  closing.addEventListener("abort", end);
  if (closing.aborted || response.destroyed) end();
  const ended = new Promise<undefined>((done) => {
    over.signal.addEventListener("abort", () => done(undefined));
    if (over.signal.aborted) done(undefined);
  });
  const iterator = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), ended]);
      if (!next || next.done) break;
      if (!response.write(next.value)) {
        await once(response, "drain", { signal: over.signal }).catch(() => undefined);
      }
    }
  } finally {
    closing.removeEventListener("abort", end);
    // A stream that waits for something that never comes must not be waited for.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
  response.end();
}
