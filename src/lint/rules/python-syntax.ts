import { isUtf8 } from "node:buffer";
import { syntaxErrorOf } from "../../checkout/syntax-error.ts";
import { conflictFinding } from "../conflict-finding.ts";
import type { Finding, Rule } from "../rule.ts";

export const pythonSyntax: Rule = {
  id: "python-syntax",
  part: "view",
  severity: "error",
  summary: "Every Python file of the integration can be parsed.",
  why: "A file with invalid syntax cannot be imported, and no other rule can check it.",
  howToFix: "Correct the syntax at the location of the finding.",
  needsEntry: false,
  check({ files, session }) {
    const paths = [...files.viewFiles, files.testsFile].filter((path) => path !== undefined);
    const findings: Finding[] = [];
    for (const path of new Set(paths)) {
      const bytes = session.bytes(path);
      if (bytes && !isUtf8(bytes)) {
        const message = "This is not valid Python: the line is not UTF-8.";
        findings.push({ path, line: lineOfOtherBytes(bytes), message, fix: "Save it as UTF-8." });
        continue;
      }
      const module = session.moduleAsItIs(path);
      const problem = module && syntaxErrorOf(module);
      if (!problem) continue;
      const conflict = conflictFinding(path, session.text(path) ?? "", "This is not valid Python");
      if (conflict) {
        findings.push({ ...conflict, column: 1 });
        continue;
      }
      const { line, column, message } = problem;
      const what = module.isRead ? "This is not valid Python" : "This cannot be checked as Python";
      const fix = module.isRead ? "Correct the syntax there." : "Make the file shorter or flatter.";
      findings.push({ path, line, column, message: `${what}: ${message}.`, fix });
    }
    return findings;
  },
};

/** The first line with bytes that are not UTF-8, from 1: no character of UTF-8 has a line break in it. */
function lineOfOtherBytes(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf("\n", from) + 1 || bytes.length;
    if (!isUtf8(bytes.subarray(from, end))) return line;
    from = end;
  }
  return line;
}
