/** Watches that each planned test is reported once, and nothing else. */
import type { TestResult } from "../types.ts";

/** What is planned and reported of one folder's tests. */
export class Ledger {
  readonly #module: string;
  readonly #open = new Set<string>();
  readonly #reported = new Set<string>();

  constructor(directory: string) {
    this.#module = `zerver.webhooks.${directory}.tests`;
  }

  /** Takes the tests that will run. */
  plan(ids: readonly string[]): void {
    for (const id of ids) this.#open.add(id);
  }

  /** Whether a result is one to believe: of this folder, and the first of its test. */
  accepts({ id }: TestResult): boolean {
    const mine = id === this.#module || id.startsWith(`${this.#module}.`);
    if (!mine || this.#reported.has(id)) return false;
    this.#reported.add(id);
    this.#open.delete(id);
    return true;
  }

  /** Planned tests without a result count as failed: a total never shrinks silently. */
  missing(): TestResult[] {
    const message = "The test was not run: an earlier one broke the run.";
    const path = `${this.#module.replaceAll(".", "/")}.py`;
    return [...this.#open].map((id) => ({
      id,
      name: id.split(".").at(-1) ?? id,
      status: "failed",
      durationMs: 0,
      error: { type: "NotRun", message, traceback: message, path, line: 1 },
    }));
  }
}
