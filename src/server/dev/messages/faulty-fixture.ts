/** Fixtures as the list of all messages tells them from each other: by their content, and by what is wrong with them. */
import { sha256 } from "../../../host/checksum.ts";
import { jsonFault } from "../../../payload/index.ts";
import { CONFLICT_MARKER, conflictLine } from "../../../python/conflict.ts";
import type { Draft, Outcome } from "../types.ts";

/** Equal for fixtures of the same content, whatever they are called. */
export const contentOf = ({ body, encoding, parameters }: Draft): string =>
  sha256(JSON.stringify([body, encoding, parameters]));

/**
 * What came of a fixture. Where the view sent nothing for a `.json` that is cut off or damaged, that is the error, and not
 * how the view answered.
 * @param path The fixture, relative to the root.
 */
export function withFault(outcome: Outcome, { body, encoding }: Draft, path: string): Outcome {
  if (outcome.messages.length > 0 || !path.endsWith(".json") || encoding !== "utf8") return outcome;
  const conflict = conflictLine(body);
  const fault = jsonFault(body);
  if (!fault || body === "") return outcome;
  const line = conflict ?? fault.line;
  const message =
    conflict === undefined
      ? `from line ${fault.line}, column ${fault.column} on`
      : `it has ${CONFLICT_MARKER}`;
  const error = { type: "Not JSON", message, traceback: "", path, line };
  return { ...outcome, error, cause: `fixture ${path}` };
}
