import type { Rule } from "../rule.ts";

export const registryOrder: Rule = {
  id: "registry-order",
  part: "registry",
  severity: "warning",
  summary: "Where the registry is in alphabetical order, this entry stands in its place.",
  why: "Newer trees have a test for it, and two branches that add an integration then get in each other's way less.",
  howToFix: "Move the entry to its place in the alphabet.",
  needsEntry: true,
  dialects: "Only in trees where all other entries are in order.",
  check({ checkout, name, integration, registered }) {
    const names = checkout.integrations.map((one) => one.name);
    const others = names.filter((one) => one !== name);
    if (!registered || others.length < 4 || isSorted(names) || !isSorted(others)) return [];
    // Of two neighbours either could be the one to move; it is said of the first that stands after a later name.
    const before = names[names.indexOf(name) - 1];
    const after = others.find((one) => one > name);
    const where = after === undefined ? "to the end" : `before "${after}"`;
    const follows = before !== undefined && before > name;
    const swapped = names.some((one) => one !== name && isSorted(names.filter((two) => two !== one)));
    if (!follows && swapped) return [];
    return [
      {
        path: checkout.registryPath,
        line: integration.line,
        message: `The entry "${name}" is not in its place in the alphabet.`,
        fix: `Move it ${where}.`,
      },
    ];
  },
};

function isSorted(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || (names[index - 1] ?? "") <= name);
}
