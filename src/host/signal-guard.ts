/** The thread that ends the process when the main thread does not look up: see `signals.ts`. */
import { Session } from "node:inspector";
import { constants } from "node:os";
import { parentPort } from "node:worker_threads";

/** The main thread has had its time by then. */
const GRACE_MS = 800;
/** Who asks a second time does not wait; the main thread then ends at once, if it can. */
const SECOND_MS = 100;
/** What cannot be interrupted is killed: long work of the system or of a library in C. */
const LAST_RESORT_MS = 120;

interface SignalHandle {
  onsignal(number: number): void;
  start(number: number): void;
  close(): void;
}

// Node gives `process.on` of signals to the main thread alone. What it is made of is there for every thread.
process.noDeprecation = true;
const { Signal } = (
  process as unknown as { binding(name: string): { Signal: new () => SignalHandle } }
).binding("signal_wrap");

let timer: NodeJS.Timeout | undefined;
let heard = 0;
let answered = false;

const handles = (["SIGINT", "SIGTERM"] as const).map((name) => {
  const handle = new Signal();
  handle.onsignal = () => {
    heard += 1;
    // The answer to the first signal may be here before the signal itself.
    if (heard === 1) timer = answered ? undefined : setTimeout(() => end(name), GRACE_MS);
    else if (name === "SIGINT" || timer === undefined) setTimeout(() => end(name), SECOND_MS);
  };
  handle.start(constants.signals[name]);
  return handle;
});

function end(name: NodeJS.Signals): void {
  clearTimeout(timer);
  setTimeout(() => process.kill(process.pid, "SIGKILL"), LAST_RESORT_MS);
  // As long as anybody listens, the signal does not end the process.
  for (const handle of handles) handle.close();
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.evaluate", {
    expression: `globalThis[Symbol.for("connect-webhook.end")]("${name}")`,
  });
}

parentPort?.on("message", () => {
  answered = true;
  clearTimeout(timer);
  timer = undefined;
});
parentPort?.postMessage("ready");
