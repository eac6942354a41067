import { messageOf } from "../../errors.ts";
import type { Finding, Rule } from "../rule.ts";
import { expectsFailure } from "../test-classes.ts";
import type { TestFile } from "../test-file.ts";

export const fixturesValid: Rule = {
  id: "fixtures-valid",
  part: "fixtures",
  severity: "error",
  summary: "Every `.json` fixture is valid JSON.",
  why: "A fixture is the body a service sent; one that cannot be parsed was damaged when it was saved.",
  howToFix:
    "Capture the payload again. A payload that is broken on purpose belongs in a test that expects a failure (`assertRaises`, `assert_json_error`), and is then accepted.",
  needsEntry: false,
  check(target) {
    const findings: Finding[] = [];
    const tests = target.tests();
    for (const fixture of target.files.fixtures) {
      if (fixture.extension !== "json") continue;
      const text = target.text(fixture.path);
      const problem = text === undefined ? undefined : jsonProblem(text);
      if (!problem || isBrokenOnPurpose(tests, fixture.name)) continue;
      findings.push({
        path: fixture.path,
        ...(problem.line !== undefined && { line: problem.line }),
        message: `The fixture is not valid JSON: ${problem.message}.`,
        fix: "Capture the payload again, or use it only in a test that expects a failure.",
      });
    }
    return findings;
  },
};

function jsonProblem(text: string): { message: string; line?: number } | undefined {
  // A byte order mark is `fixture-encoding`'s business.
  const body = text.replace(/^\uFEFF/, "");
  try {
    JSON.parse(body);
    return undefined;
  } catch (error) {
    const said = messageOf(error);
    const offset = /at position (\d+)/.exec(said)?.[1];
    const message = body.trim() === "" ? "it is empty" : "it cannot be parsed";
    if (offset === undefined) return { message };
    return { message, line: body.slice(0, Number(offset)).split("\n").length };
  }
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
