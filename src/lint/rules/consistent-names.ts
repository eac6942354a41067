import { clientDeclaration, viewFunctionOf } from "../client-name.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const consistentNames: Rule = {
  id: "consistent-names",
  part: "view",
  severity: "warning",
  summary:
    "The view's client name is the integration's name or display name, or consists of whole words of it.",
  why: "Logs and statistics show the client name; under a different name, nobody finds the integration there.",
  howToFix: "Use the display name without spaces as the decorator's client name.",
  needsEntry: true,
  check(target) {
    const view = target.view();
    const path = target.files.viewFile;
    const { displayName, functionName, name } = target.integration;
    const definition = view && viewFunctionOf(view, functionName);
    const declaration = definition && clientDeclaration(definition);
    if (!view || path === undefined || !declaration?.clientName) return [];
    if (isNameOf(declaration.clientName, displayName) || isNameOf(declaration.clientName, name))
      return [];
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

/** Whether one name is the other, or some whole words of it: "Desk" for Desk.com, "Canarytokens" for Thinkst Canarytokens. */
function isNameOf(client: string, name: string): boolean {
  return [name, spaced(name)].some((known) => holds(known, client)) || holds(spaced(client), name);
}

/** Whether some words of a name that follow each other make another one. */
function holds(name: string, part: string): boolean {
  const wanted = letters(part);
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.some((_, start) => {
    let made = "";
    return words.slice(start).some((word) => {
      made += word;
      return made === wanted;
    });
  });
}

/** "HelloWorld" as "Hello World". */
function spaced(name: string): string {
  return name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2");
}

/** What is left of a name without case, blanks and punctuation. */
function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
