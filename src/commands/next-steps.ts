/** What comes after a command, as its last words. */
import type { Output } from "../ui/output.ts";

/** A command or a path, and what it is for. */
export type NextStep = readonly [what: string, why: string];

/** Prints them on stderr, in order. */
export function sayNext(steps: readonly NextStep[], out: Output): void {
  out.say("");
  out.say("Next:");
  for (const [what, why] of steps) out.say(`  ${out.paintStderr.cyan(what)}\n    ${why}`);
}
