/** Commands that are killed while they change a tree, and what the next command finds. */
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { packageRoot } from "../../src/host/assets.ts";
import { type TreeState, treeStateIn } from "../../src/host/state.ts";
import { fingerprint } from "./fingerprint.ts";

/** A command to kill. */
export interface Victim {
  readonly name: string;
  /** Makes a copy of the embedded workspace the tree that the command changes. */
  readonly prepare: (root: string) => void;
  readonly words: readonly string[];
  /** The tree that it changes, where that is another one than the one it works in, beside that. */
  readonly target?: string;
  /** The command that is run after a kill that left something half done, in place of one that only reads. */
  readonly next?: readonly string[];
  /** States that it passes on its way, each complete. */
  readonly stations?: readonly Station[];
}

/** A complete state between before and after. */
interface Station {
  /** The command that ends there. */
  readonly words: readonly string[];
  /** A file that is not there for it, and comes back afterwards. */
  readonly without?: string;
  /** The command that goes on from there to the end. */
  readonly finish: readonly string[];
}

/** What was found after a kill and one more command: `safe` is one of the states that a whole run leads to. */
export interface Outcome {
  readonly state: "before" | "station" | "after" | "unsafe";
  /** Whether the command was still running. */
  readonly killed: boolean;
  /** Whether the kill left a half-done change, which the next command had to undo. */
  readonly undone: boolean;
  /** What is wrong, for an unsafe one. */
  readonly reason: string;
}

const WORKSPACE = join(packageRoot, "templates/workspace");
const FOLDER = "zerver/webhooks/harbourline";
const TARGET = "target";
/** The tree that a command works in, in a folder that holds whatever it may change. */
const TREE = "tree";

const change = (root: string, path: string, by: (text: string) => string): void =>
  writeFileSync(join(root, path), by(readFileSync(join(root, path), "utf8")));
const payload = join(packageRoot, "fixtures/payloads/acmedeploy/deploy_finished.json");
const record = ["test", "harbourline", "--record", "--yes"];
const anew = ["new", "acmedeploy", "--category", "deployment", "--payload", payload, "--yes"];

export const victims: readonly Victim[] = [
  {
    name: "new",
    prepare: () => {},
    words: anew,
    stations: [
      {
        words: [...anew, "--no-screenshot"],
        finish: ["screenshot", "--integration", "acmedeploy"],
      },
    ],
  },
  { name: "remove", prepare: () => {}, words: ["remove", "harbourline", "--yes", "--force"] },
  {
    name: "lint --fix",
    prepare(root) {
      rmSync(join(root, FOLDER, "__init__.py"));
      rmSync(join(root, "static/images/integrations/bot_avatars/harbourline.png"));
      change(root, `${FOLDER}/fixtures/ping.json`, (text) => `\uFEFF${text}`);
      change(root, `${FOLDER}/doc.md`, (text) => `\n${text}\n\n`);
    },
    words: ["lint", "--fix"],
  },
  {
    name: "test --record",
    prepare(root) {
      const ping = join(root, FOLDER, "fixtures/ping.json");
      for (const copy of ["ping__again.json", "ping__later.json"]) {
        cpSync(ping, join(root, FOLDER, "fixtures", copy));
      }
    },
    words: record,
    // Each test is written when it is accepted.
    stations: [{ without: `${FOLDER}/fixtures/ping__later.json`, words: record, finish: record }],
  },
  {
    name: "extend",
    prepare: (root) =>
      cpSync(
        join(root, FOLDER, "fixtures/deployment_started.json"),
        join(root, "..", "deployment_paused.json"),
      ),
    words: ["extend", "harbourline", "--payload", "../deployment_paused.json", "--yes"],
  },
  {
    name: "avatar",
    prepare: (root) => rmSync(join(root, "static/images/integrations/bot_avatars/harbourline.png")),
    words: ["avatar", "--all"],
  },
  {
    name: "export",
    prepare(root) {
      const target = join(root, "..", TARGET);
      cpSync(WORKSPACE, target, { recursive: true });
      change(target, `${FOLDER}/doc.md`, (text) => `${text}\nSomething that the target says.\n`);
      rmSync(join(target, FOLDER, "fixtures"), { recursive: true });
    },
    words: ["export", "harbourline", "--to", `../${TARGET}`, "--force", "--yes"],
    target: TARGET,
  },
  {
    name: "init",
    // It makes the folder first of all; an empty one does not hinder it.
    prepare: (root) => mkdirSync(join(root, "..", TARGET)),
    words: ["init", `../${TARGET}`],
    target: TARGET,
    // What is half a workspace need not be a tree yet.
    next: ["init", `../${TARGET}`],
  },
];

/** A victim whose whole run was watched, so that a kill can be judged. */
export class Rehearsed {
  readonly #victim: Victim;
  readonly #cache: string;
  readonly #durationMs: number;
  /** How long it holds the tree's lock, each time that it takes it. */
  readonly #lockedMs: readonly number[];
  readonly #states: ReadonlyMap<string, Outcome["state"]>;

  private constructor(
    victim: Victim,
    cache: string,
    durationMs: number,
    lockedMs: readonly number[],
    states: ReadonlyMap<string, Outcome["state"]>,
  ) {
    this.#victim = victim;
    this.#cache = cache;
    this.#durationMs = durationMs;
    this.#lockedMs = lockedMs;
    this.#states = states;
  }

