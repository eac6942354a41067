/**
 * Addresses that become links without any markup.
 *
 * An address starts after a space, quote, opening bracket, comma or colon, and ends before
 * punctuation that a space follows. With `http://` any host counts; without, only a known
 * top-level domain does. A path may hold balanced parentheses, up to seven deep.
 */
import type { MarkdownOptions } from "../options.ts";
import { type Element, finalElement } from "../tree.ts";
import { sanitiseUrl } from "../urls.ts";
import { isSpace, SPACES } from "../whitespace.ts";
import { isTopLevelDomain } from "./domains.ts";
import { type InlineMatch, type InlinePattern, scanning } from "./engine.ts";
import { relativeTo } from "./links.ts";

const WORD = "\\p{L}\\p{N}_";
const SCHEME = /https?:\/\//y;
const HOST_CHARACTER = new RegExp(`[${WORD}.:@-]`, "u");
const DOMAIN = new RegExp(`(?:[${WORD}-]+\\.)+[${WORD}-]+`, "uy");
const EMAIL = new RegExp(`[${WORD}.-]+@[${WORD}.-]+\\.[${WORD}]+`, "uy");
const BITCOIN = /bitcoin:[13][a-km-zA-HJ-NP-Z1-9]{25,34}/y;
const START = new RegExp(`(?<![^${SPACES}'"(,:<])[^${SPACES}]`, "g");
const MAX_PAREN_DEPTH = 7;

/** Knows where an address may end: before optional punctuation and then a space or the end. */
class Ends {
  readonly #text: string;
  /** For each position: whether an address may end there. */
  readonly #allowed: Uint8Array;

  /** Whether a query may follow a host at once. */
  readonly #queryAfterHost: boolean;

  constructor(text: string, queryAfterHost: boolean) {
    this.#text = text;
    this.#queryAfterHost = queryAfterHost;
    this.#allowed = new Uint8Array(text.length + 1);
    this.#allowed[text.length] = 1;
    for (let index = text.length - 1; index >= 0; index -= 1) {
      const character = text[index] ?? "";
      const follows =
        isSpace(character) || ("!:;?),.'\">".includes(character) && this.at(index + 1));
      this.#allowed[index] = follows ? 1 : 0;
    }
  }

  at(index: number): boolean {
    return this.#allowed[index] === 1;
  }

  /** The end of an address whose host ends at `index`: after its path if it has one. */
  afterHost(index: number): number | undefined {
    const end = this.#startsRest(index) ? this.#afterPath(index + 1) : undefined;
    if (end !== undefined) return end;
    return this.at(index) ? index : undefined;
  }

  #startsRest(index: number): boolean {
    if (this.#text[index] === "/") return true;
    const next = this.#text[index + 1] ?? " ";
    return (
      this.#queryAfterHost && this.#text[index] === "?" && !isSpace(next) && !')"'.includes(next)
    );
  }

  #afterPath(start: number): number | undefined {
    let depth = 0;
    for (let index = start; index <= this.#text.length; index += 1) {
      if (depth === 0 && this.at(index)) return index;
      const character = this.#text[index] ?? " ";
      if (character === '"' || isSpace(character)) return undefined;
      if (character === "(") depth += 1;
      else if (character === ")") depth -= 1;
      if (depth < 0 || depth > MAX_PAREN_DEPTH) return undefined;
    }
    return undefined;
  }
}

function matchAt(expression: RegExp, text: string, index: number): string | undefined {
  expression.lastIndex = index;
  return expression.exec(text)?.[0];
}

/** An address that starts with its scheme. */
function endOfUrl(text: string, start: number, ends: Ends): number | undefined {
  const scheme = matchAt(SCHEME, text, start);
  if (scheme === undefined) return undefined;
  let index = start + scheme.length;
  while (index < text.length) {
    const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
    if (!HOST_CHARACTER.test(character)) return undefined;
    index += character.length;
    const end = ends.afterHost(index);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** An address that starts with a domain name. */
function endOfDomain(text: string, start: number, ends: Ends): number | undefined {
  const domain = matchAt(DOMAIN, text, start);
  if (domain === undefined) return undefined;
  const lastLabel = domain.slice(domain.lastIndexOf(".") + 1);
  return isTopLevelDomain(lastLabel) ? ends.afterHost(start + domain.length) : undefined;
}

/** An e-mail or Bitcoin address; neither has a path. */
function endOfPattern(expression: RegExp, text: string, start: number, ends: Ends) {
  const match = matchAt(expression, text, start);
  if (match === undefined || !ends.at(start + match.length)) return undefined;
  return start + match.length;
}

function findEnd(text: string, start: number, ends: Ends): number | undefined {
  return (
    endOfUrl(text, start, ends) ??
    endOfDomain(text, start, ends) ??
    endOfPattern(EMAIL, text, start, ends) ??
    endOfPattern(BITCOIN, text, start, ends)
  );
}

/**
 * A link to an address.
 * @param url The address as the author wrote it.
 * @param text What the link shows.
 * @param options The server's own address and the tree's dialect.
 * @returns The link, or nothing when the address is not allowed.
 */
export function linkTo(
  url: string,
  text: string,
  { site, dialect }: MarkdownOptions,
): Element | undefined {
  const safe = sanitiseUrl(url, dialect);
  return safe === undefined ? undefined : finalElement("a", { href: relativeTo(site, safe) }, text);
}

/**
 * Links for bare addresses.
 * @param options The server's own address and the tree's dialect.
 */
export function autolinks(options: MarkdownOptions): InlinePattern {
  return {
    apply(text, context) {
      // Every kind of address has one of these.
      if (!/[.:@]/.test(text)) return text;
      const ends = new Ends(text, options.dialect?.queryAfterHost ?? false);
      const pattern = scanning((_text, from): InlineMatch | undefined => {
        START.lastIndex = from;
        for (let match = START.exec(text); match; match = START.exec(text)) {
          const start = match.index;
          const end = findEnd(text, start, ends);
          if (end === undefined) continue;
          const url = text.slice(start, end);
          // The address is what the author sees; the text may still hold an emoji or a mention.
          return { start, end, node: linkTo(context.reveal(url), url, options) ?? url };
        }
        return undefined;
      });
      const linked = pattern.apply(text, context);
      // Connect's expression for addresses loses a line break that ends the text.
      return linked !== text && linked.endsWith("\n") ? linked.slice(0, -1) : linked;
    },
  };
}
