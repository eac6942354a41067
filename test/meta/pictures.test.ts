/**
 * Whether the pictures of docs/dev.md are of the page as it is: with them is kept what the page was made of. Any change of
 * it may show; `npm run pictures:dev` makes them anew.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";

const MADE_OF = ["src/server/page", "src/preview/themes/assets"];
const STAMP = join(packageRoot, "docs/pictures/dev-made-of.txt");

/** The pictures are being made, beside this test. */
const isMaking = process.env.CONNECT_WEBHOOK_PICTURES !== undefined;

/** The sum of all files that make the page what it looks like. */
function sumOfSources(): string {
  const hash = createHash("sha256");
  for (const folder of MADE_OF) {
    const names = readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
    for (const name of names) hash.update(readFileSync(name, "utf8").replaceAll("\r\n", "\n"));
  }
  return hash.digest("hex");
}

it("shows the page of today in docs/dev.md: else `npm run pictures:dev`", () => {
  if (process.env.CONNECT_WEBHOOK_PICTURES !== undefined)
    writeFileSync(STAMP, `${sumOfSources()}\n`);
  expect(readFileSync(STAMP, "utf8").trim()).toBe(sumOfSources());
});

it.skipIf(isMaking)("has each picture that a page of the documentation shows", () => {
  for (const page of ["README.md", "docs/dev.md"]) {
    const text = readFileSync(join(packageRoot, page), "utf8");
    for (const [, target = ""] of text.matchAll(/!\[[^\]]*\]\((?!https?:)([^)]+)\)/g))
      expect(existsSync(join(packageRoot, page, "..", target)), `${page}: ${target}`).toBe(true);
  }
});
