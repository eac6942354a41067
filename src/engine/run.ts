/** Running the tests of many integrations on some workers. */
import { UserError } from "../errors.ts";
import { folderOf } from "./source.ts";
import type { EngineTarget, IntegrationRun, TestResult, TestRun } from "./types.ts";
import type { PythonWorker } from "./worker.ts";

export interface RunRequest {
  names: readonly string[];
  targets: readonly EngineTarget[];
  timeoutMs: number;
  /** The workers for so many integrations. */
  workers: (count: number) => readonly PythonWorker[];
  onResult?: (result: TestResult & { integration: string }) => void;
}

/**
 * Runs tests, several integrations at a time.
 * @throws UserError when a name is no target.
 */
export async function runTests(request: RunRequest): Promise<TestRun> {
  const started = performance.now();
  const jobs = jobsFor(request);
  const runs = new Map(request.names.map((name) => [name, [] as TestResult[]]));
  const queue = [...jobs];
  await Promise.all(
    request.workers(jobs.length).map(async (worker) => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        const { name, folder } = job;
        await worker.run(folder, request.timeoutMs, (result) => {
          runs.get(name)?.push(result);
          request.onResult?.({ ...result, integration: name });
        });
      }
    }),
  );
  const integrations = [...runs].map(([name, tests]) => summarize(name, tests));
  return {
    engine: "embedded",
    summary: { ...totals(integrations), durationMs: Math.round(performance.now() - started) },
    integrations,
  };
}

interface Job {
  name: string;
  folder: string;
}

/** One job a folder: where two integrations share one, its tests belong to the one it is named after. */
function jobsFor({ names, targets }: RunRequest): Job[] {
  const jobs = new Map<string, Job>();
  for (const name of new Set(names)) {
    const target = targets.find((candidate) => candidate.name === name);
    if (!target) {
      throw new UserError(`${name} was not loaded.`, {
        code: "unknown-integration",
        hint: "Name it as a target when the engine is opened.",
      });
    }
    const folder = folderOf(target);
    if (!jobs.has(folder) || folder === name) jobs.set(folder, { name, folder });
  }
  return [...jobs.values()];
}

function summarize(name: string, tests: TestResult[]): IntegrationRun {
  const count = (status: TestResult["status"]): number =>
    tests.filter((test) => test.status === status).length;
  return {
    name,
    total: tests.length,
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
    durationMs: sum(tests.map(({ durationMs }) => durationMs)),
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
