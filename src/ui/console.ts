/** The only writer to the console. */
import { USUAL_WIDTH, wrapped } from "./layout.ts";
import { forConsole } from "./marks.ts";

type Stream = Pick<NodeJS.WriteStream, "write"> &
  Partial<Pick<NodeJS.WriteStream, "isTTY" | "columns">>;

/**
 * Writes a text whose marks are drawn and in which nothing else steers. It begins and ends a line; at a terminal its
 * lines are broken between words.
 */
export function print(stream: Stream, text: string): void {
  printWhole(stream, stream.isTTY ? wrapped(text, stream.columns || USUAL_WIDTH) : text);
}

/** The same for what a program may read: its lines stay as they are. */
export function printWhole(stream: Stream, text: string): void {
  stream.write(forConsole(text.endsWith("\n") ? text : `${text}\n`));
}

/** Empties the terminal's screen and what can be scrolled back to. */
export function clearScreen(stream: Stream): void {
  stream.write("\u001b[2J\u001b[3J\u001b[H");
}
