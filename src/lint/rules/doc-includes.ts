import { nearestNames } from "../../checkout/index.ts";
import type { DocItem, DocPage } from "../doc-page.ts";
import { type Rule, skip } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const docIncludes: Rule = {
  id: "doc-includes",
  part: "documentation",
  severity: "error",
  summary: "Every macro and variable that `doc.md` uses exists.",
  why: "If the file of a macro does not exist, the page fails to render; if a variable does not exist, the page shows nothing in its place.",
  howToFix: "Use a macro from the tree's macro folder.",
  needsEntry: false,
  check(target) {
    const { macroDirectory, macros } = target.checkout.dialect.docs;
    const page = target.doc();
    if (macros.size === 0) return skip(`the tree has no macros in ${macroDirectory}`);
    const path = target.integration.docFile;
    const unmarked = unmarkedMacros(target, page).map((line) => ({
      path,
      line,
      message: "This looks like a macro, but is none: macros stand between `{!` and `!}`.",
      fix: "Write `{!name.md!}`.",
    }));
    const strange = strangeVariables(target, page).map(({ text, line }) => ({
      path,
      line,
      message: `There is no variable \`${text}\`.`,
      fix: "Use a variable that other pages use.",
    }));
    const unknown = page?.macros.filter(({ text }) => !macros.has(text)) ?? [];
    const missing = unknown.map(({ text, line }) => ({
      path,
      line,
      message: `There is no macro ${text}.md.`,
      fix: fixOf(text, [...macros], macroDirectory),
    }));
    return [...missing, ...unmarked, ...strange];
  },
};

function fixOf(wanted: string, known: readonly string[], folder: string): string {
  const [near] = nearestNames(wanted, known);
  return near === undefined
    ? `Use one of the macros in ${folder}.`
    : `Use \`{!${near}.md!}\`, or another of the macros in ${folder}.`;
}

function unmarkedMacros(target: LintTarget, page: DocPage | undefined): number[] {
  return (page?.lines ?? []).flatMap((line, index) => {
    if (page?.code.has(index + 1)) return [];
    const names = [...line.matchAll(/\{!?\s*([\w-]+)(?:\.md)?\s*!?\}/g)].filter(
      ([whole, name = ""]) =>
        !/^\{![^!]*!\}$/.test(whole) &&
        target.checkout.dialect.docs.macros.has(name) &&
        !line.includes("{{"),
    );
    return names.length > 0 ? [index + 1] : [];
  });
}

/** Variables that neither the server's code nor any other page nor a macro knows. */
function strangeVariables(target: LintTarget, page: DocPage | undefined): DocItem[] {
  const found = (page?.lines ?? []).flatMap((line, index) =>
    page?.code.has(index + 1)
      ? []
      : [...line.replace(/`[^`]*`/g, "").matchAll(/\{\{ *(\w+) *(?:\|[^{}]*)?\}\}/g)].map(
          ([, text = ""]) => ({
            text,
            line: index + 1,
          }),
        ),
  );
  if (found.length === 0 || !page || /\{% *raw/.test(page.text)) return [];
  const { macroDirectory, macros } = target.checkout.dialect.docs;
  const served = target.text("zerver/views/documentation.py") ?? "";
  return found.filter(({ text }) => {
    const word = new RegExp(`\\b${text}\\b`);
    return !(
      word.test(served) ||
      [...macros].some((name) => word.test(target.text(`${macroDirectory}/${name}.md`) ?? "")) ||
      target.checkout.integrations.some(
        ({ docFile }) =>
          docFile !== target.integration.docFile &&
          (target.text(docFile) ?? "").includes(`{{ ${text} }}`),
      )
    );
  });
}
