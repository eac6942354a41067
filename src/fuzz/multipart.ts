/** The parts of a multipart form that are fields, to be written again with other values. Files in it stay as they are. */

/** One part of a form. */
export type Part =
  | { readonly kind: "field"; readonly head: string; readonly name: string; readonly value: string }
  /** Anything else, as it stands. */
  | { readonly kind: "other"; readonly bytes: string };

/** A form; texts are latin1, so that each byte is a character. */
export interface Multipart {
  readonly boundary: string;
  readonly lineEnd: string;
  readonly parts: readonly Part[];
}

const NAME = /^content-disposition:\s*form-data;.*?\bname="((?:[^"\\]|\\.)*)"/im;

/**
 * Reads a form whose first line is its boundary, as Connect's fixtures have it.
 * @returns Undefined for what is no such form, or has no field.
 */
export function readMultipart(bytes: Uint8Array): Multipart | undefined {
  const text = Buffer.from(bytes).toString("latin1");
  const boundary = /^--[^\r\n]+/.exec(text)?.[0];
  if (boundary === undefined) return undefined;
  const lineEnd = text.startsWith("\r\n", boundary.length) ? "\r\n" : "\n";
  const pieces = text.split(`${boundary}${lineEnd}`).slice(1);
  const parts = pieces.map((piece) => partOf(piece, boundary, lineEnd));
  return parts.some(({ kind }) => kind === "field") ? { boundary, lineEnd, parts } : undefined;
}

function partOf(piece: string, boundary: string, lineEnd: string): Part {
  const end = piece.lastIndexOf(`${lineEnd}${boundary}--`);
  const bytes = end < 0 ? piece.slice(0, -lineEnd.length) : piece.slice(0, end);
  const gap = bytes.indexOf(lineEnd + lineEnd);
  const head = bytes.slice(0, Math.max(gap, 0));
  const name = NAME.exec(head)?.[1];
  if (gap < 0 || name === undefined || /;\s*filename\*?=/i.test(head))
    return { kind: "other", bytes };
  const value = Buffer.from(bytes.slice(gap + 2 * lineEnd.length), "latin1").toString("utf8");
  return { kind: "field", head, name, value };
}

/**
 * Writes the form with other values.
 * @param valueAt The value of each field, by its place among the parts; undefined leaves the field out.
 */
export function writeMultipart(
  { boundary, lineEnd, parts }: Multipart,
  valueAt: (index: number) => string | undefined,
): Uint8Array {
  const written = parts.flatMap((part, index) => {
    if (part.kind === "other") return [`${boundary}${lineEnd}${part.bytes}${lineEnd}`];
    const value = valueAt(index);
    if (value === undefined) return [];
    const bytes = Buffer.from(value).toString("latin1");
    return [`${boundary}${lineEnd}${part.head}${lineEnd}${lineEnd}${bytes}${lineEnd}`];
  });
  return Buffer.from(`${written.join("")}${boundary}--${lineEnd}`, "latin1");
}
