/** Starting a program whose output is read while it runs. */
import { environmentVariables } from "./environment.ts";

export interface StreamOptions {
  /** The folder it runs in. */
  cwd: string;
  /** Ends it when aborted. */
  signal?: AbortSignal;
  /** Told each line of what it writes, without its end; both of its outputs, in the order in which they come. */
  onLine: (line: string) => void;
}

export interface StreamResult {
  /** Its exit code; undefined when it could not be started or was killed. */
  exitCode: number | undefined;
  /** `ENOENT` and the like, when it could not be started. */
  startError: string | undefined;
}

/**
 * Runs a program to its end. A failure is a result, not an exception.
 * @param command The program's name or path.
 * @param args Its arguments, passed as they are.
 */
export async function runStreaming(
  command: string,
  args: readonly string[],
  { cwd, signal, onLine }: StreamOptions,
): Promise<StreamResult> {
  const { execa } = await import("execa");
  const child = execa(command, args, {
    cwd,
    reject: false,
    stdin: "ignore",
    all: true,
    buffer: false,
    // A terminal on the way may be told that there is none.
    env: { ...environmentVariables(), PYTHONUNBUFFERED: "1" },
    extendEnv: false,
    ...(signal && { cancelSignal: signal, forceKillAfterDelay: 2000 }),
  });
  for await (const line of child.iterable({ from: "all" })) onLine(line);
  const { exitCode, code } = await child;
  return { exitCode, startError: code };
}
