/** Starting other programs. Arguments are always a list; nothing is ever put into a shell. */
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

/**
 * Runs a program to its end. A failure is a result, not an exception.
 * @param command The program's name or path.
 * @param args Its arguments, passed as they are.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  noteUnrepeatable(command);
  // Most runs of this program start no other one.
  const { execa } = await import("execa");
  const child = execa(command, args, {
    reject: false,
    stripFinalNewline: false,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: { ...environmentVariables(), ...options.env },
    extendEnv: false,
    ...(options.signal !== undefined && {
      cancelSignal: options.signal,
      forceKillAfterDelay: 1000,
    }),
    ...(options.input !== undefined ? { input: options.input } : { stdin: "ignore" as const }),
  });
  const end = (): void => void child.kill("SIGKILL");
  endWithThisProcess(end);
  const result = await child.finally(() => endings.delete(end));
  return { exitCode: result.exitCode, stdout: result.stdout ?? "", stderr: result.stderr ?? "" };
}
