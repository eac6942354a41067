/** What an error goes back to: one mistake in a view or in the library fails many tests and requests alike. */
import { placeOf } from "./error-place.ts";
import { missingFixture } from "./missing-fixture.ts";
import type { TestError } from "./types.ts";

/** Characters of a message by which causes are told apart. */
const LONGEST = 1_000;
/** A name or an attribute that is misspelt or gone: wherever a file uses it, that is one mistake. Null may come from anywhere. */
const LACKING = /^(NameError|AttributeError(?!: 'NoneType')): /;
/** Where in the library it was raised, as the engine writes it into a traceback. */
const RAISED = /^ {4}raised in (\S+, line \d+)$/m;

/** What fails of one cause, in the order in which it was found. */
export interface SameCause<T> {
  readonly first: T;
  readonly others: readonly T[];
}

/**
 * Puts together what fails of one cause: one mistake is told once.
 * @param items What fails, such as tests, or fixtures that were delivered.
 * @param errorOf Undefined for one that gives no reason, which is a cause of its own.
 */
export function byCause<T>(
  items: readonly T[],
  errorOf: (item: T) => TestError | undefined,
): SameCause<T>[] {
  const causes = new Map<unknown, { first: T; others: T[] }>();
  for (const item of items) {
    const error = errorOf(item);
    const key = error ? causeOf(error) : item;
    const known = causes.get(key);
    if (known) known.others.push(item);
    else causes.set(key, { first: item, others: [] });
  }
  return [...causes.values()];
}

/** The same for errors that go back to one mistake, whatever raised them. */
export function causeOf(error: TestError): string {
  const { type, message, expected, actual, traceback } = error;
  if (expected !== undefined && actual !== undefined) {
    return JSON.stringify(["differs", ...difference(expected, actual)]);
  }
  if (error.ofFixture) return JSON.stringify(["fixture", error.path]);
  // What a module lacks is lacking wherever it is imported.
  if (/^(Import|ModuleNotFound)Error$/.test(type)) return JSON.stringify([type, message]);
  const missing = missingFixture(message);
  if (missing !== undefined) return JSON.stringify(["missing", missing]);
  const place = placeOf(error);
  if (LACKING.test(`${type}: ${message}`)) {
    return JSON.stringify([type, message.slice(0, LONGEST), place?.path]);
  }
  const raised = RAISED.exec(traceback)?.[1] ?? `${place?.path}, line ${place?.line}`;
  return JSON.stringify([type, explained(error).slice(0, LONGEST), raised]);
}

/** What a tree explains at length is one mistake, whichever names it quotes; what was compared differs by them. */
function explained({ type, message }: TestError): string {
  const isExplanation = message.includes("\n") && type !== "AssertionError";
  return isExplanation ? message.replace(/(["'])[^"'\n]{0,200}\1/g, "$1$1") : message;
}

/** What stands in each of two texts between what they begin and end with alike, to the ends of its words. */
export function difference(expected: string, actual: string): [string, string] {
  const length = Math.min(expected.length, actual.length);
  let start = 0;
  while (start < length && expected[start] === actual[start]) start += 1;
  let end = 0;
  while (end < length - start && expected.at(-1 - end) === actual.at(-1 - end)) end += 1;
  const isInWord = (at: number): boolean => /\w/.test(expected[at] ?? "");
  while (start > 0 && isInWord(start - 1)) start -= 1;
  while (end > 0 && isInWord(expected.length - end)) end -= 1;
  const middle = (text: string): string => text.slice(start, text.length - end).slice(0, LONGEST);
  return [middle(expected), middle(actual)];
}
