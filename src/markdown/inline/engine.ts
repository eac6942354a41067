/**
 * The inline stage: patterns work through each text of the tree in order of priority.
 *
 * What a pattern makes is kept aside, and a placeholder takes its place in the text, so that later
 * patterns see one opaque character run. At the end placeholders become children and tails.
 */
import { Element, textContent, walk } from "../tree.ts";
import { isBlank } from "../whitespace.ts";

const PREFIX = "\u0002inline:";
const SUFFIX = "\u0003";
const PLACEHOLDER = new RegExp(`${PREFIX}([0-9]+)${SUFFIX}`, "g");
/** A backslash that was written twice before a backtick. */
export const ESCAPED_BACKSLASH = `\u000292${SUFFIX}`;

/** What a pattern found in a text. */
export interface InlineMatch {
  start: number;
  end: number;
  /** An element, or text that no later pattern may look into. */
  node: Element | string;
}

/** One kind of inline markup. */
export interface InlinePattern {
  /** Replaces all it finds in the text, and returns the text with placeholders. */
  apply(text: string, context: InlineContext): string;
}

/** What a pattern may ask for while it works. */
export interface InlineContext {
  /** Keeps a node aside, runs the later patterns in its text, and returns its placeholder. */
  keep(node: Element | string): string;
  /** The text with placeholders replaced by the text they stand for. */
  reveal(text: string): string;
}

/** Runs the inline stage over one tree. */
class InlineStage {
  readonly #patterns: readonly InlinePattern[];
  readonly #kept: (Element | string)[] = [];

  constructor(patterns: readonly InlinePattern[]) {
    this.#patterns = patterns;
  }

  run(root: Element): void {
    const pending = [root];
    for (let parent = pending.pop(); parent; parent = pending.pop()) {
      // The list grows while it is walked: new children after this one have their turn too.
      for (let index = 0; index < parent.children.length; index += 1) {
        const child = parent.children[index];
        if (child) this.#process(parent, child, index, pending);
      }
    }
  }

  #process(parent: Element, child: Element, index: number, pending: Element[]): void {
    const hadChildren = child.children.length > 0;
    let found: Element[] = [];
    if (child.text !== "" && !child.textIsFinal) {
      const text = this.#applyFrom(0, child.text);
      child.text = "";
      found = this.#expand(text, false, { element: child, isText: true });
      for (const one of found) pending.push(one);
    }
    if (child.tail !== "" && !child.tailIsFinal) {
      const text = this.#applyFrom(0, child.tail);
      child.tail = "";
      const holder = new Element("tail");
      const following = this.#expand(text, false, { element: holder, isText: false });
      child.tail = holder.tail;
      parent.insertAll(index + 1, following);
    }
    if (hadChildren) pending.push(child);
    child.insertAll(0, found);
  }

  #applyFrom(first: number, text: string): string {
    let result = text;
    for (let index = first; index < this.#patterns.length; index += 1) {
      const context: InlineContext = {
        keep: (node) => this.#keep(node, index),
        reveal: (hidden) => this.#reveal(hidden),
      };
      result = this.#patterns[index]?.apply(result, context) ?? result;
    }
    return result;
  }

  #keep(node: Element | string, patternIndex: number): string {
    if (node instanceof Element && !node.textIsFinal) {
      for (const element of [node, ...node.children]) {
        element.text = this.#applyFrom(patternIndex + 1, element.text);
        element.tail = this.#applyFrom(patternIndex, element.tail);
      }
    }
    this.#kept.push(node);
    return `${PREFIX}${this.#kept.length - 1}${SUFFIX}`;
  }

  #reveal(text: string): string {
    const revealed = text.replace(PLACEHOLDER, (placeholder, id) => {
      const node = this.#kept[Number(id)];
      if (node === undefined) return placeholder;
      return typeof node === "string" ? node : this.#reveal(textContent(node));
    });
    return revealed.replaceAll(ESCAPED_BACKSLASH, "\\");
  }

  /** Turns placeholders into elements; the text around them goes to `owner` or their tails. */
  #expand(text: string, isFinal: boolean, owner: { element: Element; isText: boolean }): Element[] {
    const found: Element[] = [];
    let position = 0;
    for (const match of text.matchAll(PLACEHOLDER)) {
      const node = this.#kept[Number(match[1])];
      if (node === undefined) continue;
      addText(owner, found.at(-1), text.slice(position, match.index), false);
      position = match.index + match[0].length;
      if (typeof node === "string") {
        addText(owner, found.at(-1), node, false);
      } else {
        this.#expandInside(node);
        found.push(node);
      }
    }
    addText(owner, found.at(-1), text.slice(position), isFinal);
    return found;
  }

  #expandInside(node: Element): void {
    for (const element of [node, ...node.children]) {
      if (!isBlank(element.tail)) {
        const { tail, tailIsFinal } = element;
        element.tail = "";
        const found = this.#expand(tail, tailIsFinal, { element, isText: false });
        node.insertAll(node.children.indexOf(element) + 1, found);
      }
      if (!isBlank(element.text)) {
        const { text, textIsFinal } = element;
        element.text = "";
        element.textIsFinal = false;
        element.insertAll(0, this.#expand(text, textIsFinal, { element, isText: true }));
      }
    }
  }
}

function addText(
  owner: { element: Element; isText: boolean },
  previous: Element | undefined,
  text: string,
  isFinal: boolean,
): void {
  if (text === "") return;
  const target = previous ?? owner.element;
  if (previous === undefined && owner.isText) {
    target.textIsFinal = isFinal && target.text === "";
    target.text += text;
  } else {
    target.tailIsFinal = isFinal && target.tail === "";
    target.tail += text;
  }
}

/**
 * Applies inline patterns to all texts of a tree.
 * @param root The tree of blocks; changed in place.
 * @param patterns The patterns, highest priority first.
 */
export function processInlines(root: Element, patterns: readonly InlinePattern[]): void {
  new InlineStage(patterns).run(root);
  for (const element of walk(root)) {
    element.text = element.text.replaceAll(ESCAPED_BACKSLASH, "\\");
    element.tail = element.tail.replaceAll(ESCAPED_BACKSLASH, "\\");
  }
}

/**
 * A pattern whose matches do not depend on each other: one pass from left to right.
 * @param find Returns the first match at or after a position.
 */
export function scanning(
  find: (text: string, from: number, context: InlineContext) => InlineMatch | undefined,
): InlinePattern {
  return {
    apply(text, context) {
      const parts: string[] = [];
      let position = 0;
      for (let match = find(text, 0, context); match; match = find(text, position, context)) {
        parts.push(text.slice(position, match.start), context.keep(match.node));
        position = match.end;
      }
      parts.push(text.slice(position));
      return parts.length === 1 ? text : parts.join("");
    },
  };
}

/**
 * A pattern that is one regular expression.
 * @param expression A global expression.
 * @param make Builds the node of a match; nothing leaves the text as it is.
 */
export function matching(
  expression: RegExp,
  make: (match: RegExpExecArray, context: InlineContext) => Element | string | undefined,
): InlinePattern {
  return scanning((text, from, context) => {
    expression.lastIndex = from;
    for (let match = expression.exec(text); match; match = expression.exec(text)) {
      const node = make(match, context);
      const end = match.index + match[0].length;
      if (node !== undefined) return { start: match.index, end, node };
      if (match[0] === "") expression.lastIndex += 1;
    }
    return undefined;
  });
}
