/** `preview` as a user meets it. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { startChromium } from "../support/chromium.ts";
import { cli } from "../support/cli.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const ESCAPE = "\u001b";

describe("preview", () => {
  it("prints the Markdown as it is where there is no colour", async () => {
    const cwd = temporaryWorkspace();
    const { exitCode, stdout } = await cli(["preview", "harbourline"], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^#deployments › .+\nHarbourline Bot\n\n:cross_mark: The \[/);
    expect(stdout).not.toContain(ESCAPE);
  });

  it("draws the message where there is, with links where the terminal has them", async () => {
    const cwd = temporaryWorkspace();
    const run = (FORCE_HYPERLINK: string) =>
      cli(["preview", "harbourline"], { cwd, env: { FORCE_COLOR: "1", FORCE_HYPERLINK } });
    const linked = (await run("1")).stdout;
    expect(linked).toContain("❌ The ");
    expect(linked).not.toContain("](https:");
    expect(linked).toContain(`${ESCAPE}]8;;https://app.harbourline.example/`);
    const plain = (await run("0")).stdout;
    expect(plain).not.toContain(`${ESCAPE}]8;;`);
    expect(plain).toContain("(https://app.harbourline.example/");
  });

  it("takes the integration whose folder the user is in, and every fixture with --all", async () => {
    const root = temporaryWorkspace();
    const cwd = join(root, "zerver/webhooks/harbourline/fixtures");
    const files = readdirSync(cwd);
    const { exitCode, stdout } = await cli(["preview", "--all"], { cwd });
    expect({ exitCode, shown: stdout.match(/(?<=^── ).+/gm) }).toEqual({
      exitCode: 0,
      shown: files.sort(),
    });
    expect(stdout).toMatch(/^── deployment_started\.json\n#deployments › /m);
    const asJson = JSON.parse((await cli(["preview", "--all", "--json"], { cwd })).stdout);
    expect(asJson.fixtures.map(({ fixture }: { fixture: string }) => fixture)).toEqual(files);
    const alone = await cli(["preview", "harbourline", "deployment_started", "--json"], { cwd });
    const one = asJson.fixtures[files.indexOf("deployment_started.json")];
    expect(JSON.parse(alone.stdout)).toEqual({ version: 1, integration: "harbourline", ...one });
    const outside = await cli(["preview"], { cwd: root });
    expect(outside).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Name them") });
  });

  it("sends every fixture as the registry sends the one of the picture", async () => {
    const cwd = temporaryWorkspace();
    const registry = join(cwd, "zerver/lib/integrations.py");
    const entry = '"deployment_finished__failed.json"';
    const text = readFileSync(registry, "utf8");
    writeFileSync(registry, text.replace(entry, `${entry}, extra_params={"topic": "stated"}`));
    const { stdout } = await cli(["preview", "harbourline", "--all", "--json"], { cwd });
    const topics = JSON.parse(stdout).fixtures.flatMap(
      ({ messages }: { messages: { topic: string }[] }) => messages.map(({ topic }) => topic),
    );
    expect(topics.length).toBeGreaterThan(5);
    expect(new Set(topics)).toEqual(new Set(["stated"]));
  });

  it("fails with --all when one fixture does, and shows the others", async () => {
    const cwd = temporaryWorkspace();
    writeFileSync(join(cwd, "zerver/webhooks/harbourline/fixtures/odd.json"), "{");
    const { exitCode, stdout, stderr } = await cli(["preview", "harbourline", "--all"], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^── odd\.json$/m);
    expect(stdout).toContain("── rollback_finished.json\n#deployments");
    expect(stderr).toContain("The view answered 400");
  });

  it("proposes the fixture that was meant", async () => {
    const cwd = temporaryWorkspace();
    const { exitCode, stderr } = await cli(["preview", "harbourline", "deployment_startd"], {
      cwd,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Did you mean deployment_started");
  });

  it("sends an integration without fixtures what its picture is made from", async () => {
    const cwd = temporaryWorkspace();
    rmSync(join(cwd, "zerver/webhooks/harbourline/fixtures"), { recursive: true });
    const registry = join(cwd, "zerver/lib/integrations.py");
    const text = readFileSync(registry, "utf8");
    writeFileSync(registry, text.replace('"deployment_finished__failed.json"', '""'));
    const { exitCode, stdout } = await cli(["preview", "harbourline", "--json"], { cwd });
    // This view wants a payload: it is asked, and says so.
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ fixture: "", response: { status: 400 } });
  });

  it("says in one sentence where a view leaves Python", async () => {
    const cwd = temporaryWorkspace();
    writeFileSync(join(cwd, "zerver/webhooks/harbourline/view.py"), "raise SystemExit(3)\n");
    const { exitCode, stdout } = await cli(["preview", "harbourline", "--json"], { cwd });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).error).toEqual({
      code: "cannot-deliver",
      message: "SystemExit: 3 (zerver/webhooks/harbourline/view.py, line 1).",
      hint: "Correct that line, and run the command again.",
    });
  });

  it("tells what the picture tells: the same bot, stream and HTML", async () => {
    const cwd = temporaryWorkspace();
    const { stdout } = await cli(["preview", "harbourline", "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      integration: "harbourline",
      fixture: "deployment_finished__failed.json",
      response: { status: 200 },
      messages: [
        {
          type: "stream",
          stream: "deployments",
          sender: "Harbourline Bot",
          html: expect.stringContaining('class="emoji emoji-274c"'),
        },
      ],
    });
  });

  it("writes a page of its own, over one that is there", async () => {
    const cwd = temporaryWorkspace();
    const folder = join(temporaryDirectory(), "pages");
    const page = join(folder, "message.html");
    const refused = await cli(["preview", "harbourline", "--html", page], { cwd });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(`There is no folder ${folder} `);
    mkdirSync(folder);
    for (const fixture of ["ping", "deployment_started"]) {
      const { exitCode } = await cli(["preview", "harbourline", fixture, "--html", page], { cwd });
      expect(exitCode).toBe(0);
    }
    const html = readFileSync(page, "utf8");
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain("<title>Harbourline in Connect</title>");
    expect(html).toContain("started");
    expect(html).not.toMatch(/<script|(?:src|href)="(?!data:|https:\/\/[\w.]*\.example\/)/);
  });

  it("writes a page that a phone can show, with emoji that need no font of the machine", async () => {
    const cwd = temporaryWorkspace();
    await cli(["preview", "harbourline", "--html", "page.html"], { cwd });
    const browser = await startChromium();
    try {
      const page = await browser.newPage();
      for (const width of [390, 1024]) {
        await page.setViewport({ width, height: 800 });
        await page.goto(pathToFileURL(join(cwd, "page.html")).href);
        const shown = await page.evaluate(async () => {
          await document.fonts.ready;
          const emoji = [...document.fonts].filter(({ family }) => family.includes("Emoji"));
          const card = document.querySelector(".card")?.getBoundingClientRect();
          const loaded = emoji.some(({ status }) => status === "loaded");
          return { width: document.documentElement.scrollWidth, left: card?.left, loaded };
        });
        expect(shown).toEqual({ width, left: 5, loaded: true });
      }
    } finally {
      await browser.close();
    }
  });

  it("writes no page for a view that says nothing", async () => {
    const cwd = temporaryWorkspace();
    const args = ["preview", "harbourline", "--header", "X-Harbourline-Event: unheard"];
    const { exitCode, stderr } = await cli([...args, "--html", "none.html"], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toContain("none.html was not written");
  });
});
