import { meantMacros } from "../meant-macros.ts";
import { type Rule, skip } from "../rule.ts";

export const docCongrats: Rule = {
  id: "doc-congrats",
  part: "documentation",
  severity: "warning",
  summary: "The steps end with the congratulations macro.",
  why: "It tells readers that they are done, and what they will see.",
  howToFix: "Add `{!congrats.md!}` on a line of its own after the steps.",
  needsEntry: false,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const { macros } = target.checkout.dialect.docs;
    if (!macros.has("congrats")) {
      return skip("the tree has no macro congrats");
    }
    // The macro announces the picture below it.
    if (target.integration.noScreenshot) return [];
    const [, again] = page.macros.filter(({ text }) => text === "congrats");
    if (again) {
      const message = "The page includes the congratulations macro twice.";
      const path = target.integration.docFile;
      return [{ path, line: again.line, message, fix: "Leave the second one out." }];
    }
    if (meantMacros(page, macros).has("congrats")) return [];
    return [
      {
        path: target.integration.docFile,
        message: "The page does not include the congratulations macro.",
        fix: "Write `{!congrats.md!}` after the steps.",
      },
    ];
  },
};
