/** Commands on a tree whose names, tests and answers mean harm to a terminal and a CI. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { TESTS_HEAD, workspaceWith } from "../engine/tree.ts";
import { cli } from "../support/cli.ts";
import { workspaceForFile } from "../support/tree.ts";
import { ALL_HOSTILE, commands, steering } from "../ui/hostile.ts";

const python = (text: string): string =>
  [...text]
    .map((character) => `\\U${character.codePointAt(0)?.toString(16).padStart(8, "0")}`)
    .join("");
const EVIL = python(ALL_HOSTILE);
/** An id has a thousand characters at most, of which a class and a test have their shares. */
const HALF = python(ALL_HOSTILE.slice(0, 400));

const TESTS = `${TESTS_HEAD}
    def test_raises(self) -> None:
        print("${EVIL}")
        raise type("E${EVIL}", (Exception,), {})("${EVIL}")

    def test_differs(self) -> None:
        self.assertEqual("${EVIL}", "${EVIL}x")


def test_named(self: NameTests) -> None:
    raise ValueError("${EVIL}")


setattr(NameTests, "test_${HALF}", test_named)
NameTests.__qualname__ = "${HALF}"
`;

describe("a tree of hostile names and texts", () => {
  const root = workspaceForFile();

  beforeAll(() => {
    workspaceWith({ evil: { wholeTests: TESTS, fixtures: { "ping.json": "{}" } } }, root);
    const registry = join(root, "zerver/lib/integrations.py");
    const entry = `WebhookIntegration("evil", ["misc"], display_name="${EVIL}")`;
    const source = readFileSync(registry, "utf8");
    writeFileSync(
      registry,
      source.replace('WebhookIntegration("evil", ["misc"])', () => entry),
    );
    const fixtures = join(root, "zerver/webhooks/evil/fixtures");
    writeFileSync(join(fixtures, "\u001b[2J\u009d0;x\u0007\n::error::x.json"), "{}");
  });

  it.each<[string, string[]]>([
    ["test", ["test", "evil"]],
    ["test for GitHub", ["test", "evil", "--reporter", "github", "--coverage"]],
    ["test as JSON", ["test", "evil", "--json"]],
    ["list", ["list"]],
    ["show", ["show", "evil"]],
    ["lint", ["lint", "evil", "--verbose"]],
    ["an error", ["preview", ALL_HOSTILE]],
    ["an error of the command line", [`--${ALL_HOSTILE}`]],
  ])("%s prints harmless", async (_what, args) => {
    for (const FORCE_COLOR of ["0", "1"]) {
      const { stdout, stderr } = await cli(args, { cwd: root, env: { FORCE_COLOR } });
      const printed = stdout + stderr;
      expect(printed).toContain(args.includes("--json") ? "\\u001b" : "\\x1b");
      expect(steering(printed)).toEqual([]);
      const found = commands(printed).filter((line) => !/^::error file=[^:\n]*::/.test(line));
      expect(found).toEqual([]);
    }
  });
});
