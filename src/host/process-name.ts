/**
 * Names for files and folders that tell which process made them, so that what a dead one left can be told from what is
 * in use, without asking anybody.
 */
import { randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { sha256 } from "./checksum.ts";
import { systemCode } from "./file-error.ts";
import { startOf, systemText } from "./process-status.ts";

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

/** This run of this machine, or of a container: where a process's number means one process. */
function machine(): string {
  const run = systemText("/proc/sys/kernel/random/boot_id") ?? hostname();
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
