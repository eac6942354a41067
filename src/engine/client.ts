/** One child process that runs Python, as its parent sees it. */
import { BugError } from "../errors.ts";
import type { Child } from "../host/child.ts";
import { encodeFrame, type Frame, FrameReader } from "../host/frames.ts";
import { closeFile } from "../host/own-files.ts";
import { lastSnapshot, openCached } from "./cache.ts";
import { type GivenFiles, MAX_RESIDENT_BYTES, startPython } from "./confined.ts";
import { judgeSize, readMessage, readNumber } from "./messages.ts";
import { codeKey } from "./platform.ts";
import type { FailureKind, Message, Numbered, Request } from "./protocol.ts";
import { MisfitError } from "./reading.ts";

/** A boot that takes longer hangs, or the machine does nearly nothing for it. */
const REQUEST_TIMEOUT_MS = 300_000;
/** How a child ends that said nothing for too long. */
export const TOOK_TOO_LONG = "it took too long";
const TOOK_TOO_MUCH = `it used more than ${MAX_RESIDENT_BYTES / 2 ** 30} GB of memory`;

/** Messages about requests that were answered before. */
const MAX_LATE = 1_000;

/** The child ended while it should have answered. */
export class ChildDiedError extends Error {
  /** What ended it, in words. */
  readonly how: string;

  constructor(how: string, lastWords: string) {
    super(`The process that runs Python ended: ${how}.${lastWords ? `\n${lastWords}` : ""}`);
    this.name = "ChildDiedError";
    this.how = how;
  }
}

/** The child refused a request, or could not fulfil it. */
export class RequestError extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.name = "RequestError";
    this.kind = kind;
  }
}

/**
 * What a caller may see while its request is worked on. The time that the request has begins anew when it returns
 * true: only the caller knows what is a step forward.
 */
export type Listener = (message: Message, payload: Uint8Array) => unknown;

interface Pending extends Numbered {
  type: Request["type"];
  listen: Listener;
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

let spare: PythonClient | undefined;

/**
 * Starts a process before it is known what it is for, from the snapshot that was used last: whoever tests is likely to
 * test the same tree again. A command that will need the engine calls this first of all; the process ends with this
 * program if nobody needs it.
 */
export function startSparePython(): void {
  if (spare) return;
  spare = new PythonClient(lastSnapshot());
  spare.mayBeLeft(true);
}

/**
 * A process that starts from a snapshot: the one that was started before if it is of the same key, else a new one.
 * @param snapshot The snapshot's key; undefined to start before the tree's library.
 * @param mayUseBase Whether that may be from the memory with the harness loaded; else it is from nothing.
 */
export function takePython(snapshot: string | undefined, mayUseBase = true): PythonClient {
  const guessed = spare;
  spare = undefined;
  if (guessed && mayUseBase && guessed.snapshot === snapshot) {
    guessed.mayBeLeft(false);
    return guessed;
  }
  guessed?.kill("it started from another snapshot");
  return new PythonClient(snapshot, { mayUseBase });
}

/** What a child has loaded; whoever sends it something writes that down. */
export interface Loaded {
  /** The key of its library. */
  readonly library: string;
  /** The other files of the tree that it has, by path. */
  readonly files: Map<string, Uint8Array>;
}

/** A child process. Requests are answered one at a time. */
export class PythonClient {
  /** The key of the snapshot that it starts from. */
  readonly snapshot: string | undefined;
  /** Whether it starts from a memory of Python at all. */
  readonly hasMemory: boolean;
  /** What it was opened with, once it is open. */
  loaded: Loaded | undefined;
  readonly #child: Child;
  readonly #frames = new FrameReader((size) => judgeSize(size, this.#pending?.type));
  #pending: Pending | undefined;
  #asked = 0;
  #late = 0;
  #killedBecause: string | undefined;
  #dead: ChildDiedError | undefined;

  /**
   * @param snapshot The snapshot's key. One that cannot be opened is gone.
   * @param options `mayUseBase`: see takePython; `start` starts the process, where it is not one that runs the embedded
   * Python.
   */
  constructor(
    snapshot: string | undefined,
    { mayUseBase = true, start = startPython }: ClientOptions = {},
  ) {
    const code = openCached("code", codeKey());
    // Opened in any case, so that it counts as used.
    const harness = openCached("base", codeKey());
    const library = snapshot === undefined ? undefined : openCached("snapshot", snapshot);
    const base = library === undefined && mayUseBase ? harness : undefined;
    this.snapshot = library === undefined ? undefined : snapshot;
    this.hasMemory = (library ?? base) !== undefined;
    this.#child = start({ code, snapshot: library, base });
    for (const file of [code, harness, library]) if (file !== undefined) closeFile(file);
    this.#child.output.on("data", (bytes: Uint8Array) => this.#take(bytes));
    void this.#awaitEnd();
  }

