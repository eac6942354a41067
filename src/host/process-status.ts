/** What Linux tells of processes without a program; other systems tell nothing here. */
import { readFileSync } from "node:fs";

/**
 * When a process started, in ticks since the machine did; numbers of processes are used again, this is not. Only Linux
 * tells without a program.
 * @returns `0` for one that has ended and is only kept for its parent.
 */
export function startOf(pid: number): string | undefined {
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
  const status = systemText(`/proc/${pid}/stat`);
  return status?.slice(status.lastIndexOf(")") + 2).split(" ");
}

/** What a process holds of the machine's memory, in bytes; 0 where the system does not tell. */
export function residentBytes(pid: number | undefined): number {
  const [, kilobytes = "0"] =
    /^VmRSS:\s+(\d+) kB$/m.exec(systemText(`/proc/${pid}/status`) ?? "") ?? [];
  return Number(kilobytes) * 1024;
}

/** The text of one of the system's own files; undefined where there is none. */
export function systemText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
