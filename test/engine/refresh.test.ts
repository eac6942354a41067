/** An engine that is kept sees each edit of the tree, and nothing older. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/engine/index.ts";
import { openSharedEngine } from "../support/pools.ts";
import { ECHO_VIEW, sharedEngineOn, workspaceWith } from "./tree.ts";

const TEST = `    def test_it(self) -> None:
        self.check_webhook("hello", "greetings", "Hello")
`;
const SAYS_HELLO = { fixtures: { "hello.json": '{"text": "Hello"}' }, tests: TEST };
const VIEW = "zerver/webhooks/echo/view.py";

/** A workspace with `echo`, whose file can be changed by a function, and an engine on it. */
async function echoing(others: Parameters<typeof workspaceWith>[0] = {}) {
  const root = workspaceWith({ echo: SAYS_HELLO, ...others });
  const engine = await sharedEngineOn(root, ["echo", ...Object.keys(others)]);
  const edit = async (path: string, change: (text: string) => string): Promise<void> => {
    writeFileSync(join(root, path), change(readFileSync(join(root, path), "utf8")));
    await engine.refresh({ edited: [path] });
  };
  return { root, engine, edit };
}

/** How the tests of one integration ended: `passed`, or the errors' types and messages. */
async function outcome(engine: Engine, name = "echo"): Promise<string[]> {
  const { integrations } = await engine.runTests({ names: [name] });
  const tests = integrations[0]?.tests ?? [];
  return tests.map(({ status, error }) => (error ? `${error.type}: ${error.message}` : status));
}

