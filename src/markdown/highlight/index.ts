/** Code blocks with the markup that pygments gives them in Connect. */
import { Element } from "../tree.ts";
import { findLanguage, type Language } from "./languages.ts";
import { type Token, tokenise } from "./tokens.ts";

/** Longer code stays plain: nobody reads it in a message, and grammars take their time. */
const MAX_HIGHLIGHTED = 20_000;

/** A first line such as `#!/usr/bin/python` or `:::python`, which names the language. */
const FIRST_LINE = /^(?:::+|#!)(?<path>(?:\/\w+)*[/ ])?(?<lang>[\w#.+-]*)/;

function languageOfFirstLine(source: string): Language | undefined {
  return findLanguage(FIRST_LINE.exec(source)?.groups?.lang?.toLowerCase() ?? "");
}

function trimLines(source: string): string {
  return source.replace(/^\n+/, "").replace(/(?<!\n)\n+$/, "");
}

/** Adds tokens as spans, one line at a time; neighbours of the same class are joined. */
function addTokens(parent: Element, tokens: Iterable<Token>): void {
  let last: Element | undefined;
  for (const { className, text } of tokens) {
    for (const part of text.split(/(\n)/)) {
      if (part === "") continue;
      const isPlain = className === "" || part.trim() === "";
      if (isPlain && last) last.tail += part;
      else if (isPlain) parent.text += part;
      else if (last?.attributes.get("class") === className && last.tail === "") last.text += part;
      else {
        last = parent.append("span", { class: className });
        last.escape = parent.escape;
        last.text = part;
      }
    }
  }
}

function addCode(parent: Element, source: string, language: Language | undefined): void {
  if (language && source.length <= MAX_HIGHLIGHTED) {
    addTokens(parent, tokenise(source, language));
  } else {
    parent.text = source;
  }
  const last = parent.lastChild;
  if (last) last.tail += "\n";
  else parent.text += "\n";
}

function codeBlock(language: Language | undefined, mode: Element["escape"], code: string) {
  const block = new Element("div", { class: "codehilite" });
  const pre = block.append("pre");
  pre.append("span");
  const element = pre.append("code");
  element.escape = mode;
  addCode(element, code, language);
  return block;
}

/**
 * The block of a code fence.
 * @param source The code.
 * @param lang The language the author named, in lower case, or nothing.
 */
export function highlightFence(source: string, lang: string): Element {
  const code = trimLines(source);
  if (lang === "") return codeBlock(languageOfFirstLine(code), "quoted", code);
  const language = findLanguage(lang);
  // Connect passes these blocks through a second serialiser, which does not escape quotes.
  const block = codeBlock(language, "literal", code);
  block.attributes.set("data-code-language", language?.name ?? lang);
  return block;
}

/**
 * The block of indented code. A first line that only names the language is not shown.
 * @param source The code, without its indentation.
 */
export function highlightIndented(source: string): Element {
  const code = trimLines(source);
  const named = FIRST_LINE.exec(code);
  const isHeader = named !== null && named.groups?.path === undefined;
  const shown = isHeader ? trimLines(code.replace(/^[^\n]*\n?/, "")) : code;
  return codeBlock(languageOfFirstLine(code), "quoted", shown);
}
