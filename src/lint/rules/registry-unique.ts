import type { Rule } from "../rule.ts";

export const registryUnique: Rule = {
  id: "registry-unique",
  part: "registry",
  severity: "error",
  summary: "Every integration stands in the registry once.",
  why: "Of two entries with one name only the last counts, and the other is edited in vain.",
  howToFix: "Remove one of the entries, or give it its own name.",
  needsEntry: true,
  check({ checkout, integration, registered }) {
    if (!registered) return [];
    const { name } = integration;
    const [first, ...others] = checkout.integrations.filter((other) => other.name === name);
    return others.map(({ line }) => ({
      path: checkout.registryPath,
      line,
      message: `"${name}" stands in the registry twice; the first entry is in line ${first?.line}.`,
      fix: "Remove one of the two.",
    }));
  },
};
