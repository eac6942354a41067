/** Where a line may end inside of what stands between two blanks: scripts that have no blanks between words. */

/** They have none: a line may end between two of their words. */
const UNSPACED =
  /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
/** No line begins with them. */
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}ー々]/u;
/** No line ends with them. */
const OPENING = /[\p{Ps}\p{Pi}]$/u;

let segmenter: Intl.Segmenter | undefined;

/** Whether a line may end before a text that no blank separates from what stands there. */
export const isUnspaced = (text: string): boolean => UNSPACED.test(text);

/** What stands between two blanks, as the parts between which a line may end. */
export function partsOf(word: string): string[] {
  if (!isUnspaced(word)) return word === "" ? [] : [word];
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  const parts: string[] = [];
  for (const { segment } of segmenter.segment(word)) {
    const last = parts.at(-1);
    const begins = isUnspaced(segment) && !CLOSING.test(segment);
    if (last !== undefined && (!begins || OPENING.test(last)))
      parts.push(`${parts.pop()}${segment}`);
    else parts.push(segment);
  }
  return parts;
}
