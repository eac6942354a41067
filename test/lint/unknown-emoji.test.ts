/** Emoji that Connect does not have, where only the messages show their names. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { bundledEmoji, unknownEmoji } from "../../src/markdown/index.ts";
import { cleanTree, lintTree } from "./trees.ts";

const folder = "zerver/webhooks/lanternpost";
const NAMES = `EMOJI_NAME_MAPS: dict[str, dict[str, Any]] = {
    "2705": {"canonical_name": "check", "aliases": ["all_good"]},
    "1f6a8": {"canonical_name": "siren", "aliases": []},
}
`;

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

it("are told in the tests that expect them, once each, with the name of the tree", async () => {
  const root = cleanTree();
  write(root, "tools/setup/emoji/emoji_names.py", NAMES);
  const tests = readFileSync(join(root, folder, "tests.py"), "utf8");
  const expected = [
    ":white_check_mark: Lamp 1 works.",
    ":white_check_mark: Lamp 2 works.",
    ":all_god: Lamp 3 works.",
    ":siren: `:nothing:` at 12:30:45.",
    ":lamp_of_somebody: is what somebody wrote.",
  ];
  const lines = expected.map((text) => `        expected_message = "${text}"\n`).join("");
  write(root, `${folder}/tests.py`, `${tests}\n    def test_lamps(self) -> None:\n${lines}`);
  write(root, `${folder}/fixtures/spare.json`, '{"text": ":lamp_of_somebody: is out"}\n');
  const { problems } = await lintTree(root);
  const own = problems.filter(({ rule }) => rule === "message-markdown");
  expect(own).toMatchObject([
    { path: `${folder}/tests.py`, severity: "warning", fix: "Connect calls it `:check:`." },
    { path: `${folder}/tests.py`, severity: "warning", fix: "Did you mean `:all_good:`?" },
  ]);
});

it.each([
  [":white_check_mark: done", ["white_check_mark"]],
  ["a list:\n\n* :heavy_check_mark: **Lamp** is on", ["heavy_check_mark"]],
  [":check: done :zulip:", []],
  ["`:white_check_mark:` and\n\n```\n:white_check_mark:\n```", []],
  ["12:30:45, std::lamp::on, urn:lamp:on", []],
  ["https://lamps.example/a:white_check_mark:b", []],
])("%j has the unknown names %j", (message, names) => {
  expect(unknownEmoji(message, bundledEmoji())).toEqual(names);
});
