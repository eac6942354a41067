import { allPages, isCustom } from "../all-pages.ts";
import type { DocPage } from "../doc-page.ts";
import { saysUrl } from "../meant-macros.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const docStructure: Rule = {
  id: "doc-structure",
  part: "documentation",
  severity: "warning",
  summary: "`doc.md` has the same structure as this tree's other pages.",
  why: "The server puts the page into a template; in older trees the template has its own heading, in newer ones the page must have one.",
  howToFix: "Add or remove the headings and tabs that the finding names.",
  needsEntry: false,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const plain = target.checkout.dialect.docs.style === "plain";
    const customary = plain ? checkPlain(target, page) : checkSections(target, page);
    return [...customary, ...checkTabs(target, page)];
  },
};

/** Tabs begin and end in turn: what is between two beginnings, or after the last one, is shown in no tab of its own. */
function checkTabs(target: LintTarget, page: DocPage): Finding[] {
  const path = target.integration.docFile;
  let open: number | undefined;
  for (const [index, line] of page.lines.entries()) {
    const mark = /^\s*\{(start_tabs|end_tabs)\}\s*$/.exec(line)?.[1];
    if (mark === undefined || page.code.has(index + 1)) continue;
    if ((mark === "start_tabs") === (open !== undefined)) {
      const message =
        open === undefined ? "No tabs begin before this end." : "The tabs before these never end.";
      return [
        {
          path,
          line: index + 1,
          message,
          fix: "Write `{start_tabs}` before the steps and `{end_tabs}` after them.",
        },
      ];
    }
    open = mark === "start_tabs" ? index + 1 : undefined;
  }
  if (open === undefined) return [];
  return [
    {
      path,
      line: open,
      message: "The tabs never end.",
      fix: "Write `{end_tabs}` after the steps.",
    },
  ];
}

const beginsWithHeading = ({ lines }: DocPage): boolean => /^# /.test(lines[0] ?? "");

/** Trees move to sections page by page: where another page has moved, this one may, too. */
function checkPlain(target: LintTarget, page: DocPage): Finding[] {
  const [first] = page.headings;
  if (!first || !isCustom(allPages(target), ({ headings }) => headings.length === 0)) return [];
  const others = allPages(target).filter(({ text }) => text !== page.text);
  if (beginsWithHeading(page) && others.some(beginsWithHeading)) return [];
  const headed = others.filter(({ headings }) => headings.length > 0).length;
  const have =
    headed === 0
      ? "pages of this tree have none"
      : `${others.length - headed} of this tree's ${others.length} other pages have none`;
  const message = `The page has a heading; ${have}.`;
  const fix = "Write it as a sentence.";
  return [{ path: target.integration.docFile, line: first.line, message, fix }];
}

/** A part that pages with sections have. */
interface Section {
  readonly has: (page: DocPage, target: LintTarget) => boolean;
  readonly message: (page: DocPage) => string;
  readonly fix: (target: LintTarget, page: DocPage) => string;
}

const RELATED = "Related documentation";

const sections: readonly Section[] = [
  {
    has: beginsWithHeading,
    message: () => "The page does not begin with a heading.",
    fix: ({ checkout, integration }) =>
      `Begin with \`# ${checkout.dialect.docs.productName} ${integration.displayName} integration\`.`,
  },
  {
    has: ({ headings: [first] }) =>
      first === undefined || !/integration/i.test(first.text) || / integration$/.test(first.text),
    message: () => "The heading does not end as those of the other pages do.",
    fix: ({ checkout, integration }) =>
      `Write \`# ${checkout.dialect.docs.productName} ${integration.displayName} integration\`.`,
  },
  {
    has: ({ lines, headings }) => {
      const last = headings.find(({ text }) => text === RELATED);
      return last === undefined || lines.slice(last.line).some((line) => line.trim() !== "");
    },
    message: () => "There is no related documentation below its heading.",
    fix: () => "Write links for further reading, or include the macro that the other pages have.",
  },
  {
    has: (page) => page.lines.some((line) => line.trim() === "{start_tabs}"),
    message: () => "The steps are not between tabs.",
    fix: () => "Put `{start_tabs}` before the steps and `{end_tabs}` after them.",
  },
  {
    // Further reading is above all about the webhook's URL.
    has: (page, { checkout }) =>
      page.headings.some(({ text }) => text === RELATED) ||
      !(relatedHeading(page) || saysUrl(page, checkout.dialect.docs.macros)),
    message: (page) => {
      const other = relatedHeading(page);
      if (other === undefined) return "The page has no related documentation.";
      return `The last part is called "${other}", and on the other pages "${RELATED}".`;
    },
    fix: (_target, page) =>
      relatedHeading(page) === undefined
        ? `End with \`### ${RELATED}\` and links for further reading.`
        : `Write \`### ${RELATED}\`.`,
  },
];

/** A heading that means the one of the last part. */
function relatedHeading({ headings }: DocPage): string | undefined {
  return headings.find(({ text }) => /^related\b/i.test(text))?.text;
}

function checkSections(target: LintTarget, page: DocPage): Finding[] {
  const pages = allPages(target);
  return sections
    .filter(({ has }) => !has(page, target) && isCustom(pages, (one) => has(one, target)))
    .map(({ message, fix }) => ({
      path: target.integration.docFile,
      line: 1,
      message: message(page),
      fix: fix(target, page),
    }));
}
