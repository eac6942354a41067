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
  summary:
    "The folder contains no files left behind by tools or editors, no files that nothing reads, and no huge files.",
  why: "Such files are added by `git add .`, and everybody who clones the repository gets them.",
  howToFix: "Remove the file, or reduce the payload to what the test needs.",
  needsEntry: false,
  async check(target) {
    const findings: Finding[] = [];
    for (const name of await target.session.filesBelow(target.integration.directory)) {
      const path = `${target.integration.directory}/${name}`;
      const left = leftovers.find(([pattern]) => pattern.test(name));
      if (left && isShared(target, path)) {
        findings.push({ path, message: `The file is ${left[1]}.`, fix: "Remove it." });
      } else if (!left && isShared(target, path) && !belongs(target, name)) {
        const message = "The file is no part of an integration: nothing reads it.";
        findings.push({ path, message, fix: "Remove it, or import it from the view." });
      }
      const size = fileSize(join(target.checkout.root, path));
      if (size <= MAX_BYTES) continue;
      const message = `The file has ${(size / 1e6).toFixed(1)} MB.`;
      findings.push({ path, message, fix: "Cut it down to what the test needs." });
    }
    return findings;
  },
};

/** Whether a file is one that the server, the tests or the documentation of integrations read. */
function belongs(target: LintTarget, name: string): boolean {
  const { directory } = target.integration;
  const path = `${directory}/${name}`;
  if (/^(__init__|view|tests)\.py$|^fixtures\/|^view\//.test(name)) return true;
  if (target.folderMates.some(({ docFile }) => docFile === path) || /\.md$/.test(name))
    return name === "doc.md" || !/^(README|notes|todo)/i.test(name);
  const [, module] = /^([\w/]+)\.py$/.exec(name) ?? [];
  if (module === undefined) return false;
  const files = [...target.files.viewFiles, target.files.testsFile].filter(
    (one) => one !== undefined && one !== path,
  );
  const dotted = new RegExp(`\\b${module.split("/").at(-1)}\\b`);
  return files.some((one) => dotted.test(importLines(target.text(one ?? "") ?? "")));
}

function importLines(text: string): string {
  return (text.match(/^[ \t]*(?:from|import)\b.*/gm) ?? []).join("\n");
}

/** What git ignores reaches nobody else. Without git only compiled Python is known to be ignored everywhere. */
function isShared({ session }: LintTarget, path: string): boolean {
  const tracked = session.isTracked(path);
  if (typeof tracked === "string") return !path.includes("__pycache__/");
  return tracked || session.isNew(path);
}