  /** @param cache The program's cache folder. */
  static async watch(victim: Victim, cache: string): Promise<Rehearsed> {
    const states = new Map<string, Outcome["state"]>();
    await inTrees(victim, async (folder) => states.set(fingerprint(folder), "before"));
    const ends = new Set<string>();
    for (const station of victim.stations ?? []) {
      await inTrees(victim, async (folder) => {
        await reach(station, join(folder, TREE), cache);
        states.set(fingerprint(folder), "station");
        await start(join(folder, TREE), station.finish, cache).ended;
        ends.add(fingerprint(folder));
      });
    }
    return inTrees(victim, async (folder) => {
      const from = performance.now();
      const run = start(join(folder, TREE), victim.words, cache);
      const times: number[] = [];
      const changed = join(folder, victim.target ?? TREE);
      const stop = watchLock(stateOf(changed, cache), () => times.push(performance.now()));
      await run.ended;
      const durationMs = performance.now() - from;
      stop();
      states.set(fingerprint(folder), "after");
      ends.add(fingerprint(folder));
      if (ends.size > 1) throw new Error(`${victim.name} is not finished by the next command.`);
      const lockedMs = times.flatMap((time, index) =>
        index % 2 === 0 ? [(times[index + 1] ?? time) - time] : [],
      );
      if (lockedMs.length === 0 || states.size !== 2 + (victim.stations?.length ?? 0)) {
        throw new Error(`${victim.name} changes nothing, so that a kill would show nothing.`);
      }
      return new Rehearsed(victim, cache, durationMs, lockedMs, states);
    });
  }

  /**
   * Runs the command, kills it, runs another one, and looks at the tree.
   * @param moment From 0 to 1: which part of the run is over.
   * @param aimed Whether that is a part of the time in which files are written.
   */
  kill(moment: number, aimed: boolean): Promise<Outcome> {
    return inTrees(this.#victim, async (folder) => {
      const changed = join(folder, this.#victim.target ?? TREE);
      const run = start(join(folder, TREE), this.#victim.words, this.#cache);
      const over = new AbortController();
      const wait = aimed
        ? this.#writing(changed, moment, over.signal)
        : later(moment * this.#durationMs);
      await Promise.race([wait, run.ended]);
      over.abort();
      const killed = run.kill();
      await run.ended;
      const undone = existsSync(stateOf(changed, this.#cache).change);
      // Where nothing was left half done, another command has nothing to do either.
      const code = undone ? await this.#next(folder, changed) : 0;
      const reason =
        code === 0 ? this.#judge(folder, changed) : `the next command ended with ${code}`;
      const state = this.#states.get(fingerprint(folder)) ?? "unsafe";
      return { state: reason === "" ? state : "unsafe", killed, undone, reason };
    });
  }

  /** @returns The exit code of the command that comes after the kill. */
  #next(folder: string, changed: string): Promise<number | null> {
    const { next } = this.#victim;
    const [root, words] =
      next === undefined ? [changed, ["list", "--json"]] : [join(folder, TREE), next];
    return start(root, words, this.#cache).ended;
  }

  /** Settles in one of the times that the lock is held; never, when the command ends first. */
  #writing(root: string, moment: number, over: AbortSignal): Promise<void> {
    const place = moment * this.#lockedMs.length;
    const turn = Math.floor(place);
    return new Promise((done) => {
      let seen = 0;
      const stop = watchLock(stateOf(root, this.#cache), (held) => {
        if (!held) return;
        seen += 1;
        if (seen <= turn) return;
        stop();
        later((place - turn) * (this.#lockedMs[turn] ?? 0)).then(done);
      });
      over.addEventListener("abort", stop);
    });
  }

  #judge(folder: string, changed: string): string {
    if (existsSync(stateOf(changed, this.#cache).change)) return "the journal is still there";
    return this.#states.has(fingerprint(folder))
      ? ""
      : "the tree is in no state that a run leads to";
  }
}

/** Works in a folder with the tree and whatever else the command may change. */
async function inTrees<T>(victim: Victim, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "connect-webhook-kill-"));
  try {
    const root = join(folder, TREE);
    cpSync(WORKSPACE, root, { recursive: true });
    victim.prepare(root);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function reach({ words, without }: Station, root: string, cache: string): Promise<void> {
  const path = without === undefined ? undefined : join(root, without);
  const bytes = path === undefined ? undefined : readFileSync(path);
  if (path !== undefined) rmSync(path);
  await start(root, words, cache).ended;
  if (path !== undefined && bytes !== undefined) writeFileSync(path, bytes);
}

/** Starts the built program. Its children go with it. */
function start(root: string, words: readonly string[], cache: string) {
  const child = spawn(process.execPath, [join(packageRoot, "bin/connect-webhook.js"), ...words], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: cache,
      CONNECT_WEBHOOK_CACHE: cache,
      XDG_STATE_HOME: join(cache, "state"),
    },
    stdio: "ignore",
  });
  const ended = new Promise<number | null>((done) => child.on("close", done));
  return { ended, kill: () => child.kill("SIGKILL") };
}

/**
 * Tells when the tree's lock is taken, and when it is given back. That can be so quick that the lock is gone by the
 * time that this is told of it, so the tellings are counted.
 */
function watchLock({ folder, lock }: TreeState, tell: (held: boolean) => void): () => void {
  let held = false;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const watcher = watch(folder, (_kind, name) => {
    if (name !== basename(lock)) return;
    held = !held;
    tell(held);
  });
  watcher.on("error", () => watcher.close());
  return () => watcher.close();
}

/** Where the program that `start` starts keeps its state. */
function stateOf(root: string, cache: string): TreeState {
  return treeStateIn(join(cache, "state/connect-webhook"), root);
}

function later(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
