/** Texts of which only some parts are known. */

/**
 * Whether a text has some parts in their order: it begins with the first, ends with the last, and between two parts
 * anything may stand. Takes time in proportion to the text, which a regular expression of as many gaps does not.
 * @param parts At least one.
 * @param gap The least number of characters between two parts.
 */
export function hasParts(text: string, parts: readonly string[], gap: number): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const part of others) {
    const at = text.indexOf(part, position + gap);
    if (at < 0) return false;
    position = at + part.length;
  }
  return position + gap <= text.length - last.length;
}
