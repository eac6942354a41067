import sax from "sax";
import { faultWords, jsonFault } from "../../payload/index.ts";
import { conflictFinding } from "../conflict-finding.ts";
import type { Finding, Rule } from "../rule.ts";
import { expectsFailure } from "../test-classes.ts";
import type { TestFile } from "../test-file.ts";

export const fixturesValid: Rule = {
  id: "fixtures-valid",
  part: "fixtures",
  severity: "error",
  summary: "Every `.json` fixture is valid JSON, and every `.xml` fixture well-formed XML.",
  why: "A fixture is the body that a service sent; if it cannot be parsed, it was damaged when it was saved.",
  howToFix:
    "Capture the payload again. If a payload is broken on purpose, use it in a test that expects a failure (`assertRaises`, `assert_json_error`); it is then accepted.",
  needsEntry: false,
  check(target) {
    const findings: Finding[] = [];
    const tests = target.tests();
    for (const fixture of target.files.fixtures) {
      const format = formats.get(fixture.extension);
      const text = format && target.text(fixture.path);
      // A byte order mark is `fixture-encoding`'s business.
      const problem = text === undefined ? undefined : format?.problem(text.replace(/^\uFEFF/, ""));
      if (!problem || isBrokenOnPurpose(tests, fixture.name)) continue;
      const conflict = conflictFinding(fixture.path, text ?? "", "The fixture is not valid");
      if (conflict) {
        findings.push(conflict);
        continue;
      }
      findings.push({
        path: fixture.path,
        line: problem.line,
        column: problem.column,
        message: `The fixture ${problem.message}.`,
        fix: "Capture the payload again, or use it only in a test that expects a failure.",
      });
    }
    return findings;
  },
};

interface Damage {
  message: string;
  line?: number;
  column?: number;
}

const EMPTY = "is empty";

/** The formats that say of themselves whether they are whole, by the file's extension. */
const formats = new Map([
  ["json", { problem: jsonProblem }],
  ["xml", { problem: xmlProblem }],
]);

function xmlProblem(text: string): Damage | undefined {
  if (text.trim() === "") return { message: EMPTY };
  const parser = sax.parser(true);
  let line: number | undefined;
  parser.onerror = () => {
    line ??= parser.line + 1;
    parser.resume();
  };
  parser.write(text).close();
  return line === undefined ? undefined : { message: `is not XML from line ${line} on`, line };
}

function jsonProblem(body: string): Damage | undefined {
  const fault = jsonFault(body);
  if (fault === undefined) return undefined;
  if (body.trim() === "") return { message: EMPTY };
  return { message: faultWords(fault), line: fault.line, column: fault.column };
}

/** A fixture that only tests which expect a failure use may be broken. */
function isBrokenOnPurpose(tests: TestFile | undefined, name: string): boolean {
  const uses = tests?.uses.filter(({ fixture }) => fixture === name) ?? [];
  return (
    tests !== undefined &&
    uses.length > 0 &&
    uses.every(({ method }) => expectsFailure(tests.module, method))
  );
}
