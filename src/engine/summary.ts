/** Adds results up to a run. */
import type { Coverage, IntegrationRun, TestResult, TestRun } from "./types.ts";

/**
 * A run in its reported shape.
 * @param runs The results by integration.
 * @param durationMs The time by the clock; several integrations run at once.
 */
export function summarizeRun(
  engine: TestRun["engine"],
  runs: ReadonlyMap<string, TestResult[]>,
  durationMs: number,
  coverages: ReadonlyMap<string, Coverage> = new Map(),
): TestRun {
  const integrations = [...runs].map(([name, tests]) =>
    summarize(name, tests, coverages.get(name)),
  );
  const summary = { ...totals(integrations), durationMs: Math.round(durationMs) };
  return { engine, summary, integrations };
}

function summarize(
  name: string,
  tests: TestResult[],
  coverage: Coverage | undefined,
): IntegrationRun {
  const count = (status: TestResult["status"]): number =>
    tests.filter((test) => test.status === status).length;
  return {
    name,
    total: tests.length,
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
    durationMs: sum(tests.map(({ durationMs }) => durationMs)),
    ...(coverage && { coverage }),
    tests,
  };
}

function totals(runs: readonly IntegrationRun[]): Omit<TestRun["summary"], "durationMs"> {
  return {
    total: sum(runs.map(({ total }) => total)),
    passed: sum(runs.map(({ passed }) => passed)),
    failed: sum(runs.map(({ failed }) => failed)),
    skipped: sum(runs.map(({ skipped }) => skipped)),
  };
}

function sum(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((total, number) => total + number, 0) * 1000) / 1000;
}
