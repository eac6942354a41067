/** Laying out new Python expressions the way ruff and black do. */

/** New source: text that stays on one line, or a bracketed group that may be broken over several. */
export type Piece = string | Group;

export interface Group {
  /** What stands before the items, opening bracket included: `Name(`, `key=[`, `"x": [`. */
  readonly open: string;
  readonly items: readonly Piece[];
  /** The closing bracket. */
  readonly close: string;
}

/** The piece on one line. */
export function flatten(piece: Piece): string {
  if (typeof piece === "string") return piece;
  return `${piece.open}${piece.items.map(flatten).join(", ")}${piece.close}`;
}

/** Length in characters, as formatters count it. */
export function widthOf(text: string): number {
  return [...text].length;
}

/**
 * The lines of a piece. It stays on one line where that fits; else a call's arguments go on one line of their own; else
 * every item gets a line, with a trailing comma. Lists and dictionaries go straight to a line for each.
 * @param piece What to lay out.
 * @param indent The white space before the first line.
 * @param tail What follows on the last line, such as a comma.
 * @param lineLength The longest line allowed, in characters.
 */
export function layout(piece: Piece, indent: string, tail: string, lineLength: number): string[] {
  const oneLine = `${indent}${flatten(piece)}${tail}`;
  if (typeof piece === "string" || piece.items.length === 0) return [oneLine];
  if (widthOf(oneLine) <= lineLength) return [oneLine];
  const lines = bodyLines(piece, `${indent}    `, lineLength);
  return [`${indent}${piece.open}`, ...lines, `${indent}${piece.close}${tail}`];
}

function bodyLines(group: Group, indent: string, lineLength: number): string[] {
  const oneLine = `${indent}${group.items.map(flatten).join(", ")}`;
  const together = group.close === ")" || group.items.length === 1;
  if (together && widthOf(oneLine) <= lineLength) return [oneLine];
  const tail = group.items.length === 1 ? "" : ",";
  return group.items.flatMap((item) => layout(item, indent, tail, lineLength));
}
