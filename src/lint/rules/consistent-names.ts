import { clientDeclaration, viewFunctionOf } from "../client-name.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const consistentNames: Rule = {
  id: "consistent-names",
  part: "view",
  severity: "warning",
  summary: "The view's client name is the integration's name or display name, written as one word.",
  why: "The client name shows in logs and statistics; under another name nobody finds the integration there.",
  howToFix: "Write the display name without spaces as the decorator's client name.",
  needsEntry: true,
  check(target) {
    const view = target.view();
    const path = target.files.viewFile;
    const { displayName, functionName, name } = target.integration;
    const definition = view && viewFunctionOf(view, functionName);
    const declaration = definition && clientDeclaration(definition);
    if (!view || path === undefined || !declaration?.clientName) return [];
    const client = letters(declaration.clientName);
    const known = [letters(displayName), letters(name)];
    // "Desk" for Desk.com and "Canarytokens" for Thinkst Canarytokens say enough.
    if (known.some((word) => word.includes(client) || client.includes(word))) return [];
    return [
      {
        path,
        ...placeOf(view, declaration.decorator.from),
        message: `The client name "${declaration.clientName}" is not that of "${displayName}".`,
        fix: `Write "${displayName.replaceAll(" ", "")}".`,
      },
    ];
  },
};

/** What is left of a name without case, blanks and punctuation. */
function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
