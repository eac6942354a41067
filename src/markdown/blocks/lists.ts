/** Lists with Connect's rules: two spaces nest, and each kind of list continues its own only. */
import { Element } from "../tree.ts";
import { stripStart } from "../whitespace.ts";
import type { BlockParser, BlockProcessor } from "./parser.ts";

const INDENT = "  ";

function isItem(element: Element | undefined): boolean {
  return element?.tag === "li";
}

function isList(element: Element | undefined): boolean {
  return element?.tag === "ul" || element?.tag === "ol";
}

/** Removes `level` indents from the lines that have them. */
function looseDetab(block: string, level: number): string {
  const indent = INDENT.repeat(level);
  return block
    .split("\n")
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}

/** Walks down the last children to the list that an indented block belongs to. */
function findLevel(
  parser: BlockParser,
  parent: Element,
  block: string,
): { level: number; element: Element } {
  const spaces = /^ */.exec(block)?.[0].length ?? 0;
  const wanted = Math.floor(spaces / INDENT.length);
  // In a tight list the parent is the right one already; in a loose one it is still to be found.
  let level = parser.isIn("list") ? 1 : 0;
  let element = parent;
  while (wanted > level) {
    const child = element.lastChild;
    if (!child || !(isList(child) || isItem(child))) break;
    if (isList(child)) level += 1;
    element = child;
  }
  return { level, element };
}

/** Moves an item's own text into a paragraph, because another block follows it. */
function wrapText(item: Element): void {
  if (item.text === "") return;
  const paragraph = new Element("p");
  paragraph.text = item.text;
  item.text = "";
  item.children.unshift(paragraph);
}

/** An indented block that belongs to the list item above it. */
export const listIndent: BlockProcessor = {
  take(parser, parent, blocks) {
    if (!blocks[0]?.startsWith(INDENT) || parser.isIn("detabbed")) return false;
    if (!isItem(parent) && !isList(parent.lastChild)) return false;
    const { level, element } = findLevel(parser, parent, blocks[0]);
    const block = looseDetab(blocks.shift() ?? "", level);
    parser.within("detabbed", () => parseIndented(parser, parent, element, block));
    return true;
  },
};

function parseIndented(parser: BlockParser, parent: Element, found: Element, block: string): void {
  const last = found.lastChild;
  if (isItem(parent)) {
    const nested = parent.lastChild;
    parser.parse(nested && isList(nested) ? nested : parent, [block]);
  } else if (isItem(found)) {
    parser.parse(found, [block]);
  } else if (last && isItem(last)) {
    wrapText(last);
    parser.parseChunk(last, block);
  } else {
    parser.parse(found.append("li"), [block]);
  }
}

/** One of the two kinds of list. */
class ListProcessor implements BlockProcessor {
  readonly #tag: "ol" | "ul";
  readonly #item: RegExp;

  constructor(tag: "ol" | "ul", marker: string) {
    this.#tag = tag;
    this.#item = new RegExp(`^ ?(${marker}) +([^\\n]*)`);
  }

  take(parser: BlockParser, parent: Element, blocks: string[]): boolean {
    const start = this.#item.exec(blocks[0] ?? "")?.[1];
    if (start === undefined) return false;
    const items = this.#splitItems(blocks.shift() ?? "");
    const list = this.#findList(parser, parent, items, start);
    parser.within("list", () => {
      for (const item of items) {
        const last = list.lastChild;
        if (item.startsWith(INDENT) && last) parser.parse(last, [item]);
        else parser.parse(list.append("li"), [item]);
      }
    });
    return true;
  }

  /** The list that the items go to. Continuing a list makes it a loose one. */
  #findList(parser: BlockParser, parent: Element, items: string[], start: string): Element {
    const sibling = parent.lastChild;
    if (sibling?.tag === this.#tag) {
      this.#loosen(sibling);
      const first = items.shift() ?? "";
      parser.within("looselist", () => parser.parse(sibling.append("li"), [first]));
      return sibling;
    }
    if (isList(parent)) return parent;
    const number = start.slice(0, -1);
    const hasStart = this.#tag === "ol" && number !== "1";
    return parent.append(this.#tag, hasStart ? { start: number } : {});
  }

  #loosen(list: Element): void {
    const item = list.lastChild;
    if (!item) return;
    wrapText(item);
    const last = item.lastChild;
    if (last && last.tail !== "") {
      const paragraph = item.append("p");
      paragraph.text = stripStart(last.tail);
      last.tail = "";
    }
  }

  /** Breaks a block into items; indented items stay together for the next level. */
  #splitItems(block: string): string[] {
    const items: string[][] = [];
    for (const line of block.split("\n")) {
      const item = this.#item.exec(line);
      const current = items.at(-1);
      if (item) items.push([item[2] ?? ""]);
      else if (NESTED_ITEM.test(line) && !current?.[0]?.startsWith(INDENT)) {
        items.push([line]);
      } else current?.push(line);
    }
    return items.map((lines) => lines.join("\n"));
  }
}

const NESTED_ITEM = /^ {2,3}(?:\d+\.|[*+-]) +/;

/** `1. item`; the first number is where the list starts. */
export const orderedList: BlockProcessor = new ListProcessor("ol", "\\d+\\.");

/** `* item`, `- item` or `+ item`. */
export const unorderedList: BlockProcessor = new ListProcessor("ul", "[*+-]");
