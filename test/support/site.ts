/** docs/ as a site: the order in which its pages are read, and the foot that each has for it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/host/assets.ts";

const docs = join(packageRoot, "docs");

/** A page by its file name in docs/, and what the index calls it. */
export interface Page {
  readonly file: string;
  readonly title: string;
}

/** The pages in the order of docs/README.md. */
export function pagesInOrder(): Page[] {
  const index = readFileSync(join(docs, "README.md"), "utf8");
  return [...index.matchAll(/^\d+\. \[([^\]]+)\]\(([\w-]+\.md)\)/gm)].map(
    ([, title = "", file = ""]) => ({ title, file }),
  );
}

const FOOT = "\n---\n\n";

/** A page with the foot that it should have, whatever it has. */
export function withFoot(text: string, file: string): string {
  const pages = pagesInOrder();
  const at = pages.findIndex((page) => page.file === file);
  const [before, after] = [pages[at - 1], pages[at + 1]];
  const links = [
    before && `[← ${before.title}](${before.file})`,
    "[All pages](README.md)",
    after && `[${after.title} →](${after.file})`,
  ];
  const old = text.lastIndexOf(`${FOOT}[`);
  const body = (old < 0 ? text : text.slice(0, old)).trimEnd();
  return `${body}\n${FOOT}${links.filter((link) => link !== undefined).join(" · ")}\n`;
}
