/** Starting other programs. Arguments are always a list; nothing is ever put into a shell. */
import { type ChildProcess, type ExecFileException, execFile } from "node:child_process";
import { environmentVariables } from "./environment.ts";
import { noteUnrepeatable } from "./reads.ts";

/** Ends those that run when this process ends: what they write would outlive the folder that it is written to. */
const endings = new Set<() => void>();
let hooked = false;

function endWithThisProcess(end: () => void): void {
  if (!hooked) {
    hooked = true;
    process.prependOnceListener("exit", () => {
      for (const one of endings) one();
    });
  }
  endings.add(end);
}

export interface RunOptions {
  /** The folder it runs in. */
  cwd?: string;
  /** Bytes for its standard input. */
  input?: string | Uint8Array;
  /** Variables on top of those of this run. */
  env?: Record<string, string>;
  signal?: AbortSignal;
}

export interface RunResult {
  /** Its exit code; undefined when it could not be started or was killed. */
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/** Bytes of each output; a program that writes more is killed. */
const MAX_OUTPUT = 100_000_000;

/** How long a program that is asked to end has for it. */
const GRACE_MS = 1000;

/**
 * Runs a program to its end. A failure is a result, not an exception. By Node's own means: every command that asks git
 * something comes here, and execa takes twice as long to load as Node to start.
 * @param command The program's name or path.
 * @param args Its arguments, passed as they are.
 */
export async function run(
  command: string,
  args: readonly string[],
  { cwd, input, env, signal }: RunOptions = {},
): Promise<RunResult> {
  noteUnrepeatable(command);
  const settings = {
    env: { ...environmentVariables(), ...env },
    maxBuffer: MAX_OUTPUT,
    windowsHide: true,
    ...(cwd !== undefined && { cwd }),
  };
  return new Promise((resolve) => {
    try {
      const child = execFile(command, args, settings, (error, stdout, stderr) => {
        letGo();
        resolve({ exitCode: exitCodeOf(error), stdout, stderr });
      });
      const letGo = endInTime(child, signal);
      // A program that reads no input may be gone before it has it.
      child.stdin?.on("error", () => {}).end(input);
    } catch (error) {
      // An argument with a zero byte, for one.
      resolve({ exitCode: undefined, stdout: "", stderr: String(error) });
    }
  });
}

function exitCodeOf(error: ExecFileException | null): number | undefined {
  if (error === null) return 0;
  return typeof error.code === "number" ? error.code : undefined;
}

/** @returns Lets go of a program that has ended. */
function endInTime(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  const kill = (): void => void child.kill("SIGKILL");
  let killing: NodeJS.Timeout | undefined;
  const abort = (): void => {
    child.kill();
    killing = setTimeout(kill, GRACE_MS);
  };
  endWithThisProcess(kill);
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  return () => {
    endings.delete(kill);
    clearTimeout(killing);
    signal?.removeEventListener("abort", abort);
  };
}
