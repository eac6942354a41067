/** A child that is opened when it is first needed, and opened again after it had to be killed. */
import { CancelledError, UserError } from "../errors.ts";
import { type PythonClient, RequestError, startSparePython, takePython } from "./client.ts";
import { GRACE_MS, openPython, REGISTRY_TIMEOUT_MS, renew } from "./open-python.ts";
import { faultIn, noTests, notFound, notLoaded, ownNameOf, Plan } from "./plan.ts";
import {
  asKnown,
  asked,
  endsPython,
  isLibraryError,
  processError,
  reasonOf,
  refusal,
} from "./process-errors.ts";
import type { Collected, Message, Question } from "./protocol.ts";
import type { Edit, Sources } from "./source.ts";
import { hiddenTests, type StatedTest } from "./stated.ts";
import type { Coverage, EngineOptions, TestError, TestResult, TestSelection } from "./types.ts";

/** The tests of one folder are worth so many processes: each costs a deadline and a start. */
const MAX_STARTS = 25;

const ignore = (): void => undefined;

/** See EngineOptions. */
export type WorkerOptions = Pick<EngineOptions, "onProgress" | "onWarning" | "pool">;

/** One process of Python, over and over. */
export class PythonWorker {
  readonly #sources: () => Promise<Sources>;
  readonly #onProgress: (message: string) => void;
  readonly #onWarning: (message: string) => void;
  readonly #pool: EngineOptions["pool"];
  readonly #take: typeof takePython;
  #client: PythonClient | undefined;
  #opening: Promise<PythonClient> | undefined;
  readonly #closing = new AbortController();
  /** What is asked of it is done one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * @param sources What a child is opened with; asked each time one is started.
   * @param take Starts a child; see takePython.
   */
  constructor(
    sources: () => Promise<Sources>,
    { onProgress = ignore, onWarning = ignore, pool }: WorkerOptions,
    take: typeof takePython = takePython,
  ) {
    this.#take = take;
    this.#sources = sources;
    this.#onProgress = onProgress;
    this.#onWarning = onWarning;
    this.#pool = pool;
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
      const taken = await edit;
      const client = await this.#opening?.catch(() => undefined);
      await (client && renew(client, taken).catch(() => this.#forget()));
    });
  }

  /** Ends the child: the tree's library has changed under it. */
  restart(): Promise<void> {
    return this.#next(async () => this.#forget());
  }

