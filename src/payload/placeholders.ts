/** Payloads that document a request and are none: placeholders in the place of values, or the schema of the values. */
import type { JsonValue } from "./json.ts";

/** `<uuid>`, `$SERVICE`, `${name}`, `{{name}}` or `%name%`, and the name of a type. */
const PLACEHOLDER =
  /^(?:<[\w .:-]{1,40}>|\$\{?[A-Za-z_]\w{0,40}\}?|\{\{[\w .]{1,40}\}\}|%\w{1,40}%|string|integer|boolean)$/;
const TYPES = new Set(["string", "number", "integer", "boolean", "object", "array"]);
/** Beside `type`, one of these makes an object the schema of a value. */
const SCHEMA_KEYS = ["description", "properties", "items", "enum", "format", "example", "examples"];
/** A real payload may hold one or two by accident. */
const FEWEST = 3;
const MAX_VALUES = 5_000;

/**
 * What shows that a payload describes requests and is none, as pages of documentation print them.
 * @returns An example of it, such as `<uuid>` or `"type": "string"`; undefined for what may be a request.
 */
export function placeholderIn(payload: JsonValue): string | undefined {
  const texts: string[] = [];
  const schemas: string[] = [];
  let objects = 0;
  const open = [payload];
  for (let seen = 0; open.length > 0 && seen < MAX_VALUES; seen += 1) {
    const value = open.pop() as JsonValue;
    if (value.kind === "string" && value.value !== "") texts.push(value.value);
    else if (value.kind === "array") open.push(...value.items.slice(0, MAX_VALUES));
    else if (value.kind === "object") {
      objects += 1;
      const type = typeOf(value.entries);
      if (type !== undefined) schemas.push(`"type": "${type}"`);
      open.push(...[...value.entries.values()].slice(0, MAX_VALUES));
    }
  }
  const placeholders = texts.filter((text) => PLACEHOLDER.test(text));
  return mostly(placeholders, texts.length) ?? mostly(schemas, objects);
}

/** The type that an object says a value has, if it is the schema of one. */
function typeOf(entries: ReadonlyMap<string, JsonValue>): string | undefined {
  const type = entries.get("type");
  if (type?.kind !== "string" || !TYPES.has(type.value)) return undefined;
  return SCHEMA_KEYS.some((key) => entries.has(key)) ? type.value : undefined;
}

/** The last of them, where they are at least half of all. */
function mostly(some: readonly string[], all: number): string | undefined {
  return some.length >= FEWEST && some.length * 2 >= all ? some.at(-1) : undefined;
}
