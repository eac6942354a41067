/** What git leaves in a file whose merge it could not finish. */

/** The lines that only git writes. The one between the two versions may as well underline a heading. */
const MARKER = /^[<>|]{7} \S/m;
const SEPARATOR = /^={7}\r?$/m;

/** What a conflict marker is called in every message. */
export const CONFLICT_MARKER = "a conflict marker of an unfinished merge";

/** What to tell of a file that was read all the same, without the stop. */
export function readDespiteConflict(path: string, line: number): string {
  return `${path}, line ${line}: ${CONFLICT_MARKER}. Both versions are read where they can be`;
}

/**
 * Where the first conflict marker of a text stands; undefined when there is none.
 * @param separators Whether the line between two versions counts also where no other marker is left.
 */
export function conflictOffset(text: string, separators = false): number | undefined {
  const at = text.search(MARKER);
  if (at >= 0 || !separators) return at < 0 ? undefined : at;
  const between = text.search(SEPARATOR);
  return between < 0 ? undefined : between;
}

/** The line (from 1) of the first conflict marker; undefined when there is none. */
export function conflictLine(text: string): number | undefined {
  const at = conflictOffset(text);
  return at === undefined ? undefined : text.slice(0, at).split("\n").length;
}

/**
 * A text as it reads when its conflicts are settled one way; every line keeps its number.
 * @param keep Both versions, one after the other, or the first of each two.
 */
export function settled(text: string, keep: "both" | "first"): string {
  let part: "outside" | "first" | "base" | "second" = "outside";
  const lines = text.split("\n").map((line) => {
    if (/^<{7} /.test(line)) part = "first";
    else if (/^\|{7} /.test(line) && part === "first") part = "base";
    else if (/^={7}\r?$/.test(line) && part !== "outside") part = "second";
    else if (/^>{7} /.test(line)) part = "outside";
    else return part === "base" || (part === "second" && keep === "first") ? "" : line;
    return "";
  });
  return lines.join("\n");
}
