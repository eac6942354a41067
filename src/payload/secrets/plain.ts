/** What a text says without the escapes of its format, and where in the text each part of that stands. */

/** A text without escapes. */
export interface PlainText {
  readonly text: string;
  /** Where a place of `text` stands in the text as written; of an escape, its beginning. */
  original(place: number): number;
}

/** Of a whole run of backslashes, for JSON within JSON; tried at its beginning only, or it would take for ever. Quotes, backslashes and control characters stay escaped. */
const jsonEscape = /(?<!\\)\\+(?:u(00[2-7][0-9a-f])|(\/))/gi;
const formEscape = /\+|(?:%[0-9a-f]{2})+/gi;

/** JSON, or anything that has JSON in it. Undefined where it has no escape of this kind. */
export function plainJson(text: string): PlainText | undefined {
  if (!text.includes("\\")) return undefined;
  return withoutEscapes(text, jsonEscape, ([whole, code]) => {
    if (code === undefined) return "/";
    const sign = String.fromCharCode(Number.parseInt(code, 16));
    return sign === '"' || sign === "\\" || sign === "\x7f" ? whole : sign;
  });
}

/** A form as it is sent in a body or a query. Undefined where nothing of it is encoded. */
export function plainForm(text: string): PlainText | undefined {
  return withoutEscapes(text, formEscape, ([whole]) => {
    if (whole === "+") return " ";
    return Buffer.from(whole.replaceAll("%", ""), "hex").toString();
  });
}

function withoutEscapes(
  text: string,
  escapes: RegExp,
  meaning: (match: RegExpExecArray) => string,
): PlainText | undefined {
  const parts: string[] = [];
  /** For each part between two escapes, where it begins in the plain text and in the one as written. */
  const starts: { plain: number; written: number }[] = [{ plain: 0, written: 0 }];
  let [length, done] = [0, 0];
  for (const match of text.matchAll(escapes)) {
    const said = meaning(match);
    parts.push(text.slice(done, match.index), said);
    const at = length + match.index - done;
    done = match.index + match[0].length;
    length = at + said.length;
    starts.push({ plain: at, written: match.index }, { plain: length, written: done });
  }
  if (done === 0) return undefined;
  parts.push(text.slice(done));
  return { text: parts.join(""), original: (place) => originalOf(starts, place) };
}

function originalOf(starts: readonly { plain: number; written: number }[], place: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle]?.plain ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  const start = starts[low] ?? { plain: 0, written: 0 };
  const next = starts[low + 1]?.written ?? Number.POSITIVE_INFINITY;
  return Math.min(start.written + place - start.plain, next);
}
