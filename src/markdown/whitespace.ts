/**
 * White space as Python understands it, which the server's renderer runs on. JavaScript also counts the byte order
 * mark, and leaves out the separators U+001C to U+001F and the next-line character U+0085.
 */

/** The characters for use inside the square brackets of a regular expression. */
export const SPACES =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const SPACE = new RegExp(`[${SPACES}]`);

/** Whether a character is white space. */
export function isSpace(character: string): boolean {
  return SPACE.test(character);
}

/** A text without the white space at its start. */
export function stripStart(text: string): string {
  let start = 0;
  while (start < text.length && isSpace(text[start] ?? "")) start += 1;
  return text.slice(start);
}

/** A text without the white space at its end. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1] ?? "")) end -= 1;
  return text.slice(0, end);
}

/** A text without the white space around it. */
export function strip(text: string): string {
  return stripStart(stripEnd(text));
}

/** Whether a text says nothing. */
export function isBlank(text: string): boolean {
  return strip(text) === "";
}
