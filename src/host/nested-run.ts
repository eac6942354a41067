/** The streams of a command line that runs within this process, beside the one that it was started with. */
import { Readable, Writable } from "node:stream";
import type { ReadStream, WriteStream } from "./keys.ts";

/** Output that is kept as text. */
export interface Collected {
  readonly stream: WriteStream;
  text(): string;
}

/**
 * A stream that is no terminal, and keeps what is written.
 * @param mostCharacters What comes after them is dropped.
 */
export function collect(mostCharacters: number): Collected {
  let kept = "";
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      kept += String(chunk).slice(0, mostCharacters - kept.length);
      done();
    },
  });
  return { stream: stream as unknown as WriteStream, text: () => kept };
}

/** Input that is over. */
export function noInput(): ReadStream {
  return Readable.from([]) as unknown as ReadStream;
}
