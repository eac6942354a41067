/** Several processes and one tree: the lock, and what the dead leave of it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { build } from "tsdown";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { openTreeState } from "../../src/host/state.ts";
import { withTreeLock } from "../../src/host/tree-lock.ts";
import { temporaryDirectory } from "../support/tree.ts";

const linux = process.platform === "linux";

describe("withTreeLock", () => {
  it("lets one in at a time, and leaves nothing", async () => {
    const root = temporaryDirectory();
    let inside = 0;
    const seen: number[] = [];
    const visit = () =>
      withTreeLock(root, async () => {
        inside += 1;
        seen.push(inside);
        await pause(5);
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 6 }, visit));
    expect(seen).toEqual(Array(6).fill(1));
    expect(readdirSync(root)).toEqual([]);
    expect(existsSync(await lockOf(root))).toBe(false);
  });

  it("gives the lock back when the work fails", async () => {
    const root = temporaryDirectory();
    const fails = withTreeLock(root, () => Promise.reject(new Error("no")));
    await expect(fails).rejects.toThrow("no");
    expect(existsSync(await lockOf(root))).toBe(false);
  });

  it("tells who lost the lock", async () => {
    const root = temporaryDirectory();
    const work = withTreeLock(root, async (lock) => {
      await lock.confirm();
      rmSync(lock.state.lock, { recursive: true });
      await lock.confirm();
    });
    await expect(work).rejects.toMatchObject({ code: "lost-lock" });
  });

  it("says that a file is where the lock belongs", async () => {
    const root = temporaryDirectory();
    writeFileSync(await lockOf(root), "");
    await expect(withTreeLock(root, async () => {})).rejects.toMatchObject({
      code: "not-a-folder",
    });
  });

  it("keeps a count of several processes right while some are killed", async () => {
    const root = temporaryDirectory();
    const counter = await counterProgram();
    writeFileSync(join(root, "count"), "0");
    const add = (times: number) =>
      spawn(process.execPath, [counter, root, String(times)], {
        stdio: ["ignore", "pipe", "ignore"],
      });
    const workers = [add(20), add(20), add(20)];
    const ends = workers.map((worker) => once(worker, "close"));
    for (let round = 0; round < 3; round += 1) {
      // It holds the lock for good, and dies with it.
      const victim = add(0);
      await once(victim.stdout, "data");
      victim.kill("SIGKILL");
    }
    expect((await Promise.all(ends)).map(([code]) => code)).toEqual([0, 0, 0]);
    expect(readFileSync(join(root, "count"), "utf8")).toBe("60");
    // The last one killed may have come after everybody else.
    await withTreeLock(root, async () => {});
    expect(existsSync(await lockOf(root))).toBe(false);
  });
});

/** With a clock that stands still: what is done here is done without waiting. */
describe("a claim that was left", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const left: [string, (own: Claim) => string[]][] = [
    ["nobody: a kill between two steps", () => []],
    ["a process that is gone", ([, start, where]) => [`4194304.${start}.${where}.00000000`]],
    ["something else", () => [".DS_Store"]],
  ];
  if (linux) {
    left.push([
      "a process whose number another one has now",
      ([pid, , where]) => [`${pid}.1.${where}.00000000`],
    ]);
  }
  it.each(left)("does not hinder: %s", async (_what, names) => {
    const root = temporaryDirectory();
    const own = await ownClaim(root);
    const lock = await lockOf(root);
    mkdirSync(lock);
    for (const name of names(own)) writeFileSync(join(lock, name), "");
    expect(await withTreeLock(root, async () => "done")).toBe("done");
  });

  it.runIf(linux)("does not hinder: a process that ended and was not asked how", async () => {
    const root = temporaryDirectory();
    const [, , where] = await ownClaim(root);
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const pid = Number(String((await once(parent.stdout, "data"))[0]));
    // A shell may ask how its child ended; what it has turned into never does.
    while (!readFileSync(`/proc/${parent.pid}/comm`, "utf8").startsWith("sleep")) await pause(5);
    process.kill(pid, "SIGKILL");
    const status = `/proc/${pid}/stat`;
    while (!/\) Z /.test(readFileSync(status, "utf8"))) await pause(5);
    const start = readFileSync(status, "utf8").split(") ")[1]?.split(" ")[19];
    const lock = await lockOf(root);
    mkdirSync(lock);
    const claim = `${pid}.${start}.${where}.00000000`;
    writeFileSync(join(lock, claim), "");
    expect(await withTreeLock(root, async () => "done")).toBe("done");
    parent.kill("SIGKILL");
  });

  it("hinders while its process is alive", async () => {
    const root = temporaryDirectory();
    const inner = withTreeLock(root, async () => {
      const second = withTreeLock(root, async () => {});
      return passTime(second, 10_001);
    });
    await expect(inner).rejects.toMatchObject({ code: "locked" });
  });

  it("of another machine hinders until it was silent for a while", async () => {
    const root = temporaryDirectory();
    const lock = await lockOf(root);
    mkdirSync(lock);
    writeFileSync(join(lock, "1.1.000000000000.00000000"), "");
    let entered = false;
    const work = withTreeLock(root, async () => {
      entered = true;
    });
    await pause(400);
    expect(entered).toBe(false);
    await passTime(work, 5_001);
    expect(entered).toBe(true);
  });
});

/** Lets the clock jump, again and again: when the work looks at it first is not known. */
async function passTime(work: Promise<void>, ms: number): Promise<void> {
  const jumps = setInterval(() => vi.advanceTimersByTime(ms), 20);
  try {
    return await work;
  } finally {
    clearInterval(jumps);
  }
}

const lockOf = async (root: string): Promise<string> => (await openTreeState(root)).lock;

type Claim = readonly [pid: string, start: string, where: string];

/** What a claim of this process says. */
function ownClaim(root: string): Promise<Claim> {
  return withTreeLock(root, async ({ state }) => {
    const [pid = "", start = "", where = ""] = readdirSync(state.lock)[0]?.split(".") ?? [];
    return [pid, start, where] as const;
  });
}

/** A program that adds one to a number in a file, so many times; none: it holds the lock until it is killed. */
async function counterProgram(): Promise<string> {
  const outDir = temporaryDirectory();
  await build({
    entry: { lock: join(packageRoot, "src/host/tree-lock.ts") },
    outDir,
    config: false,
    dts: false,
    platform: "node",
    logLevel: "error",
    outExtensions: () => ({ js: ".mjs" }),
  });
  const path = join(outDir, "counter.mjs");
  writeFileSync(
    path,
    `import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { withTreeLock } from "./lock.mjs";
const [root, times] = process.argv.slice(2);
for (let turn = 0; turn < Number(times); turn += 1) {
  await withTreeLock(root, async () => {
    const count = Number(readFileSync(root + "/count", "utf8"));
    await pause(2);
    writeFileSync(root + "/count", String(count + 1));
  });
}
if (times === "0") await withTreeLock(root, async () => {
  process.stdout.write("held");
  await pause(60_000);
});
`,
  );
  return path;
}
