import type { Checkout } from "../../checkout/model.ts";
import { placeFor } from "../../checkout/order.ts";
import { readRegistry } from "../../checkout/registry.ts";
import { applyEdits } from "../../python/edit.ts";
import { insertElement, removeElement } from "../../python/splice.ts";
import { type Rule, textRepair } from "../rule.ts";

export const registryOrder: Rule = {
  id: "registry-order",
  part: "registry",
  severity: "warning",
  summary: "If the registry is in alphabetical order, this entry is in the right place.",
  why: "Newer trees have a test for this, and it makes conflicts between two branches that add an integration less likely.",
  howToFix: "Move the entry to its alphabetical place.",
  needsEntry: true,
  fixable: true,
  dialects:
    "Only in trees where all other entries are in order or, for an integration that the branch adds, where nine out of ten are.",
  check({ checkout, name, integration, registered, files, session }) {
    const names = checkout.integrations.map((one) => one.name);
    const others = names.filter((one) => one !== name);
    if (!registered || others.length < 4 || isSorted(names)) return [];
    const isNew = files.viewFile !== undefined && session.isNew(files.viewFile);
    const misplaced = isSorted(others) || (isNew && isNearlySorted(others) && !fits(names, name));
    if (!misplaced) return [];
    // Of two neighbours either could be the one to move; it is said of the first that stands after a later name.
    const before = names[names.indexOf(name) - 1];
    const after = others.find((one) => one > name);
    const where = after === undefined ? "to the end" : `before "${after}"`;
    const follows = before !== undefined && before > name;
    const swapped = names.some(
      (one) => one !== name && isSorted(names.filter((two) => two !== one)),
    );
    if (!follows && swapped && isSorted(others)) return [];
    return [
      {
        path: checkout.registryPath,
        line: integration.line,
        message: `The entry "${name}" is not in its place in the alphabet.`,
        fix: `Move it ${where}.`,
        repair: textRepair(checkout.registryPath, (text) => moved(checkout, text, name)),
      },
    ];
  },
};

/** Whether nine of ten names stand after the one before them. */
function isNearlySorted(names: readonly string[]): boolean {
  const late = names.filter((name, index) => name < (names[index - 1] ?? "")).length;
  return names.length >= 10 && late * 10 <= names.length;
}

/** Whether a name stands between two that belong before and after it. */
function fits(names: readonly string[], name: string): boolean {
  const at = names.indexOf(name);
  return (names[at - 1] ?? "") <= name && name <= (names[at + 1] ?? name);
}

function isSorted(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || (names[index - 1] ?? "") <= name);
}

/** The registry with the entry in its place; as it was when it has changed meanwhile. */
function moved(
  { integrations, dialect, registrySource }: Checkout,
  text: string,
  name: string,
): string {
  const entry = integrations.find((one) => one.name === name);
  if (!entry || text !== registrySource) return text;
  const { list } = readRegistry(text);
  const index = list.elements.findIndex(({ value }) => value.from === entry.range.from);
  const without = applyEdits(text, removeElement(text, list, index));
  const others = integrations.map((one) => one.name).filter((one) => one !== name);
  const piece = text.slice(entry.range.from, entry.range.to);
  const { lineLength } = dialect.registry;
  const rest = readRegistry(without).list;
  return applyEdits(
    without,
    insertElement(without, rest, placeFor(others, name), piece, lineLength),
  );
}
