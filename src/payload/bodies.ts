/** Bodies that are no JSON, read as JSON would have them: forms and XML. */
import sax from "sax";
import { UserError } from "../errors.ts";
import { type JsonValue, parseJson } from "./json.ts";
import { boundaryOf, type Field, fieldsOfParts } from "./parts.ts";

/** How a request says what it says. */
export type BodyFormat =
  /** `inside`: the key of a text in it that is JSON itself, and says what the request is about. */
  | { readonly kind: "json"; readonly inside?: string }
  /** A form; `multipart` for one in parts, with the line that parts them. */
  | { readonly kind: "form"; readonly boundary?: string }
  /** A form of which one field holds JSON. */
  | { readonly kind: "json field"; readonly field: string; readonly boundary?: string }
  | { readonly kind: "xml" };

/** A body that was read. */
export interface ReadBody {
  readonly format: BodyFormat;
  readonly value: JsonValue;
}

/** The ending of a fixture of this format, as trees name such files. */
export function extensionOf(format: BodyFormat): "json" | "txt" | "multipart" | "xml" {
  if (format.kind === "json" || format.kind === "xml") return format.kind;
  return format.boundary === undefined ? "txt" : "multipart";
}

/** How many blanks a line ends with. */
export function trailingBlanks(line: string): number {
  let end = line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t")) end -= 1;
  return line.length - end;
}

/**
 * A body as a fixture holds it. A tree's own linter refuses JSON files that do not end with a line break, or have blanks
 * at the ends of lines (its `tools/linter_lib/custom_check.py`), which say nothing. Other bodies stay as they came.
 * @param extension The fixture's, without its dot.
 */
export function fixtureBytes(extension: string, bytes: Uint8Array): Uint8Array {
  if (extension !== "json" || bytes.length === 0) return bytes;
  // Byte by byte, so that also what is no UTF-8 comes back as it was.
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  const tidy = lines.map((line) => line.slice(0, line.length - trailingBlanks(line))).join("\n");
  return Buffer.from(tidy.endsWith("\n") ? tidy : `${tidy}\n`, "latin1");
}

/** Whether a view can read both formats in the same way. */
export const isSameFormat = (a: BodyFormat, b: BodyFormat): boolean =>
  a.kind === b.kind &&
  extensionOf(a) === extensionOf(b) &&
  (a.kind !== "json field" || b.kind !== "json field" || a.field === b.field);

/**
 * Reads a body that is no JSON.
 * @param text The body.
 * @returns undefined for what is neither a form nor XML.
 * @throws UserError `broken-xml`.
 */
export function readBody(text: string): ReadBody | undefined {
  const start = text.trim();
  if (/^<(?!!doctype html|html)/i.test(start))
    return { format: { kind: "xml" }, value: readXml(start) };
  const boundary = boundaryOf(start);
  if (boundary !== undefined) {
    const fields = fieldsOfParts(start, boundary);
    return fields.length === 0 ? undefined : formOf(fields, boundary);
  }
  if (!isForm(start)) return undefined;
  return formOf([...new URLSearchParams(start)]);
}

/** Fields without blanks. What has a brace before a second field is a text of another kind. */
function isForm(text: string): boolean {
  const brace = text.indexOf("{");
  const isPlain = brace < 0 || /&[\w.%+[\]-]+=/.test(text.slice(0, brace));
  return isPlain && /^[\w.%+[\]-]+=\S*$/.test(text);
}

/** What a form's address says as well: where the message goes, and not what happened. */
const connectsOwn = new Set(["stream", "topic", "api_key"]);

/** The field that holds JSON is what the request is about, where it is most of it. */
function formOf(fields: readonly Field[], boundary?: string): ReadBody {
  const parts = boundary === undefined ? {} : { boundary };
  const size = fields.reduce((sum, [, value]) => sum + value.length, 0);
  for (const [field, text] of fields) {
    const value = text.length * 2 > size ? objectIn(text) : undefined;
    if (value) return { format: { kind: "json field", field, ...parts }, value };
  }
  const entries = new Map<string, JsonValue>();
  for (const [name, value] of fields)
    if (!connectsOwn.has(name)) entries.set(name, { kind: "string", value });
  return { format: { kind: "form", ...parts }, value: { kind: "object", entries } };
}

