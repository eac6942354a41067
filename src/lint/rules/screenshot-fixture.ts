import type { Rule } from "../rule.ts";

export const screenshotFixture: Rule = {
  id: "screenshot-fixture",
  part: "screenshot",
  severity: "error",
  summary: "The fixture of every screenshot entry is there.",
  why: "The picture shows the message this fixture makes.",
  howToFix: "Correct the fixture's name in the registry, or put the fixture there.",
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
