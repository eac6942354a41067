import type { Finding } from "./rule.ts";

/** The line (from 1) of the first conflict marker of a merge; undefined when there is none. */
export function conflictLine(text: string): number | undefined {
  const at = text.search(/^(?:<{7}|>{7}|\|{7}) \S/m);
  return at < 0 ? undefined : text.slice(0, at).split("\n").length;
}

/**
 * The finding about the first conflict marker of a file; undefined when it has none.
 * @param spoils What it makes of the file, as the beginning of the sentence.
 */
export function conflictFinding(path: string, text: string, spoils?: string): Finding | undefined {
  const line = conflictLine(text);
  if (line === undefined) return undefined;
  const marker = "conflict marker of a merge stands here.";
  const message = spoils === undefined ? `A ${marker}` : `${spoils}: a ${marker}`;
  return { path, line, message, fix: "Choose between the two versions, and remove the markers." };
}
