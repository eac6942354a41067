import { type Rule, skip } from "../rule.ts";

export const packageTracked: Rule = {
  id: "package-tracked",
  part: "package",
  severity: "error",
  summary: "`__init__.py` is tracked by git as soon as anything else in the folder is.",
  why: "An empty file is easily left out of a commit; everything then works on the author's machine and nowhere else.",
  howToFix: "Run `git add` with the path of the file.",
  needsEntry: false,
  async check({ files, integration, session }) {
    const { initFile } = files;
    if (initFile === undefined) return [];
    const tracked = await session.trackedFiles();
    if (tracked === undefined) return skip("the tree is not a git repository");
    if (tracked.has(initFile)) return [];
    // Before the first `git add` nothing has been forgotten yet.
    const started = [...tracked].some((path) => path.startsWith(`${integration.directory}/`));
    if (!started) return [];
    return [
      {
        path: initFile,
        message: "`__init__.py` is not tracked by git, though other files of the folder are.",
        fix: `Run \`git add ${initFile}\`.`,
      },
    ];
  },
};
