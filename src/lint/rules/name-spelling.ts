import { clientDeclaration, viewFunctionOf } from "../client-name.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

export const nameSpelling: Rule = {
  id: "name-spelling",
  part: "view",
  severity: "hint",
  summary: "The client name and the display name have the same capitalization.",
  why: "Vendors have their own spelling; if two spellings differ, one of them is wrong.",
  howToFix: "Look up the vendor's spelling, and use it in the view and in the registry.",
  needsEntry: true,
  check(target) {
    const view = target.view();
    const path = target.files.viewFile;
    const { displayName, functionName } = target.integration;
    const definition = view && viewFunctionOf(view, functionName);
    const declaration = definition && clientDeclaration(definition);
    if (!view || path === undefined || !declaration?.clientName) return [];
    const client = asOneWord(declaration.clientName);
    const display = asOneWord(displayName);
    const begins = /^\p{Ll}/u.test(declaration.clientName) && /^\p{Lu}/u.test(displayName);
    if (client.toLowerCase() !== display.toLowerCase()) return misspelt(target, displayName);
    if (client === display && !begins) return misspelt(target, displayName);
    return [
      {
        path,
        ...placeOf(view, declaration.decorator.from),
        message: `The view spells the name "${declaration.clientName}", the registry "${displayName}".`,
        fix: "Use the vendor's own spelling in both.",
      },
    ];
  },
};

/** A display name in which one letter of the integration's name is another one, or two have changed places. */
function misspelt({ checkout, integration }: LintTarget, displayName: string): Finding[] {
  const [name, shown] = [integration.name, displayName].map((one) =>
    one.toLowerCase().replace(/[^a-z]/g, ""),
  );
  if (!name || !shown || name.length < 5 || !isSlip(name, shown)) return [];
  return [
    {
      path: checkout.registryPath,
      line: integration.line,
      message: `The display name "${displayName}" may be a misspelling of "${integration.name}".`,
      fix: "Write both as the vendor does.",
    },
  ];
}

/** Whether two words differ in one letter, or in the order of two that follow each other. */
function isSlip(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const places = [...one].flatMap((letter, index) => (letter === other[index] ? [] : [index]));
  const [first = 0, second = 0] = places;
  if (places.length === 1) return true;
  if (places.length !== 2 || second !== first + 1) return false;
  return one[first] === other[second] && one[second] === other[first];
}

/** "Google Code-in" becomes "GoogleCodeIn". */
function asOneWord(name: string): string {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
