/** One child process that runs Python, as its parent sees it. */
import { join } from "node:path";
import { BugError } from "../errors.ts";
import { builtPath } from "../host/assets.ts";
import { type Child, permissionOptions, startNodeChild } from "../host/child.ts";
import { closeFile } from "../host/own-files.ts";
import { codeKey, PYODIDE_FILES, pyodideFolder } from "./platform.ts";
import {
  decodeFrames,
  encodeFrame,
  type FailureKind,
  type Frame,
  type Message,
  type Request,
} from "./protocol.ts";
import { lastSnapshot, openKept } from "./snapshots.ts";

/** Pages of 64 KiB: 1 GiB, twenty times what all integrations of a tree need. */
const MAX_WASM_PAGES = 16_384;
/** A boot that takes longer hangs, or the machine does nearly nothing for it. */
const REQUEST_TIMEOUT_MS = 300_000;
/** How a child ends that said nothing for too long. */
export const TOOK_TOO_LONG = "it took too long";

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

/** What a caller may see while its request is worked on. */
export type Listener = (message: Message, payload: Uint8Array) => void;

interface Pending {
  listen: Listener;
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Starts a script in a process that may read this script and Pyodide, and do nothing else to the machine: see
 * docs/security.md.
 * @param files Open files that it is given as its descriptors from 4 on.
 */
export function startConfined(
  script: string,
  args: readonly string[],
  files: readonly (number | undefined)[] = [],
): Child {
  const pyodide = PYODIDE_FILES.map((name) => join(pyodideFolder(), name));
  return startNodeChild(script, args, {
    files,
    hasNoNetwork: true,
    nodeOptions: [
      ...permissionOptions([script, ...pyodide]),
      `--wasm-max-mem-pages=${MAX_WASM_PAGES}`,
      "--disallow-code-generation-from-strings",
      "--no-warnings",
    ],
    env: { TZ: "UTC" },
  });
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
 * @param snapshot The snapshot's key; undefined to start from nothing.
 */
export function takePython(snapshot: string | undefined): PythonClient {
  const guessed = spare;
  spare = undefined;
  if (guessed && guessed.snapshot === snapshot) {
    guessed.mayBeLeft(false);
    return guessed;
  }
  guessed?.kill("it started from another snapshot");
  return new PythonClient(snapshot);
}

/** A child process. Requests are answered one at a time. */
export class PythonClient {
  /** The key of the snapshot that it starts from. */
  readonly snapshot: string | undefined;
  readonly #child: Child;
  #pending: Pending | undefined;
  #killedBecause: string | undefined;
  #dead: ChildDiedError | undefined;

  /** @param snapshot The snapshot's key. One that cannot be opened is gone: then this starts from nothing. */
  constructor(snapshot: string | undefined) {
    const code = openKept("code", codeKey());
    const memory = snapshot === undefined ? undefined : openKept("snapshot", snapshot);
    this.snapshot = memory === undefined ? undefined : snapshot;
    const given = [code !== undefined && "code", memory !== undefined && "snapshot"];
    const args = [pyodideFolder(), ...given.filter((word) => word !== false)];
    this.#child = startConfined(builtPath("engine/child.js"), args, [code, memory]);
    for (const file of [code, memory]) if (file !== undefined) closeFile(file);
    void this.#read();
  }

  /**
   * Asks for something.
   * @param timeoutMs Kills the child when this time passes without a message.
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
      const pending: Pending = { listen, resolve, reject, timer: undefined };
      this.#pending = pending;
      const restart = (): void => {
        clearTimeout(pending.timer);
        pending.timer = setTimeout(() => this.kill(TOOK_TOO_LONG), timeoutMs);
      };
      pending.listen = (message, bytes) => {
        restart();
        listen(message, bytes);
      };
      restart();
      this.#child.input.cork();
      for (const part of encodeFrame(head, payload)) this.#child.input.write(part);
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

  async #read(): Promise<void> {
    try {
      for await (const frame of decodeFrames<Message>(this.#child.output)) this.#handle(frame);
    } catch (error) {
      this.#killedBecause ??= `it wrote what is no message (${String(error)})`;
      this.#child.kill();
    }
    const { code, signal } = await this.#child.ended;
    const how =
      this.#killedBecause ?? (signal ? `signal ${signal}` : `exit code ${code ?? "unknown"}`);
    this.#dead = new ChildDiedError(how, this.#killedBecause ? "" : this.#child.lastWords().trim());
    this.#settle()?.reject(this.#dead);
  }

  #handle({ head, payload }: Frame<Message>): void {
    if (head.type === "done") this.#settle()?.resolve(head.value);
    else if (head.type === "failed") {
      this.#settle()?.reject(new RequestError(head.kind, head.message));
    } else this.#pending?.listen(head, payload);
  }

  #settle(): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    clearTimeout(pending?.timer);
    return pending;
  }
}
