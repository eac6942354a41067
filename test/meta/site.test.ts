/** docs/ is a site that can be walked through: every page has its place, its foot, and links that lead somewhere. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { pagesInOrder, withFoot } from "../support/site.ts";

const docs = join(packageRoot, "docs");
const markdownIn = (folder: string): string[] =>
  readdirSync(join(packageRoot, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));

describe("docs/", () => {
  it("has an index that names every page once", () => {
    const files = readdirSync(docs).filter((name) => name.endsWith(".md") && name !== "README.md");
    expect(
      pagesInOrder()
        .map(({ file }) => file)
        .sort(),
    ).toEqual(files.sort());
  });

  it.each(pagesInOrder())("$file says what comes before and after", async ({ file }) => {
    const text = readFileSync(join(docs, file), "utf8");
    await expect(withFoot(text, file)).toMatchFileSnapshot(join(docs, file));
  });

  const pages = ["README.md", ".github", "docs", "docs/commands", "docs/rules", "fixtures/lint"];
  it.each(
    pages.flatMap((path) => (path.endsWith(".md") ? [path] : markdownIn(path))),
  )("%s links to what is there", (page) => {
    const broken = linksOf(page).filter((link) => !leadsSomewhere(page, link));
    expect(broken).toEqual([]);
  });
});

/** Links to files and headings of this project. */
function linksOf(page: string): string[] {
  const text = proseOf(page).replace(/`[^`\n]*`/g, "");
  return [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(packageRoot, target))) return false;
  return heading === undefined || headingsOf(target).includes(heading);
}

/** As GitHub names them. */
function headingsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}

/** A page without its code blocks. */
function proseOf(page: string): string {
  const text = readFileSync(join(packageRoot, page), "utf8");
  return text.replace(/^ *```[\s\S]*?^ *```$/gm, "");
}
