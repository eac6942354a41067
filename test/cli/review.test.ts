/** `review` as a user meets it: on a workspace in git, with a change of every kind. */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import {
  edit,
  FOLDER,
  REGISTRY,
  repository,
  review,
  reviewTexts,
  VIEW,
} from "../support/review.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

describe("review", () => {
  it("shows what an edit changes, as a page, a comment and data", async () => {
    const cwd = repository();
    edit(cwd, VIEW, (text) => text.replace(" min {seconds} s", " minutes {seconds} s"));
    const status = git(cwd, "status", "--porcelain");
    const out = join(temporaryDirectory(), "page.html");
    const summary = join(temporaryDirectory(), "comment.md");
    const { json, exitCode } = await review(cwd, "--out", out, "--summary", summary);
    const [one] = json.integrations;
    expect(one).toMatchObject({ name: "harbourline", status: "changed" });
    const changed = one.messages.filter((message: { status: string }) => message.status !== "same");
    expect(changed.length).toBeGreaterThan(0);
    expect(changed[0].before.messages[0].content).toMatch(/\d min \d/);
    expect(changed[0].after.messages[0].content).toMatch(/\d minutes \d/);
    // The tests expect the old words.
    expect(one.tests.failed).toBeGreaterThan(0);
    expect(exitCode).toBe(1);
    const ping = {
      event: "ping",
      fixtures: ["ping.json"],
      tested: ["ping.json"],
      documented: true,
    };
    expect(one.events).toContainEqual({ ...ping, status: "same", declared: true, before: ping });
    const page = readFileSync(out, "utf8");
    expect(page).toContain("<h1>Review: Harbourline changed</h1>");
    expect(page).toMatch(/<mark>minutes<\/mark>/);
    expect(page).not.toContain("<script");
    expect(readFileSync(summary, "utf8")).toMatch(/^\+.* minutes /m);
    expect(git(cwd, "status", "--porcelain")).toBe(status);
  });

  it("calls the bots of the base as those of the tree, by their display names", async () => {
    const cwd = repository();
    const tool = "tools/screenshots/generate-integration-docs-screenshot";
    mkdirSync(join(cwd, "tools/screenshots"), { recursive: true });
    writeFileSync(join(cwd, tool), 'bot = f"{integration.display_name} Bot"\n');
    edit(cwd, REGISTRY, (text) =>
      text.replace(/(?=stream_name="deployments")/, 'display_name="Harbour Line", '),
    );
    git(cwd, "add", "-A");
    git(cwd, "commit", "-qm", "a display name of its own");
    edit(cwd, VIEW, (text) => `${text}\n# A word.\n`);
    const [{ messages }] = (await review(cwd)).json.integrations;
    expect(messages.length).toBeGreaterThan(0);
    for (const { status, before, after } of messages) {
      expect(status).toBe("same");
      for (const { sender } of [...before.messages, ...after.messages])
        expect(sender).toBe("Harbour Line Bot");
    }
  });

  it("tells what users depend on, and not what the base lacks as well", async () => {
    const cwd = repository();
    const without = (error: string) => (text: string) =>
      text.replace(/^ {4}return json_success/m, `    if not event:\n        raise ${error}\n$&`);
    edit(cwd, VIEW, without("KeyError"));
    git(cwd, "commit", "-qam", "a line that no test runs");
    edit(cwd, VIEW, (text) => text.replace(/^def /m, "# A word.\n\n\n$&"));
    const quiet = (await review(cwd)).json;
    expect(quiet.integrations[0].coverage.missing.length).toBeGreaterThan(0);
    expect(quiet.attention).toEqual([]);
    edit(cwd, VIEW, (text) =>
      text
        .replace(
          "list(EVENT_TO_BODY_FUNCTION)",
          '[f"on_{name}" for name in EVENT_TO_BODY_FUNCTION]',
        )
        .replace("get_body(payload), event)", 'get_body(payload), f"on_{event}")'),
    );
    edit(cwd, VIEW, without("ValueError"));
    edit(cwd, REGISTRY, (text) =>
      text.replace(/(?=stream_name="deployments")/, 'url="api/v1/external/elsewhere", '),
    );
    edit(cwd, `${FOLDER}/tests.py`, (text) =>
      text
        .replace("external/harbourline", "external/elsewhere")
        .replace('["deployment_*"]', '["on_deployment_*"]'),
    );
    const { json, exitCode } = await review(cwd);
    // The checklist tells of the URL, with the line of the registry; the names are told with the new ones, and once.
    expect(exitCode).toBe(1);
    const texts = json.attention.map(({ text }: { text: string }) => text);
    expect(texts.filter((text: string) => text.includes("404"))).toEqual([
      expect.stringMatching(/^integrations\.py, line \d+: .*\/api\/v1\/external\/harbourline, /),
    ]);
    expect(texts.filter((text: string) => text.includes("ilters"))).toEqual([
      expect.stringMatching(/: .*ping → on_ping, .* former names match/),
    ]);
    expect(texts).toContainEqual(
      expect.stringMatching(/^No test runs these lines: view\.py \d+\.$/),
    );
    expect(json.integrations[0].events[0]).toMatchObject({
      ...{ status: "renamed", event: expect.stringMatching(/^on_/), declared: true },
    });
  });

  it("tells tests that failed before from those that the change breaks", async () => {
    const cwd = repository();
    const tests = `${FOLDER}/tests.py`;
    edit(cwd, tests, (text) => text.replace("successfully configured", "configured"));
    git(cwd, "commit", "-qam", "a test that fails");
    edit(cwd, VIEW, (text) => `${text}\n# A word.\n`);
    const old = await review(cwd);
    const [{ failures, failed }] = old.json.integrations.map((one: { tests: object }) => one.tests);
    expect(failed).toBe(1);
    expect(failures).toMatchObject([{ name: "test_ping", failedBefore: true }]);
    expect(old.json.summary).toMatchObject({ errors: 0 });
    expect(old.exitCode).toBe(0);
    edit(cwd, VIEW, (text) => text.replace(" min {seconds} s", " minutes {seconds} s"));
    const broken = await review(cwd);
    expect(broken.json.integrations[0].tests.failures).toMatchObject([
      { name: "test_deployment_succeeded", failedBefore: false },
      { name: "test_ping", failedBefore: true },
    ]);
    expect(broken.exitCode).toBe(1);
  });

  it("runs the tests of what a change of the library reaches", async () => {
    const cwd = repository();
    const library = "zerver/lib/test_classes.py";
    const unused = "        assert self.CHANNEL_NAME is not None\n";
    edit(cwd, library, (text) =>
      text.replace(unused, `${unused}        assert not fixture_name\n`),
    );
    const { json, exitCode } = await review(cwd);
    const [one] = json.integrations;
    expect(one).toMatchObject({ name: "harbourline", status: "reached" });
    expect(one.messages.every((message: { status: string }) => message.status === "same")).toBe(
      true,
    );
    expect(one.tests.failures.length).toBeGreaterThan(0);
    expect(exitCode).toBe(1);
    edit(cwd, library, (text) => text.replace("assert not fixture_name", "assert fixture_name"));
    expect((await review(cwd)).json).toMatchObject({
      integrations: [],
      unaffected: ["harbourline"],
    });
  });

  it("runs tests in views that have handled no request, as `test` does", async () => {
    const cwd = repository();
    edit(cwd, VIEW, (text) =>
      text.replace(
        /^(@webhook_view[\s\S]*?HttpResponse:\n)/m,
        (head) =>
          `SEEN: list[int] = []\n\n\n${head}    SEEN.append(1)\n    assert len(SEEN) <= 12\n`,
      ),
    );
    const { json } = await review(cwd);
    expect(json.integrations[0].tests.failed).toBe(0);
  });

  it("warns of an image that has changed while no message has", async () => {
    const cwd = repository();
    const picture = "static/images/integrations/bot_avatars/harbourline.png";
    writeFileSync(join(cwd, picture), readFileSync(join(cwd, picture)).subarray(0, -1));
    const summary = join(temporaryDirectory(), "comment.md");
    await review(cwd, "--summary", summary);
    expect(readFileSync(summary, "utf8")).toContain("An image has changed, and no message has.");
  });

  it("shows an integration that is new, and one that is gone", async () => {
    const cwd = repository();
    edit(cwd, REGISTRY, (text) => text.replaceAll('"harbourline"', '"quayside"'));
    mkdirSync(join(cwd, "zerver/webhooks/quayside"));
    writeFileSync(join(cwd, "zerver/webhooks/quayside/__init__.py"), "");
    writeFileSync(
      join(cwd, "zerver/webhooks/quayside/view.py"),
      "def api_quayside_webhook(request): raise KeyError\n",
    );
    rmSync(join(cwd, FOLDER), { recursive: true });
    const { json, exitCode } = await review(cwd);
    const statuses = json.integrations.map((one: { name: string; status: string }) => [
      one.name,
      one.status,
    ]);
    expect(statuses).toEqual([
      ["quayside", "added"],
      ["harbourline", "removed"],
    ]);
    expect(json.integrations[1].messages[0]).toMatchObject({ status: "removed", after: null });
    expect(exitCode).toBe(1);
  });

  it("knows an integration under its new name", async () => {
    const cwd = repository();
    edit(cwd, REGISTRY, (text) => text.replaceAll("harbourline", "quayside"));
    renameSync(join(cwd, FOLDER), join(cwd, "zerver/webhooks/quayside"));
    edit(cwd, "zerver/webhooks/quayside/view.py", (text) =>
      text.replace("api_harbourline_webhook", "api_quayside_webhook"),
    );
    git(cwd, "add", "-A");
    const { json } = await review(cwd);
    expect(json.integrations).toMatchObject([
      { name: "quayside", status: "renamed", formerName: "harbourline" },
    ]);
  });

  it("knows a fixture under its new name, whether or not its payload is the same", async () => {
    const cwd = repository();
    const [old, now] = ["deployment_started__scheduled.json", "deployment_started__timer.json"];
    const [before, after] = [old, now].map((file) => `${FOLDER}/fixtures/${file}`);
    git(cwd, "mv", before ?? "", after ?? "");
    edit(cwd, `${FOLDER}/tests.py`, (text) => text.replace("__scheduled", "__timer"));
    const look = async () => {
      const folder = temporaryDirectory();
      const [page, summary] = [join(folder, "page.html"), join(folder, "comment.md")];
      const { json } = await review(cwd, "--out", page, "--summary", summary);
      const [{ files, messages }] = json.integrations;
      const [texts, isNow] = [
        [page, summary],
        ({ fixture }: { fixture: string }) => fixture === now,
      ];
      const shown = texts.map((path) => readFileSync(path, "utf8"));
      return { files, message: messages.find(isNow), count: messages.length, shown };
    };
    const same = await look();
    expect(same.files).toMatchObject([
      { path: after, status: "renamed", formerPath: before, added: 0, removed: 0 },
      { path: `${FOLDER}/tests.py`, status: "changed" },
    ]);
    expect(same.message).toMatchObject({ formerFixture: old, status: "same" });
    expect(same.count).toBe(7);
    expect(same.shown[1]).not.toContain(now);
    edit(cwd, after ?? "", (text) => text.replaceAll("485", "483"));
    const changed = await look();
    expect(changed.message).toMatchObject({ formerFixture: old, status: "changed" });
    expect(changed.shown[0]).toContain(`renamed from ${old}`);
    expect(changed.shown[1]).toContain(`renamed from <code>${old}</code>`);
  });

  it("shows a view that is broken, before or after", async () => {
    const cwd = repository();
    edit(cwd, VIEW, (text) => `${text}\nthis is no Python\n`);
    const broken = await review(cwd);
    expect(broken.exitCode).toBe(1);
    const [one] = broken.json.integrations;
    expect(one.messages[0].after.error.type).toBe("SyntaxError");
    expect(one.messages[0].before.messages).toHaveLength(1);
    git(cwd, "commit", "-qam", "broken");
    git(cwd, "checkout", "-q", "-b", "mended");
    edit(cwd, VIEW, (text) => text.replace("\nthis is no Python\n", ""));
    const mended = (await review(cwd)).json.integrations[0];
    expect(mended.messages[0].before.error.type).toBe("SyntaxError");
    expect(mended.messages[0].after.messages).toHaveLength(1);
  });

  it("says so when nothing has changed, with exit code 0", async () => {
    const cwd = repository();
    const out = join(temporaryDirectory(), "page.html");
    const { exitCode, stdout } = await cli(["review", "--base", "HEAD", "--out", out], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toBe("No integration changed.\n");
    expect(readFileSync(out, "utf8")).toContain("Nothing that a webhook integration is made of");
    expect(git(cwd, "status", "--porcelain")).toBe("");
  });

  it("compares with nothing where the base has no readable tree", async () => {
    const cwd = repository();
    edit(cwd, REGISTRY, () => "this is no Python (\n");
    git(cwd, "commit", "-qam", "broken");
    git(cwd, "branch", "broken");
    git(cwd, "revert", "--no-edit", "HEAD");
    const { json } = await review(cwd, "--base", "broken");
    expect(json.notes[0]).toMatch(/^The base cannot be compared, so everything looks new: /);
    expect(json.integrations[0].status).toBe("added");
  });

  it("never shows a file that a link in the tree leads to", async () => {
    const cwd = repository();
    const secret = join(temporaryDirectory(), "secret.svg");
    writeFileSync(secret, "a secret");
    const logo = join(cwd, "static/images/integrations/logos/harbourline.svg");
    rmSync(logo);
    symlinkSync(secret, logo);
    const out = join(temporaryDirectory(), "page.html");
    await review(cwd, "--out", out);
    const page = readFileSync(out, "utf8");
    expect(page).not.toContain(Buffer.from("a secret").toString("base64"));
  });
});

describe("review, when it cannot", () => {
  it("leaves a page and a summary that say so where the registry cannot be read", async () => {
    const cwd = repository();
    edit(cwd, REGISTRY, (text) => text.replace('"harbourline", [', '"harbourline" ['));
    const { exitCode, json, page, summary, stderr } = await reviewTexts(cwd);
    expect(exitCode).toBe(2);
    expect(json.error.code).toBe("registry-not-understood");
    expect(stderr).toContain("The summary is ");
    for (const text of [page, summary]) {
      expect(text).toMatch(/eview: the registry cannot be read/);
      expect(text).toMatch(/zerver\/lib\/integrations\.py, line \d+: /);
    }
    const elsewhere = await review(cwd, "--summary", "nowhere/comment.md");
    expect(elsewhere.json.error.code).toBe("no-such-folder");
  });

  it.each([
    {
      what: "no git",
      tree: () => temporaryWorkspace(),
      args: ["--base", "main"],
      code: "no-git",
    },
    { what: "an unknown base", tree: repository, args: ["--base", "nope"], code: "unknown-base" },
    {
      what: "a base that looks like an option",
      tree: repository,
      args: ["--base=--output=x"],
      code: "unknown-base",
    },
    {
      what: "an unknown name",
      tree: repository,
      args: ["nobody", "--base", "main"],
      code: "unknown-integration",
    },
    {
      what: "a folder to write to",
      tree: repository,
      args: ["--base", "main", "--out", "."],
      code: "is-a-folder",
    },
    {
      what: "a folder for the summary",
      tree: repository,
      args: ["--base", "main", "--summary", "zerver"],
      code: "is-a-folder",
    },
    {
      what: "an empty name",
      tree: repository,
      args: ["--base", "main", "--out", ""],
      code: "is-a-folder",
    },
    {
      what: "a page in a folder that is not there",
      tree: repository,
      args: ["--base", "main", "--out", "pagse/page.html"],
      code: "no-such-folder",
    },
    {
      what: "a path through a file",
      tree: repository,
      args: ["--base", "main", "--out", "README.md/page.html"],
      code: "not-a-folder",
    },
  ])("answers $what with exit code 2 and an untouched tree", async ({ tree, args, code }) => {
    const cwd = tree();
    const { exitCode, stdout } = await cli(["review", ...args, "--json"], { cwd });
    const { error } = JSON.parse(stdout);
    expect([exitCode, error.code]).toEqual([2, code]);
    expect(error.hint).toBeTruthy();
    if (code !== "no-git") expect(git(cwd, "status", "--porcelain")).toBe("");
  });

  it("says what a shallow clone lacks", async () => {
    const origin = repository();
    git(origin, "commit", "-q", "--allow-empty", "-m", "second");
    const clone = join(temporaryDirectory(), "clone");
    git(origin, "clone", "-q", "--depth", "1", `file://${origin}`, clone);
    const { exitCode, stderr } = await cli(["review", "--base", "HEAD^"], { cwd: clone });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("git fetch --unshallow");
  });

  it("does not compare with a base from which a shallow clone has cut the branch off", async () => {
    const origin = repository();
    git(origin, "checkout", "-q", "-b", "side");
    git(origin, "commit", "-q", "--allow-empty", "-m", "of the branch");
    git(origin, "checkout", "-q", "main");
    git(origin, "commit", "-q", "--allow-empty", "-m", "of main");
    const clone = join(temporaryDirectory(), "clone");
    git(origin, "clone", "-q", "--depth", "1", "--branch", "side", `file://${origin}`, clone);
    git(clone, "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main");
    const { exitCode, stderr } = await cli(["test", "--changed", "origin/main"], { cwd: clone });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("does not have the commit where the branch left its base");
    expect(stderr).toContain("git fetch --unshallow");
  });

  it("says that git refuses the repository of another owner", async () => {
    const cwd = repository();
    const env = { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
    for (const words of [["review"], ["lint", "--changed"]]) {
      const { exitCode, stderr } = await cli(words, { cwd, env });
      expect(exitCode).toBe(2);
      expect(stderr).toContain("Git does not read a repository of another owner");
      expect(stderr).toContain(`git config --global --add safe.directory ${cwd}`);
    }
    const { stdout } = await cli(["lint"], { cwd, env });
    expect(stdout).toContain("Not checked: package-tracked");
    expect(stdout).toContain("git does not read a repository of another owner");
  });
});
