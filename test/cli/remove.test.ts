import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot, templatePath } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { fingerprint, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

/** A workspace with one more integration and its picture, made once; each test gets a copy. */
let made = "";
let bare = "";
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "connect-webhook-test-"));
  cpSync(templatePath("workspace"), made, { recursive: true });
  bare = fingerprint(made);
  const { exitCode, stderr } = await cli(add, { cwd: made });
  expect(exitCode, stderr).toBe(0);
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

function madeTree(): string {
  const path = temporaryDirectory();
  cpSync(made, path, { recursive: true });
  return path;
}

const deploy = join(packageRoot, "fixtures/payloads/acmedeploy/deploy_finished.json");
const add = ["new", "acmedeploy", "--category", "deployment", "--payload", deploy, "--yes"];
const remove = ["remove", "acmedeploy", "--yes"];
const folder = "zerver/webhooks/acmedeploy";
const registry = "zerver/lib/integrations.py";

function write(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** A cache of its own, for what is kept of removed files. */
const privateCache = (): Record<string, string> => ({
  CONNECT_WEBHOOK_CACHE: temporaryDirectory(),
});

describe("remove", () => {
  it("undoes new exactly, picture and edits included", async () => {
    const cwd = madeTree();
    expect(existsSync(join(cwd, "static/images/integrations/acmedeploy/001.png"))).toBe(true);
    appendFileSync(join(cwd, folder, "view.py"), "\n# mine\n");
    write(cwd, `${folder}/fixtures/deep/extra.json`, "{}");
    write(cwd, `${folder}/__pycache__/view.pyc`, "x");
    symlinkSync("../harbourline/view.py", join(cwd, folder, "linked.py"));
    symlinkSync("nowhere", join(cwd, folder, "dangling"));
    const { exitCode, stdout } = await cli([...remove, "--json"], { cwd, env: privateCache() });
    const report = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({
      version: 1,
      name: "acmedeploy",
      created: [],
      updated: [registry],
      dryRun: false,
    });
    expect(report.removed).toContain(`${folder}/fixtures/deep/extra.json`);
    expect(report.removed).toContain("static/images/integrations/acmedeploy/001.png");
    expect(fingerprint(cwd)).toBe(bare);
    const copy = (path: string): string => readFileSync(join(report.copies, path), "utf8");
    expect(copy(`${folder}/view.py`)).toMatch(/# mine\n$/);
    expect(copy(registry)).toContain('"acmedeploy"');
    expect(existsSync(join(report.copies, folder, "__pycache__"))).toBe(false);
  });

  it("keeps CRLF and comments of the registry", async () => {
    const cwd = temporaryWorkspace();
    const path = join(cwd, registry);
    const text = readFileSync(path, "utf8").replace(/^(WEBHOOK_INTEGRATIONS.*)$/m, "$1  # ours");
    expect(text).toContain("# ours");
    writeFileSync(path, text.replaceAll("\n", "\r\n"));
    const before = fingerprint(cwd);
    expect((await cli([...add, "--no-screenshot"], { cwd })).exitCode).toBe(0);
    expect((await cli(remove, { cwd, env: privateCache() })).exitCode).toBe(0);
    expect(fingerprint(cwd)).toBe(before);
  });

  it("names what git does not have, and only that", async () => {
    const cwd = madeTree();
    git(cwd, "init", "-q");
    git(cwd, "add", ".");
    git(cwd, "commit", "-qm", "all");
    appendFileSync(join(cwd, folder, "view.py"), "\n# mine\n");
    write(cwd, `${folder}/notes.txt`, "untracked");
    write(cwd, `${folder}/staged.txt`, "staged");
    git(cwd, "add", `${folder}/staged.txt`);
    const before = fingerprint(cwd);
    const dry = await cli(["remove", "acmedeploy", "--dry-run"], { cwd });
    expect(dry.exitCode).toBe(0);
    expect(fingerprint(cwd)).toBe(before);
    expect(dry.stdout).toContain("view.py  removed");
    expect(dry.stdout).toMatch(/^- +"acmedeploy": \[/m);
    const named = dry.stderr.split("\n").filter((line) => line.startsWith("    "));
    expect(named.map((line) => line.trim()).sort()).toEqual(
      ["notes.txt", "staged.txt", "view.py"].map((name) => `${folder}/${name}`),
    );
    const { stdout } = await cli([...remove, "--json"], { cwd, env: privateCache() });
    const { copies } = JSON.parse(stdout);
    expect(existsSync(join(copies, folder, "notes.txt"))).toBe(true);
    expect(existsSync(join(copies, folder, "tests.py"))).toBe(false);
  });

  it("keeps no copies where git has everything", async () => {
    const cwd = temporaryWorkspace();
    git(cwd, "init", "-q");
    git(cwd, "add", ".");
    git(cwd, "commit", "-qm", "all");
    const env = privateCache();
    const { stdout } = await cli(["remove", "harbourline", "--yes", "--json"], { cwd, env });
    expect(JSON.parse(stdout)).toMatchObject({ name: "harbourline", copies: null });
    const list = await cli(["list", "--json"], { cwd });
    expect(JSON.parse(list.stdout).integrations).toEqual([]);
    // The empty tree takes a new integration again.
    expect((await cli([...add, "--dry-run"], { cwd })).exitCode).toBe(0);
  });

  it("leaves a logo that another integration uses too", async () => {
    const cwd = madeTree();
    const path = join(cwd, registry);
    const text = readFileSync(path, "utf8").replace(
      /(WebhookIntegration\("harbourline", \[[^\]]*\])/,
      '$1, logo="images/integrations/logos/acmedeploy.svg"',
    );
    expect(text).toContain('logo="images/integrations/logos/acmedeploy.svg"');
    writeFileSync(path, text);
    const { stderr } = await cli(remove, { cwd, env: privateCache() });
    expect(stderr).toContain("logos/acmedeploy.svg stays: harbourline uses it too.");
    expect(stderr).toContain("bot_avatars/acmedeploy.png stays: harbourline uses it too.");
    expect(existsSync(join(cwd, "static/images/integrations/logos/acmedeploy.svg"))).toBe(true);
    expect(existsSync(join(cwd, folder))).toBe(false);
  });

  it("leaves a picture that another document shows", async () => {
    const cwd = madeTree();
    const doc = join(cwd, "zerver/webhooks/harbourline/doc.md");
    appendFileSync(doc, "\n![](/static/images/integrations/acmedeploy/001.png)\n");
    const { stderr } = await cli(remove, { cwd, env: privateCache() });
    expect(stderr).toContain("integrations/acmedeploy stays: zerver/webhooks/harbourline/doc.md");
    expect(existsSync(join(cwd, "static/images/integrations/acmedeploy/001.png"))).toBe(true);
  });
});

describe("remove refuses while others need the folder", () => {
  it.each<[string, (cwd: string) => void, string]>([
    [
      "a view that imports it",
      (cwd) => {
        const view = join(cwd, "zerver/webhooks/harbourline/view.py");
        appendFileSync(view, "from zerver.webhooks.acmedeploy.view import get_topic\n");
      },
      "zerver/webhooks/harbourline/view.py:",
    ],
    [
      "a module that imports the package",
      (cwd) =>
        write(cwd, "zerver/lib/x.py", "def f():\n    from zerver.webhooks import acmedeploy\n"),
      "zerver/lib/x.py:2 uses zerver/webhooks/acmedeploy.",
    ],
    [
      "a fixture that links into it",
      (cwd) =>
        symlinkSync(
          "../../acmedeploy/fixtures/deploy_finished.json",
          join(cwd, "zerver/webhooks/harbourline/fixtures/deploy.json"),
        ),
      "zerver/webhooks/harbourline/fixtures/deploy.json uses",
    ],
    [
      "an integration whose view is there",
      (cwd) => {
        const path = join(cwd, registry);
        const text = readFileSync(path, "utf8").replace(
          /(WebhookIntegration\("harbourline", \[[^\]]*\])/,
          '$1, function="zerver.webhooks.acmedeploy.view.api_acmedeploy_webhook"',
        );
        rmSync(join(cwd, "zerver/webhooks/harbourline"), { recursive: true });
        writeFileSync(path, text);
      },
      "cannot be removed: harbourline uses",
    ],
  ])("%s", async (_what, spoil, message) => {
    const cwd = madeTree();
    spoil(cwd);
    const before = fingerprint(cwd);
    const { exitCode, stderr } = await cli(remove, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain("\n  Change them first, or remove it anyway with --force.\n");
    expect(fingerprint(cwd)).toBe(before);
    const forced = await cli([...remove, "--force"], { cwd, env: privateCache() });
    expect(forced.exitCode).toBe(0);
    expect(existsSync(join(cwd, folder))).toBe(false);
  });
});

describe("remove refuses bad input", () => {
  it.each<[string, string[], string, number]>([
    ["no name", ["remove"], "usage", 2],
    ["two names", ["remove", "harbourline", "acmedeploy"], "usage", 2],
    ["an empty name", ["remove", "", "--yes"], "unknown-integration", 2],
    ["a path", ["remove", "../harbourline", "--yes"], "unknown-integration", 2],
    ["a slip of the pen", ["remove", "harborline", "--yes"], "unknown-integration", 2],
    ["an unknown option", ["remove", "harbourline", "--all"], "usage", 2],
    ["no yes", ["remove", "harbourline"], "missing-answers", 2],
    ["no tree", ["remove", "harbourline", "-C", "/"], "no-checkout", 2],
  ])("%s", async (_what, args, code, exitCode) => {
    const cwd = temporaryWorkspace();
    const before = fingerprint(cwd);
    const result = await cli([...args, "--json"], { cwd });
    expect({ code: JSON.parse(result.stdout).error.code, exitCode: result.exitCode }).toEqual({
      code,
      exitCode,
    });
    expect(result.stderr).toMatch(/✗ .+\.\n {2}.+\n$/);
    expect(fingerprint(cwd)).toBe(before);
  });

  it("a cache that takes no copies", async () => {
    const cwd = temporaryWorkspace();
    const before = fingerprint(cwd);
    const { exitCode, stderr } = await cli(["remove", "harbourline", "--yes"], {
      cwd,
      env: { CONNECT_WEBHOOK_CACHE: join(cwd, registry) },
    });
    expect(exitCode).toBe(3);
    expect(stderr).toContain("Set CONNECT_WEBHOOK_CACHE to a folder that you can write to.");
    expect(fingerprint(cwd)).toBe(before);
  });
});
