/** One run of the tests, with a line that says how far it is. */

import type { Checkout, Integration } from "../../checkout/model.ts";
import { type Engine, openEngine, type TestRun } from "../../engine/index.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";
import { type TestOptions, wantsCoverage } from "./options.ts";

/**
 * Opens the engine on integrations, with a progress line.
 * @param options `workers`: how many processes at most; deliveries need no more than one.
 */
export async function openFor(
  checkout: Checkout,
  targets: readonly Integration[],
  timeoutMs: number,
  { out, signal }: Pick<Context, "out" | "signal">,
  options: { workers?: number } = {},
): Promise<Engine> {
  const progress = out.progress("Starting Python");
  try {
    return await openEngine({
      root: checkout.root,
      targets,
      testTimeoutMs: timeoutMs,
      signal,
      onProgress: (message) => progress.update(message),
      onWarning: (message) => out.warn(`${message[0]?.toUpperCase()}${message.slice(1)}.`),
      ...options,
    });
  } finally {
    progress.stop();
  }
}

/** Which tests are run, and how. */
export interface TestChoice {
  filter?: TestOptions["filter"];
  /** Stops at the first failure. */
  bail?: boolean;
  /** Measures the coverage. */
  coverage?: boolean;
}

/** The choice that the command line made. */
export function choiceOf(options: TestOptions): TestChoice {
  const { filter, bail } = options;
  return { filter, bail, coverage: wantsCoverage(options) };
}

/** Runs the tests of integrations on an open engine. */
export async function runOn(
  engine: Engine,
  names: readonly string[],
  { filter, bail = false, coverage = false }: TestChoice,
  { out }: Pick<Context, "out">,
): Promise<TestRun> {
  const progress = out.progress("Running tests");
  let [done, failed] = [0, 0];
  try {
    return await engine.runTests({
      names,
      bail,
      coverage,
      ...(filter && { filter }),
      onResult({ status, integration }) {
        done += 1;
        if (status === "failed") failed += 1;
        const bad = failed > 0 ? `, ${failed} failed` : "";
        progress.update(`${count(done, "test")} run${bad} · ${printableLine(integration)}`);
      },
    });
  } finally {
    progress.stop();
  }
}

/** Opens the engine, runs the tests of integrations once, and ends it. */
export async function runOnce(
  checkout: Checkout,
  targets: readonly Integration[],
  options: TestOptions,
  context: Pick<Context, "out" | "signal">,
): Promise<TestRun> {
  const engine = await openFor(checkout, targets, options.timeout, context);
  try {
    return await runOn(
      engine,
      targets.map(({ name }) => name),
      choiceOf(options),
      context,
    );
  } finally {
    await engine.close();
  }
}

/** A run of nothing. */
export const emptyRun: TestRun = {
  engine: "embedded",
  summary: { total: 0, passed: 0, failed: 0, skipped: 0, durationMs: 0 },
  integrations: [],
};
