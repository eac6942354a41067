/** `[text](address)` */
import type { MarkdownOptions } from "../options.ts";
import { Element } from "../tree.ts";
import { sanitiseUrl } from "../urls.ts";
import { isBlank, SPACES, strip } from "../whitespace.ts";
import { type InlineContext, type InlineMatch, type InlinePattern, scanning } from "./engine.ts";

/** No message is longer than this, so no link needs a longer search. */
const MAX_LENGTH = 10_000;
const ADDRESS_START = new RegExp(
  `\\([${SPACES}]*(?:(<[^<>]*>)[${SPACES}]*(?:('[^']*'|"[^"]*")[${SPACES}]*)?\\))?`,
  "y",
);
const ANY_SPACE = new RegExp(`[${SPACES}]`, "g");

/** What stands in `[text](address "title")`. */
export interface TextLink {
  readonly text: string;
  readonly href: string;
  readonly title: string | undefined;
  /** The position after the closing parenthesis. */
  readonly end: number;
}

interface Address {
  href: string;
  title: string | undefined;
  end: number;
}

/** The position after the bracket that closes the one before `start`. */
function findTextEnd(text: string, start: number): number | undefined {
  let depth = 1;
  const limit = Math.min(text.length, start + MAX_LENGTH);
  for (let index = start; index < limit; index += 1) {
    const character = text[index];
    if (character === "]") depth -= 1;
    else if (character === "[") depth += 1;
    if (depth === 0) return index + 1;
  }
  return undefined;
}

/** Where the first and the last quote of one kind stand; both mark a title's ends. */
interface Quote {
  mark: string;
  open: number;
  close: number;
}

/**
 * Reads an address up to its closing parenthesis.
 *
 * A quote may start a title, in which parentheses do not count. Whether it does shows only at the
 * end, so the search counts both ways at once.
 */
class AddressReader {
  readonly #text: string;
  readonly #start: number;
  readonly #quotes: Quote[] = [];
  #depth = 1;
  #depthWithoutTitle = 0;
  #endWithoutTitle = -1;
  #lastCharacter = "";

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
  }

  read(): Address | undefined {
    const limit = Math.min(this.#text.length, this.#start + MAX_LENGTH);
    for (let index = this.#start; index < limit; index += 1) {
      const character = this.#text[index] ?? "";
      this.#see(character, index);
      if (this.#depth === 0) return this.#finish(index);
      if (character !== " ") this.#lastCharacter = character;
    }
    if (this.#depthWithoutTitle > 0 || this.#endWithoutTitle < 0) return undefined;
    return this.#plain(this.#endWithoutTitle);
  }

  #see(character: string, index: number): void {
    if (character === "(") this.#count(1);
    else if (character === ")") this.#close(index);
    else if (character === "'" || character === '"') this.#quote(character, index);
  }

  #count(step: 1 | -1): void {
    if (this.#quotes.length === 0) this.#depth += step;
    else if (this.#depthWithoutTitle > 0) this.#depthWithoutTitle -= 1;
  }

  #close(index: number): void {
    if (this.#titleThatJustEnded()) {
      this.#depth = 0;
      return;
    }
    const wasOpen = this.#depthWithoutTitle > 0;
    this.#count(-1);
    if (wasOpen && this.#depthWithoutTitle === 0) this.#endWithoutTitle = index;
  }

  #quote(mark: string, index: number): void {
    const known = this.#quotes.find((quote) => quote.mark === mark);
    if (known) {
      known.close = index;
      return;
    }
    if (this.#quotes.length === 0) {
      this.#depthWithoutTitle = this.#depth;
      this.#depth = 1;
    }
    this.#quotes.push({ mark, open: index, close: -1 });
  }

  #titleThatJustEnded(): Quote | undefined {
    return this.#quotes.find(({ mark, close }) => close >= 0 && mark === this.#lastCharacter);
  }

  #finish(end: number): Address {
    const quote = this.#titleThatJustEnded();
    if (!quote) return this.#plain(end);
    return {
      href: this.#text.slice(this.#start, quote.open),
      title: this.#text.slice(quote.open + 1, quote.close),
      end: end + 1,
    };
  }

  #plain(end: number): Address {
    return { href: this.#text.slice(this.#start, end), title: undefined, end: end + 1 };
  }
}

function readAddress(text: string, start: number): Address | undefined {
  // Asking first spares unclosed links the search.
  if (text[start] !== "(" || !text.includes(")", start)) return undefined;
  ADDRESS_START.lastIndex = start;
  const match = ADDRESS_START.exec(text);
  if (!match) return undefined;
  const end = start + match[0].length;
  if (match[1] === undefined) return new AddressReader(text, end).read();
  return { href: strip(match[1].slice(1, -1)), title: match[2]?.slice(1, -1), end };
}

/** Takes the quotes around a title off, if there still are some. */
function unquote(title: string): string {
  const match = /^(['"])(.*)\1$/s.exec(title);
  return match?.[2] ?? title;
}

/** An address on this server becomes relative, so that it opens in place. */
export function relativeTo(site: string | undefined, url: string): string {
  if (site === undefined) return url;
  const prefix = `${site}/`;
  const isLocal = url.startsWith(`${prefix}#`) || url.startsWith(`${prefix}user_uploads/`);
  return isLocal ? url.slice(prefix.length) : url;
}

/**
 * Reads a link with a text.
 * @param open Where its opening square bracket stands.
 */
export function textLinkAt(text: string, open: number): TextLink | undefined {
  const textEnd = findTextEnd(text, open + 1);
  const address = textEnd === undefined ? undefined : readAddress(text, textEnd);
  return address && { ...address, text: text.slice(open + 1, (textEnd ?? 0) - 1) };
}

function makeLink(
  { text, ...address }: TextLink,
  { site, dialect }: MarkdownOptions,
  context: InlineContext,
): Element | undefined {
  const safe = sanitiseUrl(strip(context.reveal(address.href)), dialect);
  if (safe === undefined) return undefined;
  const href = relativeTo(site, safe);
  const element = new Element("a", { href });
  if (address.title !== undefined) {
    const title = unquote(context.reveal(strip(address.title))).replace(ANY_SPACE, " ");
    element.attributes.set("title", title);
  }
  element.text = isBlank(text) ? href : text;
  // Later patterns would break the link up.
  element.textIsFinal = true;
  return element;
}

/**
 * Links with a text.
 * @param options The server's own address and the tree's dialect.
 */
export function textLinks(options: MarkdownOptions): InlinePattern {
  return scanning((text, from, context): InlineMatch | undefined => {
    for (let open = text.indexOf("[", from); open >= 0; open = text.indexOf("[", open + 1)) {
      if (!text.includes("](", open)) return undefined;
      if (text[open - 1] === "!") continue;
      const link = textLinkAt(text, open);
      const node = link && makeLink(link, options, context);
      if (node) return { start: open, end: link.end, node };
    }
    return undefined;
  });
}
