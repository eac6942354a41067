/** What all rules of one run share: every file is read once and every Python module parsed once. */
import { join } from "node:path";
import { trackedFiles } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { isFile, listFilesBelow } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import { type PythonModule, parseModule } from "../python/module.ts";

/** Shared, lazily filled knowledge about one tree. Paths are relative to its root. */
export class LintSession {
  readonly checkout: Checkout;
  readonly #newFiles: ReadonlySet<string>;
  readonly #endings: (() => Promise<void>)[] = [];
  readonly #known = new Map<string, unknown>();

  /** @param newFiles Files that the branch added, where that is known. */
  constructor(checkout: Checkout, newFiles: ReadonlySet<string> = new Set()) {
    this.checkout = checkout;
    this.#newFiles = newFiles;
  }

  /** Whether a file is new on the branch or to git: new code is held to more than old code. */
  isNew(path: string): boolean {
    return this.#newFiles.has(path);
  }

  /** A file's bytes; undefined when there is none. */
  bytes(path: string): Buffer | undefined {
    return this.once(`bytes:${path}`, () => readBytesNow(join(this.checkout.root, path)));
  }

  /** A file's text as UTF-8; undefined when there is none. */
  text(path: string): string | undefined {
    return this.once(`text:${path}`, () => this.bytes(path)?.toString("utf8"));
  }

  /** A parsed Python file; undefined when there is none. */
  module(path: string): PythonModule | undefined {
    return this.once(`module:${path}`, () => {
      const text = this.text(path);
      return text === undefined ? undefined : parseModule(text);
    });
  }

  /** Whether a file is there. */
  isThere(path: string): boolean {
    return isFile(join(this.checkout.root, path));
  }

  /** Every file below a folder, relative to it. */
  filesBelow(path: string): Promise<string[]> {
    return this.once(`files:${path}`, () => listFilesBelow(join(this.checkout.root, path)));
  }

  /** The files below `zerver/webhooks` that git tracks; undefined when the tree is no git repository. */
  trackedFiles(): Promise<ReadonlySet<string> | undefined> {
    return this.once("tracked", () => trackedFiles(this.checkout.root, ["zerver/webhooks"]));
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
    if (!this.#known.has(key)) this.#known.set(key, compute());
    return this.#known.get(key) as T;
  }
}
