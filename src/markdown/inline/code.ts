/** Code between backticks. */
import { finalElement } from "../tree.ts";
import { ESCAPED_BACKSLASH, type InlineMatch, type InlinePattern } from "./engine.ts";

interface Run {
  start: number;
  length: number;
}

/** The runs of backticks in a text, and where to look for the next run of a length. */
class BacktickRuns {
  readonly text: string;
  readonly runs: Run[];
  readonly #byLength = new Map<number, number[]>();

  constructor(text: string) {
    this.text = text;
    this.runs = [...text.matchAll(/`+/g)].map(({ index, 0: run }) => ({
      start: index,
      length: run.length,
    }));
    for (const { start, length } of this.runs) {
      const starts = this.#byLength.get(length);
      if (starts) starts.push(start);
      else this.#byLength.set(length, [start]);
    }
  }

  /** Where the next run of exactly this length starts after a position. */
  after(length: number, position: number): number | undefined {
    const starts = this.#byLength.get(length);
    if (!starts) return undefined;
    while ((starts[0] ?? Number.POSITIVE_INFINITY) <= position) starts.shift();
    return starts[0];
  }
}

/** How many backslashes stand directly before a position. */
function backslashesBefore(text: string, position: number, limit: number): number {
  let count = 0;
  while (position - count > limit && text[position - count - 1] === "\\") count += 1;
  return count;
}

/** The code span that a run opens. Its last backticks count if all of them have no partner. */
function spanFrom(runs: BacktickRuns, run: Run, isEscaped: boolean): InlineMatch | undefined {
  const contentEnd = run.start + run.length;
  // A backslash protects the first backtick only.
  const longest = isEscaped ? run.length - 1 : run.length;
  for (let length = longest; length > 0; length -= 1) {
    const close = runs.after(length, contentEnd - 1);
    if (close === undefined) continue;
    const start = isEscaped ? run.start + 1 : run.start;
    const node = finalElement("code", {}, runs.text.slice(start + length, close));
    node.escape = "literal";
    return { start, end: close + length, node };
  }
  return undefined;
}

/** Code spans, and pairs of backslashes before them. */
export const codeSpan: InlinePattern = {
  apply(text, context) {
    if (!text.includes("`")) return text;
    const runs = new BacktickRuns(text);
    const parts: string[] = [];
    let position = 0;
    for (const run of runs.runs) {
      // The run may already be part of a span, or close one.
      if (run.start < position) continue;
      const slashes = backslashesBefore(text, run.start, position);
      if (slashes > 0 && slashes % 2 === 0) {
        const kept = context.keep(ESCAPED_BACKSLASH.repeat(slashes / 2));
        parts.push(text.slice(position, run.start - slashes), kept);
        position = run.start;
      }
      const span = spanFrom(runs, run, slashes % 2 === 1);
      if (!span) continue;
      parts.push(text.slice(position, span.start), context.keep(span.node));
      position = span.end;
    }
    parts.push(text.slice(position));
    return parts.join("");
  },
};
