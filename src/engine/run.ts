/** Running the tests of many integrations on some workers. */
import { UserError } from "../errors.ts";
import { folderOf } from "./source.ts";
import { summarizeRun } from "./summary.ts";
import type { Coverage, EngineTarget, TestResult, TestRun, TestSelection } from "./types.ts";
import type { PythonWorker } from "./worker.ts";

export interface RunRequest extends TestSelection {
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
  const coverages = new Map<string, Coverage>();
  const queue = [...jobs];
  await Promise.all(
    request.workers(jobs.length).map(async (worker) => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        const { name, folder } = job;
        const coverage = await worker.run(folder, request, (result) => {
          runs.get(name)?.push(result);
          request.onResult?.({ ...result, integration: name });
          if (request.bail && result.status === "failed") queue.length = 0;
        });
        if (coverage) coverages.set(name, coverage);
      }
    }),
  );
  return summarizeRun("embedded", runs, performance.now() - started, coverages);
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
