/** What can be told of a command line before its command is loaded. */
import { commands } from "./entries.ts";

export type { CommandEntry } from "./define.ts";
export { commands };

/** The word that asks for help in the place of a command. */
export const HELP = "help";
const HELP_WORDS = ["-h", "--help", HELP];

/** Whether a command line mostly ends within moments, and holds nothing meanwhile that has to be closed. */
export function isQuick(argv: readonly string[]): boolean {
  const name = commandName(argv);
  return (
    name === undefined || (commands.find((command) => command.name === name)?.isQuick ?? false)
  );
}

/** Whether a command line will need Python, as far as can be told before it is understood. */
export function needsPython(argv: readonly string[]): boolean {
  const name = commandName(argv);
  const unless = commands.find((command) => command.name === name)?.runsPythonUnless;
  return unless !== undefined && !argv.some((word) => [...HELP_WORDS, ...unless].includes(word));
}

/** The command in argv: the first word that is no option and not the value of `--checkout`. */
export function commandName(argv: readonly string[]): string | undefined {
  return argv.find(
    (word, index) =>
      !word.startsWith("-") &&
      word !== HELP &&
      !["-C", "--checkout"].includes(argv[index - 1] ?? ""),
  );
}
