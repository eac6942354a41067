import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { templatePath } from "../../src/host/assets.ts";
import { listFilesBelow } from "../../src/host/files.ts";
import { applyInit, planInit } from "../../src/scaffold/init.ts";
import { fingerprint, temporaryDirectory } from "../support/tree.ts";

const templateRoot = templatePath("workspace");
let folder: string;

beforeEach(() => {
  folder = temporaryDirectory();
});

async function init(target: string): Promise<void> {
  await applyInit(await planInit(target, { templateRoot }));
}

describe("a new workspace", () => {
  it("holds every file of the template, byte for byte", async () => {
    const target = join(folder, "deep", "down", "workspace");
    await init(target);

    const expected = (await listFilesBelow(templateRoot))
      .filter((path) => !/__pycache__|\.pyc$/.test(path))
      .map((path) => (path === "gitignore" ? ".gitignore" : path));
    expect(await listFilesBelow(target)).toEqual(expected.sort());
    for (const path of expected) {
      const original = join(templateRoot, path === ".gitignore" ? "gitignore" : path);
      expect((await readFile(join(target, path))).equals(await readFile(original)), path).toBe(
        true,
      );
    }
  });

  it("says what it is", async () => {
    const target = join(folder, "workspace");
    await init(target);
    const marker = JSON.parse(await readFile(join(target, "connect-webhook.json"), "utf8"));
    expect(marker).toEqual({ version: 1 });
  });

  it("leaves nothing beside itself", async () => {
    await init(join(folder, "workspace"));
    expect(await readdir(folder)).toEqual(["workspace"]);
  });

  it("goes into an empty folder, and into a repository without files", async () => {
    for (const name of ["empty", "repository"]) await mkdir(join(folder, name));
    await mkdir(join(folder, "repository", ".git"));
    for (const name of ["empty", "repository"]) {
      await init(join(folder, name));
      expect(await readdir(join(folder, name))).toContain("zerver");
    }
  });

  it("is planned without writing anything", async () => {
    const plan = await planInit(join(folder, "workspace"), { templateRoot });
    expect(plan.target).toBe(join(folder, "workspace"));
    expect(plan.files).toContain("zerver/lib/integrations.py");
    expect(plan.files).toContain(".gitignore");
    expect(plan.files).toContain("AGENTS.md");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a target that cannot be", () => {
  async function refused(target: string): Promise<string> {
    const before = fingerprint(folder);
    const error = await planInit(target, { templateRoot }).then(
      () => ({ code: "planned" }),
      (thrown: unknown) => thrown,
    );
    expect(fingerprint(folder)).toBe(before);
    return (error as { code: string }).code;
  }

  it("is a folder with something in it", async () => {
    await writeFile(join(folder, "notes.txt"), "mine");
    expect(await refused(folder)).toBe("not-empty");
  });

  it("is a file, or below a file", async () => {
    await writeFile(join(folder, "notes.txt"), "mine");
    expect(await refused(join(folder, "notes.txt"))).toBe("not-a-folder");
    expect(await refused(join(folder, "notes.txt", "workspace"))).toBe("not-a-folder");
  });

  it("is inside another tree, also by way of a link", async () => {
    await init(join(folder, "first"));
    await symlink(join(folder, "first"), join(folder, "link"));
    expect(await refused(join(folder, "first", "second"))).toBe("inside-checkout");
    expect(await refused(join(folder, "link", "second"))).toBe("inside-checkout");
  });

  it("got a file after the plan: nothing is written", async () => {
    const target = join(folder, "workspace");
    const plan = await planInit(target, { templateRoot });
    await mkdir(target);
    await writeFile(join(target, "README.md"), "mine");
    await expect(applyInit(plan)).rejects.toMatchObject({ code: "file-exists" });
    expect(await listFilesBelow(folder)).toEqual(["workspace/README.md"]);
    expect(await readFile(join(target, "README.md"), "utf8")).toBe("mine");
  });
});
