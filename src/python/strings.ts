/** Python string literals: what they mean, and how to write them. */

/** A single string literal, read. */
export interface StringToken {
  /** The text it stands for; undefined for f-strings, `\N{…}` names and broken escapes. For bytes, one character a byte. */
  value: string | undefined;
  /** The prefix in lower case: ``, `r`, `b`, `f`, `rb`, `fr`, `u`. */
  prefix: string;
  /** `'`, `"`, `'''` or `"""`. */
  quote: string;
  /** False when the closing quote is missing. */
  closed: boolean;
}

/** A quote after an odd number of backslashes closes nothing, in raw strings too. */
function isClosed(literal: string, start: string, quote: string): boolean {
  if (literal.length < start.length + quote.length || !literal.endsWith(quote)) return false;
  const end = literal.length - quote.length;
  let before = end;
  while (before > start.length && literal[before - 1] === "\\") before -= 1;
  return (end - before) % 2 === 0;
}

const simpleEscapes: Record<string, string> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\n": "",
};

/**
 * Reads one string literal as it stands in a source: prefix, quotes and escapes.
 * @param literal The literal's exact text.
 */
export function readStringToken(literal: string): StringToken {
  const [start = "", prefix = "", quote = ""] = /^([a-zA-Z]*)('''|"""|'|")/.exec(literal) ?? [];
  const closed = quote !== "" && isClosed(literal, start, quote);
  const lower = prefix.toLowerCase();
  const body = literal.slice(start.length, closed ? -quote.length : undefined);
  return { value: bodyValue(body, lower), prefix: lower, quote, closed };
}

function bodyValue(body: string, prefix: string): string | undefined {
  if (prefix.includes("f")) return undefined;
  const text = body.replaceAll("\r\n", "\n");
  return prefix.includes("r") ? text : resolveEscapes(text, prefix.includes("b"));
}

function resolveEscapes(text: string, bytes: boolean): string | undefined {
  let understood = true;
  const value = text.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[\s\S])/g,
    (whole, code: string) => {
      const simple = simpleEscapes[code];
      if (simple !== undefined) return simple;
      if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
      // Bytes know no Unicode escapes, and Python keeps an unknown escape as it stands.
      if (/^(x|[uU])./.test(code) && !(bytes && code[0] !== "x")) {
        const point = Number.parseInt(code.slice(1), 16);
        if (point <= 0x10ffff) return String.fromCodePoint(point);
        understood = false;
      } else if (/^[xuUN]$/.test(code) && !(bytes && code !== "x")) {
        understood = false;
      }
      return whole;
    },
  );
  return understood ? value : undefined;
}

/**
 * Writes a text as a Python string literal on one line, quoted the way ruff and black do: double quotes, unless
 * the text holds more double than single ones.
 * @param value The text.
 * @param preferred The quote the file prefers; trees from before 2020 use single ones.
 */
export function writeString(value: string, preferred: '"' | "'" = '"'): string {
  const other = preferred === '"' ? "'" : '"';
  const count = (quote: string): number => value.split(quote).length - 1;
  const quote = count(preferred) > count(other) ? other : preferred;
  return `${quote}${escapeFor(value, quote)}${quote}`;
}

/**
 * Writes a text as a triple-quoted literal whose lines stand as they are; for texts of several lines.
 * @param value The text.
 */
export function writeMultilineString(value: string): string {
  const escaped = value
    .split("\n")
    .map((line) => escapeFor(line, undefined))
    .join("\n")
    // Three quotes in a row, and quotes right before the closing ones, would end the literal too early.
    .replace(/"{3,}|"{1,2}$/g, (quotes) => '\\"'.repeat(quotes.length));
  return `"""${escaped}"""`;
}

function escapeFor(text: string, quote: string | undefined): string {
  let escaped = "";
  for (const char of text) escaped += char === quote ? `\\${char}` : escapeCharacter(char);
  return escaped;
}

function escapeCharacter(char: string): string {
  if (char === "\\") return "\\\\";
  if (char === "\n") return "\\n";
  if (char === "\r") return "\\r";
  if (char === "\t") return "\\t";
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0))
    return `\\x${code.toString(16).padStart(2, "0")}`;
  // Line separators, direction marks, the byte order mark and lone surrogates are invisible or invalid in a source.
  if (
    /[\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(char) ||
    isSurrogate(code)
  ) {
    return `\\u${code.toString(16).padStart(4, "0")}`;
  }
  return char;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}
