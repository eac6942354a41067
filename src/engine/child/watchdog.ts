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

/**
 * The byte that interrupts Python. Pyodide reads it and then writes zero, many times a millisecond: an interrupt that
 * comes between the two would be lost. Here the zero is written only over what was read.
 */
class InterruptByte {
  readonly #byte: Uint8Array;
  #read = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#byte = new Uint8Array(memory);
  }

  get 0(): number {
    this.#read = Atomics.load(this.#byte, 0);
    return this.#read;
  }

  set 0(value: number) {
    Atomics.compareExchange(this.#byte, 0, this.#read, value);
  }

  /** No interrupt any more, whatever was read. */
  clear(): void {
    Atomics.store(this.#byte, 0, 0);
  }
}

export class Watchdog {
  readonly #memory = new SharedArrayBuffer(1);
  readonly #interrupt = new InterruptByte(this.#memory);
  readonly #clock = new SharedArrayBuffer(16);
  readonly #deadline = new BigInt64Array(this.#clock, 0, 1);

  constructor() {
    const workerData = { clock: this.#clock, interrupt: this.#memory };
    new Worker(WATCH, { eval: true, workerData, env: {} }).unref();
  }

  /** For Pyodide's setInterruptBuffer. */
  get interrupt(): { 0: number } {
    return this.#interrupt;
  }

  /** From now on the running code has so many milliseconds. */
  start(milliseconds: number): void {
    this.#interrupt.clear();
    Atomics.store(this.#deadline, 0, BigInt(Math.ceil(Date.now() + milliseconds)));
  }

  /** The code has ended. */
  stop(): void {
    Atomics.store(this.#deadline, 0, 0n);
    this.#interrupt.clear();
  }
}
