/** JSON that a service sends in a form's field: `capture` makes a fixture of it, and the drafted view reads the field. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

it("drafts a view of captured JSON as its requests bring it", async () => {
  const cwd = temporaryWorkspace();
  const payload = JSON.stringify({ crate: { id: 41, title: "Lamp oil" }, state: "loaded" });
  const body = new URLSearchParams({ data: payload }).toString();
  writeFileSync(
    join(cwd, "request.txt"),
    `curl http://h.example/ -H 'Content-Type: application/x-www-form-urlencoded' --data-raw '${body}'\n`,
  );
  const captured = await cli(["capture", "quayside", "--from", "request.txt"], { cwd });
  expect(captured.exitCode, captured.stderr).toBe(0);
  const folder = ".connect-webhook/captures/quayside/fixtures";
  const [file = ""] = readdirSync(join(cwd, folder));
  expect(readFileSync(join(cwd, folder, file), "utf8")).toBe(`${payload}\n`);
  const args = ["new", "quayside", "--category", "misc", "--payload", join(folder, file)];
  const made = await cli([...args, "--no-screenshot", "--yes"], { cwd });
  expect(made.exitCode, made.stderr).toBe(0);
  const fixtures = join(cwd, "zerver/webhooks/quayside/fixtures");
  const [fixture = ""] = readdirSync(fixtures);
  expect(readFileSync(join(fixtures, fixture), "utf8")).toBe(`${body}\n`);
  expect(readFileSync(join(cwd, "zerver/webhooks/quayside/view.py"), "utf8")).toMatch(
    /"data"|data:/,
  );
  const tested = await cli(["test", "quayside"], { cwd });
  expect([tested.exitCode, tested.stdout]).toEqual([0, expect.stringContaining("0 failed")]);
});

it("takes the way to the event with the form's field and without it", async () => {
  const bodyOf = (state: string): string =>
    new URLSearchParams({ payload: JSON.stringify({ state, lamp: "north" }) }).toString();
  for (const key of ["payload.state", "state"]) {
    const cwd = temporaryWorkspace();
    const calls = ["lit", "out"].map(
      (state) =>
        `curl http://h.example/ -H 'Content-Type: application/x-www-form-urlencoded' --data-raw '${bodyOf(state)}'\n`,
    );
    writeFileSync(join(cwd, "requests.txt"), calls.join(""));
    const captured = await cli(
      ["capture", "quayside", "--from", "requests.txt", "--event-key", key],
      { cwd },
    );
    const folder = ".connect-webhook/captures/quayside/fixtures";
    expect(readdirSync(join(cwd, folder)), captured.stderr).toEqual(["lit.json", "out.json"]);
    const [, next = ""] = /connect-webhook (new quayside .*)/.exec(captured.stderr) ?? [];
    expect(next).toContain(`--event-key ${key}`);
    for (const payload of [
      ["--payload", "lit.txt", "out.txt", "--event-key", key],
      next.split(" ").slice(2),
    ]) {
      for (const state of ["lit", "out"]) writeFileSync(join(cwd, `${state}.txt`), bodyOf(state));
      const args = ["new", "quayside", "--category", "misc", ...payload, "--no-screenshot"];
      const made = await cli([...args, "--dry-run", "--json"], { cwd });
      expect(made.exitCode, made.stderr).toBe(0);
      expect(made.stdout).toContain('event = payload[\\"state\\"]');
    }
  }
});
