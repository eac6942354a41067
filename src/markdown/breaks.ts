/** Adds the line breaks between tags that Connect's output has. */
import { type Element, walk } from "./tree.ts";
import { isBlank } from "./whitespace.ts";

const BLOCK_TAGS = new Set(
  "blockquote div h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul video".split(" "),
);

function breakAround(element: Element): void {
  if (BLOCK_TAGS.has(element.tag)) {
    const first = element.children[0];
    if (isBlank(element.text) && first && BLOCK_TAGS.has(first.tag)) element.text = "\n";
    for (const child of element.children) if (BLOCK_TAGS.has(child.tag)) breakAround(child);
  }
  if (isBlank(element.tail)) element.tail = "\n";
}

/** What follows a `<br>` on the next line. To the server a formula is part of that text, so spaces before it count. */
function textAfterBreak(text: string, next: Element | undefined): string {
  const isBeforeFormula = next?.plainText !== undefined;
  return isBlank(text) && !isBeforeFormula ? "" : text;
}

/**
 * Puts each block, and the text after each `<br>`, on a line of its own.
 * @param root The message's tree; changed in place.
 */
export function insertBreaks(root: Element): void {
  breakAround(root);
  for (const { children } of walk(root)) {
    for (const [index, child] of children.entries()) {
      if (child.tag === "br") child.tail = `\n${textAfterBreak(child.tail, children[index + 1])}`;
    }
  }
}
