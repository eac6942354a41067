/** Pages are begun as copies of others; what is left of those sends readers to the wrong integration. */
import type { Integration } from "../../checkout/model.ts";
import { introduction } from "../doc-page.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const docOwn: Rule = {
  id: "doc-own",
  part: "documentation",
  severity: "warning",
  summary: "`doc.md` is about this integration, not about the one that it was copied from.",
  why: "Most pages start as a copy. A leftover heading, introduction, URL or picture sends readers to the wrong integration.",
  howToFix: "Use this integration's name, URL and picture.",
  needsEntry: true,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const path = target.integration.docFile;
    const findings: Finding[] = [];
    const add = (line: number, message: string, fix: string): void => {
      findings.push({ path, line, message, fix });
    };
    const { displayName } = target.integration;
    const own = wordsOf(target);
    const names = (text: string): boolean => own.some((word) => letters(text).includes(word));
    const [heading] = page.headings;
    const opening = introduction(page);
    for (const [what, item] of [
      ["heading", heading?.line === 1 ? heading : undefined],
      ["opening", opening],
    ] as const) {
      const other = item && !names(item.text) ? otherNamed(target, item.text) : undefined;
      if (item && other) {
        add(
          item.line,
          `The ${what} names ${other.displayName}, and not ${displayName}.`,
          `Write ${displayName}.`,
        );
      }
    }
    const urls = new Map(target.checkout.integrations.map((one) => [one.url, one]));
    for (const [index, line] of page.lines.entries()) {
      for (const [, url = ""] of line.matchAll(/\b(?:api\/)?(v1\/external\/[\w-]+)/g)) {
        const other = urls.get(`api/${url}`);
        if (!other || target.folderMates.includes(other)) continue;
        add(
          index + 1,
          `The URL is the one of ${other.displayName}.`,
          `Write \`/${target.integration.url}\`.`,
        );
      }
    }
    const dirs = foreignDirectories(target);
    for (const { text, line } of page.images) {
      const [, dir = ""] = /^\/static\/images\/integrations\/([^/]+)\/[^/]+$/.exec(text) ?? [];
      const other = dirs.get(dir);
      if (other)
        add(
          line,
          `The picture ${text} is one of ${other.displayName}.`,
          "Show this integration's own.",
        );
    }
    return findings;
  },
};

/** What an integration is called, in letters only: its names, and each longer word of them. */
function wordsOf({ integration, folderMates }: LintTarget): string[] {
  const names = [integration, ...folderMates].flatMap(({ name, displayName }) => [
    name,
    displayName,
  ]);
  const words = names
    .flatMap((name) => name.split(/[^\p{L}\p{N}]+/u))
    .filter(({ length }) => length > 3);
  return [...new Set([...names, ...words].map(letters))].filter((word) => word !== "");
}

/** Another integration that a text names as a whole word. */
function otherNamed({ checkout, integration }: LintTarget, text: string): Integration | undefined {
  return checkout.integrations.find(({ name, displayName }) => {
    if (name === integration.name || displayName.length < 4) return false;
    const at = text.indexOf(displayName);
    return (
      at >= 0 && !/\w/.test(text[at - 1] ?? "") && !/\w/.test(text[at + displayName.length] ?? "")
    );
  });
}

/** The folders of pictures that other integrations have to themselves. */
function foreignDirectories(target: LintTarget): ReadonlyMap<string, Integration> {
  const dirOf = (path: string): string => path.split("/").at(-2) ?? "";
  const own = new Set(
    [target.integration, ...target.folderMates].flatMap(({ name, screenshots }) => [
      name,
      ...screenshots.map(({ imagePath }) => dirOf(imagePath)),
    ]),
  );
  const others = target.session.once("picture folders", () =>
    target.checkout.integrations.flatMap((one) =>
      one.screenshots.map(({ imagePath }) => [dirOf(imagePath), one] as const),
    ),
  );
  return new Map(others.filter(([dir]) => !own.has(dir)));
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
