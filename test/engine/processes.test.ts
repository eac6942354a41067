/** No process stays behind, however a run ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { childrenOf, isAlive } from "./process-table.ts";
import { workspaceWith } from "./tree.ts";

const HANG = {
  hang: {
    wholeTests: `while True:
    try:
        while True:
            pass
    except BaseException:
        pass
`,
  },
};

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(50);
}

/** Starts `test hang` and waits until the child that hangs is there. */
async function startHanging(): Promise<{ program: ChildProcess; children: number[] }> {
  const bin = join(packageRoot, "bin/connect-webhook.js");
  const args = [bin, "-C", workspaceWith(HANG), "test", "hang", "--timeout", "3600"];
  const program = spawn(process.execPath, args, { stdio: "ignore" });
  const pid = program.pid as number;
  onTestFinished(() => void program.kill("SIGKILL"));
  await until(() => childrenOf(pid).length > 0);
  return { program, children: childrenOf(pid) };
}

describe.skipIf(process.platform === "win32")("the child", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGKILL", null],
  ] as const)("is gone after %s to its parent", async (signal, expected) => {
    const { program, children } = await startHanging();
    const exit = new Promise<number | null>((resolve) => program.once("exit", resolve));
    program.kill(signal);
    expect(await exit).toBe(expected);
    await until(() => !children.some(isAlive));
    expect(children.filter(isAlive)).toEqual([]);
  });
});
