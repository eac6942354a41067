/** Answers whose questions stand in another list of the payload, as forms send them. */
import { type JsonPath, type JsonValue, valueAt } from "../json.ts";
import { wordsOf } from "../keys.ts";

/** Where the questions of answers are. */
export interface Asked {
  /** The list of questions. */
  readonly path: JsonPath;
  /** The keys of a question's identifier and of its text. */
  readonly id: string;
  readonly name: string;
  /** The way in an answer to the identifier of its question. */
  readonly by: JsonPath;
  /** Whether none of the questions ends in a mark of its own. */
  readonly isBare: boolean;
}

const references =
  /^((field|question|element|item|input)(_(id|ref|key|uuid))?|ref|question_ref|questionid)$/;
const identifiers = ["id", "ref", "key", "uuid"];
const names = ["title", "question", "label", "headline", "name", "text"];

/**
 * Finds the questions of a list of answers.
 * @param answers The items of the list.
 * @param lists The ways to all lists of the payloads.
 */
export function askedIn(
  values: readonly JsonValue[],
  path: JsonPath,
  answers: readonly JsonValue[],
  lists: readonly JsonPath[],
): Asked | undefined {
  for (const by of referencesIn(answers[0])) {
    const wanted = answers.flatMap((answer) => textAt(answer, by) ?? []);
    if (wanted.length < answers.length) continue;
    for (const other of lists) {
      if (JSON.stringify(other) === JSON.stringify(path)) continue;
      const found = questionsIn(values, other, wanted);
      if (found) return { path: other, ...found, by };
    }
  }
  return undefined;
}

/** The ways to what may name the question of an answer. */
function referencesIn(answer: JsonValue | undefined): JsonPath[] {
  if (answer?.kind !== "object") return [];
  return [...answer.entries].flatMap(([key, child]): JsonPath[] => {
    if (!references.test(wordsOf(key))) return [];
    return child.kind === "object" ? identifiers.map((id) => [key, id]) : [[key]];
  });
}

function questionsIn(
  values: readonly JsonValue[],
  path: JsonPath,
  wanted: readonly string[],
): Omit<Asked, "path" | "by"> | undefined {
  const lists = values.map((value) => valueAt(value, path));
  const items = lists.flatMap((list) => (list?.kind === "array" ? list.items : []));
  // A payload without the list would raise.
  if (items.length === 0 || !lists.every((list) => list?.kind === "array")) return undefined;
  const hasAll = (key: string): boolean => items.every((item) => textAt(item, [key]) !== undefined);
  const id = identifiers.find((key) => {
    const known = new Set(items.map((item) => textAt(item, [key])));
    return hasAll(key) && wanted.every((text) => known.has(text));
  });
  const name = names.find((key) => key !== id && hasAll(key));
  if (id === undefined || name === undefined) return undefined;
  const isBare = !items.some((item) => /[?:.!]\s*$/.test(textAt(item, [name]) ?? ""));
  return { id, name, isBare };
}

function textAt(value: JsonValue, path: JsonPath): string | undefined {
  const found = valueAt(value, path);
  return found?.kind === "string" && found.value !== "" ? found.value : undefined;
}
