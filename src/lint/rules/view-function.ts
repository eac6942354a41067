import type { Rule } from "../rule.ts";

export const viewFunction: Rule = {
  id: "view-function",
  part: "view",
  severity: "error",
  summary: "The view module has the function that the registry names.",
  why: "The registry imports the function by this name when the server starts; a wrong name stops the server.",
  howToFix: "Rename the function, or state its path in the registry entry.",
  needsEntry: false,
  check(target) {
    const { functionName } = target.integration;
    const view = target.view();
    const path = target.files.viewFile;
    if (!view || path === undefined) return [];
    const names = [
      ...view.functions.map(({ name }) => name),
      ...view.assignments.map((assignment) => assignment.target),
      ...view.imports.map(({ alias }) => alias),
    ];
    // A star import may bring it in.
    if (names.includes(functionName) || names.includes("*")) return [];
    const candidates = view.functions.filter(({ name }) => /^api_\w+_webhook$/.test(name));
    const [only] = candidates;
    const fix =
      candidates.length === 1 && only
        ? `Rename \`${only.name}\` to \`${functionName}\`, or state its path in the registry entry.`
        : `Write the function \`${functionName}\`.`;
    return [{ path, message: `The view has no function \`${functionName}\`.`, fix }];
  },
};
