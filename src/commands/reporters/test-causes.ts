/** Tests that fail alike: one mistake in a view or in the library takes many of them down, and is told once. */
import { causeOf } from "../../engine/error-cause.ts";
import type { TestResult, TestRun } from "../../engine/index.ts";

export interface FailedTest {
  /** The integration's name. */
  readonly integration: string;
  readonly test: TestResult;
}

/** A failed test, and those that fail as it does. */
export interface FailureCause {
  readonly first: FailedTest;
  readonly others: readonly FailedTest[];
}

/** The failed tests of a run by what they fail of, in the order of the first of each. */
export function failureCauses({ integrations }: TestRun): FailureCause[] {
  const causes = new Map<string, { first: FailedTest; others: FailedTest[] }>();
  for (const { name, tests } of integrations) {
    for (const test of tests) {
      if (test.status !== "failed") continue;
      const failed = { integration: name, test };
      const key = test.error ? causeOf(test.error) : test.id;
      const known = causes.get(key);
      if (known) known.others.push(failed);
      else causes.set(key, { first: failed, others: [] });
    }
  }
  return [...causes.values()];
}
