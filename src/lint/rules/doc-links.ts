import type { DocItem, DocPage } from "../doc-page.ts";
import type { Finding, Rule } from "../rule.ts";
import { skip } from "../rule.ts";
import type { LintSession } from "../session.ts";
import type { LintTarget } from "../target.ts";

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
  summary:
    "Every link in `doc.md` has a target: help pages, integrations, references and headings exist.",
  why: "Readers who look for more information get an error.",
  howToFix: "Correct the link.",
  needsEntry: false,
  async check(target) {
    const page = target.doc();
    if (!page) return [];
    const path = target.integration.docFile;
    const toFindings = (items: readonly Wrong[]): Finding[] =>
      items.map(({ line, message, fix = "Correct the link.", severity }) => ({
        path,
        line,
        message,
        fix,
        severity,
      }));
    const own = toFindings([
      ...references(page),
      ...unusedDefinitions(page),
      ...page.links.flatMap((link) => wrongIn(target, page, link)),
    ]);
    const help = page.links.filter(({ text }) => text.startsWith("/help/"));
    if (help.length === 0) return own;
    const pages = await helpPages(target.session);
    if (pages.size === 0) return own.length > 0 ? own : skip("the tree has no help pages");
    const missing = help.filter(({ text }) => {
      const name = text.replace(/^\/help\//, "").replace(/\/?[?#].*|\/$/, "");
      return name !== "" && !pages.has(name);
    });
    return [
      ...own,
      ...toFindings(
        missing.map(({ text, line }) => ({ line, message: `There is no help page ${text}.` })),
      ),
    ];
  },
};

/** The names of the tree's help pages, without their endings. */
async function helpPages(session: LintSession): Promise<Set<string>> {
  const folders = await Promise.all(HELP_FOLDERS.map((folder) => session.filesBelow(folder)));
  const pages = folders.flat().filter((path) => /\.mdx?$/.test(path));
  return new Set(pages.map((path) => path.replace(/\.mdx?$/, "")));
}

interface Wrong {
  readonly line: number;
  readonly message: string;
  readonly fix?: string;
  readonly severity?: Finding["severity"];
}

/** The text is on the page, but leads nowhere. */
const severity = "warning";

/** Links by reference, `[text][name]`, whose name is defined nowhere. */
function references(page: DocPage): Wrong[] {
  const fold = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, " ");
  const defined = new Set(page.definitions.map(({ text }) => fold(text)));
  return page.prose.flatMap((line, index) =>
    [...line.matchAll(/(?<![!\]\w])\[([^\][]+)\]\[([^\][]*)\]/g)].flatMap(
      ([whole, text = "", name = ""]) => {
        if (defined.has(fold(name === "" ? text : name))) return [];
        return [
          {
            line: index + 1,
            message: `Nothing defines the link ${whole}.`,
            fix: "Define it as `[name]: address`.",
            severity,
          },
        ];
      },
    ),
  );
}

/** Addresses that no link of the page uses. */
function unusedDefinitions(page: DocPage): Wrong[] {
  return page.definitions.flatMap(({ text, line }) => {
    const rest = page.text.toLowerCase().split(`[${text.toLowerCase()}]`).length;
    if (rest > 2) return [];
    const message = `No link uses the address [${text}].`;
    return [{ line, message, fix: "Remove the line.", severity: "hint" as const }];
  });
}

/** What is wrong with one link. */
function wrongIn(target: LintTarget, page: DocPage, { text, line }: DocItem): Wrong[] {
  const { dialect, integrations, otherNames } = target.checkout;
  const bare = text.replace(/[?#].*/, "");
  const isKnown = (name: string): boolean =>
    otherNames.has(name) || integrations.some((one) => one.name === name);
  const inner = /^\/integrations\/(?:doc\/)?([\w-]+)$/.exec(bare)?.[1];
  if (inner !== undefined) {
    if (isKnown(inner)) return [];
    const fix = `Link to one below ${dialect.docs.urlPrefix}.`;
    return [{ line, message: `There is no integration page ${text}.`, fix }];
  }
  if (text === "") return [{ line, message: "The link has no address.", severity }];
  if (/^www\./.test(text)) {
    return [
      {
        line,
        message: `The link ${text} leads to a page of this server.`,
        fix: `Write https://${text}.`,
        severity,
      },
    ];
  }
  if (text.startsWith("#")) {
    const anchor = text.slice(1);
    const macros = page.macros.map(
      (one) => target.text(`${dialect.docs.macroDirectory}/${one.text}.md`) ?? "",
    );
    const texts = [page.text, ...macros];
    const headings = texts.flatMap((one) => one.match(/^#.*$/gm) ?? []);
    const there =
      headings.some((one) => slug(one) === anchor) ||
      texts.some((one) => one.includes(`id="${anchor}"`));
    return there ? [] : [{ line, message: `The page has no heading for ${text}.`, severity }];
  }
  // Pages of integrations lie beside each other.
  if (/^[/{<]|^[a-z][a-z+.-]*:/i.test(text) || isKnown(bare.replace(/^\.\//, ""))) return [];
  return [
    {
      line,
      message: `The link ${text} is relative, and leads nowhere.`,
      fix: "Write the whole address.",
      severity,
    },
  ];
}

/** The anchor that Python-Markdown gives a heading. */
function slug(heading: string): string {
  return heading
    .normalize("NFKD")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "-");
}
