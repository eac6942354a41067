/** No process stays behind, however a run ends. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { useSharedCache, workspaceWith } from "./tree.ts";

useSharedCache();

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

interface ProcessRow {
  id: number;
  parent: number;
  state: string;
}

/** Every process of the machine. A bare Linux has no `ps`, and macOS has no /proc. */
function processes(): ProcessRow[] {
  if (existsSync("/proc/self/stat")) {
    return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? readRow(name) : []));
  }
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [id, parent, state = ""] = line.trim().split(/\s+/);
      return { id: Number(id), parent: Number(parent), state };
    });
}

function readRow(id: string): ProcessRow[] {
  try {
    // After the program's name in brackets, which may hold anything, come the state and the parent.
    const [state = "", parent] =
      readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return [{ id: Number(id), parent: Number(parent), state }];
  } catch {
    return []; // It ended between the listing and the reading.
  }
}

/** The processes that a process has started, as ids. */
function childrenOf(pid: number): number[] {
  return processes()
    .filter(({ parent }) => parent === pid)
    .map(({ id }) => id);
}

/** Whether a process runs. One that has ended and that nobody has asked about yet does not. */
function isAlive(pid: number): boolean {
  return processes().some(({ id, state }) => id === pid && !state.startsWith("Z"));
}

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
