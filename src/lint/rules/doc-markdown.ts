/** Markdown is read by Python-Markdown on the server, which takes indents more seriously than most editors' previews. */
import { breaksIn } from "../doc-breaks.ts";
import type { Rule } from "../rule.ts";

export const docMarkdown: Rule = {
  id: "doc-markdown",
  part: "documentation",
  severity: "warning",
  summary: "The server renders the Markdown of `doc.md` as intended.",
  why: "The content of a step must be indented by four spaces; with fewer, the list ends there, and the numbering of the following steps restarts at 1. A line that begins with `>` makes a quote, a fence that is never closed swallows the rest of the page, and a list needs a blank line before it.",
  howToFix: "Indent the content of a step by four spaces, and close every fence.",
  needsEntry: false,
  check(target) {
    const page = target.doc();
    const path = target.integration.docFile;
    return page ? breaksIn(page).map((one) => ({ path, ...one })) : [];
  },
};
