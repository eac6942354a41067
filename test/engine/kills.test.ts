/** Runs that start at once on an empty cache, one of them killed at some moment: the next one must not notice. */
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { soak } from "../support/soak.ts";
import { childrenOf, isAlive } from "./process-table.ts";
import { useOwnCache, workspaceWith } from "./tree.ts";

const cache = useOwnCache(false);
const LONG_MS = 300_000;

interface Run {
  program: ChildProcess;
  ended: Promise<number | null>;
}

/** Starts `test --all` on a tree. */
function start(root: string): Run {
  const bin = join(packageRoot, "bin/connect-webhook.js");
  const program = spawn(process.execPath, [bin, "-C", root, "test", "--all"], {
    stdio: "ignore",
    env: { PATH: process.env.PATH, CONNECT_WEBHOOK_CACHE: cache },
  });
  return { program, ended: new Promise((resolve) => program.once("exit", resolve)) };
}

/** A tree of which no snapshot is kept. */
function newTree(): string {
  const root = workspaceWith({});
  appendFileSync(join(root, "zerver/lib/validator.py"), `# ${root}\n`);
  return root;
}

/** Kills a run when a moment has come, and waits until nothing of it is left. */
async function kill({ program, ended }: Run, moment: () => Promise<void>): Promise<void> {
  await Promise.race([moment(), ended]);
  const children = childrenOf(program.pid as number);
  program.kill("SIGKILL");
  await ended;
  while (children.some(isAlive)) await wait(20);
}

const isBeingWritten = (): boolean =>
  existsSync(join(cache, "engine")) &&
  readdirSync(join(cache, "engine")).some((name) => name.endsWith(".partial"));

/** The moment at which a snapshot is being written. */
async function whileWriting(): Promise<void> {
  while (!isBeingWritten()) await wait(1);
}

/** Some moments of a run, by how long one takes. */
async function otherMoments(): Promise<(() => Promise<void>)[]> {
  const began = Date.now();
  expect(await start(newTree()).ended).toBe(0);
  const whole = Date.now() - began;
  return [0.25, 0.5, 0.75].map((part) => () => wait(whole * part));
}

describe.skipIf(process.platform === "win32")("a run that is killed", () => {
  it("harms neither the run beside it nor the next one", { timeout: LONG_MS }, async () => {
    for (const moment of [whileWriting, ...(soak ? await otherMoments() : [])]) {
      const root = newTree();
      const [killed, beside] = [start(root), start(root)];
      await kill(killed, moment);
      expect(await beside.ended).toBe(0);
      expect(await start(root).ended).toBe(0);
    }
    // What a killed run was writing has a name of its own, and no more than that is left.
    const names = readdirSync(join(cache, "engine"));
    expect(
      names.filter((name) => !/\.(snapshot|code|base|v8)$|^\..*\.\d+\.partial$/.test(name)),
    ).toEqual([]);
  });
});
