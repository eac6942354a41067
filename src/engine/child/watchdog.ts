/**
 * Interrupts a test that takes too long.
 *
 * Python blocks this thread, so a second one watches the clock, and sets Pyodide's interrupt buffer, which Python sees
 * as Ctrl-C. A test that swallows that is ended by the parent, which kills the process. When it is the parent that is
 * gone, the second thread ends the process itself.
 */
import { Worker } from "node:worker_threads";

const TICK_MS = 50;
const SIGINT = 2;

const WATCH = `
const { workerData } = require("node:worker_threads");
const deadline = new BigInt64Array(workerData.clock, 0, 1);
const sleep = new Int32Array(workerData.clock, 8);
const interrupt = new Uint8Array(workerData.interrupt);
const parent = process.ppid;
for (;;) {
  Atomics.wait(sleep, 0, 0, ${TICK_MS});
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  const seen = Atomics.load(deadline, 0);
  if (seen === 0n || BigInt(Date.now()) <= seen) continue;
  // Taken only if it is still the same one: the test may have ended since it was read.
  if (Atomics.compareExchange(deadline, 0, seen, 0n) === seen) interrupt[0] = ${SIGINT};
}`;

export class Watchdog {
  /** For Pyodide's setInterruptBuffer. */
  readonly interrupt = new Uint8Array(new SharedArrayBuffer(1));
  readonly #clock = new SharedArrayBuffer(16);
  readonly #deadline = new BigInt64Array(this.#clock, 0, 1);

  constructor() {
    const workerData = { clock: this.#clock, interrupt: this.interrupt.buffer };
    new Worker(WATCH, { eval: true, workerData, env: {} }).unref();
  }

  /** From now on the running code has so many milliseconds. */
  start(milliseconds: number): void {
    this.interrupt[0] = 0;
    Atomics.store(this.#deadline, 0, BigInt(Math.ceil(Date.now() + milliseconds)));
  }

  /** The code has ended. */
  stop(): void {
    Atomics.store(this.#deadline, 0, 0n);
    this.interrupt[0] = 0;
  }
}
