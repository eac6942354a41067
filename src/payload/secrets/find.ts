/** Everything in a payload that the world must not see, before a fixture is made of it. */
import { type KeyedMatch, matchKeyed, matchPhoneNumbers } from "./keyed.ts";
import { jsonPlaces, linesAt } from "./places.ts";
import { plainForm, plainJson } from "./plain.ts";
import { type Match, matchCredentials, matchMailAddresses } from "./shapes.ts";

/** Something that may not be published. */
export interface Sensitive {
  readonly kind: "credential" | "person";
  /** "a GitHub token". */
  readonly what: string;
  /** The value as the text has it. Never print it, never write it anywhere. */
  readonly value: string;
  /** What it says, without the text's escapes. As secret as the value. */
  readonly plain: string;
  /** Whether the value stands in a form, where signs are written by their codes. */
  readonly inForm: boolean;
  /** Where it stands, in UTF-16 units. */
  readonly from: number;
  /** The way through the JSON, else the line. */
  readonly where: string;
  /** Enough to find it by, and no more. */
  readonly masked: string;
}

/**
 * Finds credentials, mail addresses and phone numbers.
 * @param text A payload.
 * @param format What the payload is; it decides how keys are read and places named.
 * @returns In the order in which they stand, none overlapping another.
 */
export function findSensitive(text: string, format: "json" | "form" | "other"): Sensitive[] {
  const inForm = format === "form";
  const plain = inForm ? plainForm(text) : plainJson(text);
  // What an escape hides is found in the plain text; what tells in the text as it is written is found there.
  const hidden = plain === undefined ? [] : matchesIn(plain.text, false);
  const matches = [
    ...matchesIn(text, inForm),
    ...hidden.map((match) => ({
      ...match,
      from: plain?.original(match.from) ?? 0,
      to: plain?.original(match.to) ?? 0,
    })),
  ];
  const apart = withoutOverlaps(matches);
  const offsets = apart.map(({ from }) => from);
  const places = format === "json" ? jsonPlaces(text, offsets) : lines(text, offsets);
  return apart.map(({ kind, what, from, to }, index) => {
    const value = text.slice(from, to);
    const said = (inForm ? plainForm(value) : plainJson(value))?.text ?? value;
    const where = places[index] ?? "";
    return { kind, what, value, plain: said, inForm, from, where, masked: mask(said) };
  });
}

function matchesIn(text: string, isForm: boolean): (Match & { kind: Sensitive["kind"] })[] {
  return [
    ...matchCredentials(text).map((match) => ({ ...match, kind: "credential" as const })),
    ...matchMailAddresses(text).map((match) => ({ ...match, kind: "person" as const })),
    ...matchKeyed(text, isForm).map((match) => ({ ...match, kind: kindOf(match) })),
    ...matchPhoneNumbers(text).map((match) => ({ ...match, kind: "person" as const })),
  ];
}

const kindOf = ({ kind }: KeyedMatch): Sensitive["kind"] =>
  kind === "person" ? "person" : "credential";

/** The first of those that overlap stays: the more telling ones were found first. */
function withoutOverlaps<T extends Match>(matches: readonly T[]): T[] {
  const sorted = matches
    .map((match, index) => ({ match, index }))
    .sort((a, b) => a.match.from - b.match.from || a.index - b.index);
  const kept: T[] = [];
  for (const { match } of sorted) if (match.from >= (kept.at(-1)?.to ?? 0)) kept.push(match);
  return kept;
}

function lines(text: string, offsets: readonly number[]): string[] {
  return linesAt(text, offsets).map((line) => `line ${line}`);
}

function mask(value: string): string {
  const [name = "", domain] = value.split("@");
  if (domain !== undefined && !/\s/.test(value)) return `${name.slice(0, 1)}…@${domain}`;
  // Of a short one any part would be much of it.
  const shown = value.length >= 16 ? 4 : 1;
  return `${value.slice(0, shown)}… (${value.length} characters)`;
}
