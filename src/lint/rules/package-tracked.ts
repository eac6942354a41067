import { posix } from "node:path";
import { codeFiles } from "../../checkout/index.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { type Finding, type Rule, skip } from "../rule.ts";
import type { LintTarget } from "../target.ts";
import { isUsedHere } from "./fixtures-used.ts";

export const packageTracked: Rule = {
  id: "package-tracked",
  part: "package",
  severity: "error",
  summary:
    "If git tracks anything in the folder, it also tracks `__init__.py` and every file that the integration uses.",
  why: "It is easy to leave an empty file or a new fixture out of a commit; then everything works on the author's machine and nowhere else. A missing `__init__.py` is an error, another file a warning.",
  howToFix: "Run `git add` with the path of the file.",
  needsEntry: false,
  check(target) {
    const { files, integration, session } = target;
    const used = [files.initFile, ...usedFiles(target)].filter((path) => path !== undefined);
    const findings: Finding[] = [];
    for (const path of new Set(used)) {
      const tracked = session.isTracked(path);
      if (typeof tracked === "string") return skip(tracked);
      // Before the first `git add` nothing has been forgotten yet.
      if (!tracked && session.tracksBelow(integration.directory))
        findings.push(forgotten(target, path));
    }
    return findings;
  },
};

/** What the server, the tests and the page read of an integration, apart from the empty `__init__.py`. */
function usedFiles(target: LintTarget): (string | undefined)[] {
  const { files } = target;
  const fixtures = files.fixtures.filter((fixture) => isUsedHere(target, fixture));
  const { logo, avatar, docFile, images } = files;
  return [
    ...[...codeFiles(files), docFile, logo, avatar],
    ...[...fixtures.map((fixture) => fixture.path), ...images],
  ];
}

function forgotten({ files, session }: LintTarget, path: string): Finding {
  const isInit = path === files.initFile;
  const name = `\`${posix.basename(path)}\``;
  if (session.isNew(path)) {
    const others = isInit ? "other files of the folder" : "other files of the integration";
    return {
      path,
      message: `${name} is not tracked by git, though ${others} are.`,
      fix: `Run \`${shellCommand("git", "add", path)}\`.`,
      ...(!isInit && { severity: "warning" }),
    };
  }
  return {
    path,
    message: `${name} is ignored by git, so no commit will have it.`,
    fix: `Run \`${shellCommand("git", "add", "--force", path)}\`.`,
    ...(!isInit && { severity: "warning" }),
  };
}
