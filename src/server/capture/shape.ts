/** What a body looks like, whatever its values are. */
import { createHash } from "node:crypto";
import { type JsonValue, parseJson, readBody } from "../../payload/index.ts";
import { type Content, utf8 } from "./body.ts";

const MAX_DEPTH = 100;
/** Keys that name one thing and not a kind of thing: numbers, hashes, UUIDs. */
const ownName = /^\d+$|^[0-9a-f]{8,}$|^[0-9a-f-]{36}$/i;

/**
 * The fields of a body, as `new` reads it: of JSON, or of a form, of which a field may be JSON.
 * @returns undefined for anything else, and for JSON that Connect's parser refuses.
 */
export function fieldsOf({ bytes, extension, formField }: Content): JsonValue | undefined {
  const text = utf8(bytes);
  if (text === undefined) return undefined;
  if (extension === "json") {
    try {
      return parseJson(text);
    } catch {
      return undefined;
    }
  }
  const isForm = extension === "multipart" || /^[^\s=&]+=/.test(text);
  if (extension === "xml" || formField !== undefined || !isForm) return undefined;
  const read = readBody(text);
  if (read || extension === "multipart") return read?.value;
  const fields = [...new URLSearchParams(text.trim())];
  const entries = fields.map(
    ([name, value]) => [name, { kind: "string", value } as const] as const,
  );
  return { kind: "object", entries: new Map(entries) };
}

/**
 * A hash that bodies of one shape share: the same keys with the same kinds of values, the same elements of XML, the
 * same fields of a form. Texts share it only when they are the same.
 */
export function shapeOf(content: Content, value: JsonValue | undefined): string {
  const hash = createHash("sha256").update(`${content.extension}\n`);
  if (value) return hash.update(shapeOfValue(value, 0)).digest("hex");
  const text = Buffer.from(content.bytes).toString("latin1");
  if (content.extension === "xml")
    return hash.update(names(text, /<([A-Za-z_][\w:.-]*)/g)).digest("hex");
  if (content.extension === "multipart") {
    return hash.update(names(text, /\bname="([^"\r\n]*)"/g)).digest("hex");
  }
  return hash.update(content.bytes).digest("hex");
}

function names(text: string, pattern: RegExp): string {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort().join("\n");
}

function shapeOfValue(value: JsonValue, depth: number): string {
  if (depth > MAX_DEPTH) return "…";
  if (value.kind === "array") {
    const items = new Set(value.items.map((item) => shapeOfValue(item, depth + 1)));
    return `[${[...items].sort().join("|")}]`;
  }
  if (value.kind === "object") {
    const fields = [...value.entries].map(([key, field]) => {
      const name = ownName.test(key) ? "*" : JSON.stringify(key);
      return `${name}:${shapeOfValue(field, depth + 1)}`;
    });
    return `{${[...new Set(fields)].sort().join(",")}}`;
  }
  return value.kind === "integer" || value.kind === "float" ? "number" : value.kind;
}
