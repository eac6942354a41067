/** What a `doc.md` says, line by line, as far as the documentation rules ask. */

/** A place in the page. */
export interface DocItem {
  /** The macro's name without `.md`, the image's or link's target, the heading's text, or the first line of the step. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** A numbered step; `number` as it is written. */
export interface DocStep extends DocItem {
  readonly number: number;
}

export interface DocImage extends DocItem {
  readonly alternative: string;
}

/** The address of links by reference; `text` is their name. */
export interface DocDefinition extends DocItem {
  readonly address: string;
}

/** A read documentation page. Code blocks count only where a rule asks for whole lines. */
export interface DocPage {
  readonly text: string;
  readonly lines: readonly string[];
  /** The lines without the code in them. */
  readonly prose: readonly string[];
  /** Line numbers (from 1) inside fenced or indented code. */
  readonly code: ReadonlySet<number>;
  readonly macros: readonly DocItem[];
  readonly images: readonly DocImage[];
  readonly links: readonly DocItem[];
  readonly definitions: readonly DocDefinition[];
  readonly headings: readonly DocItem[];
  readonly steps: readonly DocStep[];
}

/** Ten times as long as any page is, in UTF-16 units. */
export const MAX_DOC_LENGTH = 200_000;

/** Reads a page. */
export function readDoc(text: string): DocPage {
  const lines = text.split(/\r?\n/);
  const code = codeLines(lines);
  const prose = lines.map((line, index) => (code.has(index + 1) ? "" : withoutCode(line)));
  const definitions = definitionsIn(prose);
  return {
    text,
    lines,
    prose,
    code,
    // Macros are expanded before anything else is read, so those in code count too.
    macros: collect(lines, /\{!([^!{}]+)!\}/g, ([, name = ""]) => name.trim().replace(/\.md$/, "")),
    images: images(prose),
    links: [
      ...collect(
        prose,
        /(?<!!)\[[^\][]*\]\((?:([^()\s]+)(?:\s[^()]*)?)?\)/g,
        ([, target = ""]) => target,
      ),
      ...definitions.flatMap(({ address, line }) =>
        address === "" ? [] : { text: address, line },
      ),
      ...collect(prose, /<(https?:[^<>\s]+)>/g, ([, target = ""]) => target),
    ],
    definitions,
    headings: collect(prose, /^#{1,6}\s(.*)$/g, ([, title = ""]) => title.trim()),
    steps: steps(prose),
  };
}

/** The paragraph that introduces the integration: the first one in front of the steps that is neither heading nor directive. */
export function introduction(page: DocPage): DocItem | undefined {
  const start = page.lines.findIndex(
    (line, index) => !page.code.has(index + 1) && /^(?![#{\s]|!!!)/.test(line) && line !== "",
  );
  const firstStep = page.steps[0]?.line ?? Number.POSITIVE_INFINITY;
  if (start < 0 || start + 1 >= firstStep) return undefined;
  const length = page.lines.slice(start).findIndex((line) => line.trim() === "");
  const end = length < 0 ? page.lines.length : start + length;
  return { text: page.lines.slice(start, end).join(" "), line: start + 1 };
}

function codeLines(lines: readonly string[]): Set<number> {
  const code = new Set<number>();
  let fence: string | undefined;
  let indented = false;
  for (const [index, line] of lines.entries()) {
    // Eight blanks are code even inside a list's step. A fence that follows in there is a line of that code.
    const deep = /^(\t| {8})/.test(line);
    indented = fence === undefined && deep && (indented || !/^\s*(```|~~~)/.test(line));
    if (indented) {
      code.add(index + 1);
      continue;
    }
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence !== undefined) {
      code.add(index + 1);
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
    } else if (mark !== undefined) {
      code.add(index + 1);
      fence = mark;
    }
  }
  return code;
}

/** Code goes from some backticks to the next as many; blanks take its place. */
function withoutCode(line: string): string {
  const runs = [...line.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ index, length }));
  // For each run the next one of the same length.
  const closing = new Map<number, number>();
  const next = new Map<number, number>();
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const { length } = runs[at] as { length: number };
    const end = next.get(length);
    if (end !== undefined) closing.set(at, end);
    next.set(length, at);
  }
  let prose = "";
  let done = 0;
  for (let at = 0; at < runs.length; at += 1) {
    const [open, end] = [runs[at], runs[closing.get(at) ?? -1]];
    if (!open || !end) continue;
    prose += line.slice(done, open.index);
    done = end.index + end.length;
    prose += " ".repeat(done - open.index);
    at = closing.get(at) as number;
  }
  return prose + line.slice(done);
}

/**
 * A line without what stands between some marks, the marks included. Takes time in proportion to the line.
 * @param marks Pairs of what opens and what closes. What never closes stays.
 */
export function withoutSpans(line: string, marks: readonly (readonly [string, string])[]): string {
  const open = marks.map(([mark, end]) => ({ mark, end, at: line.indexOf(mark) }));
  let prose = "";
  let done = 0;
  for (;;) {
    for (const one of open) if (one.at >= 0 && one.at < done) one.at = line.indexOf(one.mark, done);
    const [first] = open.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at);
    if (!first) return prose + line.slice(done);
    const end = line.indexOf(first.end, first.at + first.mark.length);
    if (end < 0) {
      // Nothing of this kind closes any more.
      first.at = -1;
      continue;
    }
    prose += line.slice(done, first.at);
    done = end + first.end.length;
  }
}

function collect(
  lines: readonly string[],
  pattern: RegExp,
  read: (match: RegExpMatchArray) => string,
): DocItem[] {
  return lines.flatMap((line, index) =>
    [...line.matchAll(pattern)].map((match) => ({ text: read(match), line: index + 1 })),
  );
}

/**
 * Definitions stand at the margin, or below a blank line or each other in a list's item or an admonition. Elsewhere four
 * blanks are code. Footnotes look alike.
 */
function definitionsIn(prose: readonly string[]): DocDefinition[] {
  const found: DocDefinition[] = [];
  let nested = false;
  for (const [index, line] of prose.entries()) {
    const isBelowBlank = (prose[index - 1] ?? "").trim() === "";
    if (/^(?: {0,3}(?:\d+\.|[*+-])|!!!)\s/.test(line)) nested = true;
    else if (isBelowBlank && /^\S/.test(line)) nested = false;
    const [, indent = "", text, address = ""] = /^( *)\[([^\]^][^\]]*)\]:\s*(\S*)/.exec(line) ?? [];
    if (text === undefined) continue;
    const isInside = nested && (isBelowBlank || found.at(-1)?.line === index);
    if (indent.length < 4 || isInside) found.push({ text, address, line: index + 1 });
  }
  return found;
}

function images(lines: readonly string[]): DocImage[] {
  return lines.flatMap((line, index) =>
    [...line.matchAll(/!\[([^\][]*)\]\(([^()\s]+)(?:\s[^()]*)?\)/g)].map(
      ([, alternative = "", text = ""]) => ({ alternative, text, line: index + 1 }),
    ),
  );
}

function steps(lines: readonly string[]): DocStep[] {
  return lines.flatMap((line, index) => {
    const [, number, text = ""] = /^ {0,3}(\d+)\.\s+(?!\s)(.*)$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), text, line: index + 1 }];
  });
}