describe("refresh", () => {
  it("takes in an edited view, one that is broken, and its repair", async () => {
    const { engine, edit } = await echoing();
    expect(await outcome(engine)).toEqual(["passed"]);
    await edit(VIEW, (text) => text.replace('"greetings"', '"farewells"'));
    expect((await outcome(engine))[0]).toContain("AssertionError");
    await edit(VIEW, (text) => `${text}def broken(:\n`);
    const { integrations } = await engine.runTests({ names: ["echo"] });
    expect(integrations[0]?.tests[0]?.error).toMatchObject({ type: "SyntaxError", path: VIEW });
    await edit(VIEW, () => ECHO_VIEW.replaceAll("%name%", "echo"));
    expect(await outcome(engine)).toEqual(["passed"]);
  });

  it("takes what is proposed for the tree's own, and the tree's when it was taken back", async () => {
    const { root, engine } = await echoing();
    const before = readFileSync(join(root, VIEW), "utf8");
    const proposed = new Map([[VIEW, Buffer.from(before.replace('"greetings"', '"farewells"'))]]);
    await engine.refresh({ edited: [], proposed });
    expect((await outcome(engine))[0]).toContain("AssertionError");
    expect(readFileSync(join(root, VIEW), "utf8")).toBe(before);
    // What is not proposed any more need not be named.
    await engine.refresh({ edited: [] });
    expect(await outcome(engine)).toEqual(["passed"]);
    const targets = [{ name: "echo", directory: "zerver/webhooks/echo" }];
    const other = await openSharedEngine({ root, targets, proposed });
    try {
      expect((await outcome(other))[0]).toContain("AssertionError");
    } finally {
      await other.close();
    }
  });

  it("takes in a registry in the middle of a merge", async () => {
    const { engine, edit } = await echoing();
    await edit(
      "zerver/lib/integrations.py",
      (text) => `${text}<<<<<<< HEAD\nONE = 1\n=======\nONE = 2\n>>>>>>> theirs\n`,
    );
    expect(await outcome(engine)).toEqual(["passed"]);
  });

  it("takes in what an integration imports from another one", async () => {
    const view = "from zerver.webhooks.echo.view import api_echo_webhook as api_second_webhook\n";
    const { engine, edit } = await echoing({ second: { ...SAYS_HELLO, view } });
    expect(await outcome(engine, "second")).toEqual(["passed"]);
    await edit(VIEW, (text) => text.replace('"greetings"', '"farewells"'));
    expect((await outcome(engine, "second"))[0]).toContain("AssertionError");
  });

  it("takes in fixtures that are edited, made and removed", async () => {
    const { root, engine, edit } = await echoing();
    const fixture = "zerver/webhooks/echo/fixtures/hello.json";
    expect(await outcome(engine)).toEqual(["passed"]);
    await edit(fixture, () => '{"text": "Goodbye"}');
    expect((await outcome(engine))[0]).toContain("AssertionError");
    rmSync(join(root, fixture));
    await engine.refresh({ edited: [fixture] });
    expect((await outcome(engine))[0]).toContain("FileNotFoundError");
    writeFileSync(join(root, fixture), '{"text": "Hello"}');
    await engine.refresh({ edited: [fixture] });
    expect(await outcome(engine)).toEqual(["passed"]);
  });

  it("takes in fixtures of other integrations: linked to, or named in the tests", async () => {
    const reads = `    def test_it(self) -> None:
        hello = self.webhook_fixture_data("echo", "hello")
        self.assertIn("Hello", hello)
`;
    const root = workspaceWith({
      echo: SAYS_HELLO,
      linking: { ...SAYS_HELLO, fixtures: {} },
      naming: { tests: reads },
    });
    const link = join(root, "zerver/webhooks/linking/fixtures/hello.json");
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync("../../echo/fixtures/hello.json", link);
    const engine = await sharedEngineOn(root, ["linking", "naming"]);
    const both = async () => [await outcome(engine, "linking"), await outcome(engine, "naming")];
    expect(await both()).toEqual([["passed"], ["passed"]]);
    const fixture = "zerver/webhooks/echo/fixtures/hello.json";
    writeFileSync(join(root, fixture), '{"text": "Goodbye"}');
    await engine.refresh({ edited: [fixture] });
    const differs = [expect.stringContaining("AssertionError")];
    expect(await both()).toEqual([differs, differs]);
    rmSync(join(root, fixture));
    await engine.refresh({ edited: [fixture] });
    const lacks = [expect.stringContaining("FileNotFoundError")];
    expect(await both()).toEqual([lacks, lacks]);
    writeFileSync(join(root, fixture), '{"text": "Hello"}');
    await engine.refresh({ edited: [fixture] });
    expect(await both()).toEqual([["passed"], ["passed"]]);
  });

  it("takes in the registry, with an integration that is new", async () => {
    const { root, engine, edit } = await echoing();
    expect(await outcome(engine)).toEqual(["passed"]);
    for (const path of ["__init__.py", "view.py", "tests.py", "fixtures/hello.json"]) {
      const text = readFileSync(join(root, "zerver/webhooks/echo", path), "utf8");
      const target = join(root, "zerver/webhooks/newcomer", path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text.replaceAll("echo", "newcomer"));
    }
    await edit("zerver/lib/integrations.py", (text) =>
      text.replace(
        '("echo", ["misc"])',
        '("echo", ["misc"]),\n    WebhookIntegration("newcomer", ["misc"])',
      ),
    );
    const targets = ["echo", "newcomer"].map((name) => ({
      name,
      directory: `zerver/webhooks/${name}`,
    }));
    await engine.refresh({ edited: ["zerver/webhooks/newcomer/view.py"], targets });
    expect(await outcome(engine, "newcomer")).toEqual(["passed"]);
    const { response } = await engine.deliver({ integration: "newcomer", fixture: "hello.json" });
    expect(response.status).toBe(200);
  });

  it("starts anew for an edit of the library, and tells where that is broken", async () => {
    const { engine, edit } = await echoing();
    const library = "zerver/lib/webhooks/common.py";
    await expect(edit(library, (text) => `def broken(:\n${text}`)).rejects.toMatchObject({
      code: "broken-library",
      message: expect.stringContaining(`${library}, line 1`),
    });
    await edit(library, (text) => text.replace("def broken(:\n", ""));
    expect(await outcome(engine)).toEqual(["passed"]);
  });

  it("waits for what is running", async () => {
    const { engine, edit } = await echoing();
    const [before, , after] = await Promise.all([
      outcome(engine),
      edit(VIEW, (text) => text.replace('"greetings"', '"farewells"')),
      outcome(engine),
    ]);
    expect([before, after]).toEqual([["passed"], [expect.stringContaining("AssertionError")]]);
  });
});
