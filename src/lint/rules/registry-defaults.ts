import { titleCase } from "../../checkout/index.ts";
import type { Integration } from "../../checkout/model.ts";
import { positionOf } from "../../python/source.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

/** Entries out of a hundred that may state a default in a tree that leaves them out. */
const MOST_PERCENT = 5;

/** What an entry states, where it does, and what would be the same without it. */
const defaults: readonly {
  readonly argument: string;
  readonly pattern: RegExp;
  readonly isDefault: (value: string, integration: Integration) => boolean;
}[] = [
  {
    argument: "display_name",
    pattern: /\bdisplay_name="([^"]*)"/,
    isDefault: (value, { name }) => value === titleCase(name),
  },
  {
    argument: "logo",
    pattern: /\blogo="([^"]*)"/,
    isDefault: (value, { name }) => value === `images/integrations/logos/${name}.svg`,
  },
  {
    argument: "image_name",
    pattern: /ScreenshotConfig\(\s*"[^"]*",\s*(?:image_name=)?"([^"]*)"(?=\s*\)|,\s*[)\w])/,
    // Of several pictures each states its name.
    isDefault: (value, { screenshots }) => value === "001.png" && screenshots.length === 1,
  },
];

export const registryDefaults: Rule = {
  id: "registry-defaults",
  part: "registry",
  severity: "hint",
  summary: "The entry states nothing that its class would set anyway.",
  why: "Entries are compared at a glance, and what is stated is taken for an exception.",
  howToFix: "Leave the argument out.",
  needsEntry: true,
  dialects: "Only in trees where hardly any other entry states that default.",
  check(target) {
    return defaults.flatMap(({ argument, pattern, isDefault }): Finding[] => {
      const found = stated(target, target.integration, pattern);
      if (!found || !isDefault(found.value, target.integration)) return [];
      const { integrations, registryPath, registrySource } = target.checkout;
      const others = integrations.filter((one) => {
        const other = one === target.integration ? undefined : stated(target, one, pattern);
        return other && isDefault(other.value, one);
      });
      if (others.length * 100 > integrations.length * MOST_PERCENT) return [];
      return [
        {
          path: registryPath,
          ...positionOf(registrySource, found.from),
          message: `The entry states \`${argument}\`, which would be ${JSON.stringify(found.value)} anyway.`,
          fix: "Leave it out.",
        },
      ];
    });
  },
};

function stated(
  { checkout: { registrySource } }: LintTarget,
  { range, screenshots }: Integration,
  pattern: RegExp,
): { value: string; from: number } | undefined {
  for (const { from, to } of [range, ...screenshots.map((one) => one.range)]) {
    const match = pattern.exec(registrySource.slice(from, to));
    if (match?.[1] !== undefined) return { value: match[1], from: from + match.index };
  }
  return undefined;
}
