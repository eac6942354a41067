/**
 * Whether the pictures of docs/dev.md and docs/review.md are of the pages as they are: with them is kept what the pages were
 * made of. Any change of it may show; `npm run pictures:dev` makes them anew.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";

const THEMES = "src/preview/themes/assets";
const MADE_OF = {
  dev: ["src/server/page", "src/review/page", "src/review/theme", THEMES],
  review: ["src/review/page", "src/review/theme", THEMES],
};

/** The pictures are being made, beside this test. */
const isMaking = process.env.CONNECT_WEBHOOK_PICTURES !== undefined;

/** The sum of all files that make a page what it looks like. */
function sumOfSources(page: keyof typeof MADE_OF): string {
  const hash = createHash("sha256");
  for (const folder of MADE_OF[page]) {
    const names = readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
    for (const name of names) hash.update(readFileSync(name, "utf8").replaceAll("\r\n", "\n"));
  }
  return hash.digest("hex");
}

it.each([
  "dev",
  "review",
] as const)("shows the page of today in docs/%s.md: else `npm run pictures:dev`", (page) => {
  const stamp = join(packageRoot, `docs/pictures/${page}-made-of.txt`);
  const sum = sumOfSources(page);
  if (isMaking) writeFileSync(stamp, `${sum}\n`);
  expect(readFileSync(stamp, "utf8").trim()).toBe(sum);
});

it.skipIf(isMaking)("has each picture that a page of the documentation shows", () => {
  for (const page of ["README.md", "docs/dev.md", "docs/review.md"]) {
    const text = readFileSync(join(packageRoot, page), "utf8");
    for (const [, target = ""] of text.matchAll(/!\[[^\]]*\]\((?!https?:)([^)]+)\)/g))
      expect(existsSync(join(packageRoot, page, "..", target)), `${page}: ${target}`).toBe(true);
  }
});
