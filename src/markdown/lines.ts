/** Prepares a message's lines, as Connect's preprocessors do. */
import { matchFence } from "./fences.ts";
import { removeControlCharacters } from "./stash.ts";

const LIST_ITEM = /^ *([*+-]|\d\.) +/;
const TAB_WIDTH = 4;

/** Tracks whether a line lies inside code, looking at fences only. */
class FenceTracker {
  readonly #open: { fence: string; isCode: boolean }[] = [];
  inCode = false;

  see(line: string): void {
    const opening = matchFence(line);
    if (!opening) return;
    const { fence, lang } = opening;
    if (lang === "" && this.#open.at(-1)?.fence === fence) this.#open.pop();
    else this.#open.push({ fence, isCode: lang !== "quote" && lang !== "quoted" });
    this.inCode = this.#open.some(({ isCode }) => isCode);
  }
}

/** Whether a list starts at `next` without the blank line that Markdown asks for. */
function listHangsOff(line: string, next: string): boolean {
  const nextItem = LIST_ITEM.exec(next);
  if (!nextItem || line === "") return false;
  const item = LIST_ITEM.exec(line);
  return !item || (item[1]?.length === 1) !== (nextItem[1]?.length === 1);
}

/**
 * Puts a blank line before each list that follows other text directly.
 * @param lines The message's lines as the author wrote them.
 */
export function separateLists(lines: readonly string[]): string[] {
  const tracker = new FenceTracker();
  const result: string[] = [];
  lines.forEach((line, index) => {
    const next = lines[index + 1];
    result.push(line);
    if (next === undefined) return;
    tracker.see(line);
    if (!tracker.inCode && listHangsOff(line, next)) result.push("");
  });
  return result;
}

/** Expands tabs to the next column that is a multiple of four. */
function expandTabs(line: string): string {
  if (!line.includes("\t")) return line;
  let expanded = "";
  // Columns count characters; an emoji is one character in two code units.
  let column = 0;
  for (const [index, part] of line.split("\t").entries()) {
    const width = index > 0 ? TAB_WIDTH - (column % TAB_WIDTH) : 0;
    expanded += " ".repeat(width) + part;
    column += width + [...part].length;
  }
  return expanded;
}

/**
 * Brings line ends, tabs and blank lines into one form.
 * @param lines The lines of a message.
 * @returns Its lines, followed by two blank ones.
 */
export function splitNormalised(lines: readonly string[]): string[] {
  const text = removeControlCharacters(lines.join("\n")).replace(/\r\n?/g, "\n");
  const normalised = text.split("\n").map((line, index) => {
    const expanded = expandTabs(line);
    return index > 0 && /^ +$/.test(expanded) ? "" : expanded;
  });
  return [...normalised, "", ""];
}
