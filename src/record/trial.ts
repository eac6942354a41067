/** A `tests.py` whose expectations are corrected step by step, each step found by running the one before. */
import type { TestError } from "../engine/index.ts";
import { applyEdits, type Edit } from "../python/edit.ts";
import { parseModule } from "../python/parse-module.ts";
import { positionOf } from "../python/source.ts";
import type { PythonModule } from "../python/syntax.ts";
import { correctExpectation } from "./expectation.ts";

/** A comparison that failed, and the edit of the file as it was that puts the expectation right. */
export interface CorrectedComparison {
  edit: Edit;
  /** Where it begins in the file as it was. */
  line: number;
  error: TestError & { expected: string; actual: string };
}

/** All that one test has to expect instead, in the order in which it compares; and why it still fails after that. */
export interface CorrectedTest {
  id: string;
  name: string;
  comparisons: CorrectedComparison[];
  reason?: string;
  /** The line, from 1, at which its method begins; undefined where that is elsewhere. */
  line: number | undefined;
}

/** A test that failed. */
interface FailedTest {
  id: string;
  name: string;
  error?: TestError;
}

/** Another test expects the same text, and was sent something else. */
const SHARED = "another test expects the same text from the same line, and gets something else";

/** A file in the middle of being corrected. */
export class Trial {
  readonly path: string;
  readonly #original: PythonModule;
  readonly #edits: Edit[] = [];
  readonly #tests = new Map<string, CorrectedTest>();
  #module: PythonModule;

  /**
   * @param path Relative to the root, as it stands in tracebacks.
   * @param module The parsed file, as it is on the disk.
   */
  constructor(path: string, module: PythonModule) {
    this.path = path;
    this.#original = module;
    this.#module = module;
  }

  /** The text with all corrections so far. */
  get text(): string {
    return this.#module.text;
  }

  /** The tests that can be corrected, or not to the end. */
  get tests(): readonly CorrectedTest[] {
    return [...this.#tests.values()];
  }

  /** @param id Ends in the class and the method. */
  #lineOf(id: string): number | undefined {
    const [className, methodName] = id.split(".").slice(-2);
    const { classes, text } = this.#original;
    const method = classes
      .find(({ name }) => name === className)
      ?.methods.find(({ name }) => name === methodName);
    return method && positionOf(text, method.from).line;
  }

  /**
   * Corrects the comparison at which each test failed.
   * @param failed What failed when the current text ran.
   * @returns Whether anything changed, and is to be run again.
   */
  correct(failed: readonly FailedTest[]): boolean {
    const before = this.#edits.length;
    const round: Edit[] = [];
    for (const { id, name, error } of failed) {
      if (error?.expected === undefined || error.actual === undefined) continue;
      const test = this.#tests.get(id) ?? {
        id,
        name,
        comparisons: [],
        line: this.#lineOf(id),
      };
      this.#tests.set(id, test);
      if (test.reason !== undefined) continue;
      const correction = correctExpectation(this.#module, this.path, error);
      if ("reason" in correction) {
        test.reason = correction.reason;
        continue;
      }
      // What another test of this round puts right there may do for this one, as the next run shows.
      if (round.some((other) => overlap(other, correction.edit))) continue;
      const edit = originalOf(correction.edit, this.#edits.slice(0, before));
      if (edit === undefined) {
        test.reason = SHARED;
        continue;
      }
      round.push(correction.edit);
      this.#edits.push(edit);
      const { line } = positionOf(this.#original.text, edit.from);
      const { expected, actual } = error;
      test.comparisons.push({ edit, line, error: { ...error, expected, actual } });
    }
    if (round.length === 0) return false;
    this.#module = parseModule(applyEdits(this.#original.text, this.#edits));
    return true;
  }
}

const overlap = (one: Edit, other: Edit): boolean => one.from < other.to && other.from < one.to;

/**
 * An edit of the text that edits led to, as one of the text before them.
 * @returns Nothing where it changes what one of them put in.
 */
function originalOf(edit: Edit, edits: readonly Edit[]): Edit | undefined {
  let moved = 0;
  for (const { from, to, insert } of [...edits].sort((one, other) => one.from - other.from)) {
    if (edit.to <= from + moved) break;
    if (edit.from < from + moved + insert.length) return undefined;
    moved += insert.length - (to - from);
  }
  return { ...edit, from: edit.from - moved, to: edit.to - moved };
}
