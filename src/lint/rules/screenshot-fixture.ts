import { posix } from "node:path";
import type { Rule } from "../rule.ts";

export const screenshotFixture: Rule = {
  id: "screenshot-fixture",
  part: "screenshot",
  severity: "error",
  summary: "The fixture of every screenshot entry exists.",
  why: "The screenshot shows the message of this fixture.",
  howToFix: "Correct the fixture's name in the registry, or add the fixture.",
  needsEntry: true,
  check({ checkout, files, integration, session }) {
    const there = new Set(files.fixtures.map(({ file }) => file));
    return integration.screenshots
      .filter(({ fixture }) => fixture !== "" && !there.has(fixture))
      .map(({ fixture, line }) => {
        const now = session.newName(`${integration.fixturesDirectory}/${fixture}`);
        const name = now && posix.basename(now);
        const what = name === undefined ? "is not there" : `was renamed to ${name}`;
        return {
          path: checkout.registryPath,
          line,
          message: `The screenshot entry names the fixture ${fixture}, which ${what}.`,
          fix: `Name ${name ?? `a file of ${integration.fixturesDirectory}`}.`,
        };
      });
  },
};
