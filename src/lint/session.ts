/** What all rules of one run share: every file is read once and every Python module parsed once. */
import { join } from "node:path";
import type { Checkout } from "../checkout/model.ts";
import { isFile, isInside, listFilesBelow } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import { Remembered } from "../host/reads.ts";
import { parseModule } from "../python/parse-module.ts";
import type { PythonModule } from "../python/syntax.ts";
import { NotCheckedError } from "./not-checked.ts";
import type { TreeState } from "./tree-state.ts";

/** Shared, lazily filled knowledge about one tree. Paths are relative to its root. */
export class LintSession {
  readonly checkout: Checkout;
  readonly #state: TreeState;
  readonly #endings: (() => Promise<void>)[] = [];
  readonly #known = new Remembered();

  /** @param state What is known of the tree besides the content of its files. */
  constructor(checkout: Checkout, state: TreeState) {
    this.checkout = checkout;
    this.#state = state;
  }

  /** Whether a file is new on the branch, or in no commit yet: new code is held to more than old code. */
  isNew(path: string): boolean {
    return this.#state.isNew(path);
  }

  /** Whether the last commit has a file of `zerver/webhooks` as it is, and the branch under review has not touched it. */
  isSettled(path: string): Promise<boolean> {
    return this.#state.isSettled(path);
  }

  /** The text of a file before the change under review; undefined where there was none, or git does not say. */
  textBefore(path: string): Promise<string | undefined> {
    return this.#state.textBefore(path);
  }

  /**
   * The text of a file on the base of the branch under review, under the name that it had there.
   * @returns Undefined where no branch is under review, or its base has no such file.
   */
  async textOnBase(path: string): Promise<string | undefined> {
    return this.#state.hasBase() ? this.textBefore(this.formerName(path) ?? path) : undefined;
  }

  /** Whether git tracks a file of an integration, or as half a sentence why nobody knows. */
  isTracked(path: string): boolean | string {
    return this.#state.isTracked(path);
  }

  /** Whether at least half of the other views that read a payload use the library's validators. */
  validatesUsually(module: string): boolean {
    return this.#state.validatesUsually(module);
  }

  /** Whether git tracks anything below a folder of `zerver/webhooks`. */
  tracksBelow(folder: string): boolean {
    return this.#state.tracksBelow(folder);
  }

  /** Whether a sparse checkout leaves out something below a folder. */
  leavesOut(folder: string): boolean {
    return this.#state.leavesOut(folder);
  }

  /** A file's bytes; undefined when there is none. */
  bytes(path: string): Buffer | undefined {
    return this.once(`bytes:${path}`, () => readBytesNow(join(this.checkout.root, path)));
  }

  /** A file's text as UTF-8; undefined when there is none. */
  text(path: string): string | undefined {
    return this.once(`text:${path}`, () => this.bytes(path)?.toString("utf8"));
  }

  /**
   * A parsed Python file; undefined when there is none.
   * @throws NotCheckedError when it is too long or nested too deeply.
   */
  module(path: string): PythonModule | undefined {
    const module = this.moduleAsItIs(path);
    const [problem] = module?.isRead === false ? module.problems : [];
    if (problem) throw new NotCheckedError(path, `is not read: ${problem.message}`);
    return module;
  }

  /** A Python file, which seems empty when it is too long or nested too deeply; undefined when there is none. */
  moduleAsItIs(path: string): PythonModule | undefined {
    return this.once(`module:${path}`, () => {
      const text = this.text(path);
      return text === undefined ? undefined : parseModule(text);
    });
  }

  /** Whether a file is there, and in the tree: paths of pages may lead out of it. */
  isThere(path: string): boolean {
    const { root } = this.checkout;
    return isInside(root, join(root, path)) && isFile(join(root, path));
  }

  /** The name that a file had before the change under review, where it had another one. */
  formerName(path: string): string | undefined {
    return this.#state.formerName(path);
  }

  /** What a file is called now that is not there under this name any more. */
  newName(path: string): string | undefined {
    return this.#state.newName(path);
  }

  /** Every file below a folder, relative to it. */
  filesBelow(path: string): Promise<string[]> {
    return this.once(`files:${path}`, () => listFilesBelow(join(this.checkout.root, path)));
  }

  /** Has something done when all rules have run. */
  atEnd(work: () => Promise<void>): void {
    this.#endings.push(work);
  }

  /** Ends the run. */
  async close(): Promise<void> {
    for (const work of this.#endings) await work();
  }

  /** Computes something once a run. The key stands for the whole computation, arguments included. */
  once<T>(key: string, compute: () => T): T {
    return this.#known.once(key, compute);
  }
}
