/** What a merge left behind is shown to every reader. */
import { conflictAt, conflictFinding } from "../conflict-finding.ts";
import type { Rule } from "../rule.ts";

export const conflictMarkers: Rule = {
  id: "conflict-markers",
  part: "package",
  severity: "error",
  summary:
    "Neither the text files of the integration nor the registry contain merge conflict markers.",
  why: "They mark an unfinished merge: both versions are there, and readers see them. In Python and JSON files, the rules about these files report them.",
  howToFix: "Choose between the two versions, and remove the lines with the markers.",
  needsEntry: false,
  check({ files, session, checkout }) {
    const { registryPath, registryConflict } = checkout;
    const texts = files.fixtures.filter(
      ({ extension }) => extension !== "json" && extension !== "xml",
    );
    const inTexts = [files.docFile, ...texts.map(({ path }) => path)].flatMap((path) => {
      return path === undefined ? [] : (conflictFinding(path, session.text(path) ?? "") ?? []);
    });
    const inRegistry =
      registryConflict === undefined ? [] : [conflictAt(registryPath, registryConflict)];
    return [...inRegistry, ...inTexts];
  },
};
