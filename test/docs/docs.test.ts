/** Runs every shell block of the README and the pages: those written by hand, and the examples of the commands. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { EXAMPLES } from "./examples.ts";
import { runExamples, runPage, worldForFile } from "./page.ts";

/** Pages that begin before there is a workspace; all others are read in one. */
const OUTSIDE: readonly string[] = [
  "README.md",
  "docs/getting-started.md",
  "docs/commands/init.md",
];

const world = worldForFile();
const pagesIn = (folder: string): string[] =>
  readdirSync(join(packageRoot, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`)
    .sort();
const placeOf = (page: string) => (OUTSIDE.includes(page) ? "outside" : "workspace");

for (const page of ["README.md", ...pagesIn("docs")]) runPage(page, world, placeOf(page));

const examples = pagesIn("docs/commands").flatMap((page) =>
  runExamples(page, world, placeOf(page), EXAMPLES),
);

it("knows of no example that is gone", () => {
  expect(Object.keys(EXAMPLES).filter((script) => !examples.includes(script))).toEqual([]);
});
