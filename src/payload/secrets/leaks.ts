/** What no fixture may hold, as a reader of its text wants it told: by its line, without being repeated. */
import { linesAt } from "./places.ts";
import { type Match, matchCredentials, matchMailAddresses } from "./shapes.ts";

/** Something found in a text. */
export interface Leak {
  /** What it looks like: "a GitHub token". */
  readonly what: string;
  /** Its first characters, so that it can be found without being repeated. */
  readonly start: string;
  /** From 1. */
  readonly line: number;
}

const SHOWN = 6;

/** Credentials in a text. */
export function findCredentials(text: string): Leak[] {
  return leaksIn(text, matchCredentials(text));
}

/** Mail addresses that could be a real person's, each once. */
export function findMailAddresses(text: string): Leak[] {
  const found = new Map<string, Match>();
  for (const match of matchMailAddresses(text)) {
    const address = text.slice(match.from, match.to);
    if (!found.has(address)) found.set(address, match);
  }
  return leaksIn(text, [...found.values()]);
}

function leaksIn(text: string, matches: readonly Match[]): Leak[] {
  const lines = linesAt(
    text,
    matches.map(({ from }) => from),
  );
  return matches.map(({ what, from, to, start = text.slice(from, to) }, index) => ({
    what,
    start: `${start.slice(0, SHOWN)}…`,
    line: lines[index] ?? 1,
  }));
}
