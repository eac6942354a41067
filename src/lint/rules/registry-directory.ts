import { type Rule, skip } from "../rule.ts";

export const registryDirectory: Rule = {
  id: "registry-directory",
  part: "registry",
  severity: "error",
  summary: "Every registered integration has its folder.",
  why: "The registry imports each integration's view when the server starts; a missing view stops the server.",
  howToFix: "Restore the folder, or remove the registry entry.",
  needsEntry: true,
  check({ checkout, integration, hasFolder, session }) {
    if (hasFolder) return [];
    if (session.leavesOut(integration.directory)) return skip("the sparse checkout leaves it out");
    return [
      {
        path: checkout.registryPath,
        line: integration.line,
        message: `The folder ${integration.directory} of this integration does not exist.`,
        fix: "Bring the folder back, or remove the registry entry.",
      },
    ];
  },
};
