/** The child's end of the pipes. */
import { writevSync } from "node:fs";
import { encodeFrame } from "../../host/frames.ts";
import type { Message } from "../protocol.ts";

/** The request that is worked on. */
let number = 0;

/** From here on messages are about another request. */
export function beginAnswer(to: number): void {
  number = to;
}

/** The descriptor that the parent reads. */
const OUTPUT = 3;

/**
 * Sends a message. It is with the parent when this returns: while Python runs nothing else in this
 * process gets a turn, and the parent must know which test hangs.
 */
export function send(message: Message, ...payload: Uint8Array[]): void {
  writeAll([...held.splice(0), ...encodeFrame({ ...message, number }, payload)]);
}

const held: Uint8Array[] = [];

/** Sends a message with the next one. Each message that is sent by itself costs the parent's time as well. */
export function sendWithNext(message: Message): void {
  held.push(...encodeFrame({ ...message, number }));
}

function writeAll(parts: Uint8Array[]): void {
  for (let left = parts; left.length > 0; ) {
    try {
      left = without(left, writevSync(OUTPUT, left));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

/** What is left of some parts when so many of their bytes are written. */
function without(parts: Uint8Array[], written: number): Uint8Array[] {
  let done = written;
  const whole = parts.findIndex((part) => {
    if (part.length > done) return true;
    done -= part.length;
    return false;
  });
  if (whole < 0) return [];
  const [first, ...rest] = parts.slice(whole);
  return first ? [first.subarray(done), ...rest] : [];
}
