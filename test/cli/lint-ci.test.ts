/** `lint` as CI and scripts use it: formats, changed files, settings, baseline and repairs. */
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sax from "sax";
import { describe, expect, it } from "vitest";
import { caseTree, cleanTree, replaceIn } from "../lint/trees.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { fingerprint, temporaryDirectory } from "../support/tree.ts";

const lint = (root: string, ...args: string[]) => cli(["lint", ...args], { cwd: root });
const avatar = "static/images/integrations/bot_avatars/lanternpost.png";

/** The clean tree as a repository with one commit on `main`. */
function repository(): string {
  const root = cleanTree();
  git(root, "init", "--quiet", "--initial-branch=main");
  commit(root);
  return root;
}

function commit(root: string): void {
  git(root, "add", ".");
  git(root, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "x");
}

describe("--format", () => {
  it("github makes one annotation a finding, which cannot start another", async () => {
    const root = caseTree("fixture-exists/rejected");
    const tests = "zerver/webhooks/lanternpost/tests.py";
    replaceIn(root, tests, '"lamp_repaired"', '"a%0A\\n::error::b"');
    const { stdout, exitCode } = await lint(root, "--format", "github");
    expect(exitCode).toBe(1);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^::error file=zerver\/webhooks\/lanternpost\/tests\.py,line=14,col=28,title=connect-webhook fixture-exists::/,
    );
    expect(lines[0]).toContain("a%250A%0A::error::b");
    expect(lines[1]).toBe("1 error, 0 warnings, 0 hints.");
  });

  it("sarif names the rule, the place and the level", async () => {
    const { stdout } = await lint(caseTree("name-spelling/rejected"), "--format", "sarif");
    const { version, runs } = JSON.parse(stdout);
    expect(version).toBe("2.1.0");
    expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
      "name-spelling",
    ]);
    expect(runs[0].results[0]).toMatchObject({ ruleId: "name-spelling", level: "note" });
    expect(runs[0].results[0].locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: "zerver/webhooks/lanternpost/view.py" },
      region: { startLine: 13, startColumn: 1 },
    });
  });

  it("junit is XML with a failure for each error and warning", async () => {
    const root = caseTree("avatar-size/rejected");
    const { stdout } = await lint(root, "--format", "junit");
    const names: string[] = [];
    const parser = sax.parser(true);
    parser.onerror = (error) => {
      throw error;
    };
    parser.onopentag = ({ name }) => void names.push(name);
    parser.write(stdout).close();
    const [clean, failing] = [
      ["testsuite", "testcase"],
      ["testsuite", "testcase", "failure"],
    ];
    expect(names).toEqual(["testsuites", ...clean, ...failing]);
    expect(stdout).toContain('tests="2" failures="1"');
    expect(stdout).toContain("Run `connect-webhook avatar lanternpost`.");
  });
});

describe("a registry that cannot be parsed", () => {
  const broken = (): string => {
    const root = repository();
    replaceIn(root, "zerver/lib/integrations.py", '["monitoring"],', '["monitoring"]');
    return root;
  };
  const path = "zerver/lib/integrations.py";

  it("is told on stdout in the format that was asked for, with its place", async () => {
    const root = broken();
    const github = await lint(root, "--changed", "--format", "github", "--verbose");
    expect(github.exitCode).toBe(2);
    const annotation =
      /^::error file=zerver\/lib\/integrations\.py,line=\d+,col=\d+,title=\S+ registry-/;
    expect(github.stdout).toMatch(annotation);
    expect(github.stderr).toMatch(/line \d+/);
    expect(github.stderr).not.toMatch(/^ +at /m);
    const { runs } = JSON.parse((await lint(root, "--format", "sarif")).stdout);
    expect(runs[0].invocations[0].executionSuccessful).toBe(false);
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(path);
    const junit = await lint(root, "--format", "junit");
    expect(junit.stdout).toContain(`errors="1"`);
    expect(junit.stdout).toContain(`file="${path}"`);
    const asJson = JSON.parse((await lint(root, "--json")).stdout);
    expect(asJson.error).toMatchObject({ code: "registry-not-understood", path });
    expect(asJson.error.line).toBeGreaterThan(1);
    const tests = await cli(["test", "--all", "--reporter", "github"], { cwd: root });
    expect(tests).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(annotation) });
  });
});

