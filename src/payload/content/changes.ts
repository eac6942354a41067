/** What was changed, from what to what. */
import type { JsonPath } from "../json.ts";
import { type Leaf, wordsOf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isLabel, isOneLine, isSure, type Thing } from "./things.ts";

/** A change of one field. */
export interface Change {
  /** The field's key in snake_case. */
  readonly label: string;
  /** The object that holds the changes. */
  readonly holder: JsonPath;
  readonly before: Leaf;
  /** undefined where the payload says only what it was. */
  readonly after: Leaf | undefined;
}

const MAX_CHANGES = 5;

/** The changes that payloads of a kind may tell, each of which may be missing. */
export function changesIn(things: readonly Thing[], subject: Thing | undefined): Change[] {
  const holders = things.filter(
    ({ way, key }) =>
      way.length <= 2 &&
      (vocabulary.changes.includes(key) || vocabulary.formerValues.includes(key)),
  );
  for (const holder of holders) {
    const told = vocabulary.toldChanges.flatMap((field): Change[] => {
      const change = vocabulary.formerValues.includes(holder.key)
        ? fromFormerValues(holder, field, subject)
        : fromPairs(holder, field, subject);
      return change ? [change] : [];
    });
    if (told.length > 0) return told.slice(0, MAX_CHANGES);
  }
  return things
    .filter(({ way }) => way.length <= 2)
    .flatMap(pairsOf)
    .slice(0, MAX_CHANGES);
}

/** Changes as two fields of an object, such as `previous_value` and `value`, or `old_plan` and `new_plan`. */
function pairsOf(holder: Thing): Change[] {
  return holder.all().flatMap(([name, before]): Change[] => {
    const [, field = "", below = ""] =
      /^(?:previous|prev|old|former)_([a-z_]+)((?:\/\w+){0,2})$/.exec(name) ?? [];
    // How a thing was and is now, the sentence tells.
    if (field === "" || /^(status|state)$/.test(field) || !isValue(before)) return [];
    const names = [`new_${field}`, `current_${field}`, field].map((key) => key + below);
    const after = holder.first(names, isValue);
    const label = field.replace(/_id$/, "");
    return after ? [{ label, holder: holder.path, before, after }] : [];
  });
}

function fromPairs(holder: Thing, field: string, subject: Thing | undefined): Change | undefined {
  const sides = (keys: readonly string[]): string[] =>
    keys.flatMap((key) => [`${field}/${key}`, `${field}/${key}/name`, `${field}/${key}/title`]);
  const before = holder.first(sides(vocabulary.before), isValue);
  const after = holder.first(sides(vocabulary.after), isValue) ?? subject?.named(field, isValue);
  return before ? { label: field, holder: holder.path, before, after } : undefined;
}

function fromFormerValues(
  holder: Thing,
  field: string,
  subject: Thing | undefined,
): Change | undefined {
  const before = holder.named(field, isValue);
  const after = subject?.named(field, isValue);
  return before && after ? { label: field, holder: holder.path, before, after } : undefined;
}

const isValue = (leaf: Leaf): boolean =>
  leaf.kind === "string" ? isLabel(leaf) : leaf.kind === "integer" && isOneLine(leaf, 12);

/** The fields of an item in a list of changes. */
export function changeOf(item: Thing): { field: Leaf; before?: Leaf; after?: Leaf } | undefined {
  const isField = (leaf: Leaf): boolean => isSure(leaf) && isLabel(leaf);
  const field = item.first(vocabulary.changedField, isField);
  // Of several ways to say it, texts for people come before identifiers.
  const side = (keys: readonly string[]): Leaf | undefined =>
    item.first(
      [...keys].sort((a, b) => Number(!a.endsWith("string")) - Number(!b.endsWith("string"))),
      isValue,
    );
  const before = side(vocabulary.before);
  const after = side(vocabulary.after);
  if (!field || !(before ?? after)) return undefined;
  return { field, ...(before && { before }), ...(after && { after }) };
}

/** Whether a list is one of changes. */
export const isChangeList = (key: string): boolean =>
  /^(changes|items|changelog|diff)$/.test(wordsOf(key));
