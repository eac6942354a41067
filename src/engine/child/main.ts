/**
 * The confined process that runs Python. It reads requests from its standard input, answers on descriptor 3, and needs
 * nothing of the machine but Pyodide's own files and a snapshot.
 */
import { readFileSync } from "node:fs";
import {
  type Collected,
  decodeFrames,
  type Frame,
  type Question,
  type Request,
} from "../protocol.ts";
import type { Coverage, TestResult } from "../types.ts";
import { send, sendWithNext } from "./channel.ts";
import { atMoment } from "./clock.ts";
import { closeProcessDoors, freezeIntrinsics, prepareForPyodide } from "./doors.ts";
import { KeptMemory } from "./memory.ts";
import { BrokenLibraryError, Python, type Report } from "./python.ts";
import { Runtime } from "./runtime.ts";
import { Watchdog } from "./watchdog.ts";

prepareForPyodide();
const snapshot = process.argv[3];
const kept = snapshot === undefined ? undefined : new KeptMemory(snapshot);
const runtime = new Runtime(process.argv[2] ?? "", kept?.code);
const watchdog = new Watchdog();
/** What there is to do before it is known what this process is for. */
const awake = kept && Python.wake(runtime, kept);
// Told when it is asked for.
awake?.catch(() => undefined);
let python: Python | undefined;

async function open({ head, payload }: Frame<Request & { type: "open" }>): Promise<void> {
  const { library, files, makeSnapshot, sabotage } = head;
  const split = library.reduce((sum, { length }) => sum + length, 0);
  const tree = { entries: library, bytes: payload.subarray(0, split) };
  python = await (awake ?? Python.boot(runtime, tree, makeSnapshot));
  if (makeSnapshot) {
    const parts = python.snapshot(tree, await runtime.code());
    send({ type: "snapshot" }, ...parts);
  }
  python.open({ entries: files, bytes: payload.subarray(split) }, watchdog.interrupt);
  if (sabotage) python.call("sabotage", sabotage, () => undefined);
  python.closeDoors();
  runtime.shut();
  closeProcessDoors();
  freezeIntrinsics();
}

function loadRegistry({ code, timeoutMs }: Request & { type: "load-registry" }): void {
  timed(timeoutMs, () => {
    const made = booted().loadRegistry(code === undefined ? undefined : readFileSync(code));
    if (made) send({ type: "code" }, made);
  });
}

function checkRegistry({ timeoutMs }: Request & { type: "check-registry" }): void {
  timed(timeoutMs, () => booted().call("check_registry", {}, refuseBroken));
}

function collect(request: Request & { type: "collect" }): Collected {
  const { directory, coverage, timeoutMs } = request;
  let collected: Collected | undefined;
  // Importing the tests can hang as well.
  timed(timeoutMs, () =>
    booted().call("collect", { directory, coverage }, (report) => {
      refuseBroken(report);
      if (report.event === "collected") collected = report.value as Collected;
    }),
  );
  if (!collected) throw new Error("the harness gave no answer");
  return collected;
}

function refuseBroken({ event, message }: Report): void {
  if (event === "broken") throw new BrokenLibraryError(String(message));
}

/** Passes on what the harness reports; the parent knows which of it to believe. */
function run(request: Request & { type: "run" }): void {
  const { directory, only, bail, coverage, timeoutMs } = request;
  timed(timeoutMs, () =>
    booted().call("run", { directory, only, bail, coverage }, (report) => {
      if (report.event === "coverage") {
        send({ type: "coverage", coverage: report.coverage as Coverage });
      } else if (report.event === "start") {
        send({ type: "test-start", id: String(report.id) });
        watchdog.start(timeoutMs);
      } else if (report.event === "result") {
        watchdog.stop();
        const { event: _, ...result } = report;
        sendWithNext({ type: "test-result", result: result as unknown as TestResult });
      }
    }),
  );
}

/** Runs code of the checkout's, which is interrupted when it takes longer. */
function timed(timeoutMs: number, work: () => void): void {
  watchdog.start(timeoutMs);
  try {
    work();
  } finally {
    watchdog.stop();
  }
}

function answer(question: Question): Report {
  const { type, request, timeoutMs } = question;
  let given: Report | undefined;
  timed(timeoutMs, () =>
    atMoment(type === "deliver" ? request.now : undefined, () =>
      booted().call(type, request, (report) => {
        watchdog.stop();
        given = report;
      }),
    ),
  );
  if (!given) throw new Error("the harness gave no answer");
  return given;
}

function booted(): Python {
  if (!python) throw new Error("Python is not open");
  return python;
}

async function handle(frame: Frame<Request>): Promise<void> {
  const { head } = frame;
  if (head.type === "open") {
    await open({ ...frame, head });
    send({ type: "done" });
  } else if (head.type === "load-registry") {
    loadRegistry(head);
    send({ type: "done" });
  } else if (head.type === "renew") {
    const { files, removed, registry } = head;
    booted().renew({ entries: files, bytes: frame.payload }, removed);
    booted().call("renew", { registry }, () => undefined);
    send({ type: "done" });
  } else if (head.type === "check-registry") {
    checkRegistry(head);
    send({ type: "done" });
  } else if (head.type === "collect") {
    send({ type: "done", value: collect(head) });
  } else if (head.type === "run") {
    run(head);
    send({ type: "done" });
  } else {
    const report = answer(head);
    if (report.event === "refused") {
      send({ type: "failed", kind: "delivery", message: String(report.message) });
    } else {
      send({ type: "done", value: report.value });
    }
  }
}

for await (const frame of decodeFrames<Request>(process.stdin)) {
  try {
    await handle(frame);
  } catch (error) {
    const kind = error instanceof BrokenLibraryError ? "library" : "fault";
    send({ type: "failed", kind, message: String(error instanceof Error ? error.message : error) });
  }
}
process.exit(0);
