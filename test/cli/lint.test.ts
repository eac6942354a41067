/** `lint` as a user meets it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { caseTree, cleanTree, replaceIn } from "../lint/trees.ts";
import { cli, cliProcess } from "../support/cli.ts";
import { fingerprint, temporaryDirectory } from "../support/tree.ts";

const lint = (root: string, ...args: string[]) => cli(["lint", ...args], { cwd: root });

describe("lint", () => {
  it("ends with 0 and one line when there is nothing to say", async () => {
    const { exitCode, stdout, stderr } = await lint(cleanTree());
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(
      "Not checked: package-tracked on 2 integrations, the tree is not a git repository.\n" +
        "✓ 2 integrations checked, nothing found.\n",
    );
  });

  it("groups by integration and place, and says what to do", async () => {
    const root = caseTree("fixture-exists/rejected");
    const { exitCode, stdout } = await lint(root, "lanternpost");
    expect(exitCode).toBe(1);
    expect(stdout).toBe(
      [
        "lanternpost",
        "  zerver/webhooks/lanternpost/tests.py:14:28",
        "    ✗ The fixture lamp_repaired.json, which `test_lamp_repaired` uses, is not there.  fixture-exists",
        "      Put the captured payload at zerver/webhooks/lanternpost/fixtures/lamp_repaired.json.",
        "",
        "Not checked: package-tracked on 1 integration, the tree is not a git repository.",
        "1 integration checked: 1 error, 0 warnings, 0 hints.",
        "",
      ].join("\n"),
    );
  });

  it("names the command that makes what is missing", async () => {
    const { stdout } = await lint(caseTree("avatar-file/rejected"));
    expect(stdout).toContain("0 hints. 1 of them can be repaired with --fix.\n");
    expect(stdout).toContain("      Run `connect-webhook avatar lanternpost`.\n");
  });

  it("fails on warnings only with --strict", async () => {
    const root = caseTree("logo-placeholder/rejected");
    const relaxed = await lint(root);
    expect(relaxed.exitCode).toBe(0);
    expect(relaxed.stdout).toContain("2 integrations checked: 0 errors, 1 warning, 0 hints.\n");
    expect((await lint(root, "--strict")).exitCode).toBe(1);
  });

  it("shows hints with --verbose, and says that there are some", async () => {
    const root = caseTree("name-spelling/rejected");
    const { stdout } = await lint(root);
    expect(stdout).toContain("0 warnings, 1 hint. Hints are shown with --verbose.\n");
    expect(stdout).not.toContain("name-spelling");
    const verbose = await lint(root, "--verbose");
    expect(verbose.stdout).toContain("i The view spells the name");
    expect(verbose.exitCode).toBe(0);
  });

  it("prints the same JSON with --json and with --format json", async () => {
    const root = caseTree("avatar-size/rejected");
    const [json, format] = await Promise.all([
      lint(root, "--json"),
      lint(root, "--format", "json"),
    ]);
    expect(json.exitCode).toBe(1);
    expect(json.stdout).toBe(format.stdout);
    expect(JSON.parse(json.stdout)).toEqual({
      version: 1,
      summary: {
        integrations: 2,
        unregistered: 0,
        errors: 1,
        warnings: 0,
        hints: 0,
        fixed: 0,
        excepted: 0,
        known: 0,
      },
      problems: [
        {
          rule: "avatar-size",
          severity: "error",
          integration: "lanternpost",
          path: "static/images/integrations/bot_avatars/lanternpost.png",
          message: "The avatar is 512 x 512 pixels, not 100 x 100.",
          fix: "Run `connect-webhook avatar lanternpost`.",
          fixable: true,
        },
      ],
      skipped: [
        { rule: "package-tracked", reason: "the tree is not a git repository", integrations: 2 },
      ],
      unusedExceptions: [],
    });
  });

  it("says that a folder is not registered", async () => {
    const root = caseTree("registry-entry/rejected");
    const named = await lint(root, "quaycrane");
    expect(named.exitCode).toBe(1);
    expect(named.stdout).toContain("The folder is not registered");
    expect(named.stdout).toContain("1 unregistered folder checked: 1 error,");
    const all = await lint(root, "--all");
    expect(all.stdout).toContain("2 integrations and 1 unregistered folder checked: 1 error,");
  });

  it("looks at the folder that you are in, registered or not, and at all with --all", async () => {
    const root = cleanTree();
    const orphan = join(root, "zerver/webhooks/stray");
    mkdirSync(join(orphan, "fixtures"), { recursive: true });
    const seen = async (cwd: string, ...more: string[]): Promise<string[]> => {
      const { stdout } = await cli(["lint", "--json", ...more], { cwd });
      const problems = JSON.parse(stdout).problems as { integration: string }[];
      return [...new Set(problems.map(({ integration }) => integration))];
    };
    expect(await seen(join(orphan, "fixtures"))).toEqual(["stray"]);
    expect(await seen(join(root, "zerver/webhooks/lanternpost"))).toEqual([]);
    expect(await seen(orphan, "--all")).toEqual(await seen(root));
    expect(await seen(root)).toContain("stray");
  });

  it("refuses an unknown name, and proposes the nearest", async () => {
    const { exitCode, stdout, stderr } = await lint(cleanTree(), "lanternpots");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("lanternpots");
    expect(stderr).toContain("Did you mean lanternpost?");
  });

  it("leaves the tree as it is", async () => {
    const root = caseTree("avatar-size/rejected");
    const before = fingerprint(root);
    await lint(root);
    expect(fingerprint(root)).toBe(before);
  });

  it("refuses names together with --all", async () => {
    const { exitCode, stderr } = await lint(cleanTree(), "lanternpost", "--all");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Names and --all exclude each other.");
  });

  it("refuses a format it does not know", async () => {
    const { exitCode, stderr } = await lint(cleanTree(), "--format", "html");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("stylish, json");
  });

  it("paints when asked to", async () => {
    const root = caseTree("avatar-size/rejected");
    const painted = await cli(["lint"], { cwd: root, env: { FORCE_COLOR: "1" } });
    expect(painted.stdout).toContain("\u001B[31m✗\u001B[39m");
    expect((await lint(root)).stdout).not.toContain("\u001B");
  });

  it("says where the registry is wrong when it cannot be read", async () => {
    const root = cleanTree();
    replaceIn(
      root,
      "zerver/lib/integrations.py",
      "WEBHOOK_INTEGRATIONS:",
      "WEBHOOK_INTEGRATIONS (",
    );
    const { exitCode, stderr } = await lint(root);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("zerver/lib/integrations.py, line");
  });
});

describe("a second run", () => {
  it("says the same in every format, from what the first has kept in the cache folder", async () => {
    const root = caseTree("avatar-size/rejected");
    const env = { CONNECT_WEBHOOK_CACHE: temporaryDirectory() };
    const words = (format: string) => ["lint", "--verbose", "--format", format];
    await cliProcess(words("stylish"), { cwd: root, env });
    const kept = keptIn(env.CONNECT_WEBHOOK_CACHE);
    for (const format of ["stylish", "json", "github", "sarif", "junit"]) {
      // Nothing is kept of the sources, which run in this process.
      const first = await cli(words(format), { cwd: root });
      expect(first.exitCode).toBe(1);
      expect(await cliProcess(words(format), { cwd: root, env })).toEqual(first);
      expect(keptIn(env.CONNECT_WEBHOOK_CACHE)).toEqual(kept);
    }
  });

  it("repairs what is there then, and sees that it is repaired", async () => {
    const root = caseTree("avatar-size/rejected");
    await lint(root);
    const doc = "zerver/webhooks/lanternpost/doc.md";
    writeFileSync(join(root, doc), `${readFileSync(join(root, doc), "utf8")}\n\n`);
    const { exitCode, stdout } = await lint(root, "--fix", "--json");
    expect({ exitCode, ...JSON.parse(stdout).summary }).toMatchObject({ exitCode: 0, fixed: 2 });
    expect(readFileSync(join(root, doc), "utf8")).toMatch(/[^\n]\n$/);
    expect((await lint(root)).exitCode).toBe(0);
  });
});

/** The one file of findings. */
function keptIn(cache: string): string {
  const [name = "", ...others] = readdirSync(join(cache, "lint")).filter((one) =>
    one.startsWith("findings-"),
  );
  expect([name, others]).toEqual([expect.stringMatching(/^findings-\w+\.json$/), []]);
  return name;
}
