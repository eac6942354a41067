/** What the rules say of a file whose merge nobody finished. */
import { CONFLICT_MARKER, conflictLine } from "../python/conflict.ts";
import type { Finding } from "./rule.ts";

/**
 * The finding about the first conflict marker of a file; undefined when it has none.
 * @param spoils What it makes of the file, as the beginning of the sentence.
 */
export function conflictFinding(path: string, text: string, spoils?: string): Finding | undefined {
  const line = conflictLine(text);
  return line === undefined ? undefined : conflictAt(path, line, spoils);
}

/** The finding about a conflict marker in a line (from 1). */
export function conflictAt(path: string, line: number, spoils?: string): Finding {
  const message =
    spoils === undefined ? `Here stands ${CONFLICT_MARKER}.` : `${spoils}: ${CONFLICT_MARKER}.`;
  return { path, line, message, fix: "Choose between the two versions, and remove the markers." };
}
