/** What a `doc.md` says, line by line, as far as the documentation rules ask. */

/** A place in the page. */
export interface DocItem {
  /** The macro's name without `.md`, the image's or link's target, the heading's text, or the step's text. */
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

/** A read documentation page. Code blocks count only where a rule asks for whole lines. */
export interface DocPage {
  readonly text: string;
  readonly lines: readonly string[];
  /** Line numbers (from 1) inside fenced or indented code. */
  readonly code: ReadonlySet<number>;
  readonly macros: readonly DocItem[];
  readonly images: readonly DocImage[];
  readonly links: readonly DocItem[];
  readonly headings: readonly DocItem[];
  readonly steps: readonly DocStep[];
}

/** Reads a page. */
export function readDoc(text: string): DocPage {
  const lines = text.split(/\r?\n/);
  const code = codeLines(lines);
  const prose = lines.map((line, index) => (code.has(index + 1) ? "" : withoutCode(line)));
  return {
    text,
    lines,
    code,
    // Macros are expanded before anything else is read, so those in code count too.
    macros: collect(lines, /\{!([^!{}]+)!\}/g, ([, name = ""]) => name.trim().replace(/\.md$/, "")),
    images: images(prose),
    links: [
      ...collect(
        prose,
        /(?<!!)\[[^\][]*\]\(([^()\s]+)(?:\s[^()]*)?\)/g,
        ([, target = ""]) => target,
      ),
      ...collect(prose, /^ {0,3}\[[^\]]+\]:\s*(\S+)/g, ([, target = ""]) => target),
      ...collect(prose, /<(https?:[^<>\s]+)>/g, ([, target = ""]) => target),
    ],
    headings: collect(prose, /^#{1,6}\s+(.*)$/g, ([, title = ""]) => title.trim()),
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

function withoutCode(line: string): string {
  return line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, (span) => " ".repeat(span.length));
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

function images(lines: readonly string[]): DocImage[] {
  return lines.flatMap((line, index) =>
    [...line.matchAll(/!\[([^\][]*)\]\(([^()\s]+)(?:\s[^()]*)?\)/g)].map(
      ([, alternative = "", text = ""]) => ({ alternative, text, line: index + 1 }),
    ),
  );
}

function steps(lines: readonly string[]): DocStep[] {
  return lines.flatMap((line, index) => {
    const [, number, text = ""] = /^ {0,3}(\d+)\.\s+(.*)$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), text, line: index + 1 }];
  });
}
