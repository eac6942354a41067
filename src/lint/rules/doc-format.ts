import { trailingBlanks } from "../../payload/index.ts";
import { type Finding, type Rule, textRepair } from "../rule.ts";

export const docFormat: Rule = {
  id: "doc-format",
  part: "documentation",
  severity: "error",
  summary:
    "`doc.md` has no tabs or trailing whitespace, starts with text, and ends with one line break.",
  why: "Whitespace and tabs have a meaning in Markdown, and the tree's own checks refuse them.",
  howToFix: "Remove what the finding points to.",
  needsEntry: false,
  fixable: true,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const path = target.integration.docFile;
    const findings: Finding[] = [];
    const repair = textRepair(path, tidy);
    for (const [index, line] of page.lines.entries()) {
      const column = strayBlank(line) + 1;
      if (column === 0) continue;
      const what = line[column - 1] === "\t" ? "a tab" : "trailing blanks";
      const message = `The line has ${what}.`;
      findings.push({
        path,
        line: index + 1,
        column,
        message,
        fix: what === "a tab" ? "Use blanks instead." : "Remove them.",
        repair,
      });
    }
    if (page.lines[0]?.trim() === "") {
      const fix = "Remove the blank lines at the start.";
      findings.push({ path, line: 1, message: "The page starts with a blank line.", fix, repair });
    }
    if (!/[^\r\n]\r?\n$/.test(page.text)) {
      const fix = "End the last line with exactly one line break.";
      const message = "The page does not end with exactly one line break.";
      findings.push({ path, line: page.lines.length, message, fix, repair });
    }
    return findings;
  },
};

/** Where the first tab is, or where the blanks at the end begin; -1 when there are neither. */
function strayBlank(line: string): number {
  const end = line.length - trailingBlanks(line);
  const tab = line.indexOf("\t");
  if (end === line.length) return tab;
  return tab < 0 ? end : Math.min(tab, end);
}

const TAB_STOP = 4;

/** The page without tabs and stray blanks. A tab reaches to the next multiple of four columns, as Markdown takes it. */
function tidy(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => {
    let tidied = "";
    for (const part of line.split(/(\t)/)) {
      tidied += part === "\t" ? " ".repeat(TAB_STOP - (tidied.length % TAB_STOP)) : part;
    }
    return tidied.trimEnd();
  });
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  return `${lines.join(lineBreak).trim()}${lineBreak}`;
}
