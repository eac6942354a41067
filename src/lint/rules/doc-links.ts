import type { Finding, Rule } from "../rule.ts";
import { skip } from "../rule.ts";
import type { LintSession } from "../session.ts";

/** Where help pages are: today, and in trees before 2023 and since 2025. */
const HELP_FOLDERS = [
  "help",
  "templates/zerver/help",
  "starlight_help/src/content/docs",
  "help-beta/src/content/docs",
];

export const docLinks: Rule = {
  id: "doc-links",
  part: "documentation",
  severity: "error",
  summary: "Every help page and integration that `doc.md` links to is there.",
  why: "A reader who needs more than the page says ends at an error.",
  howToFix: "Correct the link.",
  needsEntry: false,
  async check(target) {
    const page = target.doc();
    const links = page?.links.filter(({ text }) => text.startsWith("/help/")) ?? [];
    if (links.length === 0) return [];
    const pages = await helpPages(target.session);
    if (pages.size === 0) return skip("the tree has no help pages");
    const findings: Finding[] = [];
    for (const { text, line } of links) {
      const name = text.replace(/^\/help\//, "").replace(/\/?([?#].*)?$/, "");
      if (name === "" || pages.has(name)) continue;
      const message = `There is no help page ${text}.`;
      findings.push({ path: target.integration.docFile, line, message, fix: "Correct the link." });
    }
    return findings;
  },
};

/** The names of the tree's help pages, without their endings. */
async function helpPages(session: LintSession): Promise<Set<string>> {
  const folders = await Promise.all(HELP_FOLDERS.map((folder) => session.filesBelow(folder)));
  const pages = folders.flat().filter((path) => /\.mdx?$/.test(path));
  return new Set(pages.map((path) => path.replace(/\.mdx?$/, "")));
}
