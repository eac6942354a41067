/** The child's end of the pipes. */
import { writeSync } from "node:fs";
import { encodeFrame, type Message } from "../protocol.ts";

/** The descriptor that the parent reads. */
const OUTPUT = 3;

/**
 * Sends a message. It is with the parent when this returns: while Python runs nothing else in this
 * process gets a turn, and the parent must know which test hangs.
 */
export function send(message: Message, ...payload: Uint8Array[]): void {
  for (const part of encodeFrame(message, payload)) writeAll(part);
}

function writeAll(bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(OUTPUT, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
