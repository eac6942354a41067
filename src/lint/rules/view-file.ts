import { moduleFile } from "../../checkout/names.ts";
import type { Rule } from "../rule.ts";

export const viewFile: Rule = {
  id: "view-file",
  part: "view",
  severity: "error",
  summary: "The module with the view exists.",
  why: "It contains the function that turns requests into messages; the registry imports it when the server starts.",
  howToFix: "Write the view, or correct the function's path in the registry.",
  needsEntry: false,
  check({ files, integration }) {
    if (files.viewFile !== undefined) return [];
    return [
      {
        path: moduleFile(integration.viewModule),
        message: `There is no module ${integration.viewModule}.`,
        fix: `Write it, with the view function \`${integration.functionName}\`.`,
      },
    ];
  },
};
