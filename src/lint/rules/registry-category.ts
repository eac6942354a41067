import { nearestNames } from "../../checkout/index.ts";
import type { Rule } from "../rule.ts";

export const registryCategory: Rule = {
  id: "registry-category",
  part: "registry",
  severity: "error",
  summary: "The integration has a category that the registry defines.",
  why: "The server refuses to start with an unknown category; without a category, nobody finds the integration.",
  howToFix: "Use one of the categories at the top of the registry.",
  needsEntry: true,
  check({ checkout, integration, registered }) {
    const known = checkout.categories.map(({ key }) => key);
    if (!registered || known.length === 0) return [];
    const place = { path: checkout.registryPath, line: integration.line };
    if (integration.categories.length === 0) {
      const fix = `Choose from ${known.join(", ")}.`;
      return [{ ...place, severity: "warning", message: "The integration has no category.", fix }];
    }
    const twice = integration.categories.filter((one, at, all) => all.indexOf(one) < at);
    const doubled = twice.map((category) => ({
      ...place,
      severity: "warning" as const,
      message: `The category "${category}" is named twice.`,
      fix: "Name it once.",
    }));
    const unknown = integration.categories
      .filter((category) => !known.includes(category))
      .map((category) => ({
        ...place,
        message: `There is no category "${category}".`,
        fix: `Use ${nearestNames(category, known, 1)[0] ?? `one of ${known.join(", ")}`}.`,
      }));
    return [...doubled, ...unknown];
  },
};
