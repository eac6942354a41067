/** The image processes, as their parent sees them. */
import { dirname } from "node:path";
import { BugError, UserError } from "../errors.ts";
import { builtPath, packageFile, packageRoot } from "../host/assets.ts";
import { addonPermissionOptions, type Child, startNodeChild } from "../host/child.ts";
import { realPath } from "../host/files.ts";
import { decodeFrames, encodeFrame, type Frame } from "../host/frames.ts";
import type { Operations } from "./child/operations.ts";
import { judgeSize, type Reply, type Request } from "./messages.ts";
import { pack, unpack } from "./packing.ts";

/** What one picture may take. */
export interface Limits {
  /** Milliseconds of processor time; of time, where the system does not tell a process's. */
  readonly time: number;
  /** Bytes that the process may hold. */
  readonly memory: number;
}

/** A hundred times what a logo takes; a picture of documentation takes a tenth of this memory. */
const LIMITS: Limits = { time: 5_000, memory: 1_000_000_000 };

/** Once pictures that were ended have taken this many milliseconds, the others get less time each. */
const MAX_LOST_MS = 30_000;
const SHORT_MS = 1_000;

/** How often processor time is looked at, at the most. */
const SHORTEST_WAIT_MS = 50;

/** How many times as long a picture may take on a machine that is busy with other things. */
const BUSY = 12;

/** A process that has not started after this time never will, however busy the machine. */
const START_MS = 120_000;

/** A picture takes too much time or memory: `bad-logo` or `bad-image`, on this machine and today. */
export class TooCostlyError extends UserError {}

/** Why a process was ended, for the sentence that says so. */
type End = "time" | "memory" | "other";

/** One process. It is used until a picture ends it. */
class ImageProcess {
  readonly #child: Child;
  readonly #replies: AsyncGenerator<Frame<unknown>, void>;
  #started = false;
  #end: End | undefined;

  constructor({ memory }: Limits) {
    const readable = [
      packageRoot,
      dirname(dirname(realPath(packageFile("sharp", "package.json")))),
    ];
    this.#child = startNodeChild(builtPath("image/child.js"), [], {
      nodeOptions: [
        ...addonPermissionOptions(readable),
        "--disallow-code-generation-from-strings",
        "--no-warnings",
      ],
      env: {},
      maxResidentBytes: memory,
    });
    this.#replies = decodeFrames(this.#child.output, judgeSize);
  }

  /** Sends a request and waits for its reply. The process is gone when there is none. */
  async ask(request: Request, time: number, signal?: AbortSignal): Promise<Reply | End> {
    this.#child.keepAlive(true);
    const abort = (): void => this.#child.kill();
    signal?.addEventListener("abort", abort);
    try {
      if (!this.#started) await this.#start();
      const parts: Uint8Array[] = [];
      const head = pack(request, parts);
      for (const part of encodeFrame(head, parts)) this.#child.input.write(part);
      return (await this.#reply(time)) ?? (await this.#howItEnded());
    } finally {
      signal?.removeEventListener("abort", abort);
      this.#child.keepAlive(false);
    }
  }

  async #start(): Promise<void> {
    const reply = await this.#reply(START_MS);
    if (reply?.kind !== "ready") {
      const words = this.#child.lastWords().trim();
      throw new BugError(`The process that reads pictures did not start.${words && `\n${words}`}`);
    }
    this.#started = true;
  }

  /** The next message; undefined when the process has ended, or said what is none. */
  async #reply(time: number): Promise<Reply | undefined> {
    const stopTimer = this.#limitTime(time);
    try {
      const { value } = await this.#replies.next();
      const reply = value && unpack(value.head, value.payload);
      if (isReply(reply)) return reply;
    } catch {
      // It said what is no message.
    } finally {
      stopTimer();
    }
    this.#child.kill();
    return undefined;
  }

  /** Ends the process once it has worked for this long, or waited for many times as long to be let to. */
  #limitTime(time: number): () => void {
    const before = this.#child.processorTime();
    const last = Date.now() + Math.min(BUSY * time, START_MS);
    const check = (): void => {
      const used = (this.#child.processorTime() ?? Number.POSITIVE_INFINITY) - (before ?? 0);
      const left = Math.min(time - used, last - Date.now());
      if (left > 0) {
        timer = setTimeout(check, Math.max(left, SHORTEST_WAIT_MS));
        return;
      }
      this.#end = "time";
      this.#child.kill();
    };
    let timer = setTimeout(check, time);
    return () => clearTimeout(timer);
  }

  async #howItEnded(): Promise<End> {
    const { outOfMemory } = await this.#child.ended;
    return outOfMemory ? "memory" : (this.#end ?? "other");
  }
}

