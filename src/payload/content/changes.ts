/** What was changed, from what to what. */
import type { JsonPath } from "../json.ts";
import { wordsOf } from "../keys.ts";
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isUntold } from "./machine-keys.ts";
import { isLabel, isOneLine, isSure, type Thing } from "./things.ts";

/** A change of one field. */
export interface Change {
  /** The field's key in snake_case. */
  readonly label: string;
  /** What the payload calls the field, where that is a text in it. */
  readonly name?: Leaf;
  /** The object that holds the changes. */
  readonly holder: JsonPath;
  /** undefined where the payload says only what it is now. */
  readonly before: Leaf | undefined;
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
    const isFormer = vocabulary.formerValues.includes(holder.key);
    const fields = isFormer
      ? [...vocabulary.toldChanges, ...changedFields(holder, subject)]
      : vocabulary.toldChanges;
    const told = fields.flatMap((field): Change[] => {
      const change = isFormer
        ? fromFormerValues(holder, field, subject)
        : fromPairs(holder, field, subject);
      return change ? [change] : [];
    });
    if (told.length > 0) return told.slice(0, MAX_CHANGES);
  }
  const near = things.filter(({ way }) => way.length <= 2);
  const named = near
    .flatMap((thing) => namedChangeOf(thing) ?? beforeAndAfter(thing) ?? [])
    .slice(0, 1);
  return named.length > 0 ? named : near.flatMap(pairsOf).slice(0, MAX_CHANGES);
}

/** What is called `property_name` in one payload and `field_title` in another. */
const nameOfField =
  /^((changed_)?(property|field|attribute|column|setting))_(name|title|label|key)$/;

/** A change of a field that the payload names, as with `property_name` and `property_value`. */
function namedChangeOf(holder: Thing): Change | undefined {
  for (const [key, name] of holder.own()) {
    const [, field] = nameOfField.exec(key) ?? [];
    if (field === undefined || !isSure(name) || !isLabel(name)) continue;
    const after = holder.first([`${field}_value`, "new_value", "current_value"], isValue);
    const before = holder.first(["old_value", "previous_value"], isValue);
    if (after && isSure(after)) return { label: field, name, holder: holder.path, before, after };
  }
  return undefined;
}

const sides = [
  ["before", "after"],
  ["from", "to"],
  ["old", "new"],
  ["old_value", "new_value"],
] as const;

/** A change as two objects with the same key in them, as `before: {status}` and `after: {status}`. */
function beforeAndAfter(holder: Thing): Change | undefined {
  for (const [was, is] of sides)
    for (const key of ["status", "state", "name", "title", "value", "username", "label"]) {
      const [before, after] = [holder.get(`${was}/${key}`), holder.get(`${is}/${key}`)];
      if (!before || !after || !isValue(before) || !isValue(after)) continue;
      const name = holder.first(
        ["field", "property", "attribute"],
        (leaf) => isSure(leaf) && isLabel(leaf),
      );
      return { label: key, ...(name && { name }), holder: holder.path, before, after };
    }
  return undefined;
}

/** Further fields whose values were others before, in some payload. */
function changedFields(holder: Thing, subject: Thing | undefined): string[] {
  return holder.own().flatMap(([name, before]) => {
    const after = subject?.get(name);
    if (!after || isUntold(name) || vocabulary.toldChanges.includes(name)) return [];
    const isSame = before.samples.join("\n") === after.samples.join("\n");
    return isSame || before.samples.every(isMoment) ? [] : [name];
  });
}

/** Seconds or milliseconds since 1970, as they are for years around this one. */
const isMoment = (text: string): boolean => /^[12]\d{9}(\d{3})?$/.test(text);

/** Changes as two fields of an object, such as `previous_value` and `value`, or `old_plan` and `new_plan`. */
function pairsOf(holder: Thing): Change[] {
  return holder.all().flatMap(([name, before]): Change[] => {
    const [, field = "", below = ""] =
      /^(?:previous|prev|old|former)_([a-z_]+)((?:\/\w+){0,2})$/.exec(name) ?? [];
    const part = below.split("/").at(-1) ?? "";
    // Of a thing as it was before, what differs is one of its parts.
    const label = part === "" || isNaming.test(part) ? field.replace(/_id$/, "") : part;
    // How a thing was and is now, the sentence tells.
    if (field === "" || /^(status|state)(_value|_name)?$/.test(label) || !isValue(before))
      return [];
    const names = [`new_${field}`, `current_${field}`, field].map((key) => key + below);
    const after = holder.first(names, isValue);
    return after ? [{ label, holder: holder.path, before, after }] : [];
  });
}

const isNaming = /^(name|title|value|label|text|display_name|id)$/;

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
