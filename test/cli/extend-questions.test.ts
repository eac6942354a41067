/** What `extend` asks in a terminal: the same as `new` before it writes. */
import { describe, expect, it } from "vitest";
import { read, write } from "../support/acme-view.ts";
import { cli } from "../support/cli.ts";
import { CTRL_C, hasTerminals, inTerminal, type Terminal } from "../support/terminal.ts";
import { fingerprint, temporaryWorkspace } from "../support/tree.ts";

const folder = "zerver/webhooks/harbourline";
const LOCKED = {
  actor: { name: "Ada" },
  project: { name: "press" },
  environment: "production",
  lock: { reason: "Freeze for the release", ticket: "OPS-7" },
};

async function answer(terminal: Terminal, question: string, typed: string): Promise<void> {
  await terminal.shows(question);
  terminal.press(`${typed}\r`);
}

describe.skipIf(!hasTerminals)("extend in a terminal", () => {
  it("changes what the new messages tell before it writes, and not the topic", async () => {
    const root = temporaryWorkspace();
    const payload = write(root, "environment_locked.json", LOCKED);
    const terminal = inTerminal(["extend", "harbourline", "--payload", payload], root);
    await answer(terminal, "Write this to", "n");
    await terminal.shows("What to change");
    terminal.press("write the topic");
    await terminal.shows("No results found");
    terminal.press("\b".repeat(20));
    terminal.press("write the first");
    await terminal.shows("❯ write the first line of environment_locked");
    terminal.press("\r");
    await answer(terminal, "❯ no more", "");
    await answer(terminal, "First line of environment_locked", "{actor.name} holds {lock.ticket}");
    await terminal.shows("Ada holds OPS-7.");
    await answer(terminal, "Write this to", "y");
    const { exitCode } = await terminal.ended;
    expect(exitCode).toBe(0);
    expect(read(root, `${folder}/tests.py`)).toContain("Ada holds OPS-7.");
  });

  it("writes nothing where nobody agrees, and keeps what was chosen in a command", async () => {
    const root = temporaryWorkspace();
    const payload = write(root, "environment_locked.json", LOCKED);
    const before = fingerprint(root);
    const terminal = inTerminal(["extend", "harbourline", "--payload", payload], root);
    await answer(terminal, "Write this to", "n");
    await terminal.shows("What to change");
    terminal.press("hide environment");
    await terminal.shows("❯ hide environment: production");
    terminal.press("\r");
    await answer(terminal, "❯ no more", "");
    await answer(terminal, "Write this to", "n");
    await terminal.shows("What to change");
    terminal.press(CTRL_C);
    const { exitCode, shown } = await terminal.ended;
    expect(exitCode).toBe(130);
    expect(fingerprint(root)).toBe(before);
    expect(shown.replaceAll(/\\?\n\s*/g, " ")).toContain(
      "connect-webhook extend harbourline --payload environment_locked.json --hide environment",
    );
  });

  it("lists the fields to choose from with --dry-run --json", async () => {
    const root = temporaryWorkspace();
    const payload = write(root, "environment_locked.json", LOCKED);
    const line = ["extend", "harbourline", "--payload", payload, "--dry-run", "--json"];
    const { stdout } = await cli(line, { cwd: root });
    expect(JSON.parse(stdout).fields).toContainEqual({
      event: "environment_locked",
      name: "lock.ticket",
      sample: "OPS-7",
      shown: expect.any(Boolean),
    });
  });
});
