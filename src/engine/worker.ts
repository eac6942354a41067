/** A child that is opened when it is first needed, and opened again after it had to be killed. */
import { UserError } from "../errors.ts";
import { PythonClient, RequestError, startSparePython, takePython } from "./client.ts";
import { asKnown, asked, deathOf, endsPython, importStep, reasonOf, refusal } from "./deaths.ts";
import { codeKey } from "./platform.ts";
import type { Message, Question } from "./protocol.ts";
import { dropKept, isKept, readKept, storeKept } from "./snapshots.ts";
import { type Edit, readOwnLibrary, type Sources } from "./source.ts";
import type { Coverage, Sabotage, TestResult, TestSelection } from "./types.ts";

/** A test is interrupted in the child after its time; this much later the child is killed. */
const GRACE_MS = 2_000;
const REGISTRY_TIMEOUT_MS = 20_000;
const AGAIN = "Loading the tree's library again";

/** One process of Python, over and over. */
export class PythonWorker {
  readonly #sources: () => Promise<Sources>;
  readonly #onProgress: (message: string) => void;
  readonly #sabotage: Sabotage | undefined;
  #client: PythonClient | undefined;
  #opening: Promise<PythonClient> | undefined;
  #closed = false;
  /** What is asked of it is done one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  /** @param sources What a child is opened with; asked each time one is started. */
  constructor(
    sources: () => Promise<Sources>,
    onProgress: (message: string) => void,
    sabotage?: Sabotage,
  ) {
    this.#sabotage = sabotage;
    this.#sources = sources;
    this.#onProgress = onProgress;
  }

