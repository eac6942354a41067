/** `screenshot` as a user meets it. */
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { oneOffFrom } from "../../src/commands/screenshot/options.ts";
import { packageRoot, templatePath } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { fingerprint, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const PICTURE = "static/images/integrations/harbourline/001.png";
const FIXTURE = "zerver/webhooks/harbourline/fixtures/deployment_finished__failed.json";
const HARBOURLINE = ["--integration", "harbourline"];

interface Images {
  version: number;
  images: { path: string; status: string; reason?: string; width: number }[];
}

async function images(args: string[], cwd: string, env = {}): Promise<[number | null, Images]> {
  const { exitCode, stdout } = await cli(["screenshot", ...args, "--json"], { cwd, env });
  return [exitCode, JSON.parse(stdout) as Images];
}

describe("screenshot", () => {
  it("draws the same bytes whatever the machine's time zone, language and fonts are", async () => {
    const bytes: Buffer[] = [];
    const fonts = join(temporaryDirectory(), "fonts.conf");
    writeFileSync(fonts, "<fontconfig><dir>/nowhere</dir></fontconfig>");
    for (const env of [
      {},
      { TZ: "Asia/Kolkata", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8", FONTCONFIG_FILE: fonts },
    ]) {
      const root = temporaryWorkspace();
      writeFileSync(join(root, PICTURE), "no picture");
      const { exitCode, stdout } = await cli(["screenshot", "--all"], { cwd: root, env });
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^written {2}static\/images\/integrations\/harbourline\/001\.png /);
      bytes.push(readFileSync(join(root, PICTURE)));
    }
    expect(bytes[0]?.equals(bytes[1] as Buffer)).toBe(true);
  });

  it("is in the workspace, and in the README, as it is drawn today", async () => {
    const shipped = readFileSync(templatePath(`workspace/${PICTURE}`));
    const out = temporaryDirectory();
    const [exitCode] = await images([...HARBOURLINE, "--out", out], temporaryWorkspace());
    expect(exitCode).toBe(0);
    expect(readFileSync(join(out, PICTURE)).equals(shipped)).toBe(true);
  });

  it("knows a fresh picture from a stale one, and shows the difference", async () => {
    const root = temporaryWorkspace();
    writeFileSync(join(root, PICTURE), "no picture");
    await images(HARBOURLINE, root);
    expect(await images(["--all", "--check"], root)).toMatchObject([
      0,
      { version: 1, images: [{ path: PICTURE, status: "unchanged", width: 1520 }] },
    ]);
    const fixture = readFileSync(join(root, FIXTURE), "utf8");
    writeFileSync(join(root, FIXTURE), fixture.replaceAll(/"name": "[^"]*"/g, '"name": "Zephyr"'));
    const before = fingerprint(root);
    const diff = join(temporaryDirectory(), "diff");
    const stale = await images([...HARBOURLINE, "--check", "--diff", diff], root);
    expect(stale).toMatchObject([1, { images: [{ path: PICTURE, status: "stale" }] }]);
    expect(fingerprint(root)).toBe(before);
    const { width } = await sharp(join(diff, "harbourline-001.png")).metadata();
    expect(width).toBe(3 * 1520 + 4 * 20);
  });

  it("--changed fails for what the branch makes stale, and only tells what is so on the base", async () => {
    const root = temporaryWorkspace();
    const whole = readFileSync(join(root, PICTURE));
    git(root, "init", "--quiet", "--initial-branch=main");
    const commit = () => {
      git(root, "add", ".");
      git(root, "commit", "--quiet", "--message", "x");
    };
    writeFileSync(
      join(root, PICTURE),
      await sharp(whole).negate({ alpha: false }).png().toBuffer(),
    );
    commit();
    git(root, "checkout", "--quiet", "-b", "branch");
    const changed = ["--check", "--changed", "main"];
    expect(await images(changed, root)).toEqual([0, { version: 1, images: [] }]);

    appendFileSync(join(root, "zerver/webhooks/harbourline/doc.md"), "More.\n");
    const old = await cli(["screenshot", ...changed], { cwd: root });
    expect(old.exitCode).toBe(0);
    expect(old.stdout).toContain("As on the base.");
    expect(old.stdout).toContain("1 image: 1 stale (1 as on the base)");

    git(root, "checkout", "--quiet", "main");
    writeFileSync(join(root, PICTURE), whole);
    commit();
    git(root, "checkout", "--quiet", "-B", "branch");
    const fixture = readFileSync(join(root, FIXTURE), "utf8");
    writeFileSync(join(root, FIXTURE), fixture.replaceAll(/"name": "[^"]*"/g, '"name": "Zephyr"'));
    const isNew = { path: PICTURE, isNew: true };
    expect(await images(changed, root)).toMatchObject([
      1,
      { images: [{ ...isNew, status: "stale" }] },
    ]);
    rmSync(join(root, PICTURE));
    expect(await images(changed, root)).toMatchObject([
      1,
      { images: [{ ...isNew, status: "missing" }] },
    ]);
  });

  it("--changed fails in a tree with a look of its own, whose images the base's files lack", async () => {
    const root = temporaryWorkspace();
    cpSync(join(packageRoot, "fixtures/look"), root, { recursive: true });
    writeFileSync(
      join(root, "web/images/dot.svg"),
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    );
    appendFileSync(
      join(root, "web/styles/message.css"),
      '\n.message { background-image: url("../images/dot.svg"); }\n',
    );
    expect(await images(HARBOURLINE, root)).toMatchObject([0, { images: [{ path: PICTURE }] }]);
    git(root, "init", "--quiet", "--initial-branch=main");
    git(root, "add", ".");
    git(root, "commit", "--quiet", "--message", "x");
    const fixture = readFileSync(join(root, FIXTURE), "utf8");
    writeFileSync(join(root, FIXTURE), fixture.replaceAll(/"name": "[^"]*"/g, '"name": "Zephyr"'));
    expect(await images(["--check", "--changed", "main"], root)).toMatchObject([
      1,
      { images: [{ path: PICTURE, status: "stale", isNew: true }] },
    ]);
  });

  it("draws a picture that the registry does not name", async () => {
    const root = temporaryWorkspace();
    const oneOff = ["--fixture", "deployment_started.json", "--image-name", "002.svg"];
    const flags = [...oneOff, "--image-dir", "harbourline/more", "--bot-name", "Night Bot"];
    const [exitCode, { images: made }] = await images([...HARBOURLINE, ...flags], root);
    const path = "static/images/integrations/harbourline/more/002.svg";
    expect([exitCode, made]).toMatchObject([0, [{ path, status: "written" }]]);
    expect(readFileSync(join(root, path), "utf8")).toMatch(/^<svg /);
  });

  it("sends the headers of --custom-headers", async () => {
    const root = temporaryWorkspace();
    const wrong = ["-H", '{"X-Harbourline-Event": "nobody_knows"}'];
    const flags = ["--fixture", "deployment_started.json", "--image-name", "002.png", ...wrong];
    const [exitCode, { images: made }] = await images([...HARBOURLINE, ...flags], root);
    expect(exitCode).toBe(1);
    expect(made[0]).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("sent no message"),
    });
    expect(existsSync(join(root, "static/images/integrations/harbourline/002.png"))).toBe(false);
  });

  it("draws one fixture of one integration only", async () => {
    const root = temporaryWorkspace();
    const { exitCode, stdout } = await cli(
      ["screenshot", "--all", "--fixture", "deployment_started.json", "--json"],
      { cwd: root },
    );
    // The workspace has one integration, so --all would do as well.
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([2, { error: { code: "usage" } }]);
  });

  it("goes on when a view fails, and exits with 1", async () => {
    const root = temporaryWorkspace();
    appendFileSync(
      join(root, "zerver/webhooks/harbourline/view.py"),
      "\napi_harbourline_webhook = None\n",
    );
    const [exitCode, { images: made }] = await images(["--all"], root);
    expect([exitCode, made[0]?.status]).toEqual([1, "failed"]);
  });
});

describe("the options of one picture", () => {
  it.each([
    ["usage", ["--image-name", "002.png"]],
    ["usage", ["--use-basic-auth"]],
    ["usage", ["--all", "--fixture", "a.json"]],
    ["bad-image-name", ["--fixture", "a.json", "--image-name", "../../../a.png"]],
    ["bad-image-name", ["--fixture", "a.json", "--image-name", "002.jpg"]],
    ["bad-image-name", ["--fixture", "a.json", "--image-dir", "/etc"]],
    ["unknown-fixture", [...HARBOURLINE, "--fixture", "a.json"]],
    ["bad-headers", ["--fixture", "a.json", "--custom-headers", "X: y"]],
    ["bad-headers", ["--fixture", "a.json", "--custom-headers", '{"X": 1}']],
  ])("are refused with %s: %j", async (code, words) => {
    const { exitCode, stdout } = await cli(["screenshot", ...words, "--json"], {
      cwd: temporaryWorkspace(),
    });
    expect({ exitCode, code: JSON.parse(stdout).error.code }).toEqual({ exitCode: 2, code });
  });

  it("say nothing when none is given, and all they say when they are", () => {
    const none = {
      integration: [],
      all: false,
      check: false,
      changed: undefined,
      theme: undefined,
      diff: undefined,
      out: undefined,
      fixture: undefined,
      imageName: undefined,
      imageDir: undefined,
      botName: undefined,
      useBasicAuth: false,
      payloadAsQueryParam: false,
      payloadParamName: undefined,
      customHeaders: undefined,
    };
    expect(oneOffFrom(none)).toBeUndefined();
    const given = {
      fixture: "",
      imageName: "002.png",
      imageDir: "other",
      botName: "Night Bot",
      useBasicAuth: true,
      payloadAsQueryParam: true,
      payloadParamName: "data",
      customHeaders: { "X-Event": "push" },
    };
    expect(oneOffFrom({ ...none, ...given })).toEqual(given);
  });
});
