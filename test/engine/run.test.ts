import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { TestResult } from "../../src/engine/index.ts";
import { openSharedEngine } from "../support/pools.ts";
import { ECHO_VIEW, sharedEngineOn, workspaceWith } from "./tree.ts";

const HELLO = { "hello.json": '{"text": "Hello *you*"}' };

/** The results of one integration by the method's name. */
async function results(root: string, name: string): Promise<Record<string, TestResult>> {
  const engine = await sharedEngineOn(root, [name]);
  const { integrations } = await engine.runTests({ names: [name] });
  return Object.fromEntries((integrations[0]?.tests ?? []).map((test) => [test.name, test]));
}

describe("runTests", () => {
  it("runs the workspace's own sample", async () => {
    const engine = await sharedEngineOn(workspaceWith({}), ["harbourline"]);
    const run = await engine.runTests({ names: ["harbourline"] });
    expect(run.summary.failed).toBe(0);
    expect(run.summary.passed).toBeGreaterThan(5);
  });

  it("imports the standard library from bytecode, and tracebacks still show its source", async () => {
    const tests = `    def test_it(self) -> None:
        import json
        self.assertRegex(json.__file__, r"\\.pyc$")
        self.assertIn("JSON", json.__loader__.get_source("json"))
`;
    const root = workspaceWith({ echo: { fixtures: HELLO, tests } });
    expect((await results(root, "echo")).test_it).toMatchObject({ status: "passed" });
  });

  it("tells expected and actual, file and line of a failed check_webhook", async () => {
    const root = workspaceWith({
      echo: {
        fixtures: HELLO,
        tests: `    def test_right(self) -> None:
        self.check_webhook("hello", "greetings", "Hello *you*")

    def test_wrong_content(self) -> None:
        self.check_webhook("hello", "greetings", "Hello *me*")

    def test_wrong_topic(self) -> None:
        self.check_webhook("hello", "farewells", "Hello *you*")
`,
      },
    });
    const tests = await results(root, "echo");
    expect(tests.test_right).toMatchObject({
      id: "zerver.webhooks.echo.tests.NameTests.test_right",
      status: "passed",
    });
    expect(tests.test_wrong_content).toMatchObject({
      status: "failed",
      error: {
        type: "AssertionError",
        expected: "Hello *me*",
        actual: "Hello *you*",
        path: "zerver/webhooks/echo/tests.py",
        line: 13,
      },
    });
    expect(tests.test_wrong_topic?.error).toMatchObject({
      expected: "farewells",
      actual: "greetings",
      line: 16,
    });
  });

  it("fails a test that is a coroutine or a generator, of which nothing would be run", async () => {
    const tests = `    async def test_coroutine(self) -> None:
        self.fail("it is run")

    def test_generator(self):
        self.fail("it is run")
        yield

    async def test_both(self):
        yield self.fail("it is run")

    def test_plain(self) -> None:
        self.assertEqual(1, 1)
`;
    const made = await results(workspaceWith({ echo: { fixtures: HELLO, tests } }), "echo");
    for (const name of ["test_coroutine", "test_generator", "test_both"])
      expect([name, made[name]?.error?.type]).toEqual([name, "NotRun"]);
    expect(made.test_plain?.status).toBe("passed");
  });

  it("shows a view's exception with the author's frames only", async () => {
    const root = workspaceWith({
      broken: {
        view: ECHO_VIEW.replace('payload["text"].tame(check_string)', '{}["no such key"]'),
        fixtures: HELLO,
        tests: `    def test_it(self) -> None:
        self.check_webhook("hello", "greetings", "Hello")
`,
      },
    });
    const { error } = (await results(root, "broken")).test_it ?? {};
    expect(error?.type).toBe("KeyError");
    expect(error?.traceback).toContain('File "zerver/webhooks/broken/view.py", line');
    expect(error?.traceback).not.toContain("zerver/decorator.py");
    expect(error?.traceback).not.toContain("/checkout");
  });

  it("reports a broken tests.py as one failure, and runs the others", async () => {
    const root = workspaceWith({
      bad: { wholeTests: "def broken(:\n" },
      echo: {
        fixtures: HELLO,
        tests:
          '    def test_it(self) -> None:\n        self.check_webhook("hello", "greetings", "Hello *you*")\n',
      },
    });
    const engine = await sharedEngineOn(root, ["bad", "echo"]);
    const seen: string[] = [];
    const run = await engine.runTests({
      names: ["bad", "echo"],
      onResult: ({ integration, status }) => seen.push(`${integration} ${status}`),
    });
    expect(run.integrations.map(({ name, failed, passed }) => ({ name, failed, passed }))).toEqual([
      { name: "bad", failed: 1, passed: 0 },
      { name: "echo", failed: 0, passed: 1 },
    ]);
    expect(run.integrations[0]?.tests[0]?.error).toMatchObject({
      type: "SyntaxError",
      path: "zerver/webhooks/bad/tests.py",
      line: 1,
    });
    // The longest runs first, whatever the order of the names.
    expect(seen.sort()).toEqual(["bad failed", "echo passed"]);
  });

  it("is not stopped by a broken view of another integration", async () => {
    const root = workspaceWith({ bad: { view: "import nonsense_package\n" }, echo: {} });
    const engine = await sharedEngineOn(root, ["harbourline"]);
    const run = await engine.runTests({ names: ["harbourline"] });
    expect(run.summary.failed).toBe(0);
  });

  it("names a package that is not there", async () => {
    const root = workspaceWith({
      bad: {
        view: "import nonsense_package\n",
        wholeTests: "from zerver.webhooks.bad import view\n",
      },
    });
    const { "import tests.py": failure } = await results(root, "bad");
    expect(failure?.error).toMatchObject({
      type: "ModuleNotFoundError",
      message: "No module named 'nonsense_package'",
    });
  });

  it("fails a test that needs what the engine does not have, and says what", async () => {
    const root = workspaceWith({
      net: {
        wholeTests: `import requests
from unittest import TestCase

class Tests(TestCase):
    def test_it(self) -> None:
        requests.get("http://localhost")
`,
      },
    });
    const { test_it } = await results(root, "net");
    expect(test_it).toMatchObject({ status: "failed", error: { type: "Unavailable" } });
    expect(test_it?.error?.message).toContain("requests.get");
  });

  it("gives each test fresh data, and reports skipped tests and what they print", async () => {
    const count = "Message.objects.count()";
    const root = workspaceWith({
      data: {
        wholeTests: `import unittest
from zerver.lib.test_classes import WebhookTestCase
from zerver.models import Message

class Tests(WebhookTestCase):
    CHANNEL_NAME = "x"
    URL_TEMPLATE = "/x"

    def test_a(self) -> None:
        before = ${count}
        Message.objects.all().delete()
        self.assertNotEqual(before, ${count})

    def test_b(self) -> None:
        self.assertGreaterEqual(${count}, 2)
        print("printed")

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.shared = "set up once"

    def test_d(self) -> None:
        self.assertEqual(self.shared, "set up once")

    @unittest.skip("not today")
    def test_c(self) -> None:
        pass
`,
      },
    });
    const tests = await results(root, "data");
    expect(tests.test_a?.status).toBe("passed");
    expect(tests.test_b).toMatchObject({ status: "passed", output: "printed\n" });
    expect(tests.test_d?.status).toBe("passed");
    expect(tests.test_c).toMatchObject({ status: "skipped", reason: "not today" });
  });

  it("counts the tests of a shared folder once, and says where", async () => {
    const root = workspaceWith({});
    const directory = "zerver/webhooks/harbourline";
    const names = ["harbourline", "harbourline_too"];
    const targets = names.map((name) => ({ name, directory }));
    const engine = await openSharedEngine({ root, targets });
    onTestFinished(() => engine.close());
    const { integrations } = await engine.runTests({ names });
    expect(integrations[0]?.total).toBeGreaterThan(0);
    expect(integrations[1]).toMatchObject({ total: 0, testedWith: "harbourline" });
    expect(integrations[0]).not.toHaveProperty("testedWith");
  });

  it("says which file of the library does not load", async () => {
    const root = workspaceWith({});
    writeFileSync(join(root, "zerver/lib/webhooks/common.py"), "def broken(:\n");
    await expect(sharedEngineOn(root, ["harbourline"])).rejects.toMatchObject({
      code: "broken-library",
      message: expect.stringContaining("zerver/lib/webhooks/common.py, line 1"),
    });
  });

  it("runs the tests beside what of the registry does not load, and says once which line that is", async () => {
    const tests = "    def test_a(self) -> None:\n        pass\n";
    const root = workspaceWith({ echo: { tests }, other: { tests } });
    const registry = join(root, "zerver/lib/integrations.py");
    const source = readFileSync(registry, "utf8");
    const line = source.split("\n").length;
    const broken =
      'from zerver.lib.nowhere import thing\nTHING = thing()\nraise ValueError("wrong category")\n' +
      "from zerver.lib.nobody import never_used\n";
    writeFileSync(registry, source + broken);
    const said: string[] = [];
    const onWarning = (message: string): void => void said.push(message);
    const engine = await sharedEngineOn(root, ["echo", "other"], { onWarning });
    const { summary } = await engine.runTests({ names: ["echo", "other"] });
    expect(summary).toMatchObject({ passed: 2, failed: 0 });
    expect(said).toEqual([
      `a statement of the registry does not load: ModuleNotFoundError: No module named 'zerver.lib.nowhere' (zerver/lib/integrations.py, line ${line})`,
      `a statement of the registry does not load: ModuleNotFoundError: No module named 'zerver.lib.nobody' (zerver/lib/integrations.py, line ${line + 3})`,
      `a statement of the registry does not load: ValueError: wrong category (zerver/lib/integrations.py, line ${line + 2})`,
    ]);
  });

  it("fails the tests of an entry that does not load, with its line, and no other", async () => {
    const tests = "    def test_a(self) -> None:\n        pass\n";
    const root = workspaceWith({ echo: { tests }, other: { tests } });
    const registry = join(root, "zerver/lib/integrations.py");
    const source = readFileSync(registry, "utf8");
    const broken = source.replace(
      'WebhookIntegration("echo", ["misc"])',
      'WebhookIntegration("echo", ["nothing"])',
    );
    writeFileSync(registry, broken);
    const line = broken.slice(0, broken.indexOf('"echo", ["nothing"]')).split("\n").length;
    const engine = await sharedEngineOn(root, ["echo", "other"]);
    const { integrations } = await engine.runTests({ names: ["echo", "other"] });
    expect(integrations).toMatchObject([
      { name: "echo", passed: 0, failed: 1 },
      { name: "other", passed: 1, failed: 0 },
    ]);
    const error = integrations[0]?.tests[0]?.error;
    expect(error).toMatchObject({ path: "zerver/lib/integrations.py", line });
    expect(error?.message).toMatch(/^the entry of echo does not load: /);
    await expect(engine.deliver({ integration: "echo" })).rejects.toMatchObject({
      code: "cannot-deliver",
      message: expect.stringContaining(`(zerver/lib/integrations.py, line ${line})`),
    });
  });

  it("blames a registry of which no entry loads", async () => {
    const root = workspaceWith({
      echo: { tests: "    def test_a(self) -> None:\n        pass\n" },
    });
    const registry = join(root, "zerver/lib/integrations.py");
    const source = readFileSync(registry, "utf8");
    const broken = source.replace(
      /\nclass WebhookIntegration/,
      "\nraise ValueError('no')\n\nclass WebhookIntegration",
    );
    writeFileSync(
      registry,
      broken.replace(/(class WebhookIntegration[^\n]*\n)/, "$1    X = 1 / 0\n"),
    );
    const engine = await sharedEngineOn(root, ["echo"]);
    await expect(engine.runTests({ names: ["echo"] })).rejects.toMatchObject({
      code: "broken-library",
      message: expect.stringMatching(/ValueError: no \(zerver\/lib\/integrations\.py, line \d+\)/),
    });
  });

  it("runs the others beside a view that is broken", async () => {
    const tests =
      '    def test_a(self) -> None:\n        self.check_webhook("hello", "greetings", "Hello *you*")\n';
    const root = workspaceWith({
      broken: { view: "def api(:\n", tests, fixtures: HELLO },
      fine: { tests, fixtures: HELLO },
    });
    const engine = await sharedEngineOn(root, ["broken", "fine"]);
    const { integrations } = await engine.runTests({ names: ["broken", "fine"] });
    expect(integrations).toMatchObject([
      { name: "broken", failed: 1 },
      { name: "fine", passed: 1 },
    ]);
    expect(integrations[0]?.tests[0]?.error).toMatchObject({
      type: "SyntaxError",
      path: "zerver/webhooks/broken/view.py",
      line: 1,
    });
  });

  const MARKED = "<<<<<<< HEAD\nONE = 1\n=======\nONE = 2\n>>>>>>> branch\n";
  const marked = (root: string, path: string): void => {
    const source = readFileSync(join(root, path), "utf8");
    writeFileSync(join(root, path), `${source}\n${MARKED}`);
  };
  const lineOfMark = (root: string, path: string): number =>
    readFileSync(join(root, path), "utf8").split("\n").indexOf("<<<<<<< HEAD") + 1;

  it("names an unfinished merge in a view, and runs the others", async () => {
    const tests =
      '    def test_a(self) -> None:\n        self.check_webhook("hello", "greetings", "Hello *you*")\n';
    const root = workspaceWith({
      merged: { tests, fixtures: HELLO },
      fine: { tests, fixtures: HELLO },
    });
    const path = "zerver/webhooks/merged/view.py";
    marked(root, path);
    const engine = await sharedEngineOn(root, ["merged", "fine"]);
    const { integrations } = await engine.runTests({ names: ["merged", "fine"] });
    expect(integrations).toMatchObject([{ failed: 1 }, { passed: 1 }]);
    const error = integrations[0]?.tests[0]?.error;
    expect(error).toMatchObject({ path, line: lineOfMark(root, path) });
    expect(error?.message).toMatch(
      /^a conflict marker of an unfinished merge \(view\.py, line \d+\)$/,
    );
  });

  it("runs the others beside a folder without tests, and says what is missing", async () => {
    const tests = "    def test_a(self) -> None:\n        pass\n";
    const root = workspaceWith({ bare: {}, fine: { tests } });
    rmSync(join(root, "zerver/webhooks/bare/tests.py"));
    const engine = await sharedEngineOn(root, ["bare", "fine"]);
    const { integrations } = await engine.runTests({ names: ["bare", "fine"] });
    expect(integrations).toMatchObject([
      { name: "bare", passed: 0, failed: 1 },
      { name: "fine", passed: 1, failed: 0 },
    ]);
    expect(integrations[0]?.tests[0]?.error).toMatchObject({
      path: "zerver/webhooks/bare/tests.py",
      message: "there is no zerver/webhooks/bare/tests.py, so there are no tests",
    });
  });

  it("refuses a name that was not loaded", async () => {
    const engine = await sharedEngineOn(workspaceWith({}), ["harbourline"]);
    await expect(engine.runTests({ names: ["other"] })).rejects.toMatchObject({
      code: "unknown-integration",
    });
  });
});
