/** What `new` asks in a terminal, and what becomes of the answers when something fails. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quote, split } from "shlex";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import {
  CTRL_C,
  commandInTerminal,
  hasTerminals,
  inTerminal,
  type Terminal,
} from "../support/terminal.ts";
import { fingerprint, temporaryWorkspace } from "../support/tree.ts";

const deploy = join(packageRoot, "fixtures/payloads/acmedeploy/deploy_finished.json");
const NAME = "Name of the integration";
const KEPT = "Your answers are kept in this command:";

/** A workspace with some captured payloads in it. */
function withPayloads(): { root: string; captures: string } {
  const root = temporaryWorkspace();
  const captures = join(root, "my captures");
  mkdirSync(captures);
  copyFileSync(deploy, join(captures, "deploy_finished.json"));
  copyFileSync(deploy, join(captures, "deploy_begun.json"));
  copyFileSync(deploy, join(captures, "later.json"));
  writeFileSync(join(captures, "broken.json"), '{"a": 1,');
  return { root, captures };
}

/** The words of the command line that a run ended with, without the program's name. */
function keptCommand(shown: string, title = KEPT): string[] {
  const after = shown.slice(shown.indexOf(title) + title.length).trim();
  // A command that is longer than the terminal is broken as shells break one.
  const [line = ""] = after.replaceAll(/\\\n\s*/g, "").split("\n");
  return split(line).slice(1);
}

async function answer(terminal: Terminal, question: string, typed: string): Promise<void> {
  await terminal.shows(question);
  terminal.press(`${typed}\r`);
}

