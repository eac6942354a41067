/** What an import format is, and what the formats have in common. */
import type { HttpHeaders } from "../../../host/http-exchange.ts";

/** A request that somebody else recorded. */
export interface ImportedRequest {
  readonly method: string;
  /** Path and query; a whole URL is cut to them. */
  readonly target: string;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
  /** ISO 8601, where it is known. */
  readonly receivedAt?: string;
}

export interface ImportFormat {
  /** "a HAR file". */
  readonly name: string;
  /**
   * Reads a file of this format.
   * @param value The file as JSON; undefined when it is none.
   * @param text The file as text.
   * @returns undefined when it is not of this format.
   */
  read(value: unknown, text: string): ImportedRequest[] | undefined;
}

/** A request as a tool tells it; what it does not tell is left out. */
export interface Told {
  readonly method?: string | undefined;
  /** Its URL, or path and query. */
  readonly url?: string | undefined;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
  /** When it came, as the tool writes it. */
  readonly time?: unknown;
}

/** Makes a request of what a tool tells of it. */
export function toRequest({ method, url, headers, body, time }: Told): ImportedRequest {
  const receivedAt = timeOf(time);
  return {
    // Webhooks are POSTs, where nothing else is said.
    method: method || "POST",
    target: targetOf(url),
    headers,
    body,
    ...(receivedAt !== undefined && { receivedAt }),
  };
}

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of a field, or nothing. */
export function textAt(value: unknown, key: string): string | undefined {
  const field = isObject(value) ? value[key] : undefined;
  return typeof field === "string" ? field : undefined;
}

/** Path and query of a URL. */
export function targetOf(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return url?.startsWith("/") ? url : "/";
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Headers of an object: a value may be a text, a number, or a list of them. */
export function headersOf(value: unknown): [string, string][] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    (Array.isArray(field) ? field : [field])
      .filter((one) => ["string", "number"].includes(typeof one))
      .map((one): [string, string] => [name, String(one)]),
  );
}

/** Headers of a list of `{name, value}`. */
export function headerList(value: unknown): [string, string][] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const [name, text] = [textAt(one, "name"), textAt(one, "value")];
    // HTTP/2's own fields are no headers.
    return name === undefined || text === undefined || name.startsWith(":") ? [] : [[name, text]];
  });
}

/** A time as ISO 8601. */
function timeOf(value: unknown): string | undefined {
  const time = typeof value === "string" || typeof value === "number" ? new Date(value) : undefined;
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : undefined;
}

/** A body that a service's own tool has parsed, written as most services write it. */
export function asJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** The body is told decoded: a header that says otherwise would be wrong. */
export function withoutEncoding(headers: HttpHeaders): HttpHeaders {
  return headers.filter(
    ([name]) => !/^(content-encoding|content-length|transfer-encoding)$/i.test(name),
  );
}
