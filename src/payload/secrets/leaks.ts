/** What no fixture may hold, as a reader of its text wants it told: by its line, without being repeated. */
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
  return matchCredentials(text).map((match) => leak(text, match));
}

/** Mail addresses that could be a real person's, each once. */
export function findMailAddresses(text: string): Leak[] {
  const found = new Map<string, Leak>();
  for (const match of matchMailAddresses(text)) {
    const address = text.slice(match.from, match.to);
    if (!found.has(address)) found.set(address, leak(text, match));
  }
  return [...found.values()];
}

function leak(text: string, { what, from, to, start = text.slice(from, to) }: Match): Leak {
  const line = text.slice(0, from).split("\n").length;
  return { what, start: `${start.slice(0, SHOWN)}…`, line };
}
