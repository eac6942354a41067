/** What an error goes back to: one mistake in a view or in the library fails many tests and requests alike. */
import { placeOf } from "./error-place.ts";
import type { TestError } from "./types.ts";

/** Characters of a message by which causes are told apart. */
const LONGEST = 1_000;
/** A name or an attribute that is misspelt or gone: wherever a file uses it, that is one mistake. Null may come from anywhere. */
const LACKING = /^(NameError|AttributeError(?!: 'NoneType')): /;
/** Where in the library it was raised, as the engine writes it into a traceback. */
const RAISED = /^ {4}raised in (\S+, line \d+)$/m;

/** The same for errors that go back to one mistake, whatever raised them. */
export function causeOf(error: TestError): string {
  const { type, message, expected, actual, traceback } = error;
  if (expected !== undefined && actual !== undefined) {
    return JSON.stringify(["differs", ...difference(expected, actual)]);
  }
  if (error.ofFixture) return JSON.stringify(["fixture", error.path]);
  // What a module lacks is lacking wherever it is imported.
  if (/^(Import|ModuleNotFound)Error$/.test(type)) return JSON.stringify([type, message]);
  const place = placeOf(error);
  if (LACKING.test(`${type}: ${message}`)) {
    return JSON.stringify([type, message.slice(0, LONGEST), place?.path]);
  }
  const raised = RAISED.exec(traceback)?.[1] ?? `${place?.path}, line ${place?.line}`;
  return JSON.stringify([type, message.slice(0, LONGEST), raised]);
}

/** What stands in each of two texts between what they begin and end with alike, to the ends of its words. */
function difference(expected: string, actual: string): [string, string] {
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
