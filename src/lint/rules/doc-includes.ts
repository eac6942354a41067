import { type Rule, skip } from "../rule.ts";

export const docIncludes: Rule = {
  id: "doc-includes",
  part: "documentation",
  severity: "error",
  summary: "Every macro that `doc.md` includes is there.",
  why: "The page fails to render when a macro's file does not exist.",
  howToFix: "Use a macro of the tree's macro folder.",
  needsEntry: false,
  check(target) {
    const { macroDirectory, macros } = target.checkout.dialect.docs;
    const page = target.doc();
    if (macros.size === 0) return skip(`the tree has no macros in ${macroDirectory}`);
    const unknown = page?.macros.filter(({ text }) => !macros.has(text)) ?? [];
    return unknown.map(({ text, line }) => ({
      path: target.integration.docFile,
      line,
      message: `There is no macro ${text}.md.`,
      fix: `Use one of the macros in ${macroDirectory}.`,
    }));
  },
};
