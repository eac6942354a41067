/** The child's end of the pipes. */
import { writeToParent } from "../../host/as-child.ts";
import { encodeFrame } from "../../host/frames.ts";
import type { Message } from "../protocol.ts";

/** The request that is worked on. */
let number = 0;

/** From here on messages are about another request. */
export function beginAnswer(to: number): void {
  number = to;
}

/**
 * Sends a message. It is with the parent when this returns: while Python runs nothing else in this
 * process gets a turn, and the parent must know which test hangs.
 */
export function send(message: Message, ...payload: Uint8Array[]): void {
  writeToParent([...held.splice(0), ...encodeFrame({ ...message, number }, payload)]);
}

const held: Uint8Array[] = [];

/** Sends a message with the next one. Each message that is sent by itself costs the parent's time as well. */
export function sendWithNext(message: Message): void {
  held.push(...encodeFrame({ ...message, number }));
}
