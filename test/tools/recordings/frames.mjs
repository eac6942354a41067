// Plays what a program wrote into a terminal emulator, and takes the screen each time it has changed.
import xterm from "@xterm/headless";

/** Changes that follow each other faster than this are one frame. */
const SETTLED_MS = 90;
/** Nobody wants to wait as long as the program did. */
const LONGEST_PAUSE_MS = 700;
const TYPED_AT_ONCE = 3;
const TYPING_MS = 45;

/**
 * @typedef {{text: string, colour?: number, bold: boolean, dim: boolean, italic: boolean, underline: boolean}} Run
 * @typedef {{atMs: number, rows: Run[][]}} Frame
 */

/**
 * @param {{line: string, pieces: {afterMs: number, text: string}[]}[]} steps Commands with what they wrote.
 * @param {{columns: number, rows: number}} size
 * @returns {Promise<Frame[]>}
 */
export async function framesOf(steps, { columns, rows }) {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    convertEol: true,
  });
  const write = (text) => new Promise((done) => terminal.write(text, done));
  const frames = [];
  let nowMs = 0;
  const take = () => {
    const screen = rowsOf(terminal);
    const before = frames.at(-1);
    if (before && JSON.stringify(before.rows) === JSON.stringify(screen)) return;
    if (before && nowMs - before.atMs < SETTLED_MS) before.rows = screen;
    else frames.push({ atMs: nowMs, rows: screen });
  };
  for (const { line, pieces } of steps) {
    await write("\u001b[1;32m$\u001b[0m ");
    take();
    for (let at = 0; at < line.length; at += TYPED_AT_ONCE) {
      await write(line.slice(at, at + TYPED_AT_ONCE));
      nowMs += TYPING_MS * TYPED_AT_ONCE;
      take();
    }
    await write("\r\n");
    for (const { afterMs, text } of pieces) {
      nowMs += Math.min(afterMs, LONGEST_PAUSE_MS);
      await write(text);
      take();
    }
    nowMs += LONGEST_PAUSE_MS;
    await write("\r\n");
  }
  take();
  return frames;
}

function rowsOf(terminal) {
  const buffer = terminal.buffer.active;
  return Array.from({ length: terminal.rows }, (_, row) => {
    const line = buffer.getLine(buffer.viewportY + row);
    return line ? runsOf(line) : [];
  });
}

/** Neighbouring cells of one look are one run; blanks at the end of a row are left out. */
function runsOf(line) {
  const runs = [];
  for (let column = 0; column < line.length; column += 1) {
    const cell = line.getCell(column);
    if (!cell || cell.getWidth() === 0) continue;
    const look = {
      ...(cell.isFgPalette() && { colour: cell.getFgColor() }),
      bold: cell.isBold() !== 0,
      dim: cell.isDim() !== 0,
      italic: cell.isItalic() !== 0,
      underline: cell.isUnderline() !== 0,
    };
    const text = cell.getChars() || " ";
    const last = runs.at(-1);
    if (last && looksAlike(last.look, look)) last.text += text;
    else runs.push({ column, look, text });
  }
  const last = runs.at(-1);
  if (last) last.text = last.text.trimEnd();
  return runs
    .filter(({ text }) => text.trim() !== "")
    .map(({ look, ...run }) => ({ ...run, ...look }));
}

const looksAlike = (one, other) => JSON.stringify(one) === JSON.stringify(other);
