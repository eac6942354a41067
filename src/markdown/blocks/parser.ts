/**
 * Splits a message into blocks and builds the tree of them.
 *
 * Each block is offered to the processors in order of priority. A processor takes it off the list,
 * adds elements to the parent, and may put a remainder back. Nested content comes back here.
 */

import type { Stash } from "../stash.ts";
import { Element } from "../tree.ts";
import { code, empty, heading, paragraph, rule, setCodeAside } from "./basic.ts";
import { listIndent, orderedList, unorderedList } from "./lists.ts";
import { quote } from "./quote.ts";
import { table } from "./table.ts";

/** What kind of content surrounds the block; the innermost one counts. */
export type BlockState = "detabbed" | "list" | "looselist" | "blockquote";

/** Takes the first block of the list if it is its kind. */
export interface BlockProcessor {
  /**
   * @param parent The element that the block belongs to.
   * @param blocks The remaining blocks; the first one is removed when it is taken.
   * @returns Whether the block was taken.
   */
  take(parser: BlockParser, parent: Element, blocks: string[]): boolean;
}

/** Deeper nesting than this is shown as plain text; no reader could follow it. */
const MAX_DEPTH = 100;

const PROCESSORS: readonly BlockProcessor[] = [
  empty,
  listIndent,
  code,
  heading,
  table,
  rule,
  orderedList,
  unorderedList,
  quote,
  paragraph,
];
const PLAIN_PROCESSORS: readonly BlockProcessor[] = [empty, paragraph];

/** The block stage of one message. */
export class BlockParser {
  readonly #states: BlockState[] = [];
  #depth = 0;

  /** Whether the innermost surrounding content is of this kind. */
  isIn(state: BlockState): boolean {
    return this.#states.at(-1) === state;
  }

  /** Runs a function with a kind of surrounding content. */
  within(state: BlockState, run: () => void): void {
    this.#states.push(state);
    run();
    this.#states.pop();
  }

  /** Parses text that blank lines separate into blocks. */
  parseChunk(parent: Element, text: string): void {
    this.parse(parent, text.split("\n\n"));
  }

  /** Parses a list of blocks, which is used up. */
  parse(parent: Element, blocks: string[]): void {
    this.#depth += 1;
    const processors = this.#depth > MAX_DEPTH ? PLAIN_PROCESSORS : PROCESSORS;
    while (blocks.length > 0) {
      processors.find((processor) => processor.take(this, parent, blocks));
    }
    this.#depth -= 1;
  }
}

/**
 * Builds the tree of a message's blocks; their texts are still Markdown.
 * @param lines The prepared lines, with tokens for fenced blocks.
 * @param stash Keeps the code blocks that are found by their indentation.
 */
export function parseBlocks(lines: readonly string[], stash: Stash): Element {
  const root = new Element("div");
  new BlockParser().parseChunk(root, lines.join("\n"));
  setCodeAside(root, stash);
  return root;
}