  /** Whether it is gone, or will be in a moment: it answers no more. */
  get isDead(): boolean {
    return this.#killedBecause !== undefined || this.#dead !== undefined;
  }

  /** Whether it has loaded a library and waits for something to do. */
  get isUsable(): boolean {
    return !this.isDead && this.#pending === undefined && this.loaded !== undefined;
  }

  /**
   * Asks for something.
   * @param timeoutMs Kills the child when this time passes without what the listener takes for a step forward.
   * @throws ChildDiedError or RequestError.
   */
  request(
    head: Request,
    payload: readonly Uint8Array[],
    listen: Listener,
    timeoutMs: number = REQUEST_TIMEOUT_MS,
  ): Promise<unknown> {
    if (this.#dead) return Promise.reject(this.#dead);
    if (this.#pending) throw new BugError("The child was asked two things at once.");
    return new Promise((resolve, reject) => {
      const late = (): void => this.kill(TOOK_TOO_LONG);
      this.#asked += 1;
      const number = this.#asked;
      const pending: Pending = {
        type: head.type,
        number,
        resolve,
        reject,
        timer: setTimeout(late, timeoutMs),
        listen: (message, bytes) => {
          if (listen(message, bytes) !== true) return;
          clearTimeout(pending.timer);
          pending.timer = setTimeout(late, timeoutMs);
        },
      };
      this.#pending = pending;
      this.#child.input.cork();
      for (const part of encodeFrame({ ...head, number }, payload)) this.#child.input.write(part);
      this.#child.input.uncork();
    });
  }

  /** Whether this program may end while the child is there. */
  mayBeLeft(may: boolean): void {
    this.#child.keepAlive(!may);
  }

  /** Ends the child at once. A pending request fails with the reason. */
  kill(reason: string): void {
    this.#killedBecause ??= reason;
    this.#child.kill();
  }

  /** Ends the child and waits until it is gone. */
  async close(): Promise<void> {
    this.kill("it was closed");
    await this.#child.ended;
  }

  /** Takes what came; a process that says what cannot be is listened to no more. */
  #take(bytes: Uint8Array): void {
    if (this.isDead) return;
    try {
      for (const frame of this.#frames.push(bytes)) this.#handle(frame);
    } catch (error) {
      const what = error instanceof MisfitError ? error.message : "a message is no JSON";
      this.kill(`it sent an invalid message (${what})`);
    }
  }

  #handle({ head, payload }: Frame<unknown>): void {
    const pending = this.#pending;
    if (!pending) throw new MisfitError("a message came that was not asked for");
    const number = readNumber(head);
    if (number < pending.number) {
      this.#dropLate();
      return;
    }
    if (number > pending.number) throw new MisfitError("a message came that was not asked for");
    const message = readMessage(head, pending.type);
    if (message.type === "done") this.#settle()?.resolve(message.value);
    else if (message.type === "failed") {
      this.#settle()?.reject(new RequestError(message.kind, message.message));
    } else {
      try {
        pending.listen(message, payload);
      } catch (error) {
        if (error instanceof MisfitError) throw error;
        this.#settle()?.reject(error as Error);
        this.kill("its message was not accepted");
      }
    }
  }

  /** What is said of an earlier request is no fault of the one that is open; without end it is somebody's intent. */
  #dropLate(): void {
    this.#late += 1;
    if (this.#late > MAX_LATE) throw new MisfitError("too many messages came late");
  }

  async #awaitEnd(): Promise<void> {
    const { code, signal, outOfMemory } = await this.#child.ended;
    if (outOfMemory) this.#killedBecause ??= TOOK_TOO_MUCH;
    const how =
      this.#killedBecause ?? (signal ? `signal ${signal}` : `exit code ${code ?? "unknown"}`);
    this.#dead = new ChildDiedError(how, this.#killedBecause ? "" : this.#child.lastWords().trim());
    this.#settle()?.reject(this.#dead);
  }

  #settle(): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    clearTimeout(pending?.timer);
    return pending;
  }
}

interface ClientOptions {
  mayUseBase?: boolean;
  start?: (files: GivenFiles) => Child;
}
