import type { Finding, Rule } from "../rule.ts";

export const fixtureLink: Rule = {
  id: "fixture-link",
  part: "fixtures",
  severity: "error",
  summary: "A fixture that is a link points to an existing file.",
  why: "A link to another integration's fixtures breaks silently when that file is renamed.",
  howToFix: "Point the link to the file's new path, or remove it.",
  needsEntry: false,
  check(target) {
    const findings: Finding[] = [];
    for (const { path, linkTarget } of target.files.fixtures) {
      if (linkTarget === undefined || target.bytes(path)) continue;
      findings.push({
        path,
        message: `The link leads to ${linkTarget}, which is not there.`,
        fix: "Point the link at the file's new place, or remove it.",
      });
    }
    return findings;
  },
};
