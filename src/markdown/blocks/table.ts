/** Tables: a header row, a row of dashes, and rows of cells between pipes. */
import type { Element } from "../tree.ts";
import type { BlockProcessor } from "./parser.ts";

const END_BORDER = /(?<!\\)(?:\\\\)*\|$/;
const CODE_OR_PIPE = /\\\\|(\\`+)|(`+)|\\\||(\|)/g;

interface TableShape {
  bordered: boolean;
  alignments: readonly string[];
}

function stripSpaces(text: string): string {
  return text.replace(/^ +/, "").replace(/(?<! ) +$/, "");
}

/** Start and end of the code spans of a row, and where its pipes are. */
function scanRow(row: string): { spans: [number, number][]; pipes: number[] } {
  const tics: { size: number; escaped: number; start: number; end: number }[] = [];
  const pipes: number[] = [];
  for (const match of row.matchAll(CODE_OR_PIPE)) {
    const { index } = match;
    const escaped = match[1] === undefined ? 0 : 1;
    const run = match[1] ?? match[2];
    if (run) {
      tics.push({ size: run.length - escaped, escaped, start: index, end: index + run.length - 1 });
    } else if (match[3] !== undefined) pipes.push(index);
  }
  const spans: [number, number][] = [];
  for (let open = 0; open < tics.length; open += 1) {
    const tic = tics[open];
    const size = tic ? tic.size - tic.escaped : 0;
    const close = size === 0 ? -1 : tics.findIndex((t, at) => at > open && t.size === size);
    if (!tic || close < 0) continue;
    spans.push([tic.start, tics[close]?.end ?? tic.end]);
    open = close;
  }
  return { spans, pipes };
}

function splitRow(row: string, bordered: boolean): string[] {
  let content = row;
  if (bordered) {
    if (content.startsWith("|")) content = content.slice(1);
    content = content.replace(END_BORDER, "");
  }
  const { spans, pipes } = scanRow(content);
  const cells: string[] = [];
  let start = 0;
  let span = 0;
  for (const pipe of pipes) {
    while ((spans[span]?.[1] ?? Number.POSITIVE_INFINITY) < pipe) span += 1;
    if ((spans[span]?.[0] ?? Number.POSITIVE_INFINITY) <= pipe) continue;
    cells.push(content.slice(start, pipe));
    start = pipe + 1;
  }
  cells.push(content.slice(start));
  return cells;
}

function alignmentOf(cell: string): string {
  const dashes = stripSpaces(cell);
  if (dashes.startsWith(":") && dashes.endsWith(":")) return "center";
  if (dashes.startsWith(":")) return "left";
  return dashes.endsWith(":") ? "right" : "";
}

/** A table of one column needs a pipe in every row to be one. */
function everyRowHasPipe(block: string): boolean {
  return block
    .split("\n")
    .slice(1)
    .map(stripSpaces)
    .every((row) => row.startsWith("|") || END_BORDER.test(row));
}

function shapeOf(block: string): TableShape | undefined {
  const [first = "", second] = block.split("\n", 2).map(stripSpaces);
  if (second === undefined || !/^[|:\- ]*$/.test(second)) return undefined;
  const bordered = first.startsWith("|") || END_BORDER.test(first);
  const columns = splitRow(first, bordered).length;
  if (columns < 2 && !(bordered && everyRowHasPipe(block))) return undefined;
  const separators = splitRow(second, bordered);
  if (separators.length !== columns) return undefined;
  return { bordered, alignments: separators.map(alignmentOf) };
}

function addRow(parent: Element, tag: "td" | "th", cells: readonly string[], shape: TableShape) {
  const row = parent.append("tr");
  shape.alignments.forEach((alignment, column) => {
    const style = alignment === "" ? {} : { style: `text-align: ${alignment};` };
    row.append(tag, style).text = stripSpaces(cells[column] ?? "");
  });
}

/** A block whose first two lines are a header and its dashes. */
export const table: BlockProcessor = {
  take(_parser, parent, blocks) {
    const shape = shapeOf(blocks[0] ?? "");
    if (!shape) return false;
    const [header = "", , ...rows] = (blocks.shift() ?? "").split("\n");
    const element = parent.append("table");
    addRow(element.append("thead"), "th", splitRow(stripSpaces(header), shape.bordered), shape);
    const body = element.append("tbody");
    if (rows.length === 0) addRow(body, "td", [], shape);
    for (const row of rows) {
      addRow(body, "td", splitRow(stripSpaces(row), shape.bordered), shape);
    }
    return true;
  },
};
