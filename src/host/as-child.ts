/** What a process that `startNodeChild` started sees of the one that started it. */
import { writevSync } from "node:fs";
import { Worker } from "node:worker_threads";

/** The descriptor that the parent reads. */
const OUTPUT = 3;

/** Reads what the parent writes. */
export function parentInput(): AsyncIterable<Uint8Array> {
  return process.stdin;
}

/** Writes to the parent; all of it is written when this returns. */
export function writeToParent(parts: readonly Uint8Array[]): void {
  let left = Buffer.concat(parts);
  while (left.length > 0) {
    try {
      left = left.subarray(writevSync(OUTPUT, [left]));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

/**
 * Ends this process when its parent is gone, also while it computes. A thread of its own looks: the parent may have
 * been killed, and told nobody.
 */
export function endWithParent(): void {
  const watch = `
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || process.kill(process.pid, "SIGKILL"), 100);`;
  new Worker(watch, { eval: true, env: {} }).unref();
}

/** Ends this process at once, whatever its threads are doing: leaving in good order would wait for them. */
export function endAtOnce(): void {
  process.kill(process.pid, "SIGKILL");
}
