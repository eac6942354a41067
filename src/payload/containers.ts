/** Objects and lists that only hold what a payload says, in a way that services share. */

import { type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { wordsOf } from "./keys.ts";

/** What is kept beside a value of its history. */
const bookkeeping =
  /^(id|type|label|locked|versions?|history|timestamp|changed_at|request_id|selected_by\w*|confidence|(source|updated|created|persistence|use_timestamp|data|is_(encrypted|large))(_\w+)?)$/;

/** Whether these are objects that each keep a value with its history. */
export function areWrappers(path: JsonPath, values: readonly (JsonValue | undefined)[]): boolean {
  const objects = values.filter((value) => value !== undefined);
  const isWrapper = (value: JsonValue): boolean =>
    value.kind === "object" &&
    value.entries.size > 1 &&
    /^(string|integer|float|boolean|null)$/.test(value.entries.get("value")?.kind ?? "") &&
    [...value.entries.keys()].some((key) => /^(versions?|history|timestamp)$/.test(key)) &&
    [...value.entries.keys()].every((key) => key === "value" || bookkeeping.test(wordsOf(key)));
  return path.length > 0 && objects.length > 0 && objects.every(isWrapper);
}

/** Whether these are the fields of a form, each a list of the one answer that it has. */
export const isFormOfOnes = (value: JsonValue): boolean =>
  value.kind === "object" &&
  value.entries.size > 2 &&
  [...value.entries.values()].every(
    (list) =>
      list.kind === "array" &&
      list.items.length < 2 &&
      list.items.every(({ kind }) => /^(string|integer|float|boolean|null)$/.test(kind)),
  );

/** Whether each item of these lists says all of an event: they have the same keys, and objects below them. */
export function areWholeEvents(lists: readonly JsonValue[]): boolean {
  const items = lists.flatMap((list) => (list.kind === "array" ? list.items : [list]));
  const shapes = items.map((item) =>
    item.kind === "object" && [...item.entries.values()].some(({ kind }) => kind === "object")
      ? [...item.entries.keys()].sort().join("\n")
      : undefined,
  );
  return shapes[0] !== undefined && shapes.every((shape) => shape === shapes[0]);
}

/** What is empty or missing in some payload, of the list and the objects around it; the outermost first. */
export function missingOn(values: readonly JsonValue[], path: JsonPath): JsonPath[] {
  const isFull = (value: JsonValue | undefined): boolean =>
    (value?.kind === "array" && value.items.length > 0) ||
    (value?.kind === "object" && value.entries.size > 0);
  return path
    .map((_, index) => path.slice(0, index + 1))
    .filter((above) => !values.every((value) => isFull(valueAt(value, above))));
}
