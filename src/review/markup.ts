/** HTML that is built by escaping: a text becomes markup only through the `html` tag. */
import { escapeHtml } from "../markdown/index.ts";

/** Safe HTML. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in a template: texts are escaped, lists joined, and nothing stands for nothing. */
export type Part = Markup | string | number | undefined | false | readonly Part[];

/** A template whose parts are escaped, for text and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(
    strings
      .map((text, index) => text + (index < parts.length ? render(parts[index]) : ""))
      .join(""),
  );
}

/** HTML from a source that escapes by itself: the theme, and messages that were drawn. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** A sentence whose code stands between backticks, as lint writes it. */
export function withCode(sentence: string): Markup[] {
  return sentence
    .split(/`([^`]+)`/)
    .map((piece, index) => (index % 2 === 0 ? html`${piece}` : html`<code>${piece}</code>`));
}

function render(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(render).join("");
  return escaped(`${part}`);
}

/** Control characters would be invisible, or turn the reading direction of what follows. */
function escaped(text: string): string {
  return escapeHtml(text).replace(
    /[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu,
    visible,
  );
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
