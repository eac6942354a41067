/** docs/commands/ is made from the code: `npm run docs` writes it, this test holds it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { globalOptions } from "../../src/commands/define.ts";
import { commands } from "../../src/commands/index.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { commandIndex, commandPage, withCommandTable } from "../support/command-page.ts";

const pages = join(packageRoot, "docs", "commands");

describe("docs/commands", () => {
  it("has an overview that is current", async () => {
    await expect(commandIndex(commands, globalOptions)).toMatchFileSnapshot(
      join(pages, "README.md"),
    );
  });

  it.each(
    commands.map((entry) => [entry.name, entry] as const),
  )("has a current page for %s", async (name, entry) => {
    const spec = await entry.load();
    expect(spec.name).toBe(name);
    await expect(commandPage(spec)).toMatchFileSnapshot(join(pages, `${name}.md`));
  });

  it("has no page of a command that is gone", () => {
    const expected = [...commands.map(({ name }) => `${name}.md`), "README.md"];
    expect(readdirSync(pages).filter((name) => !expected.includes(name))).toEqual([]);
  });
});

describe("README", () => {
  const path = join(packageRoot, "README.md");
  const readme = readFileSync(path, "utf8");

  it("has a current table of the commands", async () => {
    await expect(withCommandTable(readme, commands)).toMatchFileSnapshot(path);
  });

  it("names only commands that exist", () => {
    const used = [...readme.matchAll(/^\s*(?:\$ )?connect-webhook ([a-z-]+)/gm)].map(
      ([, name]) => name,
    );
    expect(used.length).toBeGreaterThan(5);
    const known = commands.map(({ name }) => name);
    for (const name of used) expect(known).toContain(name);
  });

  it("names only npm scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
    const used = [...readme.matchAll(/\bnpm (?:run )?([a-z:-]+)/g)].map(([, name = ""]) => name);
    expect(used).toContain("demo");
    expect(used).toContain("test");
    for (const name of used.filter((word) => !["ci", "link"].includes(word)))
      expect(Object.keys(scripts)).toContain(name);
  });
});
