/** Runs every shell block of the README and the pages that are written by hand. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/host/assets.ts";
import { runPage, worldForFile } from "./page.ts";

/** Pages that begin before there is a workspace; all others are read in one. */
const OUTSIDE: readonly string[] = ["README.md", "docs/getting-started.md"];

const pages = readdirSync(join(packageRoot, "docs"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);

const world = worldForFile();
for (const page of ["README.md", ...pages].sort()) {
  runPage(page, world, OUTSIDE.includes(page) ? "outside" : "workspace");
}
