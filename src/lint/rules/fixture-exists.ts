import { posix } from "node:path";
import { stringValue } from "../../python/expression.ts";
import { callsIn } from "../../python/module.ts";
import type { CallExpression, PythonModule } from "../../python/syntax.ts";
import { argumentOf, type FixtureUse, nameParts } from "../fixture-uses.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";
import { findMethod } from "../test-classes.ts";
import type { TestFile } from "../test-file.ts";

export const fixtureExists: Rule = {
  id: "fixture-exists",
  part: "fixtures",
  severity: "error",
  summary: "Every fixture that a test names exists.",
  why: "A test without its fixture fails before it tests anything; often, the file was never added to git.",
  howToFix: "Add the captured payload, or correct the name in the test.",
  needsEntry: false,
  check(target) {
    const tests = target.tests();
    if (!tests) return [];
    const there = new Set(target.files.fixtures.flatMap(({ name, file }) => [name, file]));
    const findings = new Map<string, Finding>();
    for (const use of tests.uses) {
      const missing = missingFile(target, tests, use, there);
      if (missing === undefined || findings.has(missing)) continue;
      const path = `${target.integration.fixturesDirectory}/${missing}`;
      const now = target.session.newName(path);
      const what = now === undefined ? "is not there" : `was renamed to ${posix.basename(now)}`;
      findings.set(missing, {
        path: tests.path,
        ...placeOf(tests.module, use.offset),
        message: `The fixture ${missing}, which \`${use.method.name}\` uses, ${what}.`,
        fix: now === undefined ? `Put the captured payload at ${path}.` : "Use the new name.",
      });
    }
    return [...findings.values()];
  },
};

/** The file a use is missing; undefined when it is there, or cannot be known. */
function missingFile(
  target: LintTarget,
  tests: TestFile,
  use: FixtureUse,
  there: ReadonlySet<string>,
): string | undefined {
  // A candidate has an extension where it is known.
  const candidates = candidatesOf(target, tests, use);
  return candidates.some((name) => there.has(name)) ? undefined : candidates[0];
}

/** The files a use may mean; one of them has to be there. Empty when nothing is known. */
function candidatesOf(target: LintTarget, tests: TestFile, use: FixtureUse): string[] {
  if (use.source !== "own") {
    const { folder, extension } = use.source;
    const known = folder === target.integration.directoryName && extension !== "";
    return known ? [`${use.fixture}.${extension}`] : [];
  }
  const reader = findMethod(use.testClass, "get_payload") ?? findMethod(use.testClass, "get_body");
  // The test base reads JSON from the class's own folder.
  if (!reader) return use.testClass.complete ? [`${use.fixture}.json`] : [];
  const reads = callsIn(tests.module.text, reader.node).filter(
    ({ callee }) => callee === "self.webhook_fixture_data",
  );
  return reads.flatMap((call) => candidateOf(tests.module, call, use.fixture) ?? []);
}

/** What a reader of the class's own makes of a name: it may put something around it, and choose the extension. */
function candidateOf(
  module: PythonModule,
  call: CallExpression,
  fixture: string,
): string | undefined {
  const action = argumentOf(call, 1, "action");
  const type = argumentOf(call, 2, "file_type");
  const extension = type === undefined ? "json" : stringValue(type);
  const ending = extension === undefined ? "" : `.${extension}`;
  if (action?.kind === "name") return `${fixture}${ending}`;
  if (action?.kind !== "string" || !action.formatted) return undefined;
  const parts = nameParts(module.text.slice(action.from, action.to));
  return parts?.length === 2 ? `${parts.join(fixture)}${ending}` : undefined;
}
