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
