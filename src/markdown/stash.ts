/**
 * Finished pieces of a message that later stages must not look into.
 *
 * Fenced blocks are found before the text is split into blocks. Each is kept here, and a token
 * that no author can type (control characters are removed first) holds its place.
 */
import { Element } from "./tree.ts";
import { isBlank } from "./whitespace.ts";

const START = "\u0002";
const END = "\u0003";
const TOKEN = new RegExp(`^${START}block:([0-9]+)${END}$`);

/** What a token stands for: finished elements, or one of the three seams of a spoiler. */
export type Stashed = Element | "spoiler-open" | "spoiler-middle" | "spoiler-close";

/** Removes the characters that tokens are made of. */
export function removeControlCharacters(text: string): string {
  return text.replaceAll(START, "").replaceAll(END, "");
}

/** The finished pieces of one message. */
export class Stash {
  readonly #pieces: Stashed[] = [];

  /** Keeps a piece and returns the token that stands for it. */
  store(piece: Stashed): string {
    this.#pieces.push(piece);
    return `${START}block:${this.#pieces.length - 1}${END}`;
  }

  /** Puts every piece back into the tree. */
  restore(root: Element): void {
    restoreBlocks(root, (text) => this.#lookUp(text));
  }

  /** The piece that a text stands for. Blank lines keep a token apart from all other text. */
  #lookUp(text: string): Stashed | undefined {
    const id = TOKEN.exec(text)?.[1];
    return id === undefined ? undefined : this.#pieces[Number(id)];
  }
}

/** An open spoiler while its siblings are being moved into it. */
interface OpenSpoiler {
  block: Element;
  target: Element;
}

/** Replaces the paragraphs that stand for a block, and nests what lies between spoiler seams. */
function restoreBlocks(parent: Element, lookUp: (text: string) => Stashed | undefined): void {
  const result: Element[] = [];
  const open: OpenSpoiler[] = [];
  const target = () => open.at(-1)?.target.children ?? result;
  for (const child of parent.children) {
    const piece = child.tag === "p" && holdsOnlyText(child) ? lookUp(child.text) : undefined;
    if (piece === undefined) {
      restoreBlocks(child, lookUp);
      target().push(child);
    } else if (piece instanceof Element) {
      for (const one of placed(piece, child)) target().push(one);
    } else {
      moveSeam(piece, child, target, open);
    }
  }
  parent.children.splice(0);
  parent.insertAll(0, result);
}

/** Whether a paragraph holds text and nothing else, or a line break that ends it. */
function holdsOnlyText({ children }: Element): boolean {
  const [first] = children;
  return !first || (children.length === 1 && first.tag === "br" && isBlank(first.tail));
}

/**
 * The block of a paragraph. Connect puts it inside the paragraph when a line break follows. HTML
 * does not allow that: browsers end the paragraph first and make another, empty one after it.
 */
function placed(piece: Element, paragraph: Element): Element[] {
  const [lineBreak] = paragraph.children;
  if (!lineBreak || piece.tag === "p") {
    for (const child of paragraph.children) piece.children.push(child);
    piece.tail += paragraph.tail;
    return [piece];
  }
  return [new Element("p"), piece, lineBreak, endOf(paragraph)];
}

/** The empty paragraph that browsers make of an end tag without a start. */
function endOf(paragraph: Element): Element {
  const end = new Element("p");
  end.tail = paragraph.tail;
  return end;
}

function moveSeam(
  seam: Exclude<Stashed, Element>,
  paragraph: Element,
  target: () => Element[],
  open: OpenSpoiler[],
): void {
  const current = open.at(-1);
  if (seam === "spoiler-open") {
    const block = new Element("div", { class: "spoiler-block" });
    const header = block.append("div", { class: "spoiler-header" });
    header.text = paragraph.tail;
    target().push(block);
    open.push({ block, target: header });
  } else if (current && seam === "spoiler-middle") {
    current.target = current.block.append("div", {
      class: "spoiler-content",
      "aria-hidden": "true",
    });
    current.target.attributeOrder = "given";
    current.target.text = paragraph.tail;
  } else if (current) {
    closeSpoiler(current, paragraph, target, open);
  }
}

function closeSpoiler(
  { block }: OpenSpoiler,
  paragraph: Element,
  target: () => Element[],
  open: OpenSpoiler[],
): void {
  const [lineBreak] = paragraph.children;
  if (!lineBreak) {
    block.tail += paragraph.tail;
    open.pop();
    return;
  }
  target().push(new Element("p"));
  open.pop();
  target().push(lineBreak, endOf(paragraph));
}
