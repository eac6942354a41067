/** An XML fixture as a payload. Whatever is changed in it, it stays well-formed: a service sends no other. */
import sax from "sax";
import type { JsonValue } from "../payload/index.ts";
import { type Change, type Changes, escapeKey, type FuzzPayload } from "./payload.ts";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Keys that are no child elements. */
const ATTRIBUTE = "@";
const TEXT = "#text";
/** Takes the place of the whole document. */
const OTHER_ROOT = "zq";

/**
 * Reads a document: elements are keys, of one name a list, and attributes keys with an `@`.
 * @returns Undefined for what is not well-formed.
 */
export function readXml(text: string): Pick<FuzzPayload, "value" | "write"> | undefined {
  const root = parse(text);
  if (!root) return undefined;
  const content = contentOf(root);
  const pointer = `/${escapeKey(root.name)}`;
  return {
    value: { kind: "object", entries: new Map([[root.name, content]]) },
    write(changes) {
      const whole = changes.has("") ? element(OTHER_ROOT, textOf(changes.get(""))) : undefined;
      const written = whole ?? write(root.name, content, pointer, changes);
      return Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>\n${written || element(OTHER_ROOT)}`,
      );
    },
  };
}

function parse(text: string): Element | undefined {
  const parser = sax.parser(true);
  const open: Element[] = [];
  let root: Element | undefined;
  let broken = false;
  parser.onerror = () => {
    broken = true;
    parser.resume();
  };
  parser.onopentag = ({ name, attributes }) => {
    const texts = Object.entries(attributes).map(([key, value]) => [key, String(value)]);
    const next: Element = { name, attributes: Object.fromEntries(texts), children: [], text: "" };
    open.at(-1)?.children.push(next);
    root ??= next;
    open.push(next);
  };
  parser.onclosetag = () => void open.pop();
  const addText = (more: string): void => {
    const current = open.at(-1);
    if (current) current.text += more;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.write(text.replace(/^\uFEFF/, "")).close();
  return broken ? undefined : root;
}

function contentOf({ attributes, children, text }: Element): JsonValue {
  const string = (value: string): JsonValue => ({ kind: "string", value });
  const named = Object.entries(attributes);
  if (named.length === 0 && children.length === 0) return string(text);
  const entries = new Map(named.map(([key, value]) => [`${ATTRIBUTE}${key}`, string(value)]));
  if (children.length === 0 || text.trim() !== "") entries.set(TEXT, string(text));
  for (const name of new Set(children.map((child) => child.name))) {
    const [first, ...others] = children.filter((child) => child.name === name).map(contentOf);
    if (!first) continue;
    entries.set(name, others.length > 0 ? { kind: "array", items: [first, ...others] } : first);
  }
  return { kind: "object", entries };
}

/** One element, or all those of a list. */
function write(name: string, value: JsonValue, pointer: string, changes: Changes): string {
  if (changes.has(pointer)) {
    const change = changes.get(pointer);
    return change === undefined ? "" : element(name, textOf(change));
  }
  if (value.kind === "array") {
    return value.items
      .map((item, index) => write(name, item, `${pointer}/${index}`, changes))
      .join("");
  }
  if (value.kind !== "object") return element(name, value.kind === "string" ? value.value : "");
  const parts = { attributes: "", content: "" };
  for (const [key, below] of value.entries) {
    const place = `${pointer}/${escapeKey(key)}`;
    if (!key.startsWith(ATTRIBUTE) && key !== TEXT) {
      parts.content += write(key, below, place, changes);
      continue;
    }
    const own = below.kind === "string" ? below.value : "";
    const text = changes.has(place) ? textOf(changes.get(place)) : own;
    if (key === TEXT) parts.content += escaped(text);
    else if (!changes.has(place) || changes.get(place) !== undefined) {
      parts.attributes += ` ${key.slice(ATTRIBUTE.length)}="${escaped(text)}"`;
    }
  }
  return `<${name}${parts.attributes}>${parts.content}</${name}>`;
}

const element = (name: string, text = ""): string => `<${name}>${escaped(text)}</${name}>`;

/** XML knows texts only: null, lists and objects are an empty one. */
function textOf(change: Change): string {
  if (change === undefined || /^[[{n]/.test(change)) return "";
  return change.startsWith('"') ? JSON.parse(change) : change;
}

/** What XML has no way to write, such as NUL, no service can send. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const NAMES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escaped = (text: string): string =>
  text.replace(UNWRITABLE, "\uFFFD").replace(/[&<>"]/g, (character) => NAMES[character] ?? "");
