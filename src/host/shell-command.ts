/** Commands for a person to copy. The program itself starts others by a list of words, without a shell. */
import { quote } from "shlex";

/** A command line for a POSIX shell: each word reaches the program as it is, whatever it holds. */
export function shellCommand(...words: readonly string[]): string {
  return words.map((word) => quote(word)).join(" ");
}
