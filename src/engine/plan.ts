/**
 * What there is to run of one folder's tests, and what has become of it. It is the parent's: what Python says is taken
 * for a test that is planned, once, and for no other.
 */
import { topOf } from "./process-errors.ts";
import type { Collected } from "./protocol.ts";
import { MisfitError } from "./reading.ts";
import type { StatedTest } from "./stated.ts";
import type { TestError, TestResult } from "./types.ts";

/** Messages about tests that are not planned. A test may write a few; more than that is a flood. */
const MAX_STRAYS = 1_000;

/** Tests without a result, and the one that runs. */
export class Plan {
  readonly #directory: string;
  /** Names by id, in their order. */
  readonly #open: Map<string, string>;
  /** What this process of Python has begun. */
  readonly #begun = new Set<string>();
  #current: string | undefined;
  #currentMs = 0;
  #strays = 0;

  constructor(directory: string, tests: Collected["tests"]) {
    this.#directory = directory;
    this.#open = new Map(tests);
  }

  /** The ids of the tests without a result. */
  get open(): string[] {
    return [...this.#open.keys()];
  }

  /** Leaves tests out. */
  keep(wanted: (id: string) => boolean): void {
    for (const id of this.open) if (!wanted(id)) this.#open.delete(id);
  }

  /** A new process of Python runs what is left. */
  restart(): void {
    this.#begun.clear();
    this.#current = undefined;
  }

  /**
   * Hears that a test begins.
   * @returns Whether that is a step forward.
   */
  begin(id: string): boolean {
    if (!this.#open.has(id) || this.#begun.has(id)) return this.#stray();
    this.#begun.add(id);
    this.#current = id;
    this.#currentMs = Date.now();
    return true;
  }

  /**
   * Hears of a result.
   * @returns Whether it is one to take: the first of a test that is planned.
   */
  end({ id, name }: TestResult): boolean {
    if (this.#open.get(id) !== name) return this.#stray();
    this.#open.delete(id);
    if (this.#current === id) this.#current = undefined;
    return true;
  }

  /** The result of the test that runs; of the next one where none has begun. Nothing when all are done. */
  fail(error: TestError): TestResult | undefined {
    const id = this.#current ?? this.open[0];
    const name = id === undefined ? undefined : this.#open.get(id);
    if (id === undefined || name === undefined) return undefined;
    const durationMs = this.#current === undefined ? 0 : Date.now() - this.#currentMs;
    this.#open.delete(id);
    this.#current = undefined;
    return { id, name, status: "failed", durationMs, error };
  }

  /** What is left counts as failed: a total never shrinks silently. */
  giveUp(message: string): TestResult[] {
    const left = [...this.#open].map(([id, name]) => notRun(this.#directory, id, name, message));
    this.#open.clear();
    return left;
  }

  #stray(): false {
    this.#strays += 1;
    if (this.#strays > MAX_STRAYS) throw new MisfitError("too many messages about no planned test");
    return false;
  }
}

function notRun(directory: string, id: string, name: string, message: string): TestResult {
  return { id, name, status: "failed", durationMs: 0, error: errorOf(directory, message) };
}

/** What is wrong with the tests that a folder says it has; nothing where each is its own, once. */
export function faultIn(directory: string, tests: Collected["tests"]): TestError | undefined {
  if (!tests.every(([id, name]) => isTestOf(directory, id, name))) {
    return errorOf(directory, "A test of tests.py has the name of one of another place.");
  }
  // The result of one would count for both.
  if (new Set(tests.map(([id]) => id)).size < tests.length) {
    return errorOf(directory, "Two tests of tests.py have the same class name and name.");
  }
  return undefined;
}

function isTestOf(directory: string, id: string, name: string): boolean {
  return id.startsWith(`${moduleOf(directory)}.`) && id.endsWith(`.${name}`);
}

/** A test as `Class.method`. */
export function ownNameOf(directory: string, id: string): string {
  return id.slice(moduleOf(directory).length + 1);
}

/** What is told of a tests.py from which no test comes. */
export function noTests(directory: string): TestError {
  return errorOf(directory, "tests.py has no tests: no class of it that is a TestCase has any.");
}

/** The results of tests that tests.py states, and that were not there when it was loaded. */
export function notFound(directory: string, hidden: readonly StatedTest[]): TestResult[] {
  const message = "The test is in the source of tests.py, but not there after the file is loaded.";
  return hidden.map(({ owner, name }) =>
    notRun(directory, `${moduleOf(directory)}.${owner}.${name}`, name, message),
  );
}

function errorOf(directory: string, message: string): TestError {
  return { type: "NotRun", message, traceback: message, ...topOf(directory) };
}

/** The result of a tests.py that does not load, or holds nothing. */
export function notLoaded(directory: string, error: TestError, durationMs: number): TestResult {
  return {
    id: moduleOf(directory),
    name: "import tests.py",
    status: "failed",
    durationMs: Math.round(durationMs),
    error,
  };
}

/** The Python module that holds a folder's tests. */
function moduleOf(directory: string): string {
  return `zerver.webhooks.${directory}.tests`;
}
