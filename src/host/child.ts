/** A long-living child Node process that is spoken to through pipes. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { availableParallelism } from "node:os";
import type { Readable, Writable } from "node:stream";
import { withoutNetwork } from "./isolation.ts";
import { processorTimeOf, residentBytes } from "./process-status.ts";

export interface ChildOptions {
  /** Options for Node itself, before the script. */
  nodeOptions: readonly string[];
  /** The whole environment: nothing of this process's own is passed on. */
  env: Readonly<Record<string, string>>;
  /** Open files that it is given as its descriptors from 4 on; a place without one is empty. */
  files?: readonly (number | undefined)[];
  /** Gives it a network of its own with nothing in it, where the system can. */
  hasNoNetwork?: boolean;
  /** Ends it once it holds more memory than this, in bytes. Only where the system tells: on Linux. */
  maxResidentBytes?: number;
}

/** How a child ended: its exit code, or the name of the signal. */
export interface ChildEnd {
  code: number | undefined;
  signal: string | undefined;
  /** Whether it was ended because it held more memory than it may. */
  outOfMemory: boolean;
}

/** A running child. */
export interface Child {
  /** What the child reads. */
  input: Writable;
  /** What the child writes to its descriptor 3. */
  output: Readable;
  /** The last part of what it wrote to stderr, for the error that says how it ended. */
  lastWords(): string;
  /** Milliseconds of processor time that it has used. Undefined where the system does not tell. */
  processorTime(): number | undefined;
  /** Whether this process waits for it before it ends. */
  keepAlive(keep: boolean): void;
  /** Ends it at once. */
  kill(): void;
  ended: Promise<ChildEnd>;
}

const LAST_WORDS = 4_000;
const MEMORY_CHECK_MS = 100;
const running = new Set<ChildProcess>();
let hooked = false;

/**
 * Starts a script in a Node process of its own. It dies with this process.
 * @param script The script's absolute path.
 * @param args Its arguments.
 */
export function startNodeChild(
  script: string,
  args: readonly string[],
  { nodeOptions, env, files = [], hasNoNetwork = false, maxResidentBytes }: ChildOptions,
): Child {
  killWithThisProcess();
  const isolation = hasNoNetwork ? withoutNetwork() : [];
  const [program, ...before] = [...isolation, process.execPath, ...nodeOptions] as [string];
  const child = spawn(program, [...before, script, ...args], {
    env: { ...systemVariables(), ...env },
    stdio: ["pipe", "ignore", "pipe", "pipe", ...files.map((file) => file ?? "ignore")],
  });
  running.add(child);
  const [input, , errors, output] = child.stdio as unknown as [Writable, null, Readable, Readable];
  let words = "";
  errors.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-LAST_WORDS);
  });
  // Writing to a child that has just died is no error of its own: `ended` tells.
  input.on("error", () => undefined);
  const memory = watchMemory(child, maxResidentBytes);
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once("error", () => resolve({ code: undefined, signal: undefined, outOfMemory: false }));
    child.once("close", (code, signal) => {
      running.delete(child);
      const outOfMemory = memory.stop();
      resolve({ code: code ?? undefined, signal: signal ?? undefined, outOfMemory });
    });
  });
  return {
    input,
    output,
    lastWords: () => words,
    processorTime: () => (child.pid === undefined ? undefined : processorTimeOf(child.pid)),
    keepAlive: (keep) => {
      for (const handle of [
        child,
        ...[input, errors, output].map((end) => end as unknown as Socket),
      ]) {
        if (keep) handle.ref();
        else handle.unref();
      }
    },
    kill: () => void child.kill("SIGKILL"),
    ended,
  };
}

/** Kills a child that holds more bytes than it may. `stop` ends the watch and tells whether that has happened. */
function watchMemory(child: ChildProcess, most: number | undefined): { stop(): boolean } {
  let exceeded = false;
  const check = (): void => {
    if (most === undefined || residentBytes(child.pid) <= most) return;
    exceeded = true;
    child.kill("SIGKILL");
  };
  const timer = most === undefined ? undefined : setInterval(check, MEMORY_CHECK_MS).unref();
  return {
    stop() {
      clearInterval(timer);
      return exceeded;
    },
  };
}

/** How many processor cores there are to use. */
export function coreCount(): number {
  return availableParallelism();
}

/**
 * The options that put a Node process under the permission model, by this Node's version. Where the model knows the
 * network, that is refused with the rest.
 */
export function permissionOptions(readable: readonly string[]): string[] {
  const flag = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  return [flag, ...readable.map((path) => `--allow-fs-read=${path}`), "--allow-worker"];
}

/**
 * The same for a process that loads native code, where this Node can allow just that; none where it cannot, which is
 * before Node 21.6.
 */
export function addonPermissionOptions(readable: readonly string[]): string[] {
  const allowed = process.allowedNodeEnvironmentFlags.has("--allow-addons");
  return allowed ? [...permissionOptions(readable), "--allow-addons"] : [];
}

/** What Windows needs in every environment. */
function systemVariables(): Record<string, string> {
  const { SystemRoot } = process.env;
  return SystemRoot ? { SystemRoot } : {};
}

function killWithThisProcess(): void {
  if (hooked) return;
  hooked = true;
  process.once("exit", () => {
    for (const child of running) child.kill("SIGKILL");
  });
}
