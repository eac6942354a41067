import { join } from "node:path";
import { fileSize } from "../../host/files.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

/** What machines and editors leave behind. */
const leftovers: [RegExp, string][] = [
  [/(^|\/)__pycache__\/|\.py[co]$/, "compiled Python"],
  [/~$|\.(swp|swo|bak|orig|rej|tmp)$|(^|\/)#[^/]*#$/, "an editor's copy"],
  [/(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$|(^|\/)\.(idea|vscode)\//, "a system's own file"],
  [/\.(zip|gz|tar|7z|exe|dll|so|log|ipynb)$/, "no part of an integration"],
];

const MAX_BYTES = 1_000_000;

export const strayFiles: Rule = {
  id: "stray-files",
  part: "package",
  severity: "warning",
  summary: "The folder holds nothing that machines or editors left behind, and nothing huge.",
  why: "Such files come along with `git add .`, and everybody who clones the repository gets them.",
  howToFix: "Remove the file, or cut the payload down to what the test needs.",
  needsEntry: false,
  async check(target) {
    const findings: Finding[] = [];
    for (const name of await target.session.filesBelow(target.integration.directory)) {
      const path = `${target.integration.directory}/${name}`;
      const left = leftovers.find(([pattern]) => pattern.test(name));
      if (left && isShared(target, path)) {
        findings.push({ path, message: `The file is ${left[1]}.`, fix: "Remove it." });
      }
      const size = fileSize(join(target.checkout.root, path));
      if (size <= MAX_BYTES) continue;
      const message = `The file has ${(size / 1e6).toFixed(1)} MB.`;
      findings.push({ path, message, fix: "Cut it down to what the test needs." });
    }
    return findings;
  },
};

/** What git ignores reaches nobody else. Without git only compiled Python is known to be ignored everywhere. */
function isShared({ session }: LintTarget, path: string): boolean {
  const tracked = session.isTracked(path);
  if (tracked === undefined) return !path.includes("__pycache__/");
  return tracked || session.isNew(path);
}
