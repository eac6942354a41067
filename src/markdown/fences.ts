/** Fenced blocks: code, quotes, spoilers and mathematics (`zerver/lib/markdown/fenced_code.py`). */
import { highlightFence } from "./highlight/index.ts";
import { renderMathBlock } from "./math/index.ts";
import { Stash } from "./stash.ts";
import { stripEnd } from "./whitespace.ts";

/** What the first line of a fenced block says. */
export interface FenceOpening {
  /** The fence itself; the same characters close the block. */
  fence: string;
  /** The language or kind as written, or nothing. */
  lang: string;
  /** What follows the language; the visible line of a spoiler. */
  header: string;
}

const FENCE_LINE =
  /^(?<fence>~{3,}|`{3,}) *(?:\{?\.?(?<lang>[a-zA-Z0-9_+,\-./#]+)(?![a-zA-Z0-9_+,\-./#]) *(?<header>[^ ~`][^~`]*)?\}?)?$/;

/**
 * Reads a line as the opening of a fenced block.
 * @param line One line of a message.
 * @returns What it says, or nothing when it opens no block.
 */
export function matchFence(line: string): FenceOpening | undefined {
  const start = /^(?:~{3,}|`{3,})/.exec(line);
  // No fence character may follow. Asking first keeps the pattern below from backtracking.
  if (!start || /[~`]/.test(line.slice(start[0].length))) return undefined;
  const groups = FENCE_LINE.exec(line)?.groups;
  if (!groups) return undefined;
  return {
    fence: groups.fence ?? "",
    lang: groups.lang ?? "",
    header: groups.header ?? "",
  };
}

/** Fences nested deeper than this are text; each level would copy all lines below it once more. */
const MAX_OPEN_BLOCKS = 50;

/** A block that is being read: where its result goes and what it becomes. */
interface OpenBlock {
  kind: "code" | "quote" | "spoiler" | "math";
  opening: FenceOpening;
  lines: string[];
}

/** Reads fences line by line; blocks that hold Markdown may hold further blocks. */
class FenceReader {
  readonly output: string[] = [];
  readonly #open: OpenBlock[] = [];
  readonly #stash: Stash;
  readonly #defaultLanguage: string;

  constructor(stash: Stash, defaultLanguage: string) {
    this.#stash = stash;
    this.#defaultLanguage = defaultLanguage;
  }

  read(line: string): void {
    const block = this.#open.at(-1);
    const trimmed = stripEnd(line);
    if (block && trimmed === block.opening.fence) this.#close(block);
    else if (block && (block.kind === "code" || block.kind === "math")) block.lines.push(trimmed);
    else this.#readMarkdown(line, block);
  }

  /** Whether a block is not closed yet. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Ends the blocks that were never closed. */
  finish(): string[] {
    for (let block = this.#open.at(-1); block; block = this.#open.at(-1)) this.#close(block);
    if (this.output.length > 2 && this.output.at(-2) !== "") this.output.push("");
    return this.output;
  }

  #readMarkdown(line: string, block: OpenBlock | undefined): void {
    const opening = this.#open.length < MAX_OPEN_BLOCKS ? matchFence(line) : undefined;
    if (!opening) {
      (block?.lines ?? this.output).push(line);
      return;
    }
    // Connect does not hand the default language on into a spoiler.
    if (opening.lang === "" && block?.kind !== "spoiler") opening.lang = this.#defaultLanguage;
    this.#open.push({ kind: kindOf(opening.lang), opening, lines: [] });
  }

  #close(block: OpenBlock): void {
    this.#open.pop();
    if (block.lines.length === 0) return;
    const target = this.#open.at(-1)?.lines ?? this.output;
    target.push("");
    for (const line of this.#format(block)) target.push(line);
    target.push("");
  }

  #format({ kind, opening, lines }: OpenBlock): string[] {
    switch (kind) {
      case "quote":
        return lines.map((line) => `> ${line}`);
      case "spoiler":
        return this.#formatSpoiler(opening.header, lines);
      case "math":
        return [this.#stash.store(renderMathBlock(lines.join("\n")))];
      case "code":
        return [this.#stash.store(highlightFence(lines.join("\n"), opening.lang.toLowerCase()))];
    }
  }

  #formatSpoiler(header: string, lines: readonly string[]): string[] {
    return [
      this.#stash.store("spoiler-open"),
      "",
      ...(header === "" ? [] : [header, ""]),
      this.#stash.store("spoiler-middle"),
      "",
      ...lines,
      "",
      this.#stash.store("spoiler-close"),
    ];
  }
}

function kindOf(lang: string): OpenBlock["kind"] {
  const kind = lang.toLowerCase();
  if (kind === "quote" || kind === "quoted") return "quote";
  return kind === "spoiler" || kind === "math" ? kind : "code";
}

/**
 * Replaces fenced blocks: code and mathematics by tokens, quotes by `>` lines, spoilers by their
 * content between tokens.
 * @param lines The prepared lines of a message.
 * @param stash Keeps what the tokens stand for.
 * @param defaultLanguage The language of a fence that names none.
 */
export function setFencesAside(
  lines: readonly string[],
  stash: Stash,
  defaultLanguage = "",
): string[] {
  const reader = new FenceReader(stash, defaultLanguage);
  for (const line of lines) reader.read(line);
  return reader.finish();
}

/** Whether the end of a fenced block is missing: then all that follows stands in it. */
export function endsInFence(source: string): boolean {
  const reader = new FenceReader(new Stash(), "");
  for (const line of source.split("\n")) reader.read(line);
  return reader.isOpen;
}
