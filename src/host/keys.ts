/** Single keys from the terminal. */
import { emitKeypressEvents, type Key } from "node:readline";

/** Whether somebody can press keys, and see what they do. */
export function hasKeyboard(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/**
 * Tells each key that is pressed, by its name as `a`, `return` or `ctrl-c`.
 * @returns Gives the terminal back as it was.
 */
export function readKeys(onKey: (name: string) => void): () => void {
  const { stdin } = process;
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
