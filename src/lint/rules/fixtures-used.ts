import type { Fixture } from "../../checkout/model.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { hasParts } from "../../python/wildcard.ts";
import { type Finding, type Rule, skip } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const fixturesUsed: Rule = {
  id: "fixtures-used",
  part: "fixtures",
  severity: "warning",
  summary: "Every fixture is used by a test, the view or the screenshot configuration.",
  why: "A payload that nothing sends is a missing test or a leftover.",
  howToFix:
    "Run `connect-webhook test <name> --record`, which writes a test for it, or remove the file.",
  needsEntry: false,
  async check(target) {
    const tests = target.tests();
    // Without tests nothing is used, and `tests-file` says so already.
    if (!tests) return [];
    if (tests.hidden) return skip("its tests put fixture names together at run time");
    const findings: Finding[] = [];
    for (const fixture of target.files.fixtures) {
      if (isUsedHere(target, fixture) || (await isUsedElsewhere(target, fixture))) continue;
      findings.push({
        path: fixture.path,
        message: `No test uses the fixture ${fixture.file}.`,
        fix: `${howToTest(target, tests.path)}, or remove the file.`,
      });
    }
    return findings;
  },
};

/** The tests of a folder without an entry are not run, so none are recorded there. */
function howToTest({ name, registered }: LintTarget, path: string): string {
  if (!registered) return `Write a test for it in ${path}`;
  const command = shellCommand("connect-webhook", "test", name, "--record");
  return `Run \`${command}\`, which writes a test for it`;
}

/** Whether a test of the integration or its screenshot configuration names a fixture, or may name it. */
export function isUsedHere(target: LintTarget, fixture: Fixture): boolean {
  const { hidden, words, patterns } = target.tests() ?? {};
  if (hidden || (words && patterns && isNamed(fixture, words, patterns))) return true;
  return isPictured(target, fixture);
}

function isNamed(
  { name, file }: Fixture,
  words: ReadonlySet<string>,
  patterns: readonly (readonly string[])[],
): boolean {
  if (words.has(name) || words.has(file)) return true;
  return patterns.some((parts) => hasParts(name, parts, 1) || hasParts(file, parts, 1));
}

function isPictured(target: LintTarget, { file }: Fixture): boolean {
  return target.folderMates.some(({ screenshots }) =>
    screenshots.some((entry) => entry.fixture === file),
  );
}

/** The view itself may read a fixture, and the server's own tests use some. */
async function isUsedElsewhere(target: LintTarget, fixture: Fixture): Promise<boolean> {
  for (const path of target.files.viewFiles) {
    if (target.text(path)?.includes(fixture.file)) return true;
  }
  const name = fixture.name.replace(/[^\w]/g, "\\$&");
  const quoted = new RegExp(`["'/]${name}(\\.\\w+)?["']`);
  return (await serverTests(target)).some((text) => quoted.test(text));
}

/** The server's tests that deal with webhooks; they are many and large, so only read when there is a question. */
function serverTests({ session }: LintTarget): Promise<string[]> {
  return session.once("server-tests", async () => {
    const names = await session.filesBelow("zerver/tests");
    const texts = names
      .filter((name) => /^\w+\.py$/.test(name))
      .map((name) => session.text(`zerver/tests/${name}`) ?? "");
    return texts.filter((text) => /webhook/i.test(text));
  });
}
