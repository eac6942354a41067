import type { Finding, Rule } from "../rule.ts";
import { skip } from "../rule.ts";

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
    const pages = new Set(await target.session.filesBelow("help"));
    if (pages.size === 0) return skip("the tree has no help pages");
    const findings: Finding[] = [];
    for (const { text, line } of links) {
      const name = text.replace(/^\/help\//, "").replace(/\/?([?#].*)?$/, "");
      if (name === "" || pages.has(`${name}.md`) || pages.has(`${name}.mdx`)) continue;
      const message = `There is no help page ${text}.`;
      findings.push({ path: target.integration.docFile, line, message, fix: "Correct the link." });
    }
    return findings;
  },
};
