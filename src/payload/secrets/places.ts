/** Where in a JSON text something stands, as the way to it. */
import { stringEnd } from "./strings.ts";

type Container = { key: string } | { index: number };

/** A way is for a person to read: of a deep one its end, of a long key its beginning. */
const MAX_STEPS = 30;
const MAX_KEY = 80;

/**
 * The ways to places in a JSON text, such as `commits[0].author.email`.
 * @param text JSON; for other texts the answers mean nothing.
 * @param offsets Places in the text, ascending.
 */
export function jsonPlaces(text: string, offsets: readonly number[]): string[] {
  const found: string[] = [];
  const open: Container[] = [];
  const signs = /["[\]{},]/g;
  for (let sign = signs.exec(text); sign; sign = signs.exec(text)) {
    const isString = sign[0] === '"';
    const close = isString ? stringEnd(text, sign.index + 1) : sign.index;
    const end = close + 1;
    signs.lastIndex = end;
    while (found.length < offsets.length && (offsets[found.length] ?? 0) < end) {
      found.push(written(open));
    }
    if (found.length === offsets.length) break;
    if (isString) nameField(open, text, sign.index + 1, close);
    else step(open, sign[0]);
  }
  while (found.length < offsets.length) found.push(written(open));
  return found;
}

/** A string is a key where a colon follows. */
function nameField(open: readonly Container[], text: string, from: number, to: number): void {
  const colon = /\s*:/y;
  colon.lastIndex = to + 1;
  const here = open.at(-1);
  if (here && "key" in here && colon.test(text)) {
    here.key = text.slice(from, Math.min(to, from + MAX_KEY));
  }
}

function step(open: Container[], sign: string): void {
  const here = open.at(-1);
  if (sign === "{") open.push({ key: "" });
  else if (sign === "[") open.push({ index: 0 });
  else if (sign === ",") {
    if (here && "index" in here) here.index += 1;
  } else open.pop();
}

function written(open: readonly Container[]): string {
  const way = open
    .slice(-MAX_STEPS)
    .map((one) => ("index" in one ? `[${one.index}]` : `.${one.key}`))
    .join("");
  return open.length > MAX_STEPS ? `…${way}` : way.replace(/^\./, "");
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
