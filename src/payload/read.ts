/** Reading the payload files that a user hands over. */
import { basename, resolve } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { readBytesUpTo } from "../host/files.ts";
import {
  type BodyFormat,
  extensionOf,
  innerJson,
  isSameFormat,
  type ReadBody,
  readBody,
} from "./bodies.ts";
import { type JsonValue, parseJson } from "./json.ts";
import { fixtureNameOf } from "./naming.ts";
import { textParts } from "./parts.ts";

/** Services send kilobytes; Connect refuses bodies long before this. */
const MAX_PAYLOAD_BYTES = 20_000_000;

/** A captured request body, ready to become a fixture. */
export interface Payload {
  /** The path as the user gave it. */
  readonly source: string;
  /** File name of the fixture, such as `push.json`. */
  readonly fixture: string;
  /** The fixture's name without its extension. */
  readonly name: string;
  /** What the file name says of the event: the part before `__`, as it stands. */
  readonly fileEvent: string;
  /** What the event header said in its request, where that is known. */
  readonly headerEvent?: string | undefined;
  readonly bytes: Uint8Array;
  /** The fields of a form in parts that are not in the bytes, since no text can hold them: a picture. */
  readonly leftOut?: readonly string[];
  /** How the body says what it says. */
  readonly format: BodyFormat;
  /** What it says, as JSON has it. */
  readonly value: JsonValue;
}

/** Payload files that could be read, and what is wrong with the others. */
export interface SortedPayloads {
  readonly payloads: readonly Payload[];
  readonly broken: readonly { readonly path: string; readonly error: UserError }[];
}

/** The field of a form that a file's JSON came in, where that is known. */
export type FormFieldOf = (path: string, bytes: Uint8Array) => string | undefined;

/**
 * Reads payload files.
 * @param paths As the user gave them.
 * @param cwd The folder that relative paths start from.
 * @param formFieldOf A file that came in a form's field becomes that form again.
 * @throws UserError when a file cannot be read, is empty or is neither JSON nor a form nor XML, when two would become the
 * same fixture, or are of two formats; of several files all are named.
 */
export async function readPayloads(
  paths: readonly string[],
  cwd: string,
  formFieldOf?: FormFieldOf,
): Promise<readonly Payload[]> {
  const { payloads, broken } = await sortPayloads(paths, cwd, formFieldOf);
  if (broken.length > 0) throw brokenPayloads(broken);
  return payloads;
}

/** Reads payload files. One that is broken does not keep the others from being read. */
export async function sortPayloads(
  paths: readonly string[],
  cwd: string,
  formFieldOf?: FormFieldOf,
): Promise<SortedPayloads> {
  const payloads: Payload[] = [];
  const broken: { path: string; error: UserError }[] = [];
  for (const path of paths) {
    try {
      const bytes = await readBytesUpTo(resolve(cwd, path), MAX_PAYLOAD_BYTES);
      const field = formFieldOf?.(path, bytes);
      const payload = toPayload(path, field === undefined ? bytes : formWith(field, bytes));
      refuseTwin(payload, payloads);
      refuseOtherFormat(payload, payloads);
      payloads.push(payload);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      broken.push({ path, error });
    }
  }
  return { payloads, broken };
}

/** Payloads of which each wraps its JSON in a text, as a queue's notifications do, without what wraps it. */
export function withoutWrapper(payloads: readonly Payload[]): readonly Payload[] {
  const opened = payloads.flatMap((payload): Payload[] => {
    const inner = payload.format.kind === "json" && innerJson(payload.value, payload.bytes.length);
    return inner ? [{ ...payload, ...inner }] : [];
  });
  const keys = new Set(opened.map(({ format }) => format.kind === "json" && format.inside));
  return opened.length === payloads.length && keys.size === 1 ? opened : payloads;
}

function formWith(field: string, bytes: Uint8Array): Uint8Array {
  const form = new URLSearchParams([[field, Buffer.from(bytes).toString("utf8").trimEnd()]]);
  return Buffer.from(form.toString());
}

function refuseTwin({ source, fixture }: Payload, others: readonly Payload[]): void {
  const twin = others.find((other) => other.fixture === fixture);
  if (!twin) return;
  throw new UserError(`${twin.source} and ${source} would both become the fixture ${fixture}.`, {
    code: "same-fixture",
    hint: "Rename one of the files, and give both again.",
  });
}

const formatNames = {
  json: "JSON",
  form: "a form",
  "json field": "JSON in a form's field",
  xml: "XML",
};

/** A view reads its requests in one way. */
function refuseOtherFormat({ source, format }: Payload, [first]: readonly Payload[]): void {
  if (!first || isSameFormat(first.format, format)) return;
  const [one, other] = [first.format, format].map(({ kind }) => formatNames[kind]);
  throw new UserError(
    `The payload ${source} is ${other}${one === other ? " of another kind" : ""}, and ${first.source} is ${one}.`,
    {
      code: "mixed-formats",
      hint: "Give payloads that the service sends in one way, and add the others by hand.",
    },
  );
}

