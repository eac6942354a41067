import { clientDeclaration, viewFunctionOf } from "../client-name.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

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
    if (client === display || client.toLowerCase() !== display.toLowerCase()) return [];
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

/** "Google Code-in" becomes "GoogleCodeIn". */
function asOneWord(name: string): string {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