function isReply(value: unknown): value is Reply {
  const { kind, ...rest } = (value ?? {}) as Record<string, unknown>;
  if (kind === "ready" || kind === "done") return true;
  const needed = kind === "failed" ? ["message"] : ["message", "code", "hint"];
  return (
    (kind === "failed" || kind === "refused") &&
    needed.every((key) => typeof rest[key] === "string")
  );
}

/** A process, or none yet. */
interface Slot {
  process: ImageProcess | undefined;
  isBusy: boolean;
}

/** More would take the cores from the browser, whose pictures are looked at. */
const MOST_PROCESSES = 2;

const slots: readonly Slot[] = Array.from({ length: MOST_PROCESSES }, () => ({
  process: undefined,
  isBusy: false,
}));

/** What no process has begun. */
const waiting: { milliseconds: number; begin: (slot: Slot) => Promise<unknown> }[] = [];

/** What most requests take; packing what was drawn of a logo takes longer than drawing it. */
const USUAL_MS = { logo: 25, image: 80 };
const COMPARING_MS = 8;

/** How long what waits must take to be worth a start, which takes a quarter of this from what else goes on. */
const WORTH_A_START_MS = 1_000;

/** Milliseconds that were lost to pictures that were ended. */
let lost = 0;

/**
 * Has an image process do something. Each answers its requests one after the other, so that it is known which picture
 * ended it; a second one is started when much waits for the first.
 * @param subject What the picture is, for sentences: `logo` or `image`.
 * @param signal Ends the process when it is aborted.
 * @returns What the process said, which nobody has checked.
 * @throws UserError for a picture that cannot be used, TooCostlyError for one that takes too much; the signal's reason;
 *   Error with the library's words.
 */
export function ask<Name extends keyof Operations>(
  operation: Name,
  args: Parameters<Operations[Name]>,
  options: AskOptions,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    waiting.push({
      milliseconds: operation === "showsLogo" ? COMPARING_MS : USUAL_MS[options.subject],
      begin: (slot) => askIn(slot, { operation, args }, options).then(resolve, reject),
    });
    handOut();
  });
}

/** Gives what waits to the processes that are free. */
function handOut(): void {
  for (const slot of slots) {
    if (slot.isBusy || !(slot.process || isWorthStarting())) continue;
    const next = waiting.shift();
    if (!next) return;
    slot.isBusy = true;
    void next.begin(slot).then(() => {
      slot.isBusy = false;
      handOut();
    });
  }
}

function isWorthStarting(): boolean {
  if (slots.every(({ process }) => !process)) return true;
  return waiting.reduce((sum, { milliseconds }) => sum + milliseconds, 0) > WORTH_A_START_MS;
}

async function askIn(
  slot: Slot,
  request: Request,
  { subject, signal, limits = LIMITS }: AskOptions,
): Promise<unknown> {
  signal?.throwIfAborted();
  slot.process ??= new ImageProcess(limits);
  const time = lost < MAX_LOST_MS ? limits.time : Math.min(SHORT_MS, limits.time);
  const reply = await slot.process.ask(request, time, signal).catch((error) => {
    slot.process = undefined;
    throw error;
  });
  if (typeof reply !== "string") return valueIn(reply);
  slot.process = undefined;
  signal?.throwIfAborted();
  lost += time;
  throw costly(subject, reply, { ...limits, time });
}

export interface AskOptions {
  subject: "logo" | "image";
  signal?: AbortSignal | undefined;
  /** For a new process. */
  limits?: Limits;
}

function valueIn(reply: Reply): unknown {
  if (reply.kind === "done") return reply.value;
  if (reply.kind === "refused") {
    const { message, code, hint } = reply;
    throw new UserError(message, { code, hint });
  }
  throw new Error(reply.kind === "failed" ? reply.message : "It was asked nothing.");
}

function costly(subject: AskOptions["subject"], end: End, limits: Limits): TooCostlyError {
  const seconds = limits.time / 1000;
  const does = {
    time: `takes more than ${seconds} ${seconds === 1 ? "second" : "seconds"}`,
    memory: `takes more than ${Math.round(limits.memory / 1e6)} MB of memory`,
    other: "ends the program that does it",
  }[end];
  return subject === "logo"
    ? new TooCostlyError(`The logo cannot be used: drawing it ${does}.`, {
        code: "bad-logo",
        hint: "Export the logo as a plain SVG with fewer shapes, and without filters.",
      })
    : new TooCostlyError(`The image cannot be read: decoding it ${does}.`, {
        code: "bad-image",
        hint: "Save it as a plain PNG again.",
      });
}
