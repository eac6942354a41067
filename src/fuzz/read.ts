/** Fixtures as payloads: JSON, the fields of a form of either kind, and XML, with the parameters that go with them. */
import { type JsonValue, parseJson } from "../payload/index.ts";
import { CONFLICT_MARKER, conflictLine } from "../python/conflict.ts";
import { readMultipart, writeMultipart } from "./multipart.ts";
import { type Change, type Changes, type FuzzPayload, pointerOf, writeJson } from "./payload.ts";
import { readXml } from "./xml.ts";

/** Why a fixture cannot be read as a payload, as the end of a sentence. */
export function whyUnread({ bytes }: { bytes: Uint8Array }): string {
  const line = conflictLine(Buffer.from(bytes).toString("utf8"));
  return line === undefined
    ? "it is neither JSON nor XML nor a form with fields"
    : `it holds ${CONFLICT_MARKER}, line ${line}`;
}

type Body = Pick<FuzzPayload, "value" | "write">;

/**
 * Reads a fixture and the parameters that it is sent with. A parameter of the address is a key of the payload too,
 * with a question mark before its name.
 * @param bytes The fixture's bytes.
 * @param file Its file name.
 * @returns Undefined for what has no keys: plain text, broken JSON.
 */
export function readFuzzPayload(
  bytes: Uint8Array,
  file: string,
  query: Readonly<Record<string, string>> = {},
): FuzzPayload | undefined {
  const body = file.endsWith(".multipart")
    ? readParts(bytes)
    : readBody(Buffer.from(bytes).toString("utf8"), file);
  return body && withQuery(body, query);
}

function readBody(text: string, file: string): Body | undefined {
  if (file.endsWith(".json")) return readJson(text);
  if (file.endsWith(".xml")) return readXml(text);
  return file.endsWith(".txt") && /^[^\s=&]+=/.test(text) ? readForm(text.trim()) : undefined;
}

function readJson(text: string): Body | undefined {
  const value = jsonIn(text);
  return value && { value, write: (changes) => Buffer.from(writeJson(value, "", changes) ?? "") };
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined; // Some fixtures are broken on purpose.
  }
}

/** A field or parameter may hold JSON: services that send forms put their payload into one. */
function fieldValue(value: string): JsonValue {
  const inner = /^\s*[[{]/.test(value) ? jsonIn(value) : undefined;
  return inner ?? { kind: "string", value };
}

function readParts(bytes: Uint8Array): Body | undefined {
  const form = readMultipart(bytes);
  if (!form) return undefined;
  const entries = new Map<string, JsonValue>();
  for (const part of form.parts) {
    if (part.kind === "field") entries.set(part.name, fieldValue(part.value));
  }
  return {
    value: { kind: "object", entries },
    write: (changes) =>
      writeMultipart(form, (index) => {
        const part = form.parts[index];
        const value = part?.kind === "field" ? entries.get(part.name) : undefined;
        return part?.kind === "field" && value
          ? fieldText(value, pointerOf([part.name]), changes)
          : undefined;
      }),
  };
}

function readForm(text: string): Body {
  const fields = [...new URLSearchParams(text)];
  const entries = new Map(
    fields.map(([key, value]): [string, JsonValue] => [key, fieldValue(value)]),
  );
  return {
    value: { kind: "object", entries },
    write(changes) {
      const changed = new URLSearchParams();
      for (const [key, value] of entries) {
        const put = fieldText(value, pointerOf([key]), changes);
        if (put !== undefined) changed.set(key, put);
      }
      return Buffer.from(changed.toString());
    },
  };
}

/** A form knows texts only: another value is sent as its text. */
function fieldText(value: JsonValue, pointer: string, changes: Changes): string | undefined {
  const change: Change = changes.get(pointer);
  if (changes.has(pointer)) return change?.startsWith('"') ? JSON.parse(change) : change;
  return value.kind === "string" ? value.value : writeJson(value, pointer, changes);
}

function withQuery(body: Body, query: Readonly<Record<string, string>>): FuzzPayload {
  const parameters = Object.entries(query).map(([key, value]): [string, JsonValue] => [
    `?${key}`,
    fieldValue(value),
  ]);
  const write: FuzzPayload["write"] = (changes) => body.write(changes);
  if (body.value.kind !== "object" || parameters.length === 0) {
    return { value: body.value, write, query: () => query };
  }
  return {
    value: { kind: "object", entries: new Map([...body.value.entries, ...parameters]) },
    write,
    query: (changes) =>
      Object.fromEntries(
        parameters.flatMap(([name, value]) => {
          const put = fieldText(value, pointerOf([name]), changes);
          return put === undefined ? [] : [[name.slice(1), put]];
        }),
      ),
  };
}
