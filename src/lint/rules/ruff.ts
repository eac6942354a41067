import { openRuff, type Ruff } from "../ruff.ts";
import { type Finding, type Rule, skip } from "../rule.ts";
import type { LintSession } from "../session.ts";

export const ruff: Rule = {
  id: "ruff",
  part: "view",
  severity: "hint",
  summary: "Ruff finds nothing, with the settings that the tree gives it.",
  why: "The tree's own checks run it; what it finds in new files (a warning) has to be repaired before a merge anyway. Old files have passed them.",
  howToFix: "Run `ruff check --fix` on the file, or do what the finding says.",
  needsEntry: false,
  dialects:
    "Only in trees with settings for ruff. What is found in a committed file that nobody has touched is not reported, and what several integrations of the tree do is not either: the tree's ruff is another version then, and does not ask for it.",
  async check({ session, files }) {
    const checker = await session.once("ruff", () => openSession(session));
    if (checker === undefined) return [];
    if (typeof checker === "string") return skip(checker);
    const findings: Finding[] = [];
    for (const path of [...files.viewFiles, ...(files.testsFile ? [files.testsFile] : [])]) {
      const text = session.text(path) ?? "";
      if (session.module(path)?.problems.length !== 0) continue;
      for (const { code, message, line, column } of await found(session, checker, path, text)) {
        // The cheap question first: the other one needs every file of the tree.
        if (await session.isSettled(path)) continue;
        if (await isCustom(session, checker, code, path)) continue;
        const severity = session.isNew(path) ? "warning" : "hint";
        const fix = `Run \`ruff check ${path}\`.`;
        findings.push({
          path,
          severity,
          line,
          column,
          message: `${message} (${code}).`.replace("..", "."),
          fix,
        });
      }
    }
    return findings;
  },
};

async function openSession(session: LintSession): Promise<Ruff | string | undefined> {
  const opened = await openRuff(session.checkout.root);
  if (typeof opened === "object") session.atEnd(() => opened.close());
  return opened;
}

function found(session: LintSession, checker: Ruff, path: string, text: string) {
  return session.once(`ruff:${path}`, () => checker.check(path, text));
}

/** Whether another integration does the same. */
async function isCustom(
  session: LintSession,
  checker: Ruff,
  code: string,
  path: string,
): Promise<boolean> {
  const folder = path.split("/").slice(0, 3).join("/");
  for (const name of await session.filesBelow("zerver/webhooks")) {
    const other = `zerver/webhooks/${name}`;
    if (!name.endsWith(".py") || other.startsWith(`${folder}/`)) continue;
    const findings = await found(session, checker, other, session.text(other) ?? "");
    if (findings.some((finding) => finding.code === code)) return true;
  }
  return false;
}
