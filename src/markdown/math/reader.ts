/** Reads KaTeX's markup into the element tree. Whatever is not on its lists is an error. */
import { Element } from "../tree.ts";
import { ATTRIBUTES, CLASSES, STYLES, TAGS } from "./allowed.ts";

const TOKEN = /<(\/?)([a-z]+)((?: [^\s"=<>]+ ?="[^"<>]*")*)(\/?)>|([^<>]+)/gy;
const ATTRIBUTE = / ([^\s"=<>]+) ?="([^"]*)"/g;
const ENTITY = /&(amp|lt|gt|quot|#x27);/g;
const CHARACTERS: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#x27": "'",
};
/** Deeper trees are refused: what walks over the tree later uses the stack. */
const MAX_DEPTH = 500;

function refuse(what: string): never {
  throw new Error(`KaTeX wrote ${what}.`);
}

function decode(text: string): string {
  return text.replace(ENTITY, (_entity, name: string) => CHARACTERS[name] ?? "");
}

function checkStyle(style: string): void {
  for (const declaration of style.split(";")) {
    if (declaration === "") continue;
    const [property = "", value = "", ...rest] = declaration.split(":");
    const isKnown = STYLES.get(property)?.test(value.trim()) ?? false;
    if (!isKnown || rest.length > 0) refuse(`the style ${declaration}`);
  }
}

function checkAttribute(name: string, value: string): void {
  if (name === "style") {
    checkStyle(value);
  } else if (name === "class") {
    const unknown = value.split(" ").find((word) => !CLASSES.has(word));
    if (unknown !== undefined) refuse(`the class ${unknown}`);
  } else if (!ATTRIBUTES.get(name)?.test(value)) {
    refuse(`the attribute ${name}="${value}"`);
  }
}

function startElement(tag: string, attributes: string): Element {
  if (!TAGS.has(tag)) refuse(`the element ${tag}`);
  const element = new Element(tag);
  element.textIsFinal = true;
  element.tailIsFinal = true;
  element.escape = "all";
  element.attributeOrder = "given";
  for (const [, name = "", value = ""] of attributes.matchAll(ATTRIBUTE)) {
    checkAttribute(name, value);
    element.attributes.set(name, value);
  }
  return element;
}

function addText(parent: Element, text: string): void {
  if (parent.lastChild) parent.lastChild.tail += text;
  else parent.text += text;
}

/** Follows the tokens of some markup, from the outermost element inwards. */
class MarkupReader {
  readonly #root = new Element("root");
  readonly #open: Element[] = [this.#root];

  take([, slash, tag = "", attributes = "", selfClosing, text = ""]: RegExpMatchArray): void {
    const parent = this.#open.at(-1) ?? refuse("an end tag too many");
    if (text !== "") addText(parent, decode(text));
    else if (slash === "/") this.#close(tag);
    else this.#start(parent, startElement(tag, attributes), selfClosing === "/");
  }

  /** The one element that all the markup is in. */
  result(): Element {
    const [element, ...others] = this.#root.children;
    if (!element || others.length > 0 || this.#open.length !== 1) refuse("unbalanced markup");
    element.tailIsFinal = false;
    return element;
  }

  #start(parent: Element, element: Element, isClosed: boolean): void {
    parent.children.push(element);
    element.isSelfClosing = isClosed;
    if (!isClosed) this.#open.push(element);
    if (this.#open.length > MAX_DEPTH) refuse("too many elements inside each other");
  }

  #close(tag: string): void {
    if (this.#open.pop()?.tag !== tag) refuse(`</${tag}> in the wrong place`);
  }
}

/**
 * Reads markup of KaTeX's `renderToString`.
 * @param markup One element with everything inside it.
 * @returns The element; its texts are final.
 * @throws Error when the markup holds anything that KaTeX is not known to write.
 */
export function readMarkup(markup: string): Element {
  const reader = new MarkupReader();
  let position = 0;
  for (const token of markup.matchAll(TOKEN)) {
    reader.take(token);
    position += token[0].length;
  }
  if (position !== markup.length) refuse("something that is not markup");
  return reader.result();
}
