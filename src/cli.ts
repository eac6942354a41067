/** The command line of this process: starts what takes longest to start, then reads the rest of the program. */
import { isQuick, needsPython } from "./commands/index.ts";
import type { Io } from "./context.ts";
import { ExitCode, UserError } from "./errors.ts";
import { optimiseLate } from "./host/compilation.ts";
import { listenForSignals } from "./host/signals.ts";
import { assumeSize } from "./host/terminal.ts";
import { print } from "./ui/console.ts";

/**
 * Runs the program, and sets this process's exit code.
 * @param argv The words after the program's name.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const quick = isQuick(argv);
  if (quick) optimiseLate();
  const signals = listenForSignals(quick);
  watchStreams();
  assumeSize(process.stdout);
  assumeSize(process.stderr);
  if (needsPython(argv)) {
    const { startSparePython } = await import("./engine/client.ts");
    try {
      startSparePython();
    } catch {
      // What is wrong is told where Python is needed.
    }
  }
  const { run } = await import("./command-line.ts");
  const { stdin, stdout, stderr, env } = process;
  const io: Io = {
    stdin,
    stdout,
    stderr,
    env,
    signals,
    get cwd() {
      return currentFolder();
    },
  };
  process.exitCode = await run(argv, io);
}

/** A reader that closes its end, as `head` does, is not an error; an output that can't be written is. */
function watchStreams(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? ExitCode.Ok);
    print(process.stderr, `✗ Could not write the output: ${error.message}.`);
    process.exit(ExitCode.Machine);
  });
  // Without a place for talk the results still count.
  process.stderr.on("error", () => undefined);
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new UserError("The current folder does not exist any more.", {
      code: "no-such-folder",
      hint: "Change to another folder, and run the command again.",
      cause: error,
    });
  }
}
