/** One run of the tests, with a line that says how far it is. */

import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Engine, TestRun } from "../../engine/index.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";
import { type EngineContext, withEngine } from "../engine.ts";
import { type TestOptions, wantsCoverage } from "./options.ts";

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
  context: EngineContext,
): Promise<TestRun> {
  const needs = { root: checkout.root, targets, timeoutMs: options.timeout };
  const names = targets.map(({ name }) => name);
  return withEngine(needs, context, (engine) => runOn(engine, names, choiceOf(options), context));
}

/** A run of nothing. */
export const emptyRun: TestRun = {
  engine: "embedded",
  summary: { total: 0, passed: 0, failed: 0, skipped: 0, durationMs: 0 },
  integrations: [],
};
