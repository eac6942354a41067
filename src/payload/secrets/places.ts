/** Where in a JSON text something stands, as the way to it. */

type Container = { key: string } | { index: number };

/** A string, with the colon that makes it a key; or a sign of punctuation. */
const tokens = /"((?:[^"\\]|\\.)*)"(\s*:)?|[[\]{},]/g;

/**
 * The ways to places in a JSON text, such as `commits[0].author.email`.
 * @param text JSON; for other texts the answers mean nothing.
 * @param offsets Places in the text, ascending.
 */
export function jsonPlaces(text: string, offsets: readonly number[]): string[] {
  const found: string[] = [];
  const open: Container[] = [];
  for (const match of text.matchAll(tokens)) {
    const end = match.index + match[0].length;
    while (found.length < offsets.length && (offsets[found.length] ?? 0) < end) {
      found.push(written(open));
    }
    if (found.length === offsets.length) break;
    step(open, match);
  }
  while (found.length < offsets.length) found.push(written(open));
  return found;
}

function step(open: Container[], [token, string, colon]: RegExpExecArray): void {
  const here = open.at(-1);
  if (string !== undefined) {
    if (colon !== undefined && here && "key" in here) here.key = string;
  } else if (token === "{") open.push({ key: "" });
  else if (token === "[") open.push({ index: 0 });
  else if (token === ",") {
    if (here && "index" in here) here.index += 1;
  } else open.pop();
}

function written(open: readonly Container[]): string {
  return open
    .map((one) => ("index" in one ? `[${one.index}]` : `.${one.key}`))
    .join("")
    .replace(/^\./, "");
}

/**
 * The lines of places in a text, from 1. Each stretch is read once: a payload may hold thousands of them.
 * @param offsets Places in the text, best ascending.
 */
export function linesAt(text: string, offsets: readonly number[]): number[] {
  let [line, at] = [1, 0];
  return offsets.map((offset) => {
    if (offset < at) [line, at] = [1, 0];
    for (let end = text.indexOf("\n", at); end >= 0 && end < offset; end = text.indexOf("\n", at)) {
      line += 1;
      at = end + 1;
    }
    return line;
  });
}
