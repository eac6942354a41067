/** Finds out, without writing anything, all that failed tests have to expect instead. */
import type { Integration } from "../../checkout/model.ts";
import { type Engine, proposedFiles, type TestRun } from "../../engine/index.ts";
import { Trial } from "../../record/index.ts";
import type { RecordedFile } from "./recorded-file.ts";

/** Each round corrects one comparison of every test; what a test with more than these expects is left as it is. */
const MOST_ROUNDS = 25;

/** An integration with tests that failed. */
interface OnTrial {
  target: Integration;
  /** As it is on the disk. */
  file: RecordedFile;
  trial: Trial;
}

/**
 * Runs tests, corrects the comparison at which each failed, and runs them again until nothing is left to correct: a test
 * stops at the first comparison that fails.
 * @param engine Takes the corrected files in place of the tree's.
 * @param run Runs the tests on it.
 * @param read Reads the `tests.py` of an integration.
 * @returns What the tests say as they are, and the corrections.
 */
export async function tryCorrections(
  engine: Engine,
  targets: readonly Integration[],
  run: () => Promise<TestRun>,
  read: (target: Integration) => Promise<RecordedFile>,
): Promise<{ run: TestRun; trials: readonly OnTrial[] }> {
  const first = await run();
  const trials = await failedIn(first, targets, read);
  let [latest, rounds] = [first, 0];
  while (correctAll(trials, latest) && rounds < MOST_ROUNDS) {
    rounds += 1;
    const files = trials.map(({ trial: { path, text } }) => ({ path, content: text }));
    await engine.refresh({ edited: [], proposed: proposedFiles(files) });
    latest = await run();
  }
  return { run: first, trials };
}

async function failedIn(
  run: TestRun,
  targets: readonly Integration[],
  read: (target: Integration) => Promise<RecordedFile>,
): Promise<OnTrial[]> {
  const trials: OnTrial[] = [];
  for (const target of targets) {
    // Integrations that share a folder share its tests.
    const isKnown = trials.some(({ file }) => file.path === target.testsFile);
    if (isKnown || failedOf(target, run).length === 0) continue;
    const file = await read(target);
    trials.push({ target, file, trial: new Trial(file.path, file.module) });
  }
  return trials;
}

function failedOf(
  { name }: Integration,
  { integrations }: TestRun,
): TestRun["integrations"][number]["tests"] {
  const { tests = [] } = integrations.find((one) => one.name === name) ?? {};
  return tests.filter(({ status, error }) => status === "failed" && error?.actual !== undefined);
}

/** Corrects one comparison of each failed test. @returns Whether anything changed. */
function correctAll(trials: readonly OnTrial[], run: TestRun): boolean {
  const changed = trials.map(({ target, trial }) => trial.correct(failedOf(target, run)));
  return changed.includes(true);
}
