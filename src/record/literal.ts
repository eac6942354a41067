/** Writes another text where a string literal stands, the way its author wrote it. */

import { stringsIn } from "../python/module.ts";
import { parseModule } from "../python/parse-module.ts";
import { lineBreakOf } from "../python/source.ts";
import { readStringToken, writeMultilineString, writeString } from "../python/strings.ts";
import type { StringExpression } from "../python/syntax.ts";

/** The replacement of a range, or why there is none. */
export type Rewritten = { from: number; to: number; insert: string } | { reason: string };

/**
 * The edit that makes a literal stand for another text. Quotes, triple quotes and raw strings stay what they are.
 * @param source The module's text.
 * @param literal A string of it, without placeholders; several literals in a row count as one.
 * @param value The text it is to stand for.
 */
export function rewriteLiteral(
  source: string,
  literal: StringExpression,
  value: string,
): Rewritten {
  const parts = partsOf(source, literal);
  const [only] = parts;
  if (only && parts.length === 1) return replacement(source, only, value);
  return rewritePart(source, parts, value);
}

interface Part {
  from: number;
  to: number;
  value: string;
}

/** The literals that follow each other: `"a" "b"` has two. */
function partsOf(source: string, literal: StringExpression): Part[] {
  const text = source.slice(literal.from, literal.to);
  const parts: Part[] = [];
  const pattern =
    /([rRuU]?)("""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')|#[^\n]*/g;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (found.startsWith("#")) continue;
    const from = literal.from + index;
    parts.push({ from, to: from + found.length, value: readStringToken(found).value ?? "" });
  }
  return parts;
}

/** Where the change lies within one of several literals only that one changes. */
function rewritePart(source: string, parts: readonly Part[], value: string): Rewritten {
  let start = 0;
  const whole = parts.map((part) => part.value).join("");
  for (const part of parts) {
    const before = whole.slice(0, start);
    const after = whole.slice(start + part.value.length);
    const room = value.length - before.length - after.length;
    if (room >= 0 && value.startsWith(before) && value.endsWith(after)) {
      return replacement(source, part, value.slice(start, start + room));
    }
    start += part.value.length;
  }
  return {
    reason: "the text is put together from several literals, and more than one would change",
  };
}

function replacement(source: string, { from, to }: Part, value: string): Rewritten {
  const insert = writeLike(source.slice(from, to), value).replaceAll("\n", lineBreakOf(source));
  const [read] = stringsIn(`x = ${insert}`, parseModule(`x = ${insert}`).root);
  if (read?.value !== value) return { reason: "the text sent cannot be written as a literal" };
  return { from, to, insert };
}

function writeLike(literal: string, value: string): string {
  const { prefix, quote } = readStringToken(literal);
  const written = literal.slice(0, prefix.length);
  if (prefix === "r" && isPlain(value, quote)) return `${written}${quote}${value}${quote}`;
  const kept = prefix === "u" ? written : "";
  if (quote.length === 1) return kept + writeString(value, quote as '"' | "'");
  // A backslash after the opening quotes lets the text begin on the next line.
  const continued = /^["']{3}\\\r?\n/.exec(literal.slice(prefix.length)) ? "\\\n" : "";
  if (quote === "'''" && isPlain(value, "'")) return `${kept}'''${continued}${value}'''`;
  const lines = writeMultilineString(value);
  const inOneLine =
    !literal.includes("\n") && (readStringToken(literal).value ?? "").includes("\n");
  const text = inOneLine ? lines.replaceAll("\n", "\\n") : lines;
  return `${kept}"""${continued}${text.slice(3)}`;
}

/** Whether a text needs no escapes between such quotes. */
function isPlain(value: string, quote: string): boolean {
  const [mark = ""] = quote;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\\]/.test(value) || value.includes(mark))
    return false;
  return quote.length === 3 || !value.includes("\n");
}
