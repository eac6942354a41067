/** `avatar` as a user meets it. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { fingerprint, temporaryWorkspace } from "../support/tree.ts";

const AVATAR = "static/images/integrations/bot_avatars/harbourline.png";
const LOGO = "static/images/integrations/logos/harbourline.svg";

describe("avatar", () => {
  it("makes what is missing, and then finds it as it should be", async () => {
    const root = temporaryWorkspace();
    rmSync(join(root, AVATAR));
    const check = () => cli(["avatar", "--all", "--check", "--json"], { cwd: root });
    const before = fingerprint(root);
    const missing = await check();
    expect([missing.exitCode, JSON.parse(missing.stdout)]).toMatchObject([
      1,
      { version: 1, images: [{ integration: "harbourline", path: AVATAR, status: "missing" }] },
    ]);
    expect(fingerprint(root)).toBe(before);
    const made = await cli(["avatar", "harbourline"], { cwd: root });
    expect(made.exitCode).toBe(0);
    expect(made.stdout).toMatch(/^written {2}\S+harbourline\.png {2}100 x 100, /);
    expect((await check()).exitCode).toBe(0);
  });

  it("says why a logo cannot be used, and writes nothing", async () => {
    const root = temporaryWorkspace();
    rmSync(join(root, AVATAR));
    writeFileSync(
      join(root, LOGO),
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="http://a.example/"/></svg>',
    );
    const { exitCode, stdout } = await cli(["avatar", "harbourline"], { cwd: root });
    expect(exitCode).toBe(1);
    expect(stdout).toContain("it refers to something outside itself");
    expect(existsSync(join(root, AVATAR))).toBe(false);
  });

  it("draws a logo that is not square, with a warning", async () => {
    const root = temporaryWorkspace();
    rmSync(join(root, AVATAR));
    writeFileSync(
      join(root, LOGO),
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10"/></svg>',
    );
    const { exitCode, stdout } = await cli(["avatar", "--all"], { cwd: root });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Warning: the logo is not square, it measures 30x10.");
    const lint = await cli(["lint", "harbourline", "--json"], { cwd: root });
    expect(lint.stdout).toContain('"logo-square"');
    expect(lint.stdout).not.toContain('"avatar-fresh"');
  });

  it.each([
    ["another design", 100],
    ["another size", 512],
  ])("leaves an avatar of %s alone with --all, until it is told to replace it", async (_, side) => {
    const root = temporaryWorkspace();
    const own = await sharp({
      create: { width: side, height: side, channels: 3, background: "#123456" },
    })
      .png()
      .toBuffer();
    writeFileSync(join(root, AVATAR), own);
    const run = async (...more: string[]) => {
      const { exitCode, stdout } = await cli(["avatar", ...more, "--json"], { cwd: root });
      return [exitCode, JSON.parse(stdout).images[0]];
    };
    const kept = {
      status: "skipped",
      width: side,
      reason: "It was not made from the logo; --force replaces it.",
    };
    expect(await run("--all")).toMatchObject([0, kept]);
    expect(readFileSync(join(root, AVATAR)).equals(own)).toBe(true);
    expect(await run("--all", "--check")).toMatchObject([1, { status: "stale" }]);
    expect(await run("--all", "--force")).toMatchObject([0, { status: "written", width: 100 }]);
    writeFileSync(join(root, AVATAR), own);
    expect(await run("harbourline")).toMatchObject([0, { status: "written" }]);
  });

  it("makes a wordy logo smaller on request, and nothing else", async () => {
    const root = temporaryWorkspace();
    const logo = readFileSync(join(root, LOGO), "utf8");
    const wordy = logo.replace("</svg>", `<!-- ${"by hand ".repeat(200)} --></svg>`);
    writeFileSync(join(root, LOGO), wordy);
    const optimize = async (...more: string[]) => {
      const args = ["avatar", "--all", "--optimize-logos", "--json", ...more];
      const { exitCode, stdout } = await cli(args, { cwd: root });
      return [exitCode, JSON.parse(stdout).images[0]];
    };
    const before = fingerprint(root);
    const could = { path: LOGO, status: "stale", reason: expect.stringContaining("% smaller") };
    expect(await optimize("--check")).toMatchObject([1, could]);
    expect(fingerprint(root)).toBe(before);
    expect(await optimize()).toMatchObject([0, { path: LOGO, status: "written" }]);
    expect(readFileSync(join(root, LOGO)).length).toBeLessThan(wordy.length / 2);
    expect(await optimize("--check")).toMatchObject([0, { path: LOGO, status: "unchanged" }]);
  });

  it("wants to know which ones", async () => {
    const { exitCode, stdout } = await cli(["avatar", "--json"], { cwd: temporaryWorkspace() });
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([2, { error: { code: "no-names" } }]);
  });
});
