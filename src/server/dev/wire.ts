/** From what stands in the page to a request over the wire, and back; and as a command line. */
import { headerOf } from "../../host/http-exchange.ts";
import { shellCommand, steersTerminal } from "../../host/shell-command.ts";
import type { Draft } from "./types.ts";

/** A request over the wire. */
export interface Wire {
  method: string;
  path: string;
  query: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Uint8Array;
}

/** A form's value may have line breaks; a header's may not, nor may its name be anything. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether a header can be sent at all. */
export function isHeader(name: string, value: string): boolean {
  return HEADER_NAME.test(name) && HEADER_VALUE.test(value);
}

export function toWire({ method, path, parameters, headers, body, encoding }: Draft): Wire {
  return {
    method,
    path,
    query: new URLSearchParams(parameters).toString(),
    headers: headers.filter(([name, value]) => isHeader(name, value)),
    body: Buffer.from(body, encoding),
  };
}

export function toDraft({ method, path, query, headers, body }: Wire): Draft {
  const text = asText(body);
  return {
    method,
    path,
    parameters: [...new URLSearchParams(query)],
    headers: headers.map(([name, value]) => [name, value]),
    body: text ?? Buffer.from(body).toString("base64"),
    encoding: text === undefined ? "base64" : "utf8",
  };
}

/** Bytes as text, if they are exactly that: the text's bytes are the same again. */
function asText(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  return Buffer.from(text).equals(Buffer.from(bytes)) && !text.includes("\u0000")
    ? text
    : undefined;
}

/** Headers that curl makes by itself. */
const MADE_BY_CURL = new Set(["host", "content-length", "connection", "accept-encoding", "expect"]);

/**
 * The command that sends the same request.
 * @param base Such as `http://127.0.0.1:9981`.
 * @returns One line for a POSIX shell; a body that is no text, or steers a terminal, comes out of a pipe.
 */
export function asCurl(draft: Draft, base: string): string {
  const { method, path, query, headers, body } = toWire(draft);
  // Without this curl reads braces and brackets of a path as a pattern.
  const words = ["curl", "--globoff", "--request", method];
  for (const [name, value] of headers) {
    if (MADE_BY_CURL.has(name.toLowerCase())) continue;
    // `Name;` is how curl sends a header without a value.
    words.push("--header", value === "" ? `${name};` : `${name}: ${value}`);
  }
  // Without this curl calls any body a form.
  if (headerOf(headers, "content-type") === undefined) {
    words.push("--header", "Content-Type:");
  }
  const piped = draft.encoding === "base64" || steersTerminal(draft.body);
  const coded = draft.encoding === "base64" ? draft.body : Buffer.from(body).toString("base64");
  if (body.length > 0)
    words.push(...(piped ? ["--data-binary", "@-"] : ["--data-raw", draft.body]));
  words.push(`${base}${path}${query === "" ? "" : `?${query}`}`);
  const line = shellCommand(...words);
  return piped && body.length > 0
    ? `${shellCommand("printf", "%s", coded)} | base64 -d | ${line}`
    : line;
}
