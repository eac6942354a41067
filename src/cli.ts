/** The door of the command line: starts what takes longest to start, then reads the rest of the program. */
import { isQuick, needsPython } from "./commands/index.ts";
import { listenForSignals } from "./host/signals.ts";

/**
 * Runs the program.
 * @param argv The words after the program's name.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const signals = listenForSignals(isQuick(argv));
  if (needsPython(argv)) {
    const { startSparePython } = await import("./engine/client.ts");
    startSparePython();
  }
  const { runProgram } = await import("./command-line.ts");
  await runProgram(argv, signals);
}
