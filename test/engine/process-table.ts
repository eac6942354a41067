/** The machine's processes, as tests need to know them. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

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
export function childrenOf(pid: number): number[] {
  return processes()
    .filter(({ parent }) => parent === pid)
    .map(({ id }) => id);
}

/** Whether a process runs. One that has ended and that nobody has asked about yet does not. */
export function isAlive(pid: number): boolean {
  return processes().some(({ id, state }) => id === pid && !state.startsWith("Z"));
}
