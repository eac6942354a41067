/** Whether the recorded terminal of the README shows what the program prints today; else `npm run recordings`. */
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { split } from "shlex";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

interface Scene {
  readonly name: string;
  readonly lines: readonly string[];
}

/** Fewer than the terminal has. */
const LAST_LINES = 18;

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** Without blanks, where lines break (commands with a backslash), and without times, which differ in each run. */
const comparable = (text: string): string =>
  text.replace(/[\s\\]+/g, "").replace(/\d+(?:\.\d+)?m?s\b/g, "");

function shownIn(svg: string): string {
  const text = svg.replace(/<style>[^<]*<\/style>|<[^<>]*>/g, "");
  return comparable(
    text.replace(/&(lt|gt|amp|quot);/g, (_all, name: string) => ENTITIES[name] ?? ""),
  );
}

it("the pictures of the terminal show what is printed today", async () => {
  const path = join(packageRoot, "test/tools/recordings/scenes.mjs");
  const { scenes } = (await import(path)) as { scenes: readonly Scene[] };
  expect(scenes.map(({ name }) => name)).toEqual(["loop"]);
  for (const { name, lines: typed } of scenes) {
    const shown = shownIn(readFileSync(join(packageRoot, "docs/images", `${name}.svg`), "utf8"));
    const root = temporaryWorkspace();
    copyFileSync(
      join(packageRoot, "fixtures/payloads/acmedeploy/deploy_finished.json"),
      join(root, "captured.json"),
    );
    for (const line of typed.filter((one) => one.startsWith("connect-webhook "))) {
      expect(shown).toContain(comparable(line));
      const { stdout, stderr } = await cli(split(line).slice(1), { cwd: root });
      // What is above has left the terminal before it was seen.
      const last = (text: string) => text.trimEnd().split("\n").slice(-LAST_LINES);
      const lines = [...last(stdout), ...last(stderr)].map(comparable);
      for (const printed of lines.filter((text) => text !== "")) {
        expect(shown, `'${line}' prints more: npm run recordings`).toContain(printed);
      }
    }
  }
});
