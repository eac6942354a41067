/** The command line that repeats what somebody answered, so that nothing is asked again. */
import { shellCommand } from "../host/shell-command.ts";

/** A flag, and what it is given: nothing where it is on, several values where it takes several. */
export type GivenFlag = readonly [
  flag: string,
  value: string | readonly string[] | boolean | undefined,
];

/**
 * The command line, as a shell takes it.
 * @param name The integration, where it is known.
 * @param flags Those that are undefined, false or without a value are left out.
 */
export function keptCommand(
  command: string,
  name: string | undefined,
  flags: readonly GivenFlag[],
): string {
  const words = ["connect-webhook", command, ...(name === undefined ? [] : [name])];
  for (const [flag, value] of flags) {
    if (value === true) words.push(flag);
    else if (value !== undefined && value !== false && value.length > 0)
      words.push(flag, ...[value].flat());
  }
  return shellCommand(...words);
}

/** What is said above it, after a run that ended early. */
export const keptWords = (command: string): string =>
  `Your answers are kept in this command:\n  ${command}`;
