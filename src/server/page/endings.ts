/** Line endings: an editor knows only one, and a payload has to keep its own, byte for byte. */

const ENDING = /\r\n|\r|\n/g;

/** The text as an editor shows it. */
export const asShown = (text: string): string => text.replace(ENDING, "\n");

/**
 * A shown text with the line endings of the one it was made from. Lines that are still there, or changed in place, keep
 * theirs; new ones get that of the line before.
 * @param original The text before it was shown.
 * @param shown What the editor holds now.
 */
export function withEndings(original: string, shown: string): string {
  if (!original.includes("\r")) return shown;
  const endings = original.match(ENDING) ?? [];
  const before = original.split(ENDING);
  const after = shown.split("\n");
  let same = 0;
  const shorter = Math.min(before.length, after.length);
  while (same < shorter && before[same] === after[same]) same += 1;
  let sameEnd = 0;
  while (
    sameEnd < shorter - same &&
    before[before.length - 1 - sameEnd] === after[after.length - 1 - sameEnd]
  )
    sameEnd += 1;
  let last = endings[Math.max(0, same - 1)];
  const endingOf = (index: number): string => {
    const fromEnd = index - after.length + before.length;
    const isOld = index < before.length - sameEnd || index >= after.length - sameEnd;
    const old = endings[index >= after.length - sameEnd ? fromEnd : index];
    // Lines that were apart may meet: these two would be one.
    const wouldMerge = last === "\r" && old === "\n" && index > 0 && after[index] === "";
    if (isOld && old !== undefined && !wouldMerge) last = old;
    return last ?? "\n";
  };
  const ended = after.slice(0, -1).map((line, index) => line + endingOf(index));
  return ended.join("") + (after.at(-1) ?? "");
}
