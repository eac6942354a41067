/** What is too large or too deep for a rule to look at. */
import { BugError } from "../errors.ts";

/** A file that a rule does not look at. It is told as a warning of that rule, so that it does not pass unseen. */
export class NotCheckedError extends Error {
  /** Relative to the tree's root. */
  readonly path: string;

  /** @param reason What keeps the rule from looking, as the rest of a sentence about the file. */
  constructor(path: string, reason: string) {
    super(`Not checked: ${path} ${reason}.`);
    this.name = new.target.name;
    this.path = path;
  }
}

/** Whether an error says that a file exhausted the stack or a text's length: that is the file's doing. */
export function isExhaustion(error: unknown): boolean {
  return error instanceof RangeError;
}

/** Whether an error is a mistake in the code of a rule, and not something that kept it from looking. */
export function isMistake(error: unknown): boolean {
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof BugError;
}
