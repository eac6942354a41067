import { type DocPage, MAX_DOC_LENGTH, readDoc } from "../doc-page.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const docStructure: Rule = {
  id: "doc-structure",
  part: "documentation",
  severity: "warning",
  summary: "`doc.md` has the structure that this tree's pages have.",
  why: "The server puts the page into a frame; older ones bring their own heading, newer ones expect one in the page.",
  howToFix: "Add or remove the headings and tabs that the finding names.",
  needsEntry: false,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const plain = target.checkout.dialect.docs.style === "plain";
    return plain ? checkPlain(target, page) : checkSections(target, page);
  },
};

function checkPlain(target: LintTarget, { headings }: DocPage): Finding[] {
  const [first] = headings;
  if (!first || !isCustom(allPages(target), (page) => page.headings.length === 0)) return [];
  const message = "The page has a heading; pages of this tree have none.";
  const fix = "Write it as a sentence.";
  return [{ path: target.integration.docFile, line: first.line, message, fix }];
}

/** A part that pages with sections have. */
interface Section {
  readonly has: (page: DocPage) => boolean;
  readonly message: string;
  readonly fix: (target: LintTarget) => string;
}

const sections: readonly Section[] = [
  {
    has: (page) => /^# /.test(page.lines[0] ?? ""),
    message: "The page does not begin with a heading.",
    fix: ({ checkout, integration }) =>
      `Begin with \`# ${checkout.dialect.docs.productName} ${integration.displayName} integration\`.`,
  },
  {
    has: (page) => page.lines.some((line) => line.trim() === "{start_tabs}"),
    message: "The steps are not between tabs.",
    fix: () => "Put `{start_tabs}` before the steps and `{end_tabs}` after them.",
  },
  {
    has: ({ headings }) => headings.some(({ text }) => text === "Related documentation"),
    message: "The page has no related documentation.",
    fix: () => "End with `### Related documentation` and links for further reading.",
  },
];

function checkSections(target: LintTarget, page: DocPage): Finding[] {
  const pages = allPages(target);
  return sections
    .filter(({ has }) => !has(page) && isCustom(pages, has))
    .map(({ message, fix }) => ({
      path: target.integration.docFile,
      line: 1,
      message,
      fix: fix(target),
    }));
}

/** Trees moved to sections page by page; one asks for what four of five of its pages have. */
function isCustom(pages: readonly DocPage[], has: (page: DocPage) => boolean): boolean {
  if (pages.length < 5) return true;
  return pages.filter(has).length >= pages.length * 0.8;
}

function allPages({ session }: LintTarget): readonly DocPage[] {
  return session.once("pages", () =>
    session.checkout.integrations.flatMap(({ docFile }) => {
      const text = session.text(docFile);
      return text === undefined || text.length > MAX_DOC_LENGTH ? [] : [readDoc(text)];
    }),
  );
}
