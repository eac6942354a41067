/** Starting other programs. Arguments are always a list; nothing is ever put into a shell. */
import { type ChildProcess, spawn } from "node:child_process";
import { noteUnrepeatable } from "./reads.ts";

export interface RunOptions {
  /** The folder it runs in. */
  cwd?: string;
  /** Bytes for its standard input. */
  input?: string | Uint8Array;
  /** Variables on top of this process's own. */
  env?: Record<string, string>;
  signal?: AbortSignal;
}

export interface RunResult {
  /** Its exit code; undefined when it could not be started or was killed. */
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program to its end. A failure is a result, not an exception.
 * @param command The program's name or path.
 * @param args Its arguments, passed as they are.
 */
export function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  noteUnrepeatable(command);
  const { cwd, input, env, signal } = options;
  return new Promise((resolve) => {
    const output: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
    const end = (exitCode: number | undefined): void => {
      const text = (part: keyof typeof output): string => Buffer.concat(output[part]).toString();
      resolve({ exitCode, stdout: text("stdout"), stderr: text("stderr") });
    };
    let child: ChildProcess;
    try {
      // Node's own, since a library for it takes longer to load than git to run.
      child = spawn(command, args, {
        stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
        windowsHide: true,
        ...(cwd !== undefined && { cwd }),
        ...(env !== undefined && { env: { ...process.env, ...env } }),
      });
    } catch {
      // An argument with a zero byte, for one.
      end(undefined);
      return;
    }
    for (const part of ["stdout", "stderr"] as const) {
      child[part]?.on("data", (chunk: Buffer) => output[part].push(chunk));
    }
    // A program that reads no input may be gone before it has it.
    child.stdin?.on("error", () => undefined).end(input);
    const letGo = signal && endWith(signal, child);
    child.once("error", () => end(undefined));
    child.once("close", (code) => {
      letGo?.();
      end(code ?? undefined);
    });
  });
}

/** How long a program that is asked to end has for it. */
const GRACE_MS = 1000;

/** Ends a program when a signal is aborted. */
function endWith(signal: AbortSignal, child: ChildProcess): () => void {
  let killing: NodeJS.Timeout | undefined;
  const abort = (): void => {
    child.kill();
    killing = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  };
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  return () => {
    clearTimeout(killing);
    signal.removeEventListener("abort", abort);
  };
}
