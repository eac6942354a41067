/**
 * The element tree that a message becomes before it is written as HTML.
 *
 * It has the shape of Python's ElementTree, because the algorithm depends on it: text belongs to
 * the element before its first child, a tail is the text after an element's end tag.
 */

/** One element with its text, its children and the text that follows it. */
export class Element {
  text = "";
  tail = "";
  /** The text is final: inline patterns leave it alone. */
  textIsFinal = false;
  /** The tail is final: inline patterns leave it alone. */
  tailIsFinal = false;
  /**
   * How its text and its children's tails are written: `prose` keeps entities such as `&nbsp;` that the author wrote,
   * `literal` escapes every ampersand, `quoted` and `all` escape quotes too, as pygments and Python do.
   */
  escape: "prose" | "literal" | "quoted" | "all" = "prose";
  /** Whether attributes are written in order of their names, or as they were given. */
  attributeOrder: "sorted" | "given" = "sorted";
  /** Written as `<path/>`, without an end tag, as only SVG and MathML allow it. */
  isSelfClosing = false;
  /** What stands for the element where only text can stand, such as in an address; its text by default. */
  plainText: string | undefined;
  readonly attributes = new Map<string, string>();
  readonly children: Element[] = [];
  tag: string;

  constructor(tag: string, attributes: Readonly<Record<string, string>> = {}) {
    this.tag = tag;
    for (const [name, value] of Object.entries(attributes)) this.attributes.set(name, value);
  }

  /** The last child, if there is one. */
  get lastChild(): Element | undefined {
    return this.children.at(-1);
  }

  /** Makes a new child at the end and returns it. */
  append(tag: string, attributes: Readonly<Record<string, string>> = {}): Element {
    const child = new Element(tag, attributes);
    this.children.push(child);
    return child;
  }

  /** Inserts children before position `index`; one copy of the list, however many there are. */
  insertAll(index: number, inserted: readonly Element[]): void {
    if (inserted.length === 0) return;
    const rest = this.children.splice(index);
    for (const child of inserted) this.children.push(child);
    for (const child of rest) this.children.push(child);
  }

  /** Removes a child and, with it, its tail. */
  remove(child: Element): void {
    const index = this.children.indexOf(child);
    if (index >= 0) this.children.splice(index, 1);
  }
}

/** An element whose text is final, such as a code span or an emoji. */
export function finalElement(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  text: string,
): Element {
  const element = new Element(tag, attributes);
  element.text = text;
  element.textIsFinal = true;
  return element;
}

/** The element and everything below it, in document order. */
export function* walk(root: Element): Generator<Element> {
  yield root;
  for (const child of root.children) yield* walk(child);
}

/** All text inside an element, without what follows it. */
export function textContent(element: Element): string {
  if (element.plainText !== undefined) return element.plainText;
  let text = element.text;
  for (const child of element.children) text += textContent(child) + child.tail;
  return text;
}
