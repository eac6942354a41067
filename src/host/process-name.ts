/**
 * Names for files and folders that tell which process made them, so that what a dead one left can be told from what is
 * in use, without asking anybody.
 */
import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { sha256 } from "./checksum.ts";
import { systemCode } from "./file-error.ts";

/** Process, its start, its machine, and a number for several names of one process. */
const PROCESS_NAME = /^(\d+)\.(\d*)\.([0-9a-f]{12})\.[0-9a-f]{8}$/;

/** Whether `name` is one that `processName` gave. */
export function isProcessName(name: string): boolean {
  return PROCESS_NAME.test(name);
}

/** A new name that tells that it is of this process. */
export function processName(): string {
  const { pid } = process;
  return `${pid}.${startOf(pid) ?? ""}.${machine()}.${randomBytes(4).toString("hex")}`;
}

/**
 * Whether the process that a name is of is there still.
 * @returns `unknown` for a process of another machine or container, and where this machine cannot tell.
 */
export function lifeOf(name: string): "alive" | "dead" | "unknown" {
  const [, id, start, where] = PROCESS_NAME.exec(name) ?? [];
  if (where !== machine()) return "unknown";
  const pid = Number(id);
  if (!isRunning(pid)) return "dead";
  const started = startOf(pid);
  // Without a start it may be another process with the same number.
  if (start === "" || started === undefined) return "unknown";
  return started === start ? "alive" : "dead";
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== "ESRCH";
  }
}

/**
 * When a process started, in ticks since the machine did; numbers of processes are used again, this is not. Only Linux
 * tells without a program.
 * @returns `0` for one that has ended and is only kept for its parent.
 */
function startOf(pid: number): string | undefined {
  const fields = statusFields(pid);
  return fields && /^[ZX]/.test(fields[0] ?? "") ? "0" : fields?.[19];
}

/** Milliseconds of processor time that a process and all its threads have used. Undefined where only programs tell. */
export function processorTimeOf(pid: number): number | undefined {
  const [user, system] = statusFields(pid)?.slice(11, 13) ?? [];
  return user === undefined ? undefined : (Number(user) + Number(system)) * MS_A_TICK;
}

/** Linux counts a process's time a hundred times a second, on every machine that Node runs on. */
const MS_A_TICK = 10;

/** What Linux tells of a process, from its state on: the name before it is in parentheses and may hold anything. */
function statusFields(pid: number): string[] | undefined {
  const status = textOf(`/proc/${pid}/stat`);
  return status?.slice(status.lastIndexOf(")") + 2).split(" ");
}

/** This run of this machine, or of a container: where a process's number means one process. */
function machine(): string {
  const run = textOf("/proc/sys/kernel/random/boot_id") ?? hostname();
  return sha256(`${run}\n${numbersOfProcesses()}`).slice(0, 12);
}

/** The space that a container's process numbers are of. */
function numbersOfProcesses(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
