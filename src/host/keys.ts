/** A terminal that shows what keys do while they are pressed. */
import { emitKeypressEvents, type Key } from "node:readline";
import type { ReadStream, WriteStream } from "node:tty";

export type { ReadStream, WriteStream };

/** A terminal that somebody sits at. */
export interface Terminal {
  /**
   * Tells each key that is pressed, by its name as `a`, `return` or `ctrl-c`.
   * @returns Gives the terminal back as it was.
   */
  readKeys(onKey: (name: string) => void): () => void;
}

/** @returns Undefined where nobody can press keys, or see what they do. */
export function terminalOf(stdin: ReadStream, stdout: WriteStream): Terminal | undefined {
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  return { readKeys: (onKey) => readKeys(stdin, onKey) };
}

function readKeys(stdin: ReadStream, onKey: (name: string) => void): () => void {
  emitKeypressEvents(stdin);
  const listen = (text: string | undefined, { name = text, ctrl }: Key): void => {
    if (name !== undefined) onKey(ctrl ? `ctrl-${name}` : name);
  };
  stdin.on("keypress", listen);
  stdin.setRawMode(true);
  stdin.resume();
  return () => {
    stdin.off("keypress", listen);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
