import { shellCommand } from "../../host/shell-command.ts";
import type { Rule } from "../rule.ts";

export const packageFile: Rule = {
  id: "package-file",
  part: "package",
  severity: "error",
  summary: "The integration's folder has an `__init__.py`.",
  why: "Without it, the folder is not a Python package, and the server cannot import the view.",
  howToFix: "Create an empty `__init__.py` in the folder and add it to git.",
  needsEntry: false,
  fixable: true,
  check({ files, integration }) {
    if (files.initFile !== undefined) return [];
    const { initFile } = integration;
    return [
      {
        path: initFile,
        message: "The folder has no `__init__.py`.",
        fix: `Create it empty: \`${shellCommand("touch", initFile)} && ${shellCommand("git", "add", initFile)}\`.`,
        repair: { path: initFile, apply: (before) => before ?? Buffer.alloc(0) },
      },
    ];
  },
};
