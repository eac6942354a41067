/** A program in a thread of its own, which answers questions while this one goes on. */
import { parentPort, Worker, workerData } from "node:worker_threads";

interface Question {
  readonly id: number;
  readonly question: unknown;
}

interface Answer {
  readonly id: number;
  readonly answer?: unknown;
  /** Thrown in the place of an answer. */
  readonly error?: unknown;
}

type Waiting = { resolve: (answer: unknown) => void; reject: (error: unknown) => void };

/** The other side of `answerInThread`. It keeps this program from ending only while it is asked something. */
export class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /**
   * @param program The path of a file that calls `answerInThread`.
   * @param data What its answers depend on besides the questions.
   */
  constructor(program: string, data: unknown) {
    this.#worker = new Worker(program, { env: {}, stdin: false, workerData: data });
    this.#worker.unref();
    this.#worker.on("message", (answer: Answer) => this.#settle(answer));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new Error("The thread has ended.")));
  }

  /** @throws What the thread throws, and an error when it has ended. */
  ask(question: unknown): Promise<unknown> {
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      const message: Question = { id, question };
      this.#worker.postMessage(message);
    });
  }

  /** Ends it, whatever it is doing. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(message: Answer): void {
    const { id } = message;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ("error" in message) waiting?.reject(message.error);
    else waiting?.resolve(message.answer);
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/**
 * To be called by a program that `Thread` started.
 * @param prepare Makes, of what its answers depend on, the function that answers.
 */
export function answerInThread<T, Q, A>(prepare: (data: T) => Promise<(question: Q) => A>): void {
  const prepared = prepare(workerData as T);
  // Whoever asks is told what went wrong.
  prepared.catch(() => {});
  parentPort?.on("message", async ({ id, question }: Question) => {
    const message: Answer = await prepared.then(
      (answer) => attempt(id, () => answer(question as Q)),
      (error: unknown) => ({ id, error }),
    );
    parentPort?.postMessage(message);
  });
}

function attempt(id: number, work: () => unknown): Answer {
  try {
    return { id, answer: work() };
  } catch (error) {
    return { id, error };
  }
}
