/**
 * The errors this program knows, and the exit codes they lead to.
 *
 * Layer 0: imports nothing. Only `cli.ts` turns an error into an exit code.
 */

/** Exit codes of the command line. They are part of the stable contract. */
export const ExitCode = {
  /** Everything is fine. */
  Ok: 0,
  /** The command worked and found problems: failed tests, lint errors, stale images. */
  Problems: 1,
  /** The user's input or tree is wrong; the message says what and what to do. */
  Usage: 2,
  /** The machine lacks something (a browser, disk space, a writable folder). */
  Machine: 3,
  /** A bug of ours. */
  Bug: 70,
  /** The user cancelled. */
  Cancelled: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A place in a file of the tree. */
export interface Place {
  /** Relative to the tree's root. */
  readonly path: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

/** What an error carries besides its message. */
export interface ErrorDetails {
  /** A stable word for scripts, in kebab-case, such as `unknown-integration`. */
  code: string;
  /** One sentence that says what to do. */
  hint?: string;
  /** The file of the tree that is wrong. */
  place?: Place;
  /** The error that led to this one. */
  cause?: unknown;
}

/** The user's input, or the tree they work in, is wrong. Exit code 2. */
export class UserError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly place: Place | undefined;
  readonly exitCode: ExitCode = ExitCode.Usage;

  /**
   * @param message One sentence that says what is wrong.
   * @param details The stable code and the sentence that says what to do.
   */
  constructor(message: string, details: ErrorDetails) {
    super(message, { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.hint = details.hint;
    this.place = details.place;
  }
}

/** The machine lacks something the command needs. Exit code 3. */
export class MachineError extends UserError {
  override readonly exitCode: ExitCode = ExitCode.Machine;
}

/** The user cancelled: Ctrl-C, or "no" to a question. Exit code 130. */
export class CancelledError extends Error {
  constructor(message = "Cancelled. Nothing was changed.") {
    super(message);
    this.name = "CancelledError";
  }
}

/** Something that cannot happen did. Exit code 70. */
export class BugError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "BugError";
  }
}

/**
 * The message of anything that was thrown.
 * @param error A caught value of any type.
 */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Where an error and what caused it came from; undefined for what is no error. */
export function stackOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const cause = stackOf(error.cause);
  const stack = error.stack ?? error.message;
  return cause === undefined ? stack : `${stack}\nCaused by ${cause}`;
}
