/** Answers the shells' completion scripts. A program of its own, because somebody waits for each key. */
import { candidates } from "./commands/completion/candidates.ts";
import { messageOf } from "./errors.ts";
import { print } from "./ui/console.ts";

/**
 * Prints what may stand at the cursor: a candidate a line, then a tab and what it does. `:files` asks the shell for
 * file names. Never fails: a shell shows an error in the middle of the line that is being typed.
 * @param words The words after the program's name, the last one as far as it is typed.
 */
export async function main(words: readonly string[]): Promise<void> {
  try {
    const lines = (await candidates(words, process.cwd())).map(({ word, does }) =>
      does === undefined ? word : `${word}\t${does}`,
    );
    if (lines.length > 0) print(process.stdout, lines.join("\n"));
  } catch (error) {
    if (process.env.CONNECT_WEBHOOK_DEBUG) print(process.stderr, messageOf(error));
  }
}
