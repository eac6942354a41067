import { posix } from "node:path";
import { fixtureBytes, jsonFault, trailingBlanks } from "../../payload/index.ts";
import type { Finding, Rule } from "../rule.ts";

/** What a tree's own linter reads of fixtures; it leaves XML and forms in parts alone. */
const CHECKED = new Set(["json", "txt"]);

export const fixtureFormat: Rule = {
  id: "fixture-format",
  part: "fixtures",
  severity: "error",
  summary: "Every JSON and text fixture ends with a line break, and no line of it with blanks.",
  why: "The tree's own linter, `tools/lint`, refuses other files, and so does the tree's CI. Services send neither.",
  howToFix: "End the file with a line break, and remove the blanks at the ends of lines.",
  needsEntry: false,
  fixable: true,
  check(target) {
    return target.files.fixtures.flatMap(({ path }): Finding[] => {
      const extension = posix.extname(path).slice(1);
      if (!CHECKED.has(extension)) return [];
      const lines = target.bytes(path)?.toString("latin1").split("\n") ?? [];
      const found = findingsIn(lines);
      // What is cut off lacks more than a line break, which `fixtures-valid` says.
      const isCut =
        found.length > 0 && extension === "json" && jsonFault(target.text(path) ?? "")?.isCut;
      return found
        .filter(({ message }) => !isCut || message !== NO_LINE_BREAK)
        .map((finding) => ({ path, ...finding, ...(!isCut && repairOf(path, extension)) }));
    });
  },
};

const NO_LINE_BREAK = "The file does not end with a line break.";

function findingsIn(lines: readonly string[]): Pick<Finding, "line" | "message" | "fix">[] {
  if (lines.join("") === "") return [];
  const first = lines.findIndex((line) => trailingBlanks(line) > 0);
  const findings = [];
  if (first >= 0) {
    const message = "The line ends with blanks.";
    findings.push({ line: first + 1, message, fix: "Remove them, here and below." });
  }
  if (lines.at(-1) !== "") {
    findings.push({ line: lines.length, message: NO_LINE_BREAK, fix: "Put one there." });
  }
  return findings;
}

/** A line break at the end of a form would be part of its last value: there the author decides. */
function repairOf(path: string, extension: string): Pick<Finding, "repair"> {
  if (extension !== "json") return {};
  return { repair: { path, apply: (before = Buffer.alloc(0)) => fixtureBytes(extension, before) } };
}
