/** Markdown is read by Python-Markdown on the server, which takes indents more seriously than most editors' previews. */
import { breaksIn } from "../doc-breaks.ts";
import type { Rule } from "../rule.ts";

export const docMarkdown: Rule = {
  id: "doc-markdown",
  part: "documentation",
  severity: "warning",
  summary: "The server reads the Markdown of `doc.md` as it was meant.",
  why: "What belongs to a step has to be indented by four blanks; with fewer the list ends there, and the steps after it are counted from 1 again. A line that begins with `>` makes a quote, a fence that never closes takes the rest of the page, and a list needs a blank line in front of it.",
  howToFix: "Indent what belongs to a step by four blanks, and close what was opened.",
  needsEntry: false,
  check(target) {
    const page = target.doc();
    const path = target.integration.docFile;
    return page ? breaksIn(page).map((one) => ({ path, ...one })) : [];
  },
};
