/** Values of options that several commands take. */
import { UserError } from "../errors.ts";

const LONGEST_WAIT_S = 3600;

/**
 * A port to listen on.
 * @throws UserError `usage`.
 */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw usage(
    `'${text}' is not a port.`,
    "Give --port a number up to 65535; 0 takes any that is free.",
  );
}

/**
 * A limit of time.
 * @param seconds As it was typed.
 * @returns Milliseconds.
 * @throws UserError `usage`.
 */
export function parseTimeout(seconds: string): number {
  const value = Number(seconds);
  if (value > 0 && value <= LONGEST_WAIT_S) return value * 1000;
  throw usage(
    `'${seconds}' is not a time limit.`,
    `Give --timeout a number of seconds above 0 and up to ${LONGEST_WAIT_S}, such as 20.`,
  );
}

/**
 * A text that may not be empty.
 * @param flag The option, such as `--stream`.
 * @throws UserError `usage`.
 */
export function parseNotEmpty(flag: string): (text: string) => string {
  return (text) => {
    if (text.trim() !== "") return text;
    throw usage(`${flag} is empty.`, `Give ${flag} a value, or leave it out.`);
  };
}

/** An error about what was typed. */
export function usage(message: string, hint: string): UserError {
  return new UserError(message, { code: "usage", hint });
}
