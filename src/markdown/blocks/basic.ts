/** Blocks that hold no other blocks: blank lines, code, headings, rules and paragraphs. */
import { highlightIndented } from "../highlight/index.ts";
import type { Stash } from "../stash.ts";
import { type Element, walk } from "../tree.ts";
import { isBlank, SPACES, strip, stripEnd, stripStart } from "../whitespace.ts";
import type { BlockProcessor } from "./parser.ts";

const CODE_INDENT = "    ";

/** The code element of a block that was found by its indentation, if this is one. */
function codeOf(element: Element | undefined): Element | undefined {
  const first = element?.tag === "pre" ? element.children[0] : undefined;
  return first?.tag === "code" ? first : undefined;
}

/** Splits a block into the lines that start with `indent`, without it, and the rest. */
function detab(block: string, indent: string): { indented: string; rest: string } {
  const lines = block.split("\n");
  const end = lines.findIndex((line) => !line.startsWith(indent) && !isBlank(line));
  const taken = end < 0 ? lines : lines.slice(0, end);
  const rest = end < 0 ? [] : lines.slice(end);
  return {
    indented: taken
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : ""))
      .join("\n"),
    rest: rest.join("\n"),
  };
}

/** Blank lines; between two parts of a code block they are part of it. */
export const empty: BlockProcessor = {
  take(_parser, parent, blocks) {
    const block = blocks[0] ?? "";
    if (block !== "" && !block.startsWith("\n")) return false;
    blocks.shift();
    if (block.length > 1) blocks.unshift(block.slice(1));
    const previous = codeOf(parent.lastChild);
    if (previous) previous.text += block === "" ? "\n\n" : "\n";
    return true;
  },
};

/** Lines with four spaces before them. */
export const code: BlockProcessor = {
  take(_parser, parent, blocks) {
    if (!blocks[0]?.startsWith(CODE_INDENT)) return false;
    const { indented, rest } = detab(blocks.shift() ?? "", CODE_INDENT);
    const previous = codeOf(parent.lastChild);
    if (previous) previous.text += `\n${stripEnd(indented)}\n`;
    else parent.append("pre").append("code").text = `${stripEnd(indented)}\n`;
    if (rest !== "") blocks.unshift(rest);
    return true;
  },
};

/**
 * Replaces code found by its indentation with a token, as fences already are.
 * @param root The tree of blocks; changed in place.
 */
export function setCodeAside(root: Element, stash: Stash): void {
  for (const element of [...walk(root)]) {
    const found = codeOf(element);
    if (!found || element.children.length !== 1) continue;
    element.children.pop();
    element.tag = "p";
    const block = highlightIndented(found.text);
    // Unlike after a fence, Connect keeps the line break that ends the highlighted block.
    block.tail = "\n";
    element.text = stash.store(block);
    element.tail = "";
  }
}

const HEADING_START = new RegExp(`(?:^|\\n)(#{1,6})[${SPACES}]`, "g");
// A title ends before the last hashes of its line. A backslash keeps the character after it.
const HEADING_TITLE = /^((?:[^\\\n#]|\\[^\n]|#+(?=[^#\n]))*)#*(?:\n|$)/;

/** Finds the first heading in a block. */
function findHeading(block: string) {
  // Most blocks have none; this spares them the search.
  if (!block.includes("#")) return undefined;
  for (const match of block.matchAll(HEADING_START)) {
    const titleStart = match.index + match[0].length;
    const title = HEADING_TITLE.exec(block.slice(titleStart));
    if (title) {
      return {
        level: match[1]?.length ?? 1,
        title: strip(title[1] ?? ""),
        start: match.index,
        end: titleStart + title[0].length,
      };
    }
  }
  return undefined;
}

/** One to six `#`, a space and a title, on any line of a block. */
export const heading: BlockProcessor = {
  take(parser, parent, blocks) {
    const block = blocks[0] ?? "";
    const found = findHeading(block);
    if (!found) return false;
    blocks.shift();
    if (found.start > 0) parser.parse(parent, [block.slice(0, found.start)]);
    parent.append(`h${found.level}`).text = found.title;
    if (found.end < block.length) blocks.unshift(block.slice(found.end));
    return true;
  },
};

const RULE = /(?<![^\n]) {0,3}([-_*])(?: {0,2}\1){2,} *(?![^\n])/;

/** Three or more `-`, `_` or `*` alone on a line. */
export const rule: BlockProcessor = {
  take(parser, parent, blocks) {
    const block = blocks[0] ?? "";
    const match = RULE.exec(block);
    if (!match) return false;
    blocks.shift();
    const before = block.slice(0, match.index).replace(/(?<!\n)\n+$/, "");
    if (before !== "") parser.parse(parent, [before]);
    parent.append("hr");
    const after = block.slice(match.index + match[0].length).replace(/^\n+/, "");
    if (after !== "") blocks.unshift(after);
    return true;
  },
};

/** Everything else. In a tight list the text belongs to the item itself. */
export const paragraph: BlockProcessor = {
  take(parser, parent, blocks) {
    const block = blocks.shift() ?? "";
    if (isBlank(block)) return true;
    if (!parser.isIn("list")) {
      parent.append("p").text = stripStart(block);
      return true;
    }
    const sibling = parent.lastChild;
    if (sibling) sibling.tail += `\n${block}`;
    else if (parent.text !== "") parent.text += `\n${block}`;
    else parent.text = stripStart(block);
    return true;
  },
};
