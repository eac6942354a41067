/** Reads what Connect's own test runner writes, line by line (Connect's `zerver/lib/test_runner.py`). */
import { cut, LONGEST } from "./bounds.ts";
import { isTreePath } from "./places.ts";
import type { TestError, TestResult } from "./types.ts";

const RUNNING = /^Running (zerver\.webhooks\.\S+)\s*$/;
const SKIPPING = /^\*\* Skipping (\S+): (.*)$/;
/** `FAIL: test_x (zerver.webhooks.x.tests.XTests.test_x)`; before Python 3.11 without the method at the end. */
const FAILURE = /^(?:FAIL|ERROR): (\S+) \(([^)\s]+)\)/;
/** What unittest puts before the name of a module that does not load. */
const NOT_LOADED = /^unittest\.loader\._FailedTest\./;
const HEAVY_RULE = /^={20,}$/;
const LIGHT_RULE = /^-{20,}$/;
const FRAME = /^ {2}File "(.*)", line (\d+)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
const COLOUR = /\u001b\[[0-9;]*m/g;

/** The tests that a run's output tells of. */
export class CheckoutOutput {
  readonly #results = new Map<string, TestResult>();
  readonly #reports = new Map<string, string[]>();
  readonly #onResult: (result: TestResult) => void;
  #current: { id: string; startedMs: number } | undefined;
  #report: { id: string; lines: string[]; inside: boolean } | undefined;
  #ended = false;

  /** @param onResult Called when a test has ended; whether it failed is known at the end of the run only. */
  constructor(onResult: (result: TestResult) => void = () => undefined) {
    this.#onResult = onResult;
  }

  /** Whether the runner came to its end: what is missing then did not fail to run. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Takes a line, at a time in milliseconds. */
  read(raw: string, nowMs: number): void {
    const line = raw.replace(COLOUR, "").replace(/\r$/, "");
    const [, running] = RUNNING.exec(line) ?? [];
    const [, failedName, failedPlace] = FAILURE.exec(line) ?? [];
    const [, skipped, reason = ""] = SKIPPING.exec(line) ?? [];
    if (/^Ran \d+ tests? in /.test(line)) {
      this.#finishTest(nowMs);
      this.#ended = true;
      this.#report = undefined;
    } else if (running !== undefined) {
      this.#finishTest(nowMs);
      this.#current = { id: running, startedMs: nowMs };
    } else if (skipped !== undefined) {
      this.#results.set(skipped, { ...blank(skipped), status: "skipped", reason });
    } else if (HEAVY_RULE.test(line)) {
      this.#finishTest(nowMs);
      this.#report = undefined;
    } else if (failedName !== undefined && failedPlace !== undefined) {
      const whole = failedPlace.endsWith(`.${failedName}`);
      const id = (whole ? failedPlace : `${failedPlace}.${failedName}`).replace(NOT_LOADED, "");
      this.#report = { id, lines: [], inside: false };
      this.#reports.set(id, this.#report.lines);
    } else if (this.#report) this.#readReport(this.#report, line);
  }

  /** What became of all tests, in the order in which they ran. */
  results(nowMs: number): TestResult[] {
    this.#finishTest(nowMs);
    for (const [id, lines] of this.#reports) {
      const before = this.#results.get(id) ?? blank(id);
      this.#results.set(id, { ...before, status: "failed", error: errorOf(lines, id) });
    }
    return [...this.#results.values()];
  }

  #readReport(report: { lines: string[]; inside: boolean }, line: string): void {
    if (LIGHT_RULE.test(line)) report.inside = !report.inside;
    else if (report.inside) report.lines.push(line);
  }

  #finishTest(nowMs: number): void {
    if (!this.#current) return;
    const { id, startedMs } = this.#current;
    this.#current = undefined;
    const result = this.#results.get(id) ?? { ...blank(id), durationMs: nowMs - startedMs };
    this.#results.set(id, result);
    this.#onResult(result);
  }
}

function blank(id: string): TestResult {
  return { id, name: id.split(".").at(-1) ?? id, status: "passed", durationMs: 0 };
}

function errorOf(lines: readonly string[], id: string): TestError {
  const traceback = lines.join("\n").trim();
  const frames = lines
    .flatMap((line) => {
      const [, path, at] = FRAME.exec(line) ?? [];
      return path === undefined ? [] : { path: inTree(path), line: Number(at) };
    })
    .filter(({ path }) => isTreePath(path));
  const tests = `${id.split(".").slice(0, 4).join("/")}.py`;
  const place = frames.filter(({ path }) => path === tests).at(-1) ?? { path: tests, line: 1 };
  const last = lines.findLastIndex((line) => FRAME.test(line));
  const said = lines.slice(last + 1).filter((line) => !/^ {4}/.test(line));
  const [, type = "Error", first = ""] = /^([\w.]+)(?::\s?(.*))?$/.exec(said[0] ?? "") ?? [];
  const message = [first, ...said.slice(1)].join("\n").trim();
  return {
    type: cut(type.split(".").at(-1) ?? type, LONGEST.name),
    message: cut(message, LONGEST.message),
    traceback: cut(traceback, LONGEST.traceback),
    ...place,
  };
}

/** The runner names files by their place on the machine that it ran on. */
function inTree(path: string): string {
  const at = path.search(/(?:^|\/)(?:zerver|zproject)\//);
  return at < 0 ? path : path.slice(at).replace(/^\//, "");
}
