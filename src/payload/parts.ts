/** Forms in parts: their fields, and the files in them. */
import { isUtf8 } from "node:buffer";

export type Field = readonly [name: string, value: string];

/** The line that parts a body; undefined where it is no form in parts. */
export function boundaryOf(text: string): string | undefined {
  return /^\s{0,9}--([^\s"]+)\r?\n/.exec(text)?.[1];
}

/** The fields of a form in parts; files in it are no fields. */
export function fieldsOfParts(text: string, boundary: string): Field[] {
  return fieldPlaces(text, boundary).map(({ name, from, to }) => [
    name,
    text.slice(from, to).replaceAll("\r\n", "\n"),
  ]);
}

/** Where the values of the fields of a form in parts stand; what comes after its last line is none. */
export function fieldPlaces(
  text: string,
  boundary: string,
): { name: string; from: number; to: number }[] {
  const ends = `\n--${boundary}`;
  const found: { name: string; from: number; to: number }[] = [];
  const first = ends.slice(1);
  let start = text.indexOf(first) + first.length;
  for (let end = text.indexOf(ends, start); end >= 0; end = text.indexOf(ends, start)) {
    const piece = text.slice(start, end);
    const gap = /\n\r?\n/.exec(piece);
    const head = piece.slice(0, gap?.index ?? 0);
    const name = nameOf(head);
    if (gap && name !== undefined && !/;\s*filename\*?=/i.test(head)) {
      const from = start + gap.index + gap[0].length;
      found.push({ name, from, to: Math.max(from, piece.endsWith("\r") ? end - 1 : end) });
    }
    start = end + ends.length;
  }
  return found;
}

const nameOf = (head: string): string | undefined =>
  /^content-disposition:\s*form-data;.*?\bname="([^"]*)"/im.exec(head)?.[1];

/** A form in parts without those that no text can hold. */
export interface TextParts {
  readonly bytes: Uint8Array;
  /** What the fields were called whose parts are left out, such as that of a picture. */
  readonly leftOut: readonly string[];
}

/**
 * The parts of a form that are text. A fixture is read as UTF-8, and a picture in one of the parts is none.
 * @returns Undefined for what is no form in parts, and for one that is text throughout.
 */
export function textParts(bytes: Uint8Array): TextParts | undefined {
  if (isUtf8(bytes)) return undefined;
  // Byte by byte, so that what stays is what it was.
  const text = Buffer.from(bytes).toString("latin1");
  const boundary = boundaryOf(text);
  if (boundary === undefined) return undefined;
  const [before = "", ...pieces] = `\n${text}`.split(`\n--${boundary}`);
  const isText = (piece: string): boolean => isUtf8(Buffer.from(piece, "latin1"));
  const kept = pieces.filter((piece) => isText(piece));
  const leftOut = pieces.filter((piece) => !isText(piece)).map((piece) => fieldName(piece));
  const whole = [before, ...kept].join(`\n--${boundary}`).slice(1);
  return { bytes: Buffer.from(whole, "latin1"), leftOut };
}

/** The name in a part's head, which comes before its bytes. */
function fieldName(piece: string): string {
  const head = piece.split(/\r?\n\r?\n/, 1)[0] ?? "";
  return nameOf(Buffer.from(head, "latin1").toString("utf8")) ?? "without a name";
}
