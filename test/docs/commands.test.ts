/** Runs every example of the commands' pages. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { EXAMPLES } from "./examples.ts";
import { runExamples, worldForFile } from "./page.ts";

const pages = readdirSync(join(packageRoot, "docs/commands"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/commands/${name}`)
  .sort();

const world = worldForFile();
const examples = pages.flatMap((page) => {
  const place = page === "docs/commands/init.md" ? "outside" : "workspace";
  return runExamples(page, world, place, EXAMPLES);
});

it("knows of no example that is gone", () => {
  expect(Object.keys(EXAMPLES).filter((script) => !examples.includes(script))).toEqual([]);
});
