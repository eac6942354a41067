/** Tests that fail alike: one mistake in a view or in the library takes many of them down, and is told once. */
import { byCause, type SameCause } from "../../engine/error-cause.ts";
import type { TestResult, TestRun } from "../../engine/index.ts";

export interface FailedTest {
  /** The integration's name. */
  readonly integration: string;
  readonly test: TestResult;
}

/** A failed test, and those that fail as it does. */
export type FailureCause = SameCause<FailedTest>;

/** The failed tests of a run by what they fail of, in the order of the first of each. */
export function failureCauses({ integrations }: TestRun): FailureCause[] {
  const failed = integrations.flatMap(({ name, tests }) =>
    tests
      .filter(({ status }) => status === "failed")
      .map((test): FailedTest => ({ integration: name, test })),
  );
  return byCause(failed, ({ test }) => test.error);
}
