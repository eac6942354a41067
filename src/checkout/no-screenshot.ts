/** The registry's sets of integrations without pictures: reading them, adding a name and taking one out. */
import type { Edit } from "../python/edit.ts";
import { stringValue } from "../python/expression.ts";
import { lineBreakOf } from "../python/source.ts";
import { indentAt, insertElement, lineRange, removeElement } from "../python/splice.ts";
import type { Expression, SequenceExpression } from "../python/syntax.ts";
import { placeFor } from "./order.ts";
import { type Registry, stringsOf } from "./registry.ts";
import { quoted } from "./write.ts";

const setName = /^(NO_SCREENSHOT|INTEGRATIONS_(WITHOUT|MISSING)_SCREENSHOT)/;

/** The sets by their names, in the registry's order. */
function setsOf(registry: Registry): [string, Expression][] {
  return [...registry.values].filter(([name]) => setName.test(name));
}

/** All names in those sets, unions of sets included. */
export function noScreenshotNames(registry: Registry): Set<string> {
  return new Set(setsOf(registry).flatMap(([, value]) => stringsOf(registry, value)));
}

/** The set that a new name goes to: one that is written out, if possible for integrations that are to have no picture. */
export function writableNoScreenshotSet(registry: Registry): string | undefined {
  const writable = setsOf(registry).filter(([, value]) => literalsIn(value).length > 0);
  const names = writable.map(([name]) => name);
  return names.find((name) => name.includes("WITHOUT")) ?? names[0];
}

/** The edits that add a name to that set; none when it is in one already. */
export function addToNoScreenshot(registry: Registry, name: string, lineLength: number): Edit[] {
  const set = registry.values.get(writableNoScreenshotSet(registry) ?? "");
  if (!set || noScreenshotNames(registry).has(name)) return [];
  const { text } = registry.module;
  if (set.kind === "operation") return [addOperand(text, set, quoted(registry, name))];
  const [literal] = literalsIn(set);
  if (!literal) return [];
  const names = literal.elements.map((element) => stringValue(element.value) ?? "");
  const place = placeFor(names, name);
  return insertElement(text, literal, place, quoted(registry, name), lineLength);
}

/** Each operand of a union stands for a reason that a comment gives, so a new name gets an operand of its own. */
function addOperand(text: string, union: Expression, name: string): Edit {
  const closing = union.to - 1;
  const line = lineRange(text, closing);
  if (text[union.from] !== "(" || text.slice(line.from, closing).trim() !== "") {
    const at = text[union.from] === "(" ? closing : union.to;
    return { from: at, to: at, insert: ` | {${name}}` };
  }
  const insert = `${indentAt(text, closing)}    | {${name}}${lineBreakOf(text)}`;
  return { from: line.from, to: line.from, insert };
}

/** The edits that take a name out of every set that names it. */
export function removeFromNoScreenshot(registry: Registry, name: string): Edit[] {
  return setsOf(registry).flatMap(([, value]) => removeFrom(registry.module.text, value, name));
}

function removeFrom(text: string, value: Expression, name: string): Edit[] {
  if (value.kind === "operation") {
    const { left, right } = value;
    const alone = right.kind === "set" && right.elements.length === 1;
    if (alone && indexIn(right, name) === 0) return [removeOperand(text, left, right)];
    return [...removeFrom(text, left, name), ...removeFrom(text, right, name)];
  }
  const [literal] = literalsIn(value);
  const index = literal ? indexIn(literal, name) : -1;
  return literal && index >= 0 ? removeElement(text, literal, index) : [];
}

function removeOperand(text: string, left: Expression, right: Expression): Edit {
  const line = lineRange(text, right.from);
  const before = text.slice(line.from, right.from).trim();
  const after = text.slice(right.to, line.to).trim();
  if (before === "|" && after === "") return { ...line, insert: "" };
  return { from: left.to, to: right.to, insert: "" };
}

function indexIn(literal: SequenceExpression, name: string): number {
  return literal.elements.findIndex((element) => stringValue(element.value) === name);
}

/** The sets and lists that an expression writes out. */
function literalsIn(value: Expression): SequenceExpression[] {
  if (value.kind === "set" || value.kind === "list") return [value];
  if (value.kind !== "operation" || value.operator !== "|") return [];
  return [...literalsIn(value.left), ...literalsIn(value.right)];
}
