/** Quotes written with `>`. As in CommonMark, a blank line ends a quote. */
import { silenceMentions } from "../inline/mentions.ts";
import { SPACES, strip } from "../whitespace.ts";
import type { BlockProcessor } from "./parser.ts";

const QUOTED_LINE = /^ {0,3}> ?([^\n]*)/;
const BARE_QUOTE_LINE = new RegExp(`^ {0,3}>[${SPACES}]*$`);

/** The first line that opens a quote which says something, or -1. */
function findStart(lines: readonly string[]): number {
  // From the end: lines that only open quotes count if a line with text follows before a blank one.
  let saysNothing = true;
  let start = -1;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? "";
    if (line === "") saysNothing = true;
    else if (!BARE_QUOTE_LINE.test(line)) saysNothing = false;
    if (!saysNothing && QUOTED_LINE.test(line)) start = index;
  }
  return start;
}

/** A line without its quote mark; whom it mentions is not notified again. */
function clean(line: string): string {
  const silent = silenceMentions(line);
  if (strip(silent) === ">") return "";
  return QUOTED_LINE.exec(silent)?.[1] ?? silent;
}

/** A block with a `>` at the start of one of its lines; the lines after it belong to the quote. */
export const quote: BlockProcessor = {
  take(parser, parent, blocks) {
    const block = blocks[0] ?? "";
    if (!block.includes(">")) return false;
    const lines = block.split("\n");
    const start = findStart(lines);
    if (start < 0) return false;
    blocks.shift();
    parser.parse(parent, [lines.slice(0, start).join("\n")]);
    const element = parent.append("blockquote");
    const quoted = lines.slice(start).map(clean).join("\n");
    parser.within("blockquote", () => {
      parser.parseChunk(element, start > 0 ? `\n${quoted}` : quoted);
    });
    return true;
  },
};
