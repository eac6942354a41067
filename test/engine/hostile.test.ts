import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { TestRun } from "../../src/engine/index.ts";
import { CancelledError } from "../../src/errors.ts";
import { engineOn, useSharedCache, workspaceWith } from "./tree.ts";

useSharedCache();

/** Runs test methods of plain Python, and one after them that must still run. */
async function runMethods(methods: string, timeoutMs = 20_000): Promise<TestRun> {
  const body = `${methods}\n    def test_zz_after(self) -> None:\n        pass\n`;
  const root = workspaceWith({
    hostile: { wholeTests: `import unittest\n\nclass Tests(unittest.TestCase):\n${body}` },
  });
  const engine = await engineOn(root, ["hostile"], { testTimeoutMs: timeoutMs });
  return engine.runTests({ names: ["hostile"] });
}

function outcomes(run: TestRun): Record<string, string> {
  const tests = run.integrations[0]?.tests ?? [];
  return Object.fromEntries(tests.map(({ name, status, error }) => [name, error?.type ?? status]));
}

describe("code that misbehaves", () => {
  it("is interrupted in an endless loop, and the loop's line is told", async () => {
    const run = await runMethods(
      "    def test_a_loop(self) -> None:\n        while True:\n            pass\n",
      500,
    );
    expect(outcomes(run)).toEqual({ test_a_loop: "TestTimeout", test_zz_after: "passed" });
    expect(run.integrations[0]?.tests[0]?.error?.line).toBeGreaterThanOrEqual(5);
  });

  it("is killed when it swallows the interrupt, and the next test still runs", async () => {
    const loop = `    def test_a_loop(self) -> None:
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
`;
    expect(outcomes(await runMethods(loop, 500))).toEqual({
      test_a_loop: "ProcessEnded",
      test_zz_after: "passed",
    });
  });

  it("may exit without taking the run along", async () => {
    const run = await runMethods(
      "    def test_a_exit(self) -> None:\n        raise SystemExit(3)\n\n" +
        "    def test_b_hard_exit(self) -> None:\n        import os\n        os._exit(3)\n",
    );
    const { test_a_exit, test_b_hard_exit, test_zz_after } = outcomes(run);
    expect(test_a_exit).toBe("SystemExit");
    expect(test_b_hard_exit).not.toBe("passed");
    expect(test_zz_after).toBe("passed");
  });

  it("runs out of memory in its own process", async () => {
    const run = await runMethods(
      "    def test_a_memory(self) -> None:\n        held = []\n" +
        "        while True:\n            held.append(bytearray(64 * 1024 * 1024))\n",
    );
    expect(outcomes(run)).toEqual({ test_a_memory: "MemoryError", test_zz_after: "passed" });
  });

  it("reaches neither JavaScript, nor programs, nor files, nor the network", async () => {
    const outside = join(workspaceWith({}), "secret.txt");
    writeFileSync(outside, "secret");
    let connections = 0;
    const server = createServer(() => {
      connections += 1;
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const run = await runMethods(`    def test_a_javascript(self) -> None:
        for name in ("js", "pyodide_js", "pyodide", "_pyodide_core", "ctypes"):
            with self.assertRaises(ImportError):
                __import__(name)

    def test_b_programs(self) -> None:
        import os
        try:
            self.assertNotEqual(os.system("exit 0"), 0)
        except (OSError, RuntimeError, AttributeError):
            pass

    def test_c_files(self) -> None:
        with self.assertRaises(OSError):
            open(${JSON.stringify(outside)})

    def test_d_network(self) -> None:
        import socket
        try:
            with socket.create_connection(("127.0.0.1", ${port}), timeout=1) as connection:
                connection.sendall(b"hello")
        except OSError:
            pass
`);
    expect(outcomes(run)).toEqual({
      test_a_javascript: "passed",
      test_b_programs: "passed",
      test_c_files: "passed",
      test_d_network: "passed",
      test_zz_after: "passed",
    });
    expect(connections).toBe(0);
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
