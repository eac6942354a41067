/** Event names that no file name can hold, all the way: from live requests to a view that takes such requests. */
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { capturing, post, spooled } from "../support/capturing.ts";
import { cli, testCache } from "../support/cli.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const repository = { name: "press", url: "https://barn.example/press" };
const requests: [event: string, payload: unknown][] = [
  ["repo:push", { actor: { name: "Ada" }, repository, push: { branch: "main", commits: 2 } }],
  [
    "pullrequest:created",
    { actor: { name: "Ada" }, repository, pullrequest: { id: 17, title: "Speed up" } },
  ],
  ["Note Hook", { actor: { name: "Bob" }, repository, note: { text: "Still slow." } }],
];
const made = ["--category", "misc", "--yes", "--no-screenshot"];

/** Captures the three requests, and gives the `new` command that the program prints for them. */
async function captured(root: string, ...extra: string[]): Promise<string[]> {
  const { url, ended } = await capturing(root, "codebarn", "--count", "3", ...extra);
  for (const [event, payload] of requests) {
    await post(url, JSON.stringify(payload), { "X-Event-Key": event });
  }
  const { exitCode, stdout, stderr } = await ended;
  expect(exitCode).toBe(0);
  // There is nothing to paste: the view that `new` writes knows the values.
  expect(stdout).not.toContain("fixture_to_headers");
  return (/connect-webhook (new codebarn .*)/.exec(stderr)?.[1] ?? "").split(" ");
}

const read = (root: string, file: string): string =>
  readFileSync(join(root, "zerver/webhooks/codebarn", file), "utf8");

/** Starts `dev`, and gives a way to send what a service sends. */
async function serving(cwd: string) {
  const program = join(packageRoot, "bin/connect-webhook.js");
  const child = spawn(process.execPath, [program, "dev", "codebarn", "--port", "0", "--json"], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: testCache, CONNECT_WEBHOOK_CACHE: testCache },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const { url, token } = JSON.parse(
    await new Promise<string>((done) => child.stdout.once("data", (bytes) => done(String(bytes)))),
  );
  const ask = async (path: string) => {
    const answer = await fetch(`${url}/_/${path}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    return answer.json();
  };
  const { path, stream, bot } = await ask("integrations/codebarn");
  const hook = `${url}${path}?${new URLSearchParams({ api_key: bot.apiKey, stream })}`;
  return {
    ask,
    send: (body: string, event: string) => post(hook, body, { "X-Event-Key": event }),
  };
}

describe("an event header's values", () => {
  it("come from what was captured, so that the view takes the live requests", async () => {
    const root = temporaryWorkspace();
    const line = await captured(root);
    const { exitCode, stderr } = await cli([...line, ...made], { cwd: root });
    expect(stderr).toContain("✓ Its 4 tests pass.");
    expect(stderr).not.toContain("file names");
    expect(exitCode).toBe(0);
    expect(read(root, "view.py")).toContain(
      [
        "FIXTURE_EVENTS: dict[str, str] = {",
        '    "repo_push": "repo:push",',
        '    "pullrequest_created": "pullrequest:created",',
        '    "note_hook": "Note Hook",',
        "}",
      ].join("\n"),
    );
    expect(read(root, "view.py")).toContain('"repo:push": get_repo_push_body,');

    const checked = await cli(["lint", "codebarn", "--format", "json"], { cwd: root });
    const rules = JSON.parse(checked.stdout).problems.map(({ rule }: { rule: string }) => rule);
    expect(rules.sort()).toEqual(["doc-todo", "logo-placeholder", "screenshot-image"]);

    const { ask, send } = await serving(root);
    for (const { body, headers } of spooled(root, "codebarn")) {
      const event = headers.find(([name]) => name.toLowerCase() === "x-event-key")?.[1] ?? "";
      expect((await send(body.toString(), event)).status).toBe(200);
    }
    const latest = await ask("requests");
    const messages = await Promise.all(
      latest.map(async ({ id }: { id: string }) => (await ask(`requests/${id}`)).outcome.messages),
    );
    expect(messages.flat().map(({ topic }: { topic: string }) => topic)).toEqual([
      "press",
      "press / PR #17 Speed up",
      "press / main",
    ]);
    const madeUp = await send(JSON.stringify(requests[0]?.[1]), "repo_push");
    expect([madeUp.status, await madeUp.json()]).toMatchObject([
      200,
      { msg: "The 'repo_push' event isn't currently supported by the Codebarn webhook; ignoring" },
    ]);
  });

  it("are found for a copy of another name, and for a fixture with secrets replaced", async () => {
    const root = temporaryWorkspace();
    const mail = "octo.cat@github.com";
    writeFileSync(
      join(root, "a.sh"),
      `curl x.example -H 'X-Event-Key: repo:push' -d '{"by":"${mail}"}'`,
    );
    writeFileSync(join(root, "b.sh"), `curl x.example -H 'X-Event-Key: repo:fork' -d '{"n":1}'`);
    const words = ["capture", "codebarn", "--from", "a.sh", "b.sh", "--redact"];
    expect(await cli(words, { cwd: root })).toMatchObject({ exitCode: 0 });
    const spool = join(root, ".connect-webhook/captures/codebarn/fixtures");
    const copy = join(root, "forked.json");
    copyFileSync(join(spool, "repo_fork.json"), copy);
    const payloads = ["--payload", join(spool, "repo_push.json"), copy];
    const { exitCode, stdout, stderr } = await cli(
      ["new", "codebarn", ...payloads, "--event-header", "x-event-key", ...made, "--dry-run"],
      { cwd: root },
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Event types: repo:push, repo:fork");
    expect(stdout).toContain('"forked": "repo:fork",');
    expect(stderr).not.toContain("file names");
  });

  it("can be said where nothing was captured; what only a file name says is pointed out", async () => {
    const root = temporaryWorkspace();
    const folder = temporaryDirectory();
    mkdirSync(folder, { recursive: true });
    for (const file of ["orders_create.json", "a=b.json", "refund.json"]) {
      writeFileSync(join(folder, file), '{"title": "T"}');
    }
    const payloads = ["orders_create.json", "a=b.json", "refund.json"].map((file) =>
      join(folder, file),
    );
    const names = ["orders_create.json=orders/create", `${payloads[1]}=a/b=c`];
    const options = ["--event-header", "X-Topic", "--event-name", ...names, ...made];
    const { exitCode, stdout, stderr } = await cli(
      ["new", "codebarn", "--payload", ...payloads, ...options],
      { cwd: root },
    );
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain("Event types: orders/create, a/b=c, refund");
    expect(stderr).toContain(
      '! Only file names say what the event header\'s values are: "refund".',
    );
    expect(stderr).toContain("--event-name 'refund.json=<value>'");
    expect(stderr).toMatch(/view\.py\n +has event names from file names: .* "refund"\n/);
    expect(stderr).toContain("✓ Its 4 tests pass.");
  });
});
