/** Commands for a person to copy. The program itself starts others by a list of words, without a shell. */
import { quote } from "shlex";

/** What a terminal acts on when the command is pasted, within quotation marks too. */
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;

/** Whether a text steers the terminal that it is pasted into. Line ends and tabs between quotation marks do not. */
export function steersTerminal(text: string): boolean {
  return text.replace(/[\n\t]/g, "").search(CONTROLS) >= 0;
}

/** A command line for a shell (POSIX.1-2024): each word reaches the program as it is, whatever it holds. */
export function shellCommand(...words: readonly string[]): string {
  return words.map((word) => (steersTerminal(word) ? escaped(word) : quote(word))).join(" ");
}

/** `$'…'`, in which no control character stands for itself. */
function escaped(word: string): string {
  const plain = word.replace(/[\\']/g, "\\$&");
  const bytes = (sign: string) =>
    [...Buffer.from(sign)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return `$'${plain.replace(CONTROLS, bytes)}'`;
}
