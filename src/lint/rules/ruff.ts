import { isUtf8 } from "node:buffer";
import { codeFiles } from "../../checkout/index.ts";
import { formatterIn, openRuff, type Ruff } from "../ruff.ts";
import type { RuffFinding } from "../ruff-checker.ts";
import { type Finding, type Rule, skip } from "../rule.ts";
import type { LintSession } from "../session.ts";

const NONE = Buffer.alloc(0);

export const ruff: Rule = {
  id: "ruff",
  part: "view",
  severity: "hint",
  summary: "Ruff finds nothing, with the tree's settings, and new and changed files are formatted.",
  why: "The tree's own checks run ruff, so you have to fix what you add (warnings) before a merge anyway. Existing code has passed these checks.",
  howToFix:
    "Run `ruff check --fix` on the file, or follow the finding. `lint --fix` formats files as `ruff format` does it.",
  needsEntry: false,
  fixable: true,
  dialects:
    "Only in trees with settings for ruff. Findings in committed files without changes are not reported; the format of a changed file is, if it was formatted before the change. Findings that another integration, or the code in `zerver/lib`, `zerver/actions` or `zerver/views`, has as well are not reported either: the tree then uses another version of ruff, which does not report them. The format is checked, and mended by `--fix`, where `tools/lint` runs `ruff format`, and blanks only where it runs black.",
  async begin({ session, files }) {
    const checker = await openedBy(session);
    if (typeof checker !== "object") return;
    for (const path of codeFiles(files)) {
      // Whoever waits for the findings is told what went wrong.
      found(session, checker, path).catch(() => {});
    }
  },
  async check({ session, files }) {
    const checker = await openedBy(session);
    if (checker === undefined) return [];
    if (typeof checker === "string") return skip(checker);
    const refusal = await checker.refusal();
    if (refusal !== undefined) return skip(refusal);
    const findings: Finding[] = [];
    for (const path of codeFiles(files)) {
      if (session.module(path)?.problems.length !== 0 || !isUtf8(session.bytes(path) ?? NONE))
        continue;
      for (const { code, message, line, column } of await found(session, checker, path)) {
        // The cheap question first: the other one needs every file of the tree.
        if (await session.isSettled(path)) continue;
        if (await isCustom(session, checker, code, path)) continue;
        const isAdded =
          session.isNew(path) || !(await hadBefore(session, checker, path, { code, message }));
        const severity = isAdded ? "warning" : "hint";
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
      const unformatted = await formatOf(session, checker, path);
      if (unformatted) findings.push(unformatted);
    }
    return findings;
  },
};

/** Whether ruff found the same before the change; true where nobody knows what there was. */
async function hadBefore(
  session: LintSession,
  checker: Ruff,
  path: string,
  { code, message }: Pick<RuffFinding, "code" | "message">,
): Promise<boolean> {
  const before = await session.textBefore(session.formerName(path) ?? path);
  if (before === undefined) return true;
  const findings = await session.once(`ruff before:${path}`, () =>
    // What was no Python before had other worries.
    checker.check(path, before).catch((): RuffFinding[] => []),
  );
  const unplaced = (text: string): string => text.replace(/ from line \d+/, "");
  return findings.some((one) => one.code === code && unplaced(one.message) === unplaced(message));
}

/**
 * Where a file is not formatted as the tree's linter asks for: a new one, or one that was formatted before the change. A
 * tree may use another version of the formatter, which has written some old files otherwise.
 */
async function formatOf(
  session: LintSession,
  checker: Ruff,
  path: string,
): Promise<Finding | undefined> {
  const formatter = formatterIn(session.text("tools/lint") ?? "");
  const text = session.text(path);
  if (formatter === undefined || text === undefined) return undefined;
  if (!session.isNew(path)) {
    if (await session.isSettled(path)) return undefined;
    const before = await session.textBefore(path);
    if (before === undefined || !(await isFormatted(checker, formatter, before))) return undefined;
  }
  const formatted = await checker.format(text);
  if (agrees(formatter, text, formatted)) return undefined;
  const wanted = formatted.split("\n");
  const line = text.split("\n").findIndex((one, index) => one !== wanted[index]) + 1;
  const command = formatter === "ruff" ? "ruff format" : "black";
  const apply = (now: Buffer | undefined): Buffer =>
    Buffer.from(now?.toString("utf8") === text ? formatted : (now ?? ""));
  return {
    path,
    severity: "warning",
    line: Math.max(line, 1),
    message: `The file is not formatted as \`${command}\` does it, from here on.`,
    fix: `Run \`${command} ${path}\`.`,
    ...(formatter === "ruff" && { repair: { path, apply } }),
  };
}

function isFormatted(checker: Ruff, formatter: "ruff" | "black", text: string): Promise<boolean> {
  // What was no Python before was not formatted either.
  return checker.format(text).then(
    (formatted) => agrees(formatter, text, formatted),
    () => false,
  );
}

/** Black breaks some lines elsewhere than ruff does, but agrees on blanks. */
function agrees(formatter: "ruff" | "black", text: string, formatted: string): boolean {
  return text === formatted || (formatter === "black" && !differsInBlanks(text, formatted));
}

function differsInBlanks(text: string, formatted: string): boolean {
  const words = (one: string): string => one.replace(/\s+/g, "");
  const lines = (one: string): number => one.trimEnd().split("\n").length;
  return words(text) === words(formatted) && lines(text) === lines(formatted);
}

function openedBy(session: LintSession): Promise<Ruff | string | undefined> {
  return session.once("ruff", async () => {
    const opened = await openRuff(session.checkout.root);
    if (typeof opened === "object") session.atEnd(() => opened.close());
    return opened;
  });
}

function found(session: LintSession, checker: Ruff, path: string): Promise<RuffFinding[]> {
  return session.once(`ruff:${path}`, () => checker.check(path, session.text(path) ?? ""));
}

/** Where the tree has most of its Python, which its own ruff has passed; the integrations come first, as they are few. */
const PASSED_FOLDERS = ["zerver/webhooks", "zerver/lib", "zerver/actions", "zerver/views"];

/** Whether the tree has the same elsewhere. */
async function isCustom(
  session: LintSession,
  checker: Ruff,
  code: string,
  path: string,
): Promise<boolean> {
  const folder = path.split("/").slice(0, 3).join("/");
  for (const passed of PASSED_FOLDERS) {
    for (const name of await session.filesBelow(passed)) {
      const other = `${passed}/${name}`;
      if (!name.endsWith(".py") || other.startsWith(`${folder}/`)) continue;
      const findings = await found(session, checker, other);
      if (findings.some((finding) => finding.code === code)) return true;
    }
  }
  return false;
}
