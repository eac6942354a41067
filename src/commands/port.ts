import { UserError } from "../errors.ts";

/**
 * Reads what `--port` was given.
 * @throws UserError `usage` when it is no port.
 */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UserError(`'${text}' is not a port.`, {
    code: "usage",
    hint: "Give --port a number up to 65535; 0 takes any that is free.",
  });
}
