/** What an import format is, and what the formats have in common. */
import type { HttpHeaders } from "../../../host/http-exchange.ts";
import { isRecord } from "../../../host/json.ts";

/** A request that somebody else recorded. */
export interface ImportedRequest {
  readonly method: string;
  /** Path and query; a whole URL is cut to them. */
  readonly target: string;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
  /** ISO 8601, where it is known. */
  readonly receivedAt?: string;
  /** That it had a body, which whoever recorded it did not keep. */
  readonly lostBody?: boolean;
  /** That its form had files, which whoever recorded it did not keep. */
  readonly lostFiles?: boolean;
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
  readonly lostBody?: boolean;
  readonly lostFiles?: boolean;
}

/** Makes a request of what a tool tells of it. */
export function toRequest({ method, url, headers, body, time, ...lost }: Told): ImportedRequest {
  const receivedAt = timeOf(time);
  return {
    // Webhooks are POSTs, where nothing else is said.
    method: method || "POST",
    target: targetOf(url),
    headers,
    body,
    ...(receivedAt !== undefined && { receivedAt }),
    ...(lost.lostBody && { lostBody: true }),
    ...(lost.lostFiles && { lostFiles: true }),
  };
}

export type Json = Record<string, unknown>;

/** The text of a field, or nothing. */
export function textAt(value: unknown, key: string): string | undefined {
  const field = isRecord(value) ? value[key] : undefined;
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
  if (!isRecord(value)) return [];
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

/**
 * A form that a service's own tool has parsed, written again.
 * @param value Its fields; those of objects become `key[inner]`, and lists the same field several times.
 * @param contentType What the request said of its body.
 * @returns undefined when that is no form.
 */
export function asForm(value: Json, contentType: string): Buffer | undefined {
  const fields = Object.entries(value).flatMap(([key, field]) => formFields(key, field));
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return Buffer.from(new URLSearchParams(fields).toString());
  }
  const [, boundary] =
    /^\s*multipart\/form-data\b.*?;\s*boundary="?([\w'()+,./:=?-]{1,70})/i.exec(contentType) ?? [];
  if (boundary === undefined) return undefined;
  const quoted = (name: string): string => name.replace(/["\r\n]/g, encodeURIComponent);
  const parts = fields.map(
    ([name, text]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${text}\r\n`,
  );
  return Buffer.from(`${parts.join("")}--${boundary}--\r\n`);
}

/** Deeper than any form is parsed. */
const MAX_DEPTH = 20;

function formFields(key: string, value: unknown, depth = 0): [string, string][] {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) {
    return [[key, typeof value === "string" ? value : JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([inner, field]) => {
    // Of a list the same field came several times.
    return formFields(Array.isArray(value) ? key : `${key}[${inner}]`, field, depth + 1);
  });
}

/** Headers that say how a body was sent, and not what it is. */
const SENT_AS = /^(content-encoding|content-length|transfer-encoding)$/i;

/**
 * A body as a tool tells it that unpacks what came compressed. Some do not, and tell the packed bytes: as they are, each
 * as the character of its number, or with those replaced that are no UTF-8, which loses them.
 */
export function asTold(
  headers: HttpHeaders,
  body: Uint8Array,
): Pick<Told, "headers" | "body" | "lostBody"> {
  const plain = headers.filter(([name]) => !SENT_AS.test(name));
  const encoding = headers.find(([name]) => /^content-encoding$/i.test(name));
  if (!encoding) return { headers: plain, body };
  const packed = [body, bytesOfCharacters(body)].find((bytes) => bytes && isGzip(bytes));
  if (packed) return { headers: [...plain, encoding], body: packed };
  const isLost = Buffer.from(body.subarray(0, 4)).toString("utf8").startsWith("\x1f\ufffd");
  return isLost
    ? { headers: plain, body: Buffer.alloc(0), lostBody: true }
    : { headers: plain, body };
}

const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

function bytesOfCharacters(body: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(body).toString("utf8");
  return /^[\0-\xff]*$/.test(text) ? Buffer.from(text, "latin1") : undefined;
}
