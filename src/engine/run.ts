/** Running the tests of many integrations on some workers. */
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { fileStat } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import { folderOf, ownersOf } from "./folders.ts";
import { withLink } from "./missing-fixture.ts";
import { WEBHOOKS } from "./source.ts";
import { summarizeRun } from "./summary.ts";
import type {
  Coverage,
  EngineTarget,
  IntegrationRun,
  TestResult,
  TestRun,
  TestSelection,
} from "./types.ts";
import type { PythonWorker } from "./worker.ts";

export interface RunRequest extends TestSelection {
  root: string;
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
  const queue = longestFirst(jobs, request.root);
  await Promise.all(
    request.workers(jobs.length).map(async (worker) => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        const { name, folder } = job;
        const source = readBytesNow(testsOf(request.root, folder))?.toString();
        const coverage = await worker.run(folder, source, request, (result) => {
          runs.get(name)?.push(result);
          request.onResult?.({ ...result, integration: name });
          if (request.bail && result.status === "failed") queue.length = 0;
        });
        if (coverage) coverages.set(name, coverage);
      }
    }),
  );
  await Promise.all([...runs.values()].flat().map((result) => nameLink(request.root, result)));
  const run = summarizeRun("embedded", runs, performance.now() - started, coverages);
  return { ...run, integrations: run.integrations.map(withSharer(request, jobs)) };
}

async function nameLink(root: string, { error }: TestResult): Promise<void> {
  if (error) error.message = await withLink(root, error.message);
}

/** Says of an integration without tests of its own where those of its folder are counted. */
function withSharer({ targets }: RunRequest, jobs: readonly Job[]) {
  const counted = new Map(jobs.map(({ folder, name }) => [folder, name]));
  return (one: IntegrationRun): IntegrationRun => {
    const target = targets.find(({ name }) => name === one.name);
    const sharer = target && counted.get(folderOf(target));
    return sharer === undefined || sharer === one.name ? one : { ...one, testedWith: sharer };
  };
}

/** The longest of all must not be what the last worker is left with; a file's size tells well enough. */
function longestFirst(jobs: readonly Job[], root: string): Job[] {
  const sizes = new Map(jobs.map((job) => [job, fileStat(testsOf(root, job.folder))?.size ?? 0]));
  return [...jobs].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
}

function testsOf(root: string, folder: string): string {
  return join(root, WEBHOOKS, folder, "tests.py");
}

interface Job {
  name: string;
  folder: string;
}

function jobsFor({ names, targets }: RunRequest): Job[] {
  const wanted = [...new Set(names)].map((name) => {
    const target = targets.find((candidate) => candidate.name === name);
    if (target) return target;
    throw new UserError(`${name} was not loaded.`, {
      code: "unknown-integration",
      hint: "Name it as a target when the engine is opened.",
    });
  });
  return [...ownersOf(wanted)].map(([folder, name]) => ({ folder, name }));
}
