import type { Rule } from "../rule.ts";

export const screenshotFixture: Rule = {
  id: "screenshot-fixture",
  part: "screenshot",
  severity: "error",
  summary: "The fixture of every screenshot entry exists.",
  why: "The screenshot shows the message of this fixture.",
  howToFix: "Correct the fixture's name in the registry, or add the fixture.",
  needsEntry: true,
  check({ checkout, files, integration }) {
    const there = new Set(files.fixtures.map(({ file }) => file));
    return integration.screenshots
      .filter(({ fixture }) => fixture !== "" && !there.has(fixture))
      .map(({ fixture, line }) => ({
        path: checkout.registryPath,
        line,
        message: `The screenshot entry names the fixture ${fixture}, which is not there.`,
        fix: `Name a file of ${integration.fixturesDirectory}.`,
      }));
  },
};