/** Keys under which a queue, or who forwards requests, hands on what was said. */
const handedOn = /^(message|payload|body|data|event|content)$/i;
const MIN_INNER_KEYS = 3;

/** The text of much of a body that is an object in JSON by itself, such as a queue's message. */
export function innerJson(value: JsonValue, size: number): ReadBody | undefined {
  if (value.kind !== "object") return undefined;
  for (const [inside, child] of value.entries) {
    if (!handedOn.test(inside) || child.kind !== "string" || child.value.length * 4 < size)
      continue;
    const inner = objectIn(child.value);
    if (inner?.kind === "object" && inner.entries.size >= MIN_INNER_KEYS)
      return { format: { kind: "json", inside }, value: inner };
  }
  return undefined;
}

function objectIn(text: string): JsonValue | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

const MAX_XML_DEPTH = 200;

/** The root element, as the drafted view's `get_fields` reads it: see `scaffold/python/bodies.ts`. */
function readXml(text: string): JsonValue {
  const parser = sax.parser(true);
  const open: Element[] = [];
  let root: Element | undefined;
  const fail = (reason: string): never => {
    const line = `line ${parser.line + 1}, column ${parser.column + 1}`;
    throw new UserError(`This XML cannot be read: ${reason} (${line}).`, {
      code: "broken-xml",
      hint: "Save the exact body of a request as the service sent it, and give that file.",
    });
  };
  parser.onerror = ({ message }) => fail(message.split("\n")[0] ?? "it is broken");
  // The library that views read XML with refuses documents that declare entities.
  parser.ondoctype = () => fail("it declares a document type");
  parser.onopentag = ({ name, attributes }) => {
    const own = Object.entries(attributes).filter(([key]) => !/^xmlns|:/.test(key));
    const element: Element = {
      name: withoutPrefix(name),
      attributes: new Map(own.map(([key, value]) => [key, String(value)])),
      children: [],
      text: "",
    };
    if (open.length >= MAX_XML_DEPTH) fail(`it is nested more than ${MAX_XML_DEPTH} levels deep`);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  };
  parser.onclosetag = () => open.pop();
  const addText = (more: string): void => {
    const element = open.at(-1);
    // Python's `text` is what stands before the first child.
    if (element && element.children.length === 0) element.text += more;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.write(text).close();
  return root ? elementValue(root) : fail("it has no element");
}

const withoutPrefix = (name: string): string => name.split(":").at(-1) ?? name;

function elementValue({ name, attributes, children, text }: Element): JsonValue {
  const asText = (value: string): JsonValue => ({ kind: "string", value });
  const ownFields = [...attributes].map(([key, value]) => [key, asText(value)] as const);
  const [first] = children;
  if (!first) {
    // These attributes say how the text is written.
    const isBare = attributes.has("nil") || [...attributes.keys()].every((key) => key === "type");
    if (isBare) return asText(text.trim());
    const own = text.trim() === "" ? [] : [["value", asText(text.trim())] as const];
    return { kind: "object", entries: new Map([...ownFields, ...own]) };
  }
  const isAlike = children.every((child) => child.name === first.name);
  if (isAlike && (children.length > 1 || name.startsWith(first.name.slice(0, -1))))
    return { kind: "array", items: children.map(elementValue) };
  const entries = new Map<string, JsonValue>(ownFields);
  const byName = new Map<string, Element[]>();
  for (const child of children) {
    const same = byName.get(child.name);
    if (same) same.push(child);
    else byName.set(child.name, [child]);
  }
  for (const [childName, same] of byName) {
    const items = same.map(elementValue);
    entries.set(childName, same.length > 1 ? { kind: "array", items } : (items[0] ?? asText("")));
  }
  return { kind: "object", entries };
}
