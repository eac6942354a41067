/**
 * The program as a library: open a tree, render a message, run its tests, check it.
 *
 * These four functions and their types are stable. Nothing here prints, asks or ends the process; what is wrong is
 * thrown as a `UserError` with a stable code, or as one of its kin.
 */

import { findIntegration } from "./checkout/files.ts";
import { findCheckout } from "./checkout/find.ts";
import type { Checkout } from "./checkout/model.ts";
import { openCheckout as openRoot } from "./checkout/open.ts";
import type { TestRun } from "./engine/index.ts";
import type { LintResult } from "./lint/index.ts";

export type { Dialect } from "./checkout/dialect-model.ts";
export type { Category, Checkout, Integration, ScreenshotEntry } from "./checkout/model.ts";
export type { IntegrationRun, TestError, TestResult, TestRun } from "./engine/index.ts";
export { CancelledError, MachineError, UserError } from "./errors.ts";
export type { LintResult, Problem } from "./lint/index.ts";
export { type MarkdownOptions, renderMarkdown } from "./markdown/index.ts";

/**
 * Opens the Connect tree at or above a folder.
 * @param folder Relative paths count from the working directory.
 * @throws UserError `no-checkout`, `no-such-folder`, or `registry-not-understood` with the line.
 */
export async function openCheckout(folder: string): Promise<Checkout> {
  return openRoot(await findCheckout(folder, { explicit: true }));
}

/** What `runTests` can be told. */
export interface RunTestsOptions {
  /** The integrations to test; all when left out. */
  names?: readonly string[];
  /** Aborting it ends the run with a `CancelledError`. */
  signal?: AbortSignal;
  /** The longest time for one test in milliseconds. */
  timeoutMs?: number;
}

/**
 * Runs fixture tests on the embedded Python, in processes of their own that end with the call.
 * @throws UserError `unknown-integration`, or when the tree's library does not load.
 */
export async function runTests(
  checkout: Checkout,
  options: RunTestsOptions = {},
): Promise<TestRun> {
  const { names = checkout.integrations.map(({ name }) => name), signal, timeoutMs } = options;
  const targets = names.map((name) => findIntegration(checkout, name));
  const { openEngine } = await import("./engine/index.ts");
  const engine = await openEngine({
    root: checkout.root,
    targets,
    ...(signal && { signal }),
    ...(timeoutMs !== undefined && { testTimeoutMs: timeoutMs }),
  });
  try {
    return await engine.runTests({ names: targets.map(({ name }) => name) });
  } finally {
    await engine.close();
  }
}

/**
 * Checks integrations against the checklist, with the tree's own settings.
 * @param names The integrations; all when left out.
 * @throws UserError `unknown-integration`, or when the settings are not understood.
 */
export async function lint(
  checkout: Checkout,
  names: readonly string[] = checkout.integrations.map(({ name }) => name),
): Promise<LintResult> {
  const { lint: check, readSettings } = await import("./lint/index.ts");
  return check(checkout, { names, settings: await readSettings(checkout.root) });
}
