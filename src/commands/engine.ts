/** Python for a command: a line says that it starts, and it ends with the work that needs it. */
import type { Engine, EngineTarget } from "../engine/index.ts";
import type { Context } from "./define.ts";

/** What a command needs of it. */
export interface EngineNeeds {
  /** The tree's absolute folder. */
  root: string;
  /** The integrations whose fixtures and tests are loaded. */
  targets: readonly EngineTarget[];
  /** Files that are not written yet, by path. */
  proposed?: ReadonlyMap<string, Uint8Array>;
  /** For each test or view, in milliseconds. */
  timeoutMs?: number;
  /** How many processes run tests at most; deliveries need no more than one. */
  workers?: number;
}

/** What it takes of the command's context. */
export type EngineContext = Pick<Context, "out" | "signal" | "pools">;

/**
 * Starts the engine, with a line that says how far it is.
 * @throws UserError when the tree's library does not load.
 */
export async function startEngine(
  { root, targets, proposed, timeoutMs, workers }: EngineNeeds,
  { out, signal, pools }: EngineContext,
): Promise<Engine> {
  const { openEngine } = await import("../engine/index.ts");
  const progress = out.progress("Starting Python");
  try {
    return await openEngine({
      root,
      targets,
      signal,
      pool: pools?.python,
      onProgress: (message) => progress.update(message),
      // A word begins the sentence with a capital, a path does not.
      onWarning: (message) =>
        out.warn(`${message.replace(/^[a-z](?=\w* )/, (letter) => letter.toUpperCase())}.`),
      ...(proposed && { proposed }),
      ...(timeoutMs !== undefined && { testTimeoutMs: timeoutMs }),
      ...(workers !== undefined && { workers }),
    });
  } finally {
    progress.stop();
  }
}

/** Starts the engine for some work, and ends it. */
export async function withEngine<T>(
  needs: EngineNeeds,
  context: EngineContext,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await startEngine(needs, context);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
