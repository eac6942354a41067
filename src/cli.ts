/** The door of the command line: starts what takes longest to start, then reads the rest of the program. */
import { needsPython } from "./commands/index.ts";
import { CancelledError, ExitCode } from "./errors.ts";

/**
 * Runs the program.
 * @param argv The words after the program's name.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const signal = listenForSignals();
  if (needsPython(argv)) {
    const { startSparePython } = await import("./engine/client.ts");
    startSparePython();
  }
  const { runProgram } = await import("./command-line.ts");
  await runProgram(argv, signal);
}

/** @returns A signal that is aborted when this process is asked to end. */
function listenForSignals(): AbortSignal {
  const interrupt = new AbortController();
  process.on("SIGINT", () => {
    // A second Ctrl-C does not wait for anything.
    if (interrupt.signal.aborted) process.exit(ExitCode.Cancelled);
    interrupt.abort(new CancelledError("Cancelled."));
  });
  process.on("SIGTERM", () => interrupt.abort(new CancelledError("Stopped.")));
  return interrupt.signal;
}
