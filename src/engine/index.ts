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
import { isCached } from "./cache.ts";
import { folderOf } from "./folders.ts";
import { namingLink } from "./missing-fixture.ts";
import type {
  EncodedDelivery,
  EncodedPrepared,
  EncodedWireDelivery,
  Question,
} from "./protocol.ts";
import { runTests } from "./run.ts";
import { isLibrary, readEdit, readSources, type Sources } from "./source.ts";
import type {
  Delivery,
  DeliveryRequest,
  Engine,
  EngineOptions,
  EngineTarget,
  PreparedRequest,
  Realm,
  RealmOptions,
  TreeChange,
  WireDelivery,
  WireRequest,
} from "./types.ts";
import { PythonWorker } from "./worker.ts";

export { startSparePython } from "./client.ts";
export { proposedFiles } from "./proposed.ts";
export { ReusedEngine } from "./reused-engine.ts";
export type {
  Coverage,
  Delivery,
  DeliveryRequest,
  Engine,
  EngineOptions,
  EngineTarget,
  FileCoverage,
  IntegrationRun,
  PreparedRequest,
  PythonPool,
  Realm,
  RealmOptions,
  SentMessage,
  TestError,
  TestResult,
  TestRun,
  TestSelection,
  TreeChange,
  WireDelivery,
  WireRequest,
} from "./types.ts";
export { missesEventHeader, unsupportedEvent } from "./unsupported.ts";

const TEST_TIMEOUT_MS = 20_000;

/**
 * Opens the engine on a checkout.
 * @param options See EngineOptions. Aborting the signal ends all processes, and what is pending fails.
 * @throws UserError when a target's folder or the tree's library is not there.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  if (options.signal?.aborted) throw new CancelledError();
  requireLibrary(options.root);
  for (const target of options.targets) folderOf(target);
  const engine = new EmbeddedEngine(options);
  await engine.open();
  return engine;
}

function requireLibrary(root: string): void {
  if (isFile(join(root, "zerver", "lib", "test_classes.py"))) return;
  throw new UserError(`${root} has no zerver/lib/test_classes.py.`, {
    code: "no-connect-tree",
    hint: "Point --checkout at a Connect tree or a workspace made by `connect-webhook init`.",
  });
}

type Untimed<T> = T extends unknown ? Omit<T, "timeoutMs"> : never;

function encoded({ body, ...request }: DeliveryRequest): EncodedDelivery {
  return body === undefined ? request : { ...request, body: toBase64(body) };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** Some workers on one tree. */
class EmbeddedEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #timeoutMs: number;
  readonly #first: PythonWorker;
  readonly #workers: PythonWorker[];
  readonly #onAbort = (): void => void this.close();
  #targets: readonly EngineTarget[];
  #proposed: EngineOptions["proposed"];
  #sources: Promise<Sources> | undefined;
  readonly #warnings = new Set<string>();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#timeoutMs = options.testTimeoutMs ?? TEST_TIMEOUT_MS;
    this.#targets = options.targets;
    this.#proposed = options.proposed;
    this.#first = this.#start();
    this.#workers = [this.#first];
    options.signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Starts the first process; a tree that does not load ends everything. */
  async open(): Promise<void> {
    const opening = this.#first.open(true);
    await this.#guarded(Promise.all([opening, this.#openOthers()])).catch(
      async (error: unknown) => {
        await this.close();
        throw error;
      },
    );
  }

  /** Where Python starts quickly, all processes start at once. */
  async #openOthers(): Promise<void> {
    const { key } = await this.#readSources();
    if (!isCached("snapshot", key)) return;
    for (const other of this.#grow(this.#targets.length).slice(1)) {
      // Whatever keeps it from opening is said when it is asked to run something.
      void other.open(false).catch(() => undefined);
    }
  }

  async refresh(change: TreeChange): Promise<void> {
    const { targets = this.#targets, proposed } = change;
    for (const target of targets) folderOf(target);
    // What was proposed before, and is not any more, is as the tree has it.
    const edited = [...new Set([...change.edited, ...(this.#proposed?.keys() ?? [])])];
    const known = new Set(this.#targets.map(({ directory }) => directory));
    this.#targets = targets;
    this.#proposed = proposed;
    this.#sources = undefined;
    if (edited.some(isLibrary)) {
      await Promise.all(this.#workers.map((worker) => worker.restart()));
      return this.#guarded(this.#first.open(true).then(() => undefined));
    }
    const { root } = this.#options;
    const isNew = ({ directory }: EngineTarget): boolean => !known.has(directory);
    const edit = readEdit(root, { edited, targets, isNew, proposed });
    await this.#guarded(Promise.all(this.#workers.map((worker) => worker.renew(edit))));
  }

  runTests(request: Parameters<Engine["runTests"]>[0]): ReturnType<Engine["runTests"]> {
    return this.#guarded(
      runTests({
        ...request,
        root: this.#options.root,
        targets: this.#targets,
        timeoutMs: this.#timeoutMs,
        workers: (count) => this.#grow(count),
      }),
    );
  }

  async deliver(request: DeliveryRequest): Promise<Delivery> {
    try {
      return await this.#ask({ type: "deliver", request: encoded(request) });
    } catch (error) {
      throw await namingLink(this.#options.root, error);
    }
  }

  async prepare(request: DeliveryRequest, realm: RealmOptions): Promise<PreparedRequest> {
    const question = { type: "prepare", request: { ...encoded(request), realm } } as const;
    const answer = await this.#ask<EncodedPrepared>(question);
    return { ...answer, body: Buffer.from(answer.body, "base64") };
  }

  async receive({ body, ...request }: WireRequest): Promise<WireDelivery> {
    const whole = { ...request, body: toBase64(body) };
    const answer = await this.#ask<EncodedWireDelivery>({ type: "receive", request: whole });
    const { response } = answer;
    return { ...answer, response: { ...response, body: Buffer.from(response.body, "base64") } };
  }

  describeRealm(request: RealmOptions): Promise<Realm> {
    return this.#ask({ type: "describe", request });
  }

  async close(): Promise<void> {
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  #start(): PythonWorker {
    return new PythonWorker(() => this.#readSources(), {
      ...this.#options,
      onWarning: (message) => this.#warn(message),
    });
  }

  /** Every process says the same. */
  #warn(message: string): void {
    if (this.#warnings.has(message)) return;
    this.#warnings.add(message);
    this.#options.onWarning?.(message);
  }

  #readSources(): Promise<Sources> {
    this.#sources ??= this.#readAll();
    return this.#sources;
  }

  async #readAll(): Promise<Sources> {
    const sources = await readSources(this.#options.root, this.#targets, this.#proposed);
    for (const conflict of sources.conflicts) this.#warn(conflict);
    return sources;
  }

  /** As many workers as make sense for so many integrations. */
  #grow(integrations: number): readonly PythonWorker[] {
    // A second process costs a start; below some integrations it is not worth it.
    const worth = Math.ceil(integrations / 8);
    const wanted = Math.max(1, Math.min(this.#options.workers ?? coreCount(), worth));
    while (this.#workers.length < wanted) this.#workers.push(this.#start());
    return this.#workers.slice(0, wanted);
  }

  #ask<T>(question: Untimed<Question>): Promise<T> {
    const answer = this.#first.ask({ ...question, timeoutMs: this.#timeoutMs });
    return this.#guarded(answer as Promise<T>);
  }

  async #guarded<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw this.#options.signal?.aborted ? new CancelledError() : error;
    }
  }
}
