/** Where Python-Markdown reads a page otherwise than its author meant. */
import { conflictLine } from "../python/conflict.ts";
import type { DocPage } from "./doc-page.ts";

/** One such place. */
export interface Break {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}

/** Lines that follow each other without a blank one. */
interface Block {
  /** Index of the first line. */
  readonly start: number;
  readonly lines: readonly string[];
  readonly indent: number;
}

const STEP = /^ {0,3}\d+\. /;
/** What ends a list of steps on purpose. */
const END = /^(#{1,6}|\{(start_tabs|end_tabs|tab\||!))|^-{3,}$/;
/** Eight blanks are code even inside a step. */
const FENCE = /^ {0,7}(`{3,}|~{3,})/;

/** The breaks of a page, from its top. */
export function breaksIn(page: DocPage): Break[] {
  // Two versions of one text are no page yet.
  if (conflictLine(page.text) !== undefined) return [];
  const blocks = blocksOf(page.lines);
  const fence = openFence(page.lines);
  const prose = blocks.filter(
    ({ start, lines }) => !page.code.has(start + 1) && !FENCE.test(lines[0] ?? ""),
  );
  const found = [
    ...outsideSteps(blocks),
    ...prose.flatMap((block) => [...insideBlock(block), ...openMarks(block)]),
    ...looseTips(blocks),
  ];
  if (fence !== undefined) {
    const message = "The code that begins here never ends: the rest of the page is part of it.";
    found.push({ line: fence + 1, message, fix: "Close it with the same marks." });
  }
  return found.sort((a, b) => a.line - b.line);
}

/** Blocks; fenced code is one, blank lines in it included. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let open: { start: number; lines: string[] } | undefined;
  let fence: string | undefined;
  const close = (): void => {
    const first = open?.lines[0] ?? "";
    if (open) blocks.push({ ...open, indent: first.length - first.trimStart().length });
    open = undefined;
  };
  for (const [index, line] of lines.entries()) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      open?.lines.push(line);
      if (mark?.startsWith(fence) && line.trim() === mark) {
        fence = undefined;
        close();
      }
      continue;
    }
    if (line.trim() === "") close();
    else {
      if (mark !== undefined) {
        close();
        fence = mark;
      }
      open ??= { start: index, lines: [] };
      open.lines.push(line);
    }
  }
  close();
  return blocks;
}

function openFence(lines: readonly string[]): number | undefined {
  let fence: { mark: string; at: number } | undefined;
  for (const [index, line] of lines.entries()) {
    const mark = FENCE.exec(line)?.[1];
    if (mark === undefined) continue;
    if (!fence) fence = { mark, at: index };
    else if (mark.startsWith(fence.mark) && line.trim() === mark) fence = undefined;
  }
  return fence?.at;
}

/** What stands between two steps of one list, and not far enough to the right to be part of the first. */
function outsideSteps(blocks: readonly Block[]): Break[] {
  const found: Break[] = [];
  let waiting: Block[] | undefined;
  for (const block of blocks) {
    const [first = ""] = block.lines;
    if (STEP.test(first)) {
      for (const one of waiting ?? []) found.push(outside(one));
      waiting = [];
    } else if (END.test(first)) waiting = undefined;
    else if (waiting && block.indent < 4 && !/^(\{!|\d+[.)])/.test(first.trim()))
      waiting.push(block);
  }
  return found;
}

function outside({ start, lines, indent }: Block): Break {
  const [first = ""] = lines;
  const what = FENCE.test(first)
    ? "code"
    : /^\s*!\[/.test(first)
      ? "picture"
      : /^\s*[-*+] /.test(first)
        ? "list"
        : "text";
  const blanks = indent === 0 ? "no blanks" : indent === 1 ? "one blank" : `${indent} blanks`;
  return {
    line: start + 1,
    message: `The ${what} stands outside of its step, and the steps after it are counted from 1 again: it has ${blanks} in front of it.`,
    fix: "Indent it by four blanks.",
  };
}

/** What a line within a block makes of it. */
function insideBlock({ start, lines }: Block): Break[] {
  const found: Break[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const place = start + index + 1;
    if (/^ {0,3}>/.test(line) && before !== undefined && !/^\s*>/.test(before)) {
      found.push({
        line: place,
        message: "The line begins with `>`, which makes a quote of it.",
        fix: "Break the lines elsewhere.",
      });
    }
    if (
      STEP.test(line) &&
      before !== undefined &&
      !STEP.test(lines[0] ?? "") &&
      !/^\s*([-*+]|\d+\.) /.test(before)
    ) {
      found.push({
        line: place,
        message: "The step follows a text without a blank line, and is part of it.",
        fix: "Put a blank line in front of it.",
      });
    }
    if (/^ {0,3}\d+(\)|\.[\p{L}*[])/u.test(line)) {
      found.push({
        line: place,
        message: "This is no step: a step is a number, a point and a blank.",
        fix: "Write `1. `.",
      });
    }
    const prose = line.replace(/`[^`]*`/g, "");
    if (/\[[^\][]+\] \((?:https?:|\/)/.test(prose) || /\([^()]+\)\[(?:https?:|\/)/.test(prose)) {
      found.push({
        line: place,
        message:
          "This is no link: the text in square brackets and the address in round ones follow each other.",
        fix: "Write `[text](address)`.",
      });
    }
  }
  return found;
}

/** Bold or code that is opened in a block and never closed. */
function openMarks({ start, lines }: Block): Break[] {
  const text = lines.join("\n");
  // A list item ends what was opened in the one before it.
  if (lines.slice(1).some((line) => /^\s*([-*+]|\d+\.) /.test(line))) return [];
  const ticks = text.match(/(?<!\\)`+/g) ?? [];
  const place = (mark: string): number =>
    start + text.slice(0, text.lastIndexOf(mark)).split("\n").length;
  if (ticks.length % 2 === 1 && ticks.every((one) => one.length === 1)) {
    return [
      {
        line: place("`"),
        message: "Code is opened, and never closed.",
        fix: "Close it with a backtick.",
      },
    ];
  }
  const bold = text.replace(/`[^`]*`/g, "").match(/\*\*/g)?.length ?? 0;
  if (bold % 2 === 0) return [];
  return [
    { line: place("**"), message: "Bold is opened, and never closed.", fix: "Close it with `**`." },
  ];
}

/** Tips whose text is not indented: it stands below an empty box. */
function looseTips(blocks: readonly Block[]): Break[] {
  return blocks.flatMap(({ lines, indent }, index) => {
    const last = lines.at(-1) ?? "";
    if (!/^\s*!!! \w+/.test(last)) return [];
    const next = blocks[index + 1];
    if (!next || next.indent >= indent + 4) return [];
    return [
      {
        line: next.start + 1,
        message: "The text stands below the box, and not in it.",
        fix: "Indent it by four blanks more than the box.",
      },
    ];
  });
}