/** One error that says what is wrong with each of these files. */
export function brokenPayloads(broken: SortedPayloads["broken"]): UserError {
  const [first] = broken;
  if (first && broken.length === 1) return first.error;
  const all = broken.map(({ error }) => error.message.replace(/\.$/, "")).join("; ");
  return new UserError(`${broken.length} payloads cannot be used: ${all}.`, {
    code: "broken-payloads",
    hint: "Mend these files, or leave them out: the others are fine.",
  });
}

/**
 * Makes a payload of a file's bytes.
 * @param source The file's path; its name becomes the fixture's.
 * @param bytes What the service sent.
 * @throws UserError `empty-payload`, `payload-not-json`, `payload-not-text`, `broken-xml` or `bad-fixture-name`.
 */
export function toPayload(source: string, bytes: Uint8Array): Payload {
  const named = fixtureNameOf(basename(source));
  if (!named) {
    throw new UserError(`The file name of ${source} holds no letter or digit for a fixture name.`, {
      code: "bad-fixture-name",
      hint: "Name the file after the event it holds, such as deploy_finished.json.",
    });
  }
  const parts = textParts(bytes);
  const kept = parts?.bytes ?? bytes;
  if (parts && readBody(Buffer.from(kept).toString("utf8")) === undefined) throw onlyFiles(source);
  const { format, value } = parseBytes(source, kept);
  const { name, event } = named;
  const fixture = `${name}.${extensionOf(format)}`;
  const leftOut = parts && { leftOut: parts.leftOut };
  return { source, fixture, name, fileEvent: event, bytes: kept, ...leftOut, format, value };
}

function onlyFiles(source: string): UserError {
  return new UserError(`The payload ${source} is a form in parts, of which none is text.`, {
    code: "payload-not-text",
    hint: "A view is drafted from what a request says in text: write one for files by hand.",
  });
}

function parseBytes(source: string, bytes: Uint8Array): ReadBody {
  const hint = "Save the exact body of a request as the service sent it, and give that file.";
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw notJson(
      source,
      "it is compressed with gzip",
      "Unpack it with gunzip, and give the result.",
    );
  }
  let text: string;
  try {
    // Connect's tests read fixtures as UTF-8 and hand a byte order mark on, which its parser refuses.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new UserError(`The payload ${source} is not UTF-8 text, as a fixture has to be.`, {
      code: "payload-not-json",
      hint: "Convert it with iconv, or have the service send UTF-8.",
      cause: error,
    });
  }
  if (text.startsWith("\ufeff")) {
    const details = { code: "payload-not-json", hint };
    throw new UserError(
      `The payload ${source} is not JSON: it starts with a byte order mark.`,
      details,
    );
  }
  if (text.trim() === "") {
    throw new UserError(`The payload ${source} is empty.`, { code: "empty-payload", hint });
  }
  try {
    return { format: { kind: "json" }, value: parseJson(text) };
  } catch (error) {
    const body = otherBody(source, text);
    if (body) return body;
    const other = whatElse(text);
    if (other) throw notJson(source, ...other);
    const reason = messageOf(error).replace(/^This is not JSON: |\.$/g, "");
    throw notJson(source, oneLine(reason) + placeIn(text, reason), hint, error);
  }
}

function otherBody(source: string, text: string): ReadBody | undefined {
  try {
    return readBody(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, hint } = error;
    const message = error.message.replace(/^This XML/, `The XML in ${source}`);
    throw new UserError(message, { code, ...(hint !== undefined && { hint }), cause: error });
  }
}

function notJson(source: string, reason: string, hint: string, cause?: unknown): UserError {
  const details = { code: "payload-not-json", hint, cause };
  return new UserError(`The payload ${source} is not JSON: ${reason}.`, details);
}

/** Other kinds of bodies that services send, and what can be done with them. */
function whatElse(text: string): [reason: string, hint: string] | undefined {
  const start = text.trim();
  if (start.startsWith("<")) {
    return ["it is HTML", "Save the exact body of a request as the service sent it."];
  }
  if (/^--\S+\r?\n/.test(start)) {
    return [
      "it is a form in parts without a field",
      "Save the whole body of the request, from its first boundary to its last.",
    ];
  }
  const lines = start.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length > 1 && lines.every(isJson)) {
    return [
      `it holds ${lines.length} JSON values, one a line`,
      "Save each of them in a file of its own, and give all the files.",
    ];
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where the parser stumbled, as editors count, where it says so only in characters. */
function placeIn(text: string, reason: string): string {
  const position = /position (\d+)(?!.*line \d)/.exec(reason)?.[1];
  if (position === undefined) return "";
  const lines = text.slice(0, Number(position)).split("\n");
  return ` (line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1})`;
}

/** The parser quotes the text it stumbled over; a line break in it would break the sentence. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
