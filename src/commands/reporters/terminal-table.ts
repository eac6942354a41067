/** A table for a terminal: its columns in line, a rule below its head. */
import { widthOf } from "../../ui/layout.ts";

type Style = (text: string) => string;

interface Cell {
  text: string;
  /** The text with its colours and links. */
  shown: string;
  alignment: "left" | "center" | "right";
}

export class TerminalTable {
  readonly #rows: { cells: Cell[]; isHead: boolean }[] = [];
  #cell: Cell | undefined;

  startRow(): void {
    this.#rows.push({ cells: [], isHead: false });
  }

  /**
   * Begins the next cell of the row.
   * @param name `th` in the head of the table.
   * @param style The cell's own style, which may hold its alignment.
   */
  startCell(name: string, style = ""): void {
    if (this.#rows.length === 0) this.startRow();
    const row = this.#rows.at(-1);
    if (row && name === "th") row.isHead = true;
    const [, side] = /text-align: *(center|right)/.exec(style) ?? [];
    const alignment = (side as "center" | "right" | undefined) ?? "left";
    this.#cell = { text: "", shown: "", alignment };
    row?.cells.push(this.#cell);
  }

  endCell(): void {
    this.#cell = undefined;
  }

  /** Adds to the cell; what stands between cells is not shown. */
  write(text: string, style: Style): void {
    const cell = this.#cell;
    if (!cell) return;
    const added = cell.text === "" ? text.trimStart() : text;
    cell.text += added;
    if (added !== "") cell.shown += style(added);
  }

  /** @param dim Draws what is no text. */
  lines(dim: Style): string[] {
    const widths: number[] = [];
    for (const { cells } of this.#rows) {
      for (const [index, { text }] of cells.entries()) {
        widths[index] = Math.max(widths[index] ?? 0, widthOf(text));
      }
    }
    const lines: string[] = [];
    for (const [index, { cells, isHead }] of this.#rows.entries()) {
      lines.push(cells.map((cell, at) => padded(cell, widths[at] ?? 0)).join(dim(" │ ")));
      const next = this.#rows[index + 1];
      if (isHead && next && !next.isHead) {
        lines.push(dim(widths.map((width) => "─".repeat(width)).join("─┼─")));
      }
    }
    return lines;
  }
}

function padded({ text, shown, alignment }: Cell, width: number): string {
  const left = width - widthOf(text);
  const before = alignment === "right" ? left : alignment === "center" ? Math.floor(left / 2) : 0;
  return `${" ".repeat(before)}${shown}${" ".repeat(left - before)}`;
}