  /**
   * Runs the tests of one folder. A test that hangs or ends the process is a failed result, and the others still run.
   * Each test that the folder has leads to one result, whatever its code does.
   * @param source The text of its tests.py, where there is one.
   * @param onResult Called after each test.
   * @returns What ran of the integration's code, where that was asked for. A process that ended takes it along.
   */
  run(
    directory: string,
    source: string | undefined,
    selection: TestSelection & { timeoutMs: number },
    onResult: (result: TestResult) => void,
  ): Promise<Coverage | undefined> {
    return this.#next(async () => {
      const plan = await this.#plan(directory, source, selection, onResult);
      return plan && this.#run(directory, plan, selection, onResult);
    });
  }

  /** Asks once which tests there are. */
  async #plan(
    directory: string,
    source: string | undefined,
    { timeoutMs, filter, coverage = false }: TestSelection & { timeoutMs: number },
    onResult: (result: TestResult) => void,
  ): Promise<Plan | undefined> {
    const started = performance.now();
    let found = await this.#find(directory, source, coverage, timeoutMs);
    if (found.broken || found.hidden.length > 0) {
      // Another integration's tests may have done that: only a new process tells.
      this.#forget();
      found = await this.#find(directory, source, coverage, timeoutMs);
      this.#forget();
    }
    const { plan, hidden, broken } = found;
    if (broken) {
      onResult(notLoaded(directory, broken, performance.now() - started));
      return undefined;
    }
    const wanted = filter && new RegExp(filter.pattern, filter.flags);
    const isWanted = (id: string): boolean => wanted?.test(id) ?? true;
    plan.keep(isWanted);
    for (const result of notFound(directory, hidden)) if (isWanted(result.id)) onResult(result);
    return plan;
  }

  /** The tests that Python finds, those that it hides, and why it has none. */
  async #find(
    directory: string,
    source: string | undefined,
    coverage: boolean,
    timeoutMs: number,
  ): Promise<{ plan: Plan; hidden: StatedTest[]; broken?: TestError }> {
    const { tests, failure } = await this.#collect(directory, coverage, timeoutMs);
    if (failure) return { plan: new Plan(directory, []), hidden: [], broken: failure };
    const hidden = await hiddenTests(
      source ?? "",
      new Set(tests.map(([id]) => ownNameOf(directory, id))),
    );
    const none = tests.length + hidden.length === 0;
    return {
      plan: new Plan(directory, tests),
      hidden,
      ...(none && { broken: noTests(directory) }),
    };
  }

  async #collect(directory: string, coverage: boolean, timeoutMs: number): Promise<Collected> {
    const client = await this.#ready();
    try {
      const request = { type: "collect", directory, coverage, timeoutMs } as const;
      const answer = client.request(request, [], ignore, timeoutMs + GRACE_MS);
      const collected = (await answer) as Collected;
      for (const problem of collected.problems ?? []) this.#onWarning(problem);
      const failure = faultIn(directory, collected.tests);
      return failure ? { tests: [], failure } : collected;
    } catch (error) {
      if (!endsPython(error) || this.#closing.signal.aborted) throw error;
      this.#forget();
      // Tests may say that as well: only a process that has run none of them is believed.
      if (isLibraryError(error)) await this.#checkRegistry();
      return { tests: [], failure: processError("Loading tests.py", error, directory) };
    }
  }

  /** @throws UserError when the registry does not load. */
  async #checkRegistry(): Promise<void> {
    const client = await this.#ready();
    const timeoutMs = REGISTRY_TIMEOUT_MS;
    try {
      const request = { type: "check-registry", timeoutMs } as const;
      await client.request(request, [], ignore, timeoutMs + GRACE_MS);
    } catch (error) {
      this.#forget();
      throw asKnown(error);
    }
  }

  async #run(
    directory: string,
    plan: Plan,
    { timeoutMs, bail = false, coverage = false }: TestSelection & { timeoutMs: number },
    onResult: (result: TestResult) => void,
  ): Promise<Coverage | undefined> {
    let covered: Coverage | undefined;
    let failed = false;
    const tell = (result: TestResult): void => {
      failed ||= result.status === "failed";
      onResult(result);
    };
    const listen = (message: Message): boolean => {
      if (message.type === "coverage") covered = message.coverage;
      if (message.type === "test-start") return plan.begin(message.id);
      if (message.type !== "test-result" || !plan.end(message.result)) return false;
      tell(message.result);
      return true;
    };
    let reason = "The test was not run: an earlier one broke the run.";
    for (let starts = 1; plan.open.length > 0 || (coverage && starts === 1); starts += 1) {
      if (starts > MAX_STARTS) {
        reason = `The test was not run: those before it ended Python ${MAX_STARTS} times.`;
        break;
      }
      const client = await this.#ready();
      plan.restart();
      const request = {
        type: "run",
        directory,
        only: plan.open,
        bail,
        coverage,
        timeoutMs,
      } as const;
      try {
        await client.request(request, [], listen, timeoutMs + GRACE_MS);
        break;
      } catch (error) {
        if (!endsPython(error) || this.#closing.signal.aborted) throw error;
        this.#forget();
        const result = plan.fail(processError("The test", error, directory));
        if (result) tell(result);
        if (bail && failed) break;
      }
    }
    const left = bail && failed ? [] : plan.giveUp(reason);
    // Whatever keeps tests from being run must not do that to the next integration.
    if (left.length > 0) this.#forget();
    for (const result of left) onResult(result);
    return covered;
  }

  /**
   * Has the harness answer something.
   * @throws UserError when it cannot, or when the view neither ends nor lets itself be stopped.
   */
  ask(question: Question): Promise<unknown> {
    return this.#next(() => this.#ask(question));
  }

  async #ask(question: Question): Promise<unknown> {
    const client = await this.#ready();
    try {
      return await client.request(question, [], ignore, question.timeoutMs + GRACE_MS);
    } catch (error) {
      if (error instanceof RequestError && error.kind === "delivery") throw refusal(error);
      this.#forget();
      if (this.#closing.signal.aborted || !endsPython(error)) throw error;
      throw new UserError(`${asked(question)} ended Python: ${reasonOf(error)}.`, {
        code: "view-ends-python",
        hint: "Look for an endless loop, or for a call that exits the process, in view.py.",
        cause: error,
      });
    }
  }

  /** A child that answers: one may have ended since it was last asked. */
  async #ready(): Promise<PythonClient> {
    const { isDead } = await this.open(false);
    // Of one that is closed it may be another's by now.
    this.#closing.signal.throwIfAborted();
    if (isDead) this.#forget();
    return this.open(false);
  }

  async close(): Promise<void> {
    this.#closing.abort(new CancelledError());
    const client = this.#client;
    await (client && (this.#pool?.giveBack(client) ?? client.close()));
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #open(mayStore: boolean): Promise<PythonClient> {
    if (!this.#pool?.hasIdle) startSparePython();
    // Read once: an edit that comes meanwhile must not mix the files of one state with the snapshot of another.
    return openPython(await this.#sources(), {
      mayStore,
      pool: this.#pool,
      onTaken: (client) => {
        this.#client = client;
      },
      take: (...from) => this.#start(...from),
      closed: this.#closing.signal,
      onProgress: this.#onProgress,
    });
  }

  #start(...from: Parameters<typeof takePython>): PythonClient {
    this.#client = this.#take(...from);
    return this.#client;
  }

  #forget(): void {
    this.#client?.kill("it is of no use any more");
    this.#opening = undefined;
  }
}
