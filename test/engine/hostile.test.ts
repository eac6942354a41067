import { type AddressInfo, createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { TestResult } from "../../src/engine/index.ts";
import { CancelledError } from "../../src/errors.ts";
import { sample, soak } from "../support/soak.ts";
import { engineOn, hostileWorkspace, workspaceWith } from "./tree.ts";

/** Each test that hangs takes its whole time. */
const LONG_MS = 300_000;

/** The tests that do harm: the error that each must fail with, and what its sentence must say. */
const ALL_HARM: Record<string, [type: RegExp, said: RegExp]> = {
  // Whether the memory or the time is over first depends on the machine.
  test_allocate_bytes: [/^(MemoryError|TestTimeout|ProcessEnded)$/, /memory|too long/],
  test_allocate_list: [/^(MemoryError|TestTimeout|ProcessEnded)$/, /memory|too long/],
  test_ctypes: [/^ProcessEnded$/, /no access to the machine/],
  test_exit: [/^SystemExit$/, /0/],
  test_hard_exit: [/^ProcessEnded$/, /exit\(0\)/],
  // On a busy machine the process may be killed before it gets the turn in which it would be interrupted.
  test_loop: [/^(TestTimeout|ProcessEnded)$/, /took too long/],
  test_loop_that_catches_all: [/^ProcessEnded$/, /took too long/],
  test_print_without_end: [/^TestTimeout$/, /took too long/],
  test_recursion: [/^(RecursionError|ProcessEnded)$/, /./],
  test_regular_expression: [/^TestTimeout$/, /took too long/],
  test_view_exits: [/^ProcessEnded$/, /exit\(3\)/],
  test_view_loops: [/^ProcessEnded$/, /took too long/],
};
const HARM = Object.fromEntries(sample(Object.entries(ALL_HARM), { every: 3 }));
const LEFT_OUT = Object.keys(ALL_HARM).filter((name) => !(name in HARM));

/** A server that counts who connects. */
async function listen(): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

/** What went wrong with a test that does harm, or nothing. */
function surprise(name: string, test: TestResult | undefined): string[] {
  const [type, said] = HARM[name] ?? [/^$/, /^$/];
  const { error } = test ?? {};
  if (error && type.test(error.type) && said.test(error.message)) return [];
  return [`${name}: ${test?.status} ${error?.type} ${error?.message}`];
}

describe("an integration that means harm", () => {
  // One run for all: each of its tests shows that those before it left nothing behind.
  it("finds each way out closed, and fails alone where it does harm", {
    timeout: LONG_MS,
  }, async () => {
    process.env.CONNECT_WEBHOOK_SECRET = "secret";
    onTestFinished(() => void delete process.env.CONNECT_WEBHOOK_SECRET);
    const { port, connections } = await listen();
    const engine = await engineOn(hostileWorkspace(port, LEFT_OUT), ["hostile"], {
      testTimeoutMs: soak ? 3_000 : 1_500,
    });
    const run = await engine.runTests({ names: ["hostile"] });
    const tests = run.integrations[0]?.tests ?? [];
    const named = new Map(tests.map((test) => [test.name, test]));
    const escapes = tests.filter(({ id }) => id.includes(".Escapes."));
    expect(escapes.length).toBeGreaterThan(10);
    expect(
      escapes.flatMap(({ name, status, error }) =>
        status === "passed" ? [] : [`${name}: ${error?.message}`],
      ),
    ).toEqual([]);
    expect(connections()).toBe(0);
    expect(Object.keys(HARM).flatMap((name) => surprise(name, named.get(name)))).toEqual([]);
    expect(named.get("test_zz_still_runs")?.status).toBe("passed");
    expect(named.has("forged")).toBe(false);
    expect(tests).toHaveLength(named.size);
  });

  it("hides no test by taking the runner apart", async () => {
    const wholeTests = `import unittest, harness.runner

class Tests(unittest.TestCase):
    def test_a_breaks_the_runner(self) -> None:
        harness.runner._Result.run = lambda *words: None

    def test_b_is_never_run(self) -> None:
        self.fail("never")
`;
    const engine = await engineOn(workspaceWith({ hide: { wholeTests } }), ["hide"]);
    const { summary, integrations } = await engine.runTests({ names: ["hide"] });
    expect(summary).toMatchObject({ total: 2, passed: 1, failed: 1 });
    expect(integrations[0]?.tests[1]).toMatchObject({
      name: "test_b_is_never_run",
      error: { type: "NotRun" },
    });
  });
});

describe("aborting", () => {
  it("ends a run that hangs", async () => {
    const controller = new AbortController();
    const root = workspaceWith({
      hang: { wholeTests: "print('importing')\nwhile True:\n    pass\n" },
    });
    const engine = await engineOn(root, ["hang"], { signal: controller.signal });
    const run = engine.runTests({ names: ["hang"] });
    controller.abort();
    await expect(run).rejects.toBeInstanceOf(CancelledError);
  });
});
