import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { avatarToolOf } from "../../src/checkout/avatar-tool.ts";
import { changedFiles } from "../../src/checkout/changed.ts";
import { openCheckout } from "../../src/checkout/index.ts";
import { changedLines, revisionOf } from "../../src/checkout/revision.ts";
import { namesBotsAsDisplayed } from "../../src/checkout/screenshot-tool.ts";
import { git } from "../support/git.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const VIEW = "zerver/webhooks/harbourline/view.py";

function committed(root: string): string {
  git(root, "init", "-q");
  git(root, "add", "-A");
  git(root, "commit", "-qm", "start");
  return git(root, "rev-parse", "HEAD").trim();
}

describe("revisionOf", () => {
  it("gives the tree of a commit, and leaves the work tree and the index alone", async () => {
    const root = temporaryWorkspace();
    const commit = committed(root);
    const before = readFileSync(join(root, VIEW), "utf8");
    writeFileSync(join(root, VIEW), "changed = True\n");
    writeFileSync(join(root, "staged.txt"), "staged\n");
    git(root, "add", "staged.txt");
    const status = git(root, "status", "--porcelain");
    const revision = await revisionOf(root, commit);
    expect(revision && readFileSync(join(revision.root, VIEW), "utf8")).toBe(before);
    const checkout = await openCheckout(revision?.root ?? "");
    expect(checkout.integrations.map(({ name }) => name)).toEqual(["harbourline"]);
    expect(existsSync(join(checkout.root, checkout.integrations[0]?.logo ?? "none"))).toBe(true);
    await revision?.release();
    expect(existsSync(revision?.root ?? "")).toBe(false);
    expect(git(root, "status", "--porcelain")).toBe(status);
    expect(readFileSync(join(root, VIEW), "utf8")).toBe("changed = True\n");
  });

  it("knows a tree that is a folder of a larger repository", async () => {
    const top = temporaryDirectory();
    mkdirSync(join(top, "servers"));
    const root = join(top, "servers", "my tree");
    renameSync(temporaryWorkspace(), root);
    const commit = committed(top);
    const revision = await revisionOf(root, commit);
    expect(existsSync(join(revision?.root ?? "", VIEW))).toBe(true);
    await revision?.release();
  });

  it("has what decides how bots are called, how avatars are drawn, and what lint says", async () => {
    const root = temporaryWorkspace();
    const files = {
      "tools/screenshots/generate-integration-docs-screenshot":
        'name = f"{integration.display_name} Bot"\n',
      "tools/setup/generate_integration_bots_avatars.py": "import pyvips\n",
      "tools/lint": "ruff\n",
      "tools/linter_lib/custom_check.py": "rules = []\n",
      "templates/zerver/help/bots.md": "# Bots\n",
      "help/bots.md": "# Bots\n",
      "starlight_help/src/content/docs/bots.mdx": "Bots\n",
      "static/images/logo/logo.svg": "<svg/>\n",
      "zerver/tests/test_decorators.py": "fixture = 'ping'\n",
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const revision = await revisionOf(root, committed(root));
    const base = revision?.root ?? "";
    expect(Object.keys(files).filter((path) => !existsSync(join(base, path)))).toEqual([]);
    expect([namesBotsAsDisplayed(base), avatarToolOf(base)]).toEqual([true, "pyvips"]);
    await revision?.release();
  });

  it("gives nothing where the commit has no Connect tree in this place", async () => {
    const root = temporaryWorkspace();
    git(root, "init", "-q");
    git(root, "add", "README.md");
    git(root, "commit", "-qm", "start", "--allow-empty");
    const commit = git(root, "rev-parse", "HEAD").trim();
    expect(await revisionOf(root, commit)).toBeUndefined();
  });
});

describe("what moved and how much changed", () => {
  it("is told by git", async () => {
    const root = temporaryWorkspace();
    const commit = committed(root);
    renameSync(join(root, "zerver/webhooks/harbourline"), join(root, "zerver/webhooks/harbour"));
    writeFileSync(join(root, "README.md"), "one\ntwo\n");
    rmSync(join(root, "connect-webhook.json"));
    git(root, "add", "-A");
    const { renamed, added, removed } = await changedFiles(root, commit);
    const moved = "zerver/webhooks/harbour/view.py";
    expect(renamed.get(moved)).toBe(VIEW);
    // In another folder it may be a new file that was begun as a copy.
    expect([added.has(moved), removed.has(VIEW)]).toEqual([true, true]);
    const lines = await changedLines(root, commit);
    expect(lines.get("README.md")?.added).toBe(2);
    expect(lines.get("connect-webhook.json")).toMatchObject({ added: 0 });
  });
});