  /** Opens the child if it is not open. */
  open(mayStore: boolean): Promise<PythonClient> {
    this.#opening ??= this.#open(mayStore).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /** Takes an edit in, which may still be on its way. A child that is not open will read it with the rest. */
  renew(edit: Promise<Edit>): Promise<void> {
    return this.#next(async () => {
      const { parts, ...rest } = await edit;
      const client = await this.#opening?.catch(() => undefined);
      if (!client) return;
      await client
        .request({ type: "renew", ...rest }, parts, () => undefined)
        .catch(() => {
          this.#forget();
        });
    });
  }

  /** Ends the child: the tree's library has changed under it. */
  restart(): Promise<void> {
    return this.#next(async () => this.#forget());
  }

  /**
   * Runs the tests of one folder. A test that hangs or ends the process is a failed result, and the others still run.
   * @param onResult Called after each test.
   * @returns What ran of the integration's code, where that was asked for. A process that ended takes it along.
   */
  run(
    directory: string,
    selection: TestSelection & { timeoutMs: number },
    onResult: (result: TestResult) => void,
  ): Promise<Coverage | undefined> {
    return this.#next(() => this.#run(directory, selection, onResult));
  }

  async #run(
    directory: string,
    { timeoutMs, filter, bail, coverage }: TestSelection & { timeoutMs: number },
    onResult: (result: TestResult) => void,
  ): Promise<Coverage | undefined> {
    const selection = {
      ...(filter && { filter }),
      ...(bail && { bail }),
      ...(coverage && { coverage }),
    };
    let covered: Coverage | undefined;
    const done: string[] = [];
    for (;;) {
      const client = await this.open(false);
      let current: { id: string; name: string; startedMs: number } = importStep(directory);
      const listen = (message: Message): void => {
        if (message.type === "test-start") current = { ...message, startedMs: Date.now() };
        if (message.type === "coverage") covered = message.coverage;
        if (message.type !== "test-result") return;
        done.push(message.result.id);
        current = importStep(directory);
        onResult(message.result);
      };
      try {
        await client.request(
          { type: "run", directory, skip: done, timeoutMs, ...selection },
          [],
          listen,
          timeoutMs + GRACE_MS,
        );
        return covered;
      } catch (error) {
        if (!endsPython(error) || this.#closed) throw error;
        if (error instanceof RequestError && error.kind === "library") throw asKnown(error);
        this.#forget();
        onResult(deathOf(current, error, directory));
        // Without a test to blame, the import itself ended the process: there is nothing left to run.
        if (current.id === importStep(directory).id || bail) return undefined;
        done.push(current.id);
      }
    }
  }

  /**
   * Has the harness answer something.
   * @throws UserError when it cannot, or when the view neither ends nor lets itself be stopped.
   */
  ask(question: Question): Promise<unknown> {
    return this.#next(() => this.#ask(question));
  }

  async #ask(question: Question): Promise<unknown> {
    const client = await this.open(false);
    try {
      return await client.request(question, [], () => undefined, question.timeoutMs + GRACE_MS);
    } catch (error) {
      if (error instanceof RequestError && error.kind === "delivery") throw refusal(error);
      this.#forget();
      if (this.#closed || !endsPython(error)) throw error;
      throw new UserError(`${asked(question)} ended Python: ${reasonOf(error)}.`, {
        code: "view-ends-python",
        hint: "Look for a loop without an end, or for a call that leaves the process, in view.py.",
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.close();
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #open(mayStore: boolean): Promise<PythonClient> {
    startSparePython();
    // Read once: an edit that comes meanwhile must not mix the files of one state with the snapshot of another.
    const sources = await this.#sources();
    const client = await this.#openPython(sources, mayStore);
    if (await this.#loadRegistry(client, sources)) return client;
    // Whatever its registry does to Python, the first test is where that is told.
    await client.close();
    return this.#openPython(sources, mayStore);
  }

  /** @returns False when Python is gone. */
  async #loadRegistry(client: PythonClient, { registryKey }: Sources): Promise<boolean> {
    const code = readKept("registry", registryKey);
    let storing: Promise<void> | undefined;
    const listen = (message: Message, bytes: Uint8Array): void => {
      // The first that comes was made before any code of an integration ran.
      if (message.type === "code") storing ??= storeKept("registry", registryKey, bytes);
    };
    const request = { type: "load-registry", timeoutMs: REGISTRY_TIMEOUT_MS } as const;
    try {
      await client.request(request, code ? [code] : [], listen, REGISTRY_TIMEOUT_MS + GRACE_MS);
    } catch (error) {
      if (!endsPython(error) || this.#closed) throw error;
      return false;
    }
    await storing;
    return true;
  }

  async #openPython(sources: Sources, mayStore: boolean): Promise<PythonClient> {
    const { key } = sources;
    const expected = isKept("snapshot", key);
    const client = this.#start(expected ? key : undefined);
    const { snapshot } = client;
    if (!expected) this.#onProgress("Loading the tree's library for the first time");
    else if (snapshot === undefined) this.#onProgress(AGAIN);
    const compiling = mayStore ? makeCode() : undefined;
    try {
      await this.#boot(client, sources, mayStore && snapshot === undefined);
      return client;
    } catch (error) {
      if (snapshot === undefined || this.#closed) throw asKnown(error);
    } finally {
      await compiling;
    }
    // Whatever is wrong with the snapshot, starting without it is right.
    await client.close();
    dropKept("snapshot", key);
    const fresh = this.#start(undefined);
    this.#onProgress(AGAIN);
    await this.#boot(fresh, sources, mayStore).catch((error: unknown) => {
      throw asKnown(error);
    });
    return fresh;
  }

  #start(snapshot: string | undefined): PythonClient {
    this.#client = takePython(snapshot);
    return this.#client;
  }

  async #boot(client: PythonClient, sources: Sources, makeSnapshot: boolean): Promise<void> {
    const { library, integrations, key } = sources;
    const sent = client.snapshot === undefined ? library : { files: [], parts: [] };
    let storing: Promise<void> | undefined;
    await client.request(
      {
        type: "open",
        library: sent.files,
        files: integrations.files,
        makeSnapshot,
        ...(this.#sabotage && { sabotage: this.#sabotage }),
      },
      [...sent.parts, ...integrations.parts],
      (message, bytes) => {
        if (message.type === "snapshot" && makeSnapshot) {
          storing ??= storeKept("snapshot", key, bytes);
        }
      },
    );
    await storing;
  }

  #forget(): void {
    this.#client?.kill("it is of no use any more");
    this.#opening = undefined;
  }
}

let making: Promise<void> | undefined;

/**
 * Makes V8's code of Pyodide, if there is none yet, in a process that runs no stranger's code: machine code is believed by
 * every process that is given it. Without it Python is only slower.
 */
function makeCode(): Promise<void> | undefined {
  if (isKept("code", codeKey())) return making;
  making ??= compile()
    .catch(() => undefined)
    .finally(() => {
      making = undefined;
    });
  return making;
}

async function compile(): Promise<void> {
  const { files, parts } = await readOwnLibrary();
  const client = new PythonClient(undefined);
  let storing: Promise<void> | undefined;
  try {
    await client.request({ type: "compile", library: files }, parts, (message, bytes) => {
      if (message.type === "code") storing ??= storeKept("code", codeKey(), bytes);
    });
    await storing;
  } finally {
    await client.close();
  }
}
