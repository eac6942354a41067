/** The guides for users: the pages of docs/ that its table of contents lists, which come with the package. */
import { documentationPath } from "../host/assets.ts";
import { readText } from "../host/files.ts";

/** A page of docs/. */
export interface Guide {
  /** The name of its file, such as `getting-started`. */
  readonly name: string;
  readonly title: string;
  /** What it tells, as the rest of a sentence. */
  readonly summary: string;
}

const ENTRY = /^\d+\. \[([^\]\n]+)\]\(([\w-]+)\.md\)(?:: (.+))?/gm;

/** Every guide, in the order in which they can be read. Pages for those who work on the program are none. */
export async function listGuides(): Promise<Guide[]> {
  const [contents = ""] = (await guideText("README")).split("\n## Working on the program\n");
  return [...contents.matchAll(ENTRY)].map(([, title = "", name = "", summary]) => ({
    name,
    title,
    summary: (summary ?? title).replace(/\[([^[\]]*)\]\([^()]*\)/g, "$1"),
  }));
}

/** The Markdown of a guide. */
export function guideText(name: string): Promise<string> {
  return readText(documentationPath(`${name}.md`));
}
