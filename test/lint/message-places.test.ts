/** Findings about messages stand at the line that they are about, which may be far into a template. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { EMOJI_NAMES } from "../../src/checkout/index.ts";
import { cleanTree, lintTree } from "./trees.ts";

const path = "zerver/webhooks/lanternpost/view.py";

const template = (...lines: string[]): string =>
  ['TEMPLATE = """', ...lines, '""".strip()'].join("\n");

it.each([
  ["an emoji", template("Lamp {lamp}", "", "  :lamp-gone: is out"), ":lamp-gone:"],
  [
    "an emoji behind a line that goes on",
    'TEMPLATE = """\\\nLamp {lamp}\n:lamp-gone:\n"""',
    ":lamp-gone:",
  ],
  [
    "an emoji in the first line behind one that goes on",
    'TEMPLATE = """\\\n:lamp-gone:\n{lamp}\n"""',
    ":lamp-gone:",
  ],
  ["a link", template("Lamp {lamp}", "is [`a` lamp]({url} in", "{street}"), "is ["],
  ["bold text", template("**Lamp** {lamp}", "**{street} is dark"), "**{street}"],
  ["a block", template("Lamp {lamp}", "``` quote", "{text}"), "``` quote"],
  [
    "an emoji in one of several texts",
    'TEMPLATE = (\n    "Lamp {lamp}\\n"\n    ":lamp-gone:"\n)',
    '":lamp-gone:"',
  ],
  ["an emoji behind breaks that are written", 'TEMPLATE = "Lamp {lamp}\\n:lamp-gone:"', "TEMPLATE"],
])("%s", async (_what, source, there) => {
  const root = cleanTree();
  const names = join(root, EMOJI_NAMES);
  mkdirSync(dirname(names), { recursive: true });
  writeFileSync(names, 'EMOJI_NAME_MAPS = {"1f6a8": {"canonical_name": "siren", "aliases": []}}\n');
  const text = `${readFileSync(join(root, path), "utf8")}\n${source}\n`;
  writeFileSync(join(root, path), text);
  const { problems } = await lintTree(root, { names: ["lanternpost"] });
  const lines = problems.filter(({ rule }) => rule === "message-markdown").map(({ line }) => line);
  expect(lines).toEqual([text.slice(0, text.indexOf(there)).split("\n").length]);
});
