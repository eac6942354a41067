/** Forms in parts: their fields, and the files in them. */
import { isUtf8 } from "node:buffer";

export type Field = readonly [name: string, value: string];

/** The line that parts a body; undefined where it is no form in parts. */
export function boundaryOf(text: string): string | undefined {
  return /^\s{0,9}--([^\s"]+)\r?\n/.exec(text)?.[1];
}

/** The fields of a form in parts; files in it are no fields. */
export function fieldsOfParts(text: string, boundary: string): Field[] {
  const pieces = `\n${text.replaceAll("\r\n", "\n")}`.split(`\n--${boundary}`).slice(1, -1);
  return pieces.flatMap((piece): Field[] => {
    const gap = piece.indexOf("\n\n");
    const head = piece.slice(0, Math.max(gap, 0));
    const name = nameOf(head);
    if (gap < 0 || name === undefined || /;\s*filename\*?=/i.test(head)) return [];
    return [[name, piece.slice(gap + 2)]];
  });
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