describe("--changed", () => {
  it("checks what differs from the base, and new files more strictly", async () => {
    const root = repository();
    git(root, "checkout", "--quiet", "-b", "lamps");
    const nothing = await lint(root, "--changed");
    expect(nothing.stderr).toContain("touches no integration");
    expect(nothing.stdout).toBe("Nothing was checked.\n");
    const asJson = JSON.parse((await lint(root, "--changed", "--json")).stdout);
    expect(asJson.summary).toMatchObject({ integrations: 0, errors: 0 });
    expect((await lint(root, "--changed", "--format", "junit")).stdout).toContain('tests="0"');
    const fixture = join(root, "zerver/webhooks/lanternpost/fixtures/lamp_repaired.json");
    const path = join(root, "zerver/webhooks/lanternpost/fixtures/test.json");
    writeFileSync(path, readFileSync(fixture, "utf8").replace("17", "ada.quay@lanternpost.dev"));
    commit(root);
    const { stdout } = await lint(root, "--changed", "main", "--json");
    const { summary, problems } = JSON.parse(stdout);
    expect(summary.integrations).toBe(1);
    expect(problems).toContainEqual(
      expect.objectContaining({ rule: "fixture-people", severity: "warning" }),
    );
  });

  it("tells what is new from what the base has, wherever it has moved, and can leave that out", async () => {
    const root = repository();
    const tests = "zerver/webhooks/lanternpost/tests.py";
    const fixture = join(root, "zerver/webhooks/lanternpost/fixtures/lamp_out.json");
    const text = readFileSync(fixture, "utf8");
    // A warning and a hint of before.
    writeFileSync(
      fixture,
      text.replace("{", '{\n  "by": "ada.quay@lanternpost.dev",\n  "api_key": "q1u2a3y4s5",'),
    );
    commit(root);
    git(root, "checkout", "--quiet", "-b", "lamps");
    writeFileSync(fixture, readFileSync(fixture, "utf8").replace("{", '{\n  "street": "Pier",'));
    const args = ["--changed", "main", "--only-new", "--strict"];
    const old = await lint(root, "--changed", "main", "--json");
    expect(JSON.parse(old.stdout)).toMatchObject({ summary: { warnings: 1, hints: 1, old: 2 } });
    expect(JSON.parse(old.stdout).problems.map(({ isNew }: { isNew: boolean }) => isNew)).toEqual([
      false,
      false,
    ]);
    expect((await lint(root, "--changed", "main", "--strict")).exitCode).toBe(1);
    const nothing = await lint(root, ...args);
    expect(nothing).toMatchObject({ exitCode: 0 });
    expect(nothing.stdout).toContain("nothing found (2 as on the base)");

    git(root, "mv", fixture, fixture.replace("lamp_out", "lamp_dark"));
    replaceIn(root, tests, '"lamp_out"', '"lamp_dark"');
    appendFileSync(
      join(root, tests),
      "\n    def test_nothing(self) -> None:\n        self.assertTrue(True)\n",
    );
    const found = await lint(root, ...args, "--json");
    expect(found.exitCode).toBe(1);
    const { problems } = JSON.parse(found.stdout) as { problems: { rule: string; path: string }[] };
    expect(problems.map(({ rule, path }) => `${rule} ${path}`)).toContain(`test-asserts ${tests}`);
    expect(problems.filter(({ rule }) => /people|secrets/.test(rule))).toEqual([]);
    const { stdout } = await lint(root, "--changed", "main", "--format", "github");
    expect(stdout).toContain("title=connect-webhook fixture-secrets::");
    expect(stdout).not.toContain("fixture-people");
    expect(stdout).toMatch(/\(\d+ as on the base\)\.\n$/);
    const sarif = JSON.parse((await lint(root, "--changed", "main", "--format", "sarif")).stdout);
    expect(sarif.runs[0].results).toContainEqual(
      expect.objectContaining({ ruleId: "fixture-secrets", baselineState: "unchanged" }),
    );
    expect((await lint(root, "--only-new")).exitCode).toBe(2);
  });

  it("sees a changed registry entry", async () => {
    const root = repository();
    replaceIn(root, "zerver/lib/integrations.py", '"Ferry Board"', '"Ferryboard"');
    const { stdout } = await lint(root, "--changed", "--json");
    expect(JSON.parse(stdout).summary.integrations).toBe(1);
  });

  it("sees what exists only on the base", async () => {
    const root = repository();
    const doc = join(root, "zerver/webhooks/ferryboard/doc.md");
    const about = "templates/zerver/integrations/include/about-ferries.md";
    writeFileSync(join(root, about), "Ferries.\n");
    writeFileSync(doc, `${readFileSync(doc, "utf8")}\n{!about-ferries.md!}\n`);
    commit(root);
    const found = async (): Promise<string[]> => {
      const { stdout } = await lint(root, "--changed", "main", "--json");
      const { problems } = JSON.parse(stdout) as {
        problems: { rule: string; integration: string; severity: string }[];
      };
      return problems
        .filter(({ severity }) => severity === "error")
        .map(({ rule, integration }) => `${integration} ${rule}`);
    };
    rmSync(join(root, about));
    expect(await found()).toContain("ferryboard doc-includes");
    git(root, "checkout", "--quiet", ".");
    rmSync(join(root, "static/images/integrations/logos/lanternpost.svg"));
    expect(await found()).toContain("lanternpost logo-file");
    git(root, "checkout", "--quiet", ".");
    const registry = join(root, "zerver/lib/integrations.py");
    const text = readFileSync(registry, "utf8");
    writeFileSync(registry, text.replace(/^ {4}WebhookIntegration\("ferryboard".*\n/m, ""));
    expect(await found()).toContain("ferryboard registry-entry");
  });

  it("names files from the root of the repository, as what shows them beside lines does", async () => {
    const outer = temporaryDirectory();
    const root = join(outer, "server");
    cpSync(cleanTree(), root, { recursive: true });
    git(outer, "init", "--quiet", "--initial-branch=main");
    git(outer, "add", ".");
    git(outer, "commit", "--quiet", "--message", "start");
    rmSync(join(root, "static/images/integrations/logos/lanternpost.svg"));
    const annotations = await lint(root, "lanternpost", "--format", "github");
    expect(annotations.stdout).toMatch(/^::error file=server\/\S+lanternpost/m);
    const report = await lint(root, "lanternpost", "--format", "sarif");
    const uris = [...report.stdout.matchAll(/"uri": "([^"]*)"/g)].map(([, uri]) => uri);
    expect(uris.length).toBeGreaterThan(0);
    expect(uris.every((uri) => uri?.startsWith("server/"))).toBe(true);
  });

  it("gives each finding a case of its own name in JUnit", async () => {
    const root = cleanTree();
    const doc = join(root, "zerver/webhooks/lanternpost/doc.md");
    writeFileSync(doc, `${readFileSync(doc, "utf8")}\n![one](/x.png) ![two](/y.png)\n`);
    const { stdout } = await lint(root, "lanternpost", "--format", "junit");
    const names = [...stdout.matchAll(/<testcase name="([^"]*)"/g)].map(([, name]) => name);
    expect(names.some((name) => name?.endsWith(" (2)"))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  it("says when it cannot know, and what to do", async () => {
    const without = await lint(cleanTree(), "--changed");
    expect(without.exitCode).toBe(2);
    expect(without.stderr).toContain("not a git repository");
    const unknown = await lint(repository(), "--changed", "nowhere");
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("Git knows no commit called nowhere.");
    expect((await lint(cleanTree(), "--changed", "--all")).exitCode).toBe(2);
  });
});

describe("--rule", () => {
  it("runs only what is named", async () => {
    const root = caseTree("avatar-size/rejected");
    expect((await lint(root, "--rule", "logo-file", "logo-square")).exitCode).toBe(0);
    expect((await lint(root, "--rule", "avatar-size")).exitCode).toBe(1);
    const unknown = await lint(root, "--rule", "avatar-sise");
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("Did you mean avatar-size");
  });
});

describe("exceptions and baseline", () => {
  const settings = (integration: string) =>
    JSON.stringify({
      lint: { exceptions: [{ rule: "avatar-size", integration, reason: "It is new." }] },
    });

  it("says what an exception covers, and which one covers nothing", async () => {
    const root = caseTree("avatar-size/rejected");
    const file = join(root, "connect-webhook.config.json");
    writeFileSync(file, settings("lanternpost"));
    const covered = await lint(root, "--strict");
    expect(covered.exitCode).toBe(0);
    expect(covered.stdout).toContain("nothing found (1 excepted).");
    writeFileSync(file, settings("ferryboard"));
    const unused = await lint(root, "--rule", "avatar-size", "avatar-file");
    expect(unused.stdout).toContain(
      "No longer needed: the exception of avatar-size for ferryboard.",
    );
    const clean = cleanTree();
    writeFileSync(join(clean, "connect-webhook.config.json"), settings("ferryboard"));
    expect((await lint(clean)).exitCode).toBe(0);
    const strict = await lint(clean, "--strict");
    expect(strict.exitCode).toBe(1);
    expect(strict.stdout).not.toContain("✓");
    writeFileSync(join(clean, "connect-webhook.config.json"), settings("gone"));
    expect((await lint(clean)).stdout).toContain(
      "The exception of avatar-size is for gone, and this tree has no such integration.",
    );
  });

  it("writes a baseline, holds to it, and lets it not grow", async () => {
    const root = caseTree("avatar-size/rejected");
    const baseline = ["--baseline", "known.json"];
    expect((await lint(root, ...baseline)).exitCode).toBe(2);
    expect((await lint(root, ...baseline, "--update-baseline")).exitCode).toBe(0);
    const held = await lint(root, ...baseline);
    expect(held.exitCode).toBe(0);
    expect(held.stdout).toContain("nothing found (1 in the baseline).");
    replaceIn(root, "zerver/lib/integrations.py", '["deployment"]', '["deploiment"]');
    expect((await lint(root, ...baseline)).exitCode).toBe(1);
    expect((await lint(root, "--update-baseline")).exitCode).toBe(2);
  });
});

const FERRY = "zerver/webhooks/ferryboard/doc.md";

describe("--update-baseline on a part of the tree", () => {
  it("keeps what was not looked at, and lets go what is not found any more", async () => {
    const root = caseTree("avatar-size/rejected");
    replaceIn(root, FERRY, "create-stream.md", "create-strem.md");
    const baseline = ["--baseline", "known.json", "--update-baseline"];
    const known = (): string[] =>
      JSON.parse(readFileSync(join(root, "known.json"), "utf8")).findings.map(
        ({ path }: { path: string }) => path,
      );
    await lint(root, "--all", ...baseline);
    const whole = known();
    expect(new Set(whole).size).toBeGreaterThan(1);
    await lint(root, "ferryboard", ...baseline);
    expect(known()).toEqual(whole);
    await lint(root, "lanternpost", "--rule", "logo-file", ...baseline);
    expect(known()).toEqual(whole);
    replaceIn(root, FERRY, "create-strem.md", "create-stream.md");
    await lint(root, "ferryboard", ...baseline);
    expect(known()).toEqual(whole.filter((path) => !path.includes("ferryboard")));
    expect(known().length).toBeLessThan(whole.length);
  });
});

describe("--fix", () => {
  it("shows with --dry-run, then repairs, and says what is left", async () => {
    const root = caseTree("doc-format/rejected");
    const before = fingerprint(root);
    const dry = await lint(root, "--fix", "--dry-run");
    expect(dry.exitCode).toBe(1);
    expect(dry.stderr).toContain("1 file would be written.");
    expect(fingerprint(root)).toBe(before);
    const fixed = await lint(root, "--fix");
    expect(fixed.exitCode).toBe(0);
    expect(fixed.stdout).toMatch(/nothing found \(\d+ repaired\)\.\n$/);
    expect((await lint(root)).stdout).toContain("nothing found.");
    expect((await lint(root, "--dry-run")).exitCode).toBe(2);
  });

  it("makes an avatar again", async () => {
    const root = caseTree("avatar-size/rejected");
    const before = readFileSync(join(root, avatar));
    const { exitCode } = await lint(root, "--fix");
    expect(exitCode).toBe(0);
    expect(readFileSync(join(root, avatar)).equals(before)).toBe(false);
  });
});
