/** `preview` as a user meets it. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
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
    const page = join(temporaryDirectory(), "pages", "message.html");
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

  it("writes no page for a view that says nothing", async () => {
    const cwd = temporaryWorkspace();
    const args = ["preview", "harbourline", "--header", "X-Harbourline-Event: unheard"];
    const { exitCode, stderr } = await cli([...args, "--html", "none.html"], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toContain("none.html was not written");
  });
});
