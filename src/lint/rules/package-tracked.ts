import { shellCommand } from "../../host/shell-command.ts";
import { type Rule, skip } from "../rule.ts";

export const packageTracked: Rule = {
  id: "package-tracked",
  part: "package",
  severity: "error",
  summary: "If git tracks anything in the folder, it also tracks `__init__.py`.",
  why: "It is easy to leave an empty file out of a commit; then everything works on the author's machine and nowhere else.",
  howToFix: "Run `git add` with the path of the file.",
  needsEntry: false,
  check({ files, integration, session }) {
    const { initFile } = files;
    if (initFile === undefined) return [];
    const tracked = session.isTracked(initFile);
    if (typeof tracked === "string") return skip(tracked);
    // Before the first `git add` nothing has been forgotten yet.
    if (tracked || !session.tracksBelow(integration.directory)) return [];
    return [
      {
        path: initFile,
        message: "`__init__.py` is not tracked by git, though other files of the folder are.",
        fix: `Run \`${shellCommand("git", "add", initFile)}\`.`,
      },
    ];
  },
};
