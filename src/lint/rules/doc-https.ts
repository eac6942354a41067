import type { Rule } from "../rule.ts";

export const docHttps: Rule = {
  id: "doc-https",
  part: "documentation",
  severity: "warning",
  summary: "Links in `doc.md` use https.",
  why: "Plain http can be read and modified in transit, and nearly every service supports https.",
  howToFix: "Use https, and make sure that the page exists.",
  needsEntry: false,
  check(target) {
    const page = target.doc();
    const links = page?.links.filter(({ text }) => text.startsWith("http://")) ?? [];
    return links.map(({ text, line }) => ({
      path: target.integration.docFile,
      line,
      message: `The link ${text} is plain http.`,
      fix: "Write https, and make sure that the page is there.",
    }));
  },
};
