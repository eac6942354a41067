/** Ways into a payload, as Python. */
import { type JsonPath, slugOf } from "../../payload/index.ts";
import { writeString } from "../../python/strings.ts";
import { type FieldUse, type Passage, usesOf } from "../message.ts";
import { isReserved } from "../wording/variables.ts";

/**
 * The way into a payload, as Python.
 * @param source The variable that holds the payload.
 */
export function writeAccess(source: string, path: JsonPath): string {
  const step = (key: string | number): string =>
    `[${typeof key === "number" ? key : writeString(key)}]`;
  return `${source}${path.map(step).join("")}`;
}

/** Objects of the payload that have a variable of their own. */
export class Places {
  readonly #names = new Map<string, string>();

  add(path: JsonPath, name: string): void {
    this.#names.set(JSON.stringify(path), name);
  }

  /** The way into a payload, as Python, by the nearest object that has a variable. */
  access(source: string, path: JsonPath): string {
    for (let length = path.length; length > 0; length--) {
      const name = this.#names.get(JSON.stringify(path.slice(0, length)));
      if (name !== undefined) return writeAccess(name, path.slice(length));
    }
    return writeAccess(source, path);
  }
}

/** Whether a payload has something at a path, as Python: each step is asked for before the next. */
export function writePresence(path: JsonPath): string {
  const steps = path.flatMap((step, index) =>
    typeof step === "number"
      ? []
      : [`${writeAccess("payload", path.slice(0, index))}.get(${writeString(step)})`],
  );
  return steps.join(" and ");
}

const MIN_READS = 3;

/** Variables for objects of which a function reads many fields. */
export function placesOf(
  passages: readonly Passage[],
  source: string,
): { places: Places; lines: string[] } {
  const places = new Places();
  const sure = passages.filter(({ needs, only }) => !needs && !only);
  const uses = passages.flatMap(({ parts }) => usesOf(parts));
  const counts = new Map<string, { path: JsonPath; count: number }>();
  for (const { path } of fieldsOf(sure.flatMap(({ parts }) => usesOf(parts)))) {
    const above = path.slice(0, -1);
    if (above.length === 0) continue;
    const known = counts.get(JSON.stringify(above)) ?? { path: above, count: 0 };
    counts.set(JSON.stringify(above), { path: above, count: known.count + 1 });
  }
  const taken = new Set([source, "body", "count", ...uses.map((use) => use.variable)]);
  const lines: string[] = [];
  for (const { path, count } of counts.values()) {
    const name = slugOf(String(path.at(-1)));
    if (count < MIN_READS || taken.has(name) || !isFree(name)) continue;
    taken.add(name);
    lines.push(`    ${name} = ${writeAccess(source, path)}`);
    places.add(path, name);
  }
  return { places, lines };
}

const isFree = (name: string): boolean =>
  /^[a-z][a-z0-9_]{1,30}$/.test(name) && name !== "data_" && !isReserved(name);

const fieldsOf = (parts: ReturnType<typeof usesOf>): FieldUse[] =>
  parts.filter((use) => use.use === "field");
