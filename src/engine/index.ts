/**
 * The engine: runs a checkout's own integrations on an embedded Python, in processes of its own.
 *
 * The parent reads the checkout's files and sends them over; the child sees nothing else of the machine. The first
 * child starts while the files are still being read.
 */

import { join } from "node:path";
import { CancelledError, UserError } from "../errors.ts";
import { coreCount } from "../host/child.ts";
import { isFile } from "../host/files.ts";
import { runTests } from "./run.ts";
import { folderOf, readSources } from "./source.ts";
import type {
  Delivery,
  DeliveryRequest,
  Engine,
  EngineOptions,
  Realm,
  WireDelivery,
  WireRequest,
} from "./types.ts";
import { PythonWorker } from "./worker.ts";

export type {
  Coverage,
  Delivery,
  DeliveryRequest,
  Engine,
  EngineOptions,
  EngineTarget,
  FileCoverage,
  IntegrationRun,
  Realm,
  RealmOptions,
  Sabotage,
  SentMessage,
  TestError,
  TestResult,
  TestRun,
  TestSelection,
  WireDelivery,
  WireRequest,
} from "./types.ts";

const TEST_TIMEOUT_MS = 20_000;

/**
 * Opens the engine on a checkout.
 * @param options See EngineOptions. Aborting the signal ends all processes, and what is pending fails.
 * @throws UserError when a target's folder or the tree's library is not there.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { root, targets, signal, onProgress = () => undefined } = options;
  const timeoutMs = options.testTimeoutMs ?? TEST_TIMEOUT_MS;
  if (signal?.aborted) throw new CancelledError();
  requireLibrary(root);
  for (const target of targets) folderOf(target);
  const sources = readSources(root, targets);
  const start = (): PythonWorker => new PythonWorker(sources, onProgress, options.sabotage);
  const workers = [start()];
  const closing = async (): Promise<void> => {
    signal?.removeEventListener("abort", onAbort);
    await Promise.all(workers.map((worker) => worker.close()));
  };
  const onAbort = (): void => void closing();
  signal?.addEventListener("abort", onAbort, { once: true });
  const guarded = <T>(work: Promise<T>): Promise<T> =>
    work.catch(async (error: unknown) => {
      throw signal?.aborted ? new CancelledError() : error;
    });
  const first = workers[0] as PythonWorker;
  await guarded(first.open(true)).catch(async (error: unknown) => {
    await closing();
    throw error;
  });
  return {
    runTests: (request) =>
      guarded(
        runTests({
          ...request,
          targets,
          timeoutMs,
          workers: (count) => grow(workers, count, options.workers, start),
        }),
      ),
    deliver: (request) => guarded(deliver(first, request, timeoutMs)),
    receive: (request) => guarded(receive(first, request, timeoutMs)),
    describeRealm: (request) =>
      guarded(first.ask({ type: "describe", request, timeoutMs })) as Promise<Realm>,
    close: closing,
  };
}

function requireLibrary(root: string): void {
  if (isFile(join(root, "zerver", "lib", "test_classes.py"))) return;
  throw new UserError(`${root} has no zerver/lib/test_classes.py.`, {
    code: "no-connect-tree",
    hint: "Point --checkout at a Connect tree or a workspace made by `connect-webhook init`.",
  });
}

/** As many workers as make sense for so many integrations. */
function grow(
  workers: PythonWorker[],
  integrations: number,
  limit: number | undefined,
  start: () => PythonWorker,
): readonly PythonWorker[] {
  // A second process costs a start; below some integrations it is not worth it.
  const worth = Math.ceil(integrations / 8);
  const wanted = Math.max(1, Math.min(limit ?? coreCount(), worth));
  while (workers.length < wanted) workers.push(start());
  return workers.slice(0, wanted);
}

async function deliver(
  worker: PythonWorker,
  { body, ...request }: DeliveryRequest,
  timeoutMs: number,
): Promise<Delivery> {
  const encoded = body === undefined ? {} : { body: Buffer.from(body).toString("base64") };
  const question = { type: "deliver", request: { ...request, ...encoded }, timeoutMs } as const;
  return (await worker.ask(question)) as Delivery;
}

/** A wire delivery as the harness gives it. */
type EncodedWireDelivery = Omit<WireDelivery, "response"> & {
  response: Omit<WireDelivery["response"], "body"> & { body: string };
};

async function receive(
  worker: PythonWorker,
  { body, ...request }: WireRequest,
  timeoutMs: number,
): Promise<WireDelivery> {
  const encoded = { ...request, body: Buffer.from(body).toString("base64") };
  const question = { type: "receive", request: encoded, timeoutMs } as const;
  const answer = (await worker.ask(question)) as EncodedWireDelivery;
  const { response } = answer;
  return { ...answer, response: { ...response, body: Buffer.from(response.body, "base64") } };
}
