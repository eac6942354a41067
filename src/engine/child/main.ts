/**
 * The confined process that runs Python. It reads requests from its standard input, answers on descriptor 3, and needs
 * nothing of the machine but Pyodide's own files. What is cached it is given as open files, one of each kind.
 */
import { closeSync, readFileSync } from "node:fs";
import { decodeFrames, type Frame } from "../../host/frames.ts";
import { CODE_DESCRIPTOR, MEMORY_DESCRIPTOR, SEAL_BYTES } from "../places.ts";
import type { Collected, FileEntry, Numbered, Question, Request } from "../protocol.ts";
import type { Coverage, TestResult } from "../types.ts";
import { beginAnswer, send, sendWithNext } from "./channel.ts";
import { withFrozenTime } from "./clock.ts";
import { SnapshotMemory } from "./fast-start/index.ts";
import { BrokenLibraryError, Python, type Report } from "./python.ts";
import { Runtime } from "./runtime.ts";
import { prepareForPyodide } from "./sandbox.ts";
import { Watchdog } from "./watchdog.ts";

prepareForPyodide();
const [folder = "", standardLibrary = "", ...given] = process.argv.slice(2);
const runtime = new Runtime(folder, standardLibrary, {
  isFast: !given.includes("plain"),
  code: given.includes("code") ? readCode() : undefined,
});
const watchdog = new Watchdog();
/** What there is to do before it is known what this process is for. */
const resumed = resume();
// Told when it is asked for.
resumed?.catch(() => undefined);
let python: Python | undefined;

function resume(): Promise<Python> | undefined {
  const hasLibrary = given.includes("snapshot");
  if (!hasLibrary && !given.includes("base")) return undefined;
  const memory = new SnapshotMemory(MEMORY_DESCRIPTOR);
  return hasLibrary ? Python.resume(runtime, memory) : Python.resumeBase(runtime, memory);
}

function readCode(): Buffer {
  const bytes = readFileSync(CODE_DESCRIPTOR);
  closeSync(CODE_DESCRIPTOR);
  return bytes.subarray(SEAL_BYTES);
}

function lengthOf(files: readonly FileEntry[]): number {
  return files.reduce((sum, { length }) => sum + length, 0);
}

async function open({ head, payload }: Frame<Request & { type: "open" }>): Promise<void> {
  const { library, files, makeSnapshot } = head;
  const split = lengthOf(library);
  const tree = { entries: library, bytes: payload.subarray(0, split) };
  python = await (resumed ?? Python.boot(runtime, tree, makeSnapshot));
  if (!given.includes("snapshot")) python.loadLibrary(tree);
  if (makeSnapshot) {
    const parts = python.snapshot(tree);
    if (parts) send({ type: "snapshot" }, ...parts);
  }
  python.open({ entries: files, bytes: payload.subarray(split) }, watchdog.interrupt);
}

/** Sends the memory with the harness loaded, then runs a library of our own and sends the code that V8 has made by then. */
async function compile({ head, payload }: Frame<Request & { type: "compile" }>): Promise<void> {
  const split = lengthOf(head.harness);
  const harness = { entries: head.harness, bytes: payload.subarray(0, split) };
  const own = await Python.boot(runtime, harness, true);
  const memory = own.snapshot(harness);
  if (memory) send({ type: "snapshot" }, ...memory);
  own.loadLibrary({ entries: head.library, bytes: payload.subarray(split) });
  send({ type: "code" }, ...(await runtime.code()));
}

function loadRegistry({ head, payload }: Frame<Request & { type: "load-registry" }>): void {
  timed(head.timeoutMs, () => {
    const made = booted().compileRegistry(payload);
    if (made) send({ type: "code" }, made);
    booted().loadRegistry();
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
    withFrozenTime("now" in request ? request.now : undefined, () =>
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
  } else if (head.type === "compile") {
    await compile({ ...frame, head });
    send({ type: "done" });
  } else if (head.type === "load-registry") {
    loadRegistry({ ...frame, head });
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

for await (const frame of decodeFrames<Request & Numbered>(process.stdin)) {
  beginAnswer(frame.head.number);
  try {
    await handle(frame);
  } catch (error) {
    const kind = error instanceof BrokenLibraryError ? "library" : "fault";
    send({ type: "failed", kind, message: String(error instanceof Error ? error.message : error) });
  }
}
process.exit(0);