describe.skipIf(!hasTerminals)("new in a terminal", () => {
  it("asks for payloads first and again when they are broken, and keeps the answers", async () => {
    const { root } = withPayloads();
    const before = fingerprint(root);
    const terminal = inTerminal(["new", "--no-screenshot"], root);
    await answer(terminal, "Captured payloads", "'my captures/b*.json'");
    await terminal.shows("broken.json is not JSON");
    terminal.press(`${"\b".repeat(40)}'my captures/'deploy_*.json\r`);
    await answer(terminal, "More payloads, besides the 2", "none*.json");
    await terminal.shows("No file fits none*.json.");
    terminal.press(`${"\b".repeat(40)}my captures/later.json\r`);
    await answer(terminal, "More payloads, besides the 3", "");
    await answer(terminal, NAME, "harbourline");
    await terminal.shows("harbourline is already registered");
    terminal.press(`${"\b".repeat(40)}tidemark\r`);
    await answer(terminal, "Name of the service", "Tide's Mark");
    await terminal.shows("Category");
    terminal.press("deplo");
    await terminal.shows("❯ Deployment");
    terminal.press("\r");
    await terminal.shows("another one");
    terminal.press("zzz");
    await terminal.shows("No results found");
    terminal.press("\b\b\b");
    await terminal.shows("❯ no more");
    terminal.press("\r");
    await answer(terminal, "Default", "");
    await answer(terminal, "Logo", "");
    await terminal.shows("deploy_finished.json › ");
    await answer(terminal, "Write this to", "n");
    await answer(terminal, "What to change", "");
    const { exitCode, shown } = await terminal.ended;
    expect(exitCode).toBe(130);
    expect(fingerprint(root)).toBe(before);
    const command = keptCommand(shown);
    expect(command).toEqual([
      ...["new", "tidemark", "--display-name", "Tide's Mark", "--category", "deployment"],
      ...["--stream", "tidemark", "--payload", "my captures/deploy_begun.json"],
      ...["my captures/deploy_finished.json", "my captures/later.json", "--no-screenshot"],
    ]);
    const { exitCode: later } = await cli([...command, "--yes"], { cwd: root });
    expect(later).toBe(0);
    expect(readdirSync(join(root, "zerver/webhooks/tidemark/fixtures")).sort()).toEqual([
      "deploy_begun.json",
      "deploy_finished.json",
      "later.json",
    ]);
  });

  it("shows no control character of payloads, their names or the tree in questions and preview", async () => {
    const { root, captures } = withPayloads();
    const title = "\u001b]0;stolen\u0007";
    const payload = {
      [`event${title}`]: `opened${title}`,
      ticket: { id: 7, subject: `Jams${title}\u009b2J` },
    };
    writeFileSync(join(captures, `odd${title}.json`), JSON.stringify(payload));
    const registry = join(root, "zerver/lib/integrations.py");
    const text = readFileSync(registry, "utf8");
    writeFileSync(
      registry,
      text.replace('_lazy("Deployment")', '_lazy("Deployment\\x1b]0;stolen\\x07")'),
    );
    const terminal = inTerminal(["new", "tidemark", "--no-screenshot"], root);
    await answer(terminal, "Captured payloads", "'my captures/odd*.json'");
    await answer(terminal, "More payloads", "");
    await answer(terminal, "Name of the service", "");
    await terminal.shows("Category");
    terminal.press("deplo");
    await terminal.shows("❯ Deployment\\x1b]0;stolen");
    terminal.press("\r");
    await answer(terminal, "another one", "");
    await answer(terminal, "Default", "");
    await answer(terminal, "Logo", "");
    await terminal.shows("stolen.json › ");
    await answer(terminal, "Write this to", "n");
    await answer(terminal, "What to change", "");
    const { raw } = await terminal.ended;
    expect(raw).not.toContain("\u001b]0;stolen");
    expect(raw).not.toContain("\u009b");
  });

  it("changes what the messages tell, and keeps what was chosen", async () => {
    const { root } = withPayloads();
    const words = ["new", "tidemark", "--category", "misc", "--stream", "tides", "--no-screenshot"];
    const given = ["--display-name", "Tidemark", "--payload", "my captures/later.json"];
    const terminal = inTerminal([...words, ...given], root);
    await answer(terminal, "Logo", "");
    await answer(terminal, "Write this to", "n");
    await terminal.shows("What to change");
    terminal.press("show sent");
    await terminal.shows("❯ show sent_at: 2023-11-14T10:22:31Z");
    terminal.press("\r");
    await terminal.shows("another one");
    terminal.press("write the topic");
    await terminal.shows("❯ write the topic");
    terminal.press("\r");
    await answer(terminal, "❯ no more", "");
    await answer(terminal, "Topic, with fields in braces", "{project.nme}");
    await terminal.shows("No payload has a value in project.nme.");
    terminal.press(`${"\b".repeat(20)}{project.name} rollout\r`);
    await terminal.shows("later.json › checkout rollout");
    await answer(terminal, "Write this to", "n");
    await terminal.shows("What to change");
    terminal.press(CTRL_C);
    const { shown } = await terminal.ended;
    const chosen = ["--show", "sent_at", "--topic", "{project.name} rollout"];
    const command = keptCommand(shown);
    expect(command.join(" ")).toContain(chosen.join(" "));
    const { exitCode, stdout } = await cli([...command, "--yes"], { cwd: root });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("later.json › checkout rollout");
    expect(stdout).toMatch(/Sent( at)?:\*\* <time:2023-11-14T10:22:31Z>/);
  });

  it("keeps what was answered until Ctrl-C", async () => {
    const { root } = withPayloads();
    const terminal = inTerminal(["new", "--auth", "basic"], root);
    await answer(terminal, "Captured payloads", "my captures/later.json");
    await answer(terminal, "More payloads", "");
    await terminal.shows(NAME);
    terminal.press(CTRL_C);
    const { exitCode, shown } = await terminal.ended;
    expect(exitCode).toBe(130);
    expect(keptCommand(shown)).toEqual([
      ...["new", "--payload", "my captures/later.json", "--auth", "basic"],
    ]);
  });

  it("keeps the categories that were chosen before Ctrl-C, and that nothing was to be written", async () => {
    const { root } = withPayloads();
    const terminal = inTerminal(["new", "tidemark", "--dry-run"], root);
    await answer(terminal, "Captured payloads", "");
    await answer(terminal, "Name of the service", "");
    await terminal.shows("Category");
    terminal.press("deplo");
    await terminal.shows("❯ Deployment");
    terminal.press("\r");
    await terminal.shows("another one");
    terminal.press(CTRL_C);
    const { exitCode, shown } = await terminal.ended;
    expect(exitCode).toBe(130);
    expect(keptCommand(shown)).toEqual([
      ...["new", "tidemark", "--display-name", "Tidemark", "--category", "deployment", "--dry-run"],
    ]);
  });

  it("names the command that writes what --dry-run has shown", async () => {
    const { root } = withPayloads();
    const before = fingerprint(root);
    const words = ["new", "tidemark", "--category", "misc", "--no-screenshot", "--dry-run"];
    const terminal = inTerminal(words, root);
    await answer(terminal, "Captured payloads", "my captures/later.json");
    await answer(terminal, "More payloads", "");
    await answer(terminal, "Name of the service", "Tide's Mark");
    await answer(terminal, "Default", "");
    await answer(terminal, "Logo", "");
    const { exitCode, shown } = await terminal.ended;
    expect(exitCode).toBe(0);
    expect(fingerprint(root)).toBe(before);
    const command = keptCommand(shown, "With your answers, this command writes it:");
    expect(command).toEqual([
      ...["new", "tidemark", "--display-name", "Tide's Mark", "--category", "misc"],
      ...["--stream", "tidemark", "--payload", "my captures/later.json", "--no-screenshot"],
    ]);
    const { exitCode: later } = await cli([...command, "--yes"], { cwd: root });
    expect(later).toBe(0);
    expect(fingerprint(root)).not.toBe(before);
  });

  it("keeps them when what they name is gone", async () => {
    const { root, captures } = withPayloads();
    const terminal = inTerminal(["new", "tidemark", "--category", "misc"], root);
    await answer(terminal, "Captured payloads", "my captures/later.json");
    await answer(terminal, "More payloads", "");
    await answer(terminal, "Name of the service", "");
    await answer(terminal, "Default", "");
    await terminal.shows("Logo");
    rmSync(join(captures, "later.json"));
    terminal.press("\r");
    const { exitCode, shown } = await terminal.ended;
    expect(exitCode).toBe(2);
    expect(shown).toContain("later.json does not exist");
    expect(keptCommand(shown)).toContain("my captures/later.json");
  });

  it("breaks no word of a question at 60 columns", async () => {
    const program = join(packageRoot, "bin/connect-webhook.js");
    const line = `stty cols 60; exec ${quote(process.execPath)} ${quote(program)} new`;
    const terminal = commandInTerminal(["sh", "-c", line], temporaryWorkspace());
    await terminal.shows("used)");
    terminal.press(CTRL_C);
    const { shown } = await terminal.ended;
    const question = /Captured payloads[\s\S]*?used\)/.exec(shown)?.[0] ?? "";
    expect(question.split("\n").map((part) => part.trim())).toEqual([
      "Captured payloads, such as captures/*.json (empty: a",
      "sample is used)",
    ]);
  });

  it("says no command where nothing was asked", async () => {
    const { root } = withPayloads();
    const words = ["new", "harbourline", "--category", "misc"];
    const { exitCode, shown } = await inTerminal(words, root).ended;
    expect(exitCode).toBe(2);
    expect(shown).not.toContain(KEPT);
  });
});
