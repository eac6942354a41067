/** SIGINT and SIGTERM end every command, also one whose main thread is busy with what a stranger wrote. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, linkSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { childrenOf, isAlive } from "../engine/process-table.ts";
import { testCache } from "../support/cli.ts";
import { hostileFiles, plant } from "../support/hostile-files.ts";
import { soak } from "../support/soak.ts";
import { fingerprint, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

/** As long as a file may be that is read, and nothing of it is Python: it takes seconds. */
const NO_PYTHON = `x = 1\n${"? ".repeat(190_000)}\n`;

/** Milliseconds: long enough for the rules to begin, and far too short for them to end. */
const BUSY_MS = 2_000;

/** A tree with more to read than a fast machine reads in ten seconds. */
function busyTree(): string {
  const root = temporaryWorkspace();
  const file = join(root, "no-python");
  writeFileSync(file, NO_PYTHON);
  for (let number = 0; number < 150; number += 1) {
    const folder = join(root, `zerver/webhooks/busy${number}`);
    mkdirSync(folder);
    linkSync(file, join(folder, "view.py"));
    linkSync(file, join(folder, "tests.py"));
  }
  return root;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
}

function start(
  args: readonly string[],
  temporary: string,
): { program: ChildProcess; ended: Promise<Ended> } {
  const bin = join(packageRoot, "bin/connect-webhook.js");
  const program = spawn(process.execPath, [bin, ...args], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: testCache,
      CONNECT_WEBHOOK_CACHE: testCache,
      TMPDIR: temporary,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void program.kill("SIGKILL"));
  let stdout = "";
  program.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString("utf8");
  });
  const ended = new Promise<Ended>((resolve) => {
    program.once("close", (code, signal) => resolve({ code, signal, stdout }));
  });
  return { program, ended };
}

/**
 * Whether it ended as one that was asked to: of itself, by the signal itself where it had no time to answer, or killed
 * where it did not even look up for that, as on a machine that is busy.
 */
const isCancelled = ({ code, signal }: Ended, sent: NodeJS.Signals): boolean =>
  code === 130 || signal === sent || signal === "SIGKILL";

describe.skipIf(process.platform === "win32")("a command that is busy", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("ends by %s, and leaves nothing", async (signal) => {
    const root = busyTree();
    const before = fingerprint(root);
    const temporary = temporaryDirectory();
    const { program, ended } = start(["-C", root, "lint", "--all"], temporary);
    await wait(BUSY_MS);
    const children = childrenOf(program.pid as number);
    program.kill(signal);
    const end = await ended;
    expect(end.stdout).toBe("");
    expect(isCancelled(end, signal)).toBe(true);
    expect(fingerprint(root)).toEqual(before);
    await expect.poll(() => children.filter(isAlive)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("ends at once when it is asked a second time", async () => {
    const { program, ended } = start(["-C", busyTree(), "lint", "--all"], temporaryDirectory());
    await wait(BUSY_MS);
    program.kill("SIGINT");
    await wait(20);
    program.kill("SIGINT");
    expect(isCancelled(await ended, "SIGINT")).toBe(true);
  });
});

/** What is run in the soak, and with what in the tree. */
const COMMANDS: readonly (readonly string[])[] = [
  ["lint", "--all"],
  ["lint", "--all", "--fix", "-y"],
  ["list"],
  ["show", "harbourline"],
  ["review", "--base", "HEAD"],
  ["preview", "harbourline", "ping"],
  ["screenshot", "--integration", "harbourline"],
  ["test", "harbourline"],
  ["test", "harbourline", "--record"],
  ["test", "harbourline", "--fuzz"],
  ["avatar", "--all"],
  ["doctor"],
  ["dev", "harbourline", "--port", "0"],
];

describe.runIf(soak)("every command", () => {
  const files = hostileFiles.filter(({ name }) => !name.startsWith("registry"));

  it.each(COMMANDS.map((words) => [words.join(" "), words] as const))(
    "%s ends within a second",
    async (_name, words) => {
      const root = busyTree();
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        for (let round = 0; round < 4; round += 1) {
          const tree = temporaryDirectory();
          cpSync(root, tree, { recursive: true });
          const file = files[Math.floor(Math.random() * files.length)];
          if (file) plant(tree, file, 390_000);
          const before = fingerprint(tree);
          const temporary = temporaryDirectory();
          const { program, ended } = start(["-C", tree, ...words], temporary);
          const delay = 200 + Math.random() * 6_000;
          await Promise.race([wait(delay), ended]);
          const children = childrenOf(program.pid as number);
          const from = performance.now();
          if (!program.kill(signal)) continue;
          const end = await ended;
          const took = performance.now() - from;
          const about = `${file?.name} ${signal} after ${Math.round(delay)} ms`;
          expect.soft(took, about).toBeLessThan(1_500);
          expect.soft([130, 0, 1, 2, null], about).toContain(end.code);
          expect.soft(fingerprint(tree), about).toEqual(before);
          await expect.poll(() => children.filter(isAlive), { message: about }).toEqual([]);
        }
      }
    },
    600_000,
  );
});
