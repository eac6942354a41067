/**
 * Ending within a second when asked to, whatever is being computed.
 *
 * SIGINT and SIGTERM abort a signal, and whoever works lets go. That needs the main thread to look up. A thread of its
 * own (`signal-guard.ts`) hears the same signals, and ends the process when the main thread does not: V8 can be
 * interrupted in loops, in regular expressions, in sorting and in WebAssembly.
 */
import { closeSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { CancelledError, ExitCode } from "../errors.ts";
import { builtPath } from "./assets.ts";

/** What ends takes its time; what has not let go by then is left as it is. */
const GRACE_MS = 700;

/** What a program is told of signals. */
export interface Signals {
  /** Aborted when this process is asked to end. */
  readonly signal: AbortSignal;
  /** Settled once the main thread may compute for long. Without a guard, where this Node has no such thing, too. */
  readonly guarded: Promise<void>;
  /** Says that a signal is how this command usually ends: it is then no failure that closing takes too long. */
  areUsual(): void;
  /**
   * Says that what the signal asked for is being done and may take its time, as when `capture` makes fixtures of what
   * came. A further signal ends the process.
   */
  answered(): void;
}

/** A command that mostly ends sooner is spared the start of a guard. */
const LATER_MS = 1_000;

/**
 * Listens for SIGINT and SIGTERM. The second SIGINT ends the process at once.
 * @param later Whether to begin only after a second. Until then nobody listens, and the system ends the process by
 *   itself, whatever it computes.
 */
export function listenForSignals(later: boolean): Signals {
  const interrupt = new AbortController();
  let guard: Worker | undefined;
  let grace: NodeJS.Timeout | undefined;
  let late: ExitCode = ExitCode.Cancelled;
  const heard = (reason: string): void => {
    grace ??= setTimeout(() => process.exit(late), GRACE_MS).unref();
    interrupt.abort(new CancelledError(reason));
  };
  const listen = (): void => {
    process.on("SIGINT", () => {
      // A second Ctrl-C does not wait for anything.
      if (interrupt.signal.aborted) process.exit(ExitCode.Cancelled);
      heard("Cancelled.");
    });
    process.on("SIGTERM", () => heard("Stopped."));
  };
  const start = (): Promise<void> => {
    guard = startGuard();
    return settled(guard);
  };
  if (later) setTimeout(() => void start().then(listen), LATER_MS).unref();
  else listen();
  return {
    signal: interrupt.signal,
    guarded: later ? Promise.resolve() : start(),
    areUsual() {
      late = ExitCode.Ok;
    },
    answered() {
      clearTimeout(grace);
      guard?.postMessage("answered");
    },
  };
}

function startGuard(): Worker {
  // Called by the guard, in the middle of whatever the main thread does.
  Object.defineProperty(globalThis, Symbol.for("connect-webhook.end"), { value: endBySignal });
  const worker = new Worker(builtPath("host/signal-guard.js"), { env: {}, stdin: false });
  worker.unref();
  return worker;
}

/** When the guard listens, or there is none. */
function settled(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ["message", "error", "exit"]) worker.once(event, () => resolve());
  });
}

/** Cleans up as any end does, and then lets the system end the process as if nobody had listened. */
function endBySignal(name: NodeJS.Signals): void {
  process.emit("exit", ExitCode.Cancelled);
  // Node would say there that it waits for a debugger, which is the guard.
  closeSync(2);
  process.removeAllListeners(name);
  process.kill(process.pid, name);
}
