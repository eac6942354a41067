/** The only writer to the console. */
import { forConsole } from "./marks.ts";

type Stream = Pick<NodeJS.WriteStream, "write">;

/** Writes a text whose marks are drawn and in which nothing else steers. It begins and ends a line. */
export function print(stream: Stream, text: string): void {
  stream.write(forConsole(text.endsWith("\n") ? text : `${text}\n`));
}

/** Empties the terminal's screen and what can be scrolled back to. */
export function clearScreen(stream: Stream): void {
  stream.write("\u001b[2J\u001b[3J\u001b[H");
}
