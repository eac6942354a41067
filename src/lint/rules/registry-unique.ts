import type { Checkout } from "../../checkout/model.ts";
import type { Finding, Rule } from "../rule.ts";

export const registryUnique: Rule = {
  id: "registry-unique",
  part: "registry",
  severity: "error",
  summary: "Every integration appears in the registry once, and so does its screenshot entry.",
  why: "If two entries have the same name, only the last one counts, and edits of the other have no effect.",
  howToFix: "Remove one of the entries, or give it its own name.",
  needsEntry: true,
  check({ checkout, integration, registered }) {
    if (!registered) return [];
    const { name } = integration;
    const [first, ...others] = checkout.integrations.filter((other) => other.name === name);
    return [
      ...repeatedPictures(checkout, name),
      ...others.map(({ line }) => ({
        path: checkout.registryPath,
        line,
        message: `"${name}" stands in the registry twice; the first entry is in line ${first?.line}.`,
        fix: "Remove one of the two.",
      })),
    ];
  },
};

/** A table of pictures that has an integration twice: the later entry replaces the earlier one without a word. */
function repeatedPictures({ registryPath, registrySource }: Checkout, name: string): Finding[] {
  const start = registrySource.search(
    /^\w{0,60}SCREENSHOT_CONFIG\w{0,60}(?!\w)[^=\n]{0,200}= *\{/m,
  );
  if (start < 0) return [];
  const end = registrySource.indexOf("\n}", start);
  const table = registrySource.slice(start, end);
  const key = `\n    ${JSON.stringify(name)}: [`;
  const first = table.indexOf(key);
  const second = table.indexOf(key, first + 1);
  if (first < 0 || second < 0) return [];
  const lineAt = (at: number): number => registrySource.slice(0, start + at).split("\n").length + 1;
  return [
    {
      path: registryPath,
      line: lineAt(second),
      message: `"${name}" has two entries for pictures; the one in line ${lineAt(first)} does not count.`,
      fix: "Make one entry of the two.",
    },
  ];
}
