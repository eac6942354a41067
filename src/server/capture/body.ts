/** What a captured body is, and which bytes of it a fixture holds. */
import { messageOf } from "../../errors.ts";
import { type HttpHeaders, headerOf } from "../../host/http-exchange.ts";
import { decodeBody } from "../../host/inflate.ts";
import { parsedJson } from "../../host/json.ts";
import { parseJson, textParts } from "../../payload/index.ts";
import { reasonOf } from "./unusable.ts";

/** As large as a request may be; a body that is larger unpacked is no webhook. */
const MAX_BYTES = 25_000_000;

/** A body as the view of an integration will look at it. */
export interface Content {
  /** The body without its compression, else as it came. */
  readonly bytes: Uint8Array;
  /** `json`, `xml`, `multipart`, or `txt` for forms and anything else. */
  readonly extension: string;
  /** The form field that the JSON was in; the bytes are that field's value. */
  readonly formField?: string;
  /** What the author has to know: Connect would not see this body as the fixture has it. */
  readonly notes: readonly string[];
}

/**
 * Looks at a body.
 * @returns undefined when there is nothing in it to make a fixture of.
 */
export async function contentOf(
  headers: HttpHeaders,
  body: Uint8Array,
): Promise<Content | undefined> {
  const notes: string[] = [];
  const decoded = await uncompressed(headers, body, notes);
  if (decoded.length === 0) return undefined;
  const type = headerOf(headers, "content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const text = utf8(decoded);
  if (type === "multipart/form-data") return { ...fromParts(decoded, notes), notes };
  if (text === undefined) notes.push(notUtf8(headers));
  // Many send JSON under the type that their library takes when none is given.
  const isForm = type === "application/x-www-form-urlencoded" && !/^\s*[[{]/.test(text ?? "");
  if (isForm && text !== undefined) return { ...fromForm(text, decoded), notes };
  const isJson = /[/+]json$/.test(type) || (text !== undefined && holdsJson(text));
  const fault = isJson && text !== undefined ? faultOf(text) : undefined;
  if (fault !== undefined) notes.push(`is not JSON as Connect's parser takes it: ${fault}`);
  const isXml = /[/+]xml$/.test(type) || (text !== undefined && /^\s*<\?xml\b/.test(text));
  return { bytes: decoded, extension: isJson ? "json" : isXml ? "xml" : "txt", notes };
}

async function uncompressed(
  headers: HttpHeaders,
  body: Uint8Array,
  notes: string[],
): Promise<Uint8Array> {
  const encoding = headerOf(headers, "content-encoding");
  if (encoding === undefined || body.length === 0) return body;
  try {
    const decoded = await decodeBody(body, encoding, MAX_BYTES);
    if (decoded !== body) {
      notes.push(
        `came compressed (${encoding}), which Connect does not undo: turn it off at the service`,
      );
    }
    return decoded;
  } catch (error) {
    const reason = messageOf(error).replace(/\.$/, "").replace(/^A /, "a ");
    notes.push(`is kept as it came: ${reason}`);
    return body;
  }
}

/** Some services put their JSON into a field of a form; that JSON is what the view reads. */
function fromForm(text: string, bytes: Uint8Array): Omit<Content, "notes"> {
  const fields = [...new URLSearchParams(text.trim())];
  const [field] = fields;
  if (fields.length === 1 && field && /^\s*[[{]/.test(field[1]) && holdsJson(field[1])) {
    return { bytes: Buffer.from(field[1]), extension: "json", formField: field[0] };
  }
  return { bytes, extension: "txt" };
}

/** A fixture is text: files in the parts of a form are left out, the rest stays as it came. */
function fromParts(decoded: Uint8Array, notes: string[]): Omit<Content, "notes"> {
  const parts = textParts(decoded);
  if (parts) notes.push(partsLeftOut(parts.leftOut));
  return { bytes: parts?.bytes ?? decoded, extension: "multipart" };
}

/** Says it, as what follows the name of a file. */
export function partsLeftOut(leftOut: readonly string[]): string {
  const [parts, are] = leftOut.length === 1 ? ["part", "is"] : ["parts", "are"];
  return `is kept without the ${parts} ${leftOut.join(", ")}, which ${are} no text, as a fixture has to be`;
}

/** A view decodes a body as its type says; a fixture is read as UTF-8. */
function notUtf8(headers: HttpHeaders): string {
  const type = headerOf(headers, "content-type") ?? "";
  const [, charset = "utf-8"] = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(type) ?? [];
  return /^utf-?8$/i.test(charset)
    ? "is not UTF-8, which Connect's parser refuses"
    : `is written in ${charset}, as it says, which a fixture cannot carry`;
}

/** Why a text is not JSON; undefined when it is. */
function faultOf(text: string): string | undefined {
  try {
    parseJson(text);
    return undefined;
  } catch (error) {
    const reason = reasonOf(error);
    if (text.startsWith("\ufeff")) return "it begins with a byte order mark";
    const [tooDeep] = /it is nested more than \d+ levels deep/.exec(reason) ?? [];
    if (tooDeep) return tooDeep;
    if (holdsJson(text.replace(NO_NUMBER, "$1null"))) return "NaN and Infinity are no JSON";
    if (/after JSON/.test(reason)) return "another value follows the first one";
    const [, position] = /at position (\d+)/.exec(reason) ?? [];
    return position === undefined
      ? "it is broken"
      : `it is broken ${placeOf(text, Number(position))}`;
  }
}

/** A value that JavaScript and Python write, and JSON has no word for. */
const NO_NUMBER = /([:,[]\s{0,9})(?:NaN|-?Infinity)(?=\s{0,9}[,}\]])/g;

function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split("\n");
  return `at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

const holdsJson = (text: string): boolean => parsedJson(text) !== undefined;

/** A text, when the bytes are UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
