/** What no fixture may hold, as a reader of its text wants it told: by its line, without being repeated. */
import { digest } from "../../host/checksum.ts";
import { boundaryOf } from "../parts.ts";
import { isFiction } from "./fiction.ts";
import { isPlaceholder, type KeyedMatch, matchKeyed } from "./keyed.ts";
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
  /** True for what gives access only while the request is new. */
  readonly isPassing: boolean;
  /** Whether it is a credential that its vendor marks as one. */
  readonly isVendors: boolean;
  /** Whether a text has it, too. */
  isIn(text: string): boolean;
  /** The same for the same value, which it does not show. */
  readonly digest: string;
}

const SHOWN = 6;

/** Without one of these before a value no key tells anything, and the text need not be read. */
const telling =
  /(?:session_?id|session_?key|secret|passw(?:or)?d|pwd|passphrase|token|authorization|cookie|(?:api|access|auth|secret|signing|private|encryption|license)[_-]?key)\\?["']?\s*[:=]/i;

/**
 * Credentials in a payload, those included that only their key tells, as `capture` finds them.
 * @param isForm The payload is a form, else JSON or anything that has JSON in it.
 */
export function findPayloadCredentials(text: string, isForm: boolean): Leak[] {
  const shaped = matchCredentials(text);
  const tells = telling.test(text) || boundaryOf(text) !== undefined;
  const keyed = (tells ? matchKeyed(text, isForm) : []).filter(
    ({ kind, from, to }) =>
      kind !== "person" && !shaped.some((one) => one.from < to && from < one.to),
  );
  return leaksIn(
    text,
    [...shaped, ...keyed].sort((a, b) => a.from - b.from),
  );
}

/** Variables and parameters of a program that are called what a secret is, and set to a text. */
const assigned =
  /((?:secret|passw(?:or)?d|token|api_?key|signing_?key|private_?key))["']?\s*(?::\s*str\s*=|[:=])\s*(["'])([\x21-\x7e]{8,200}?)\2/gi;

/** Headers that sign in, with what they sign in by. */
const header = /authorization["']?\s*[:=]\s*f?(["'])(?:Basic|Bearer) ([A-Za-z0-9+/=_.~-]{12,})\1/gi;

/** Credentials in a program or a page, those included that a variable's name tells. */
export function findSourceCredentials(text: string): Leak[] {
  const matches: Match[] = [...matchCredentials(text)];
  const add = (what: string, value: string, at: number): void => {
    const [from, to] = [at, at + value.length];
    if (!looksMade(value) || matches.some((one) => one.from < to && from < one.to)) return;
    matches.push({ what, from, to });
  };
  for (const match of text.matchAll(assigned)) {
    const [whole, , , value = ""] = match;
    add("a secret", value, match.index + whole.lastIndexOf(value));
  }
  for (const match of text.matchAll(header)) {
    const [whole, , value = ""] = match;
    add("a header that signs in", value, match.index + whole.lastIndexOf(value));
  }
  return leaksIn(
    text,
    matches.sort((a, b) => a.from - b.from),
  );
}

/** Whether a value was made by a machine, or chosen so that nobody guesses it: letters and digits, and no word for it. */
function looksMade(value: string): boolean {
  return (
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !isPlaceholder(value) &&
    !/[{}<>\s]|secret|password|token|test|sample|dummy|fake/i.test(value)
  );
}

/**
 * Mail addresses that could be a real person's, each once. Those of people in well-known stories are left out.
 * @param except Addresses that the tree's own tests give to nobody, and the product's name as its domain has it, in
 * small letters.
 */
export function findMailAddresses(
  text: string,
  except: { cast: ReadonlySet<string>; own: string } = { cast: new Set(), own: "" },
): Leak[] {
  const found = new Map<string, Match>();
  for (const match of matchMailAddresses(text)) {
    const address = text.slice(match.from, match.to);
    const small = address.toLowerCase();
    if (except.cast.has(small) || isFiction(address)) continue;
    if (except.own !== "" && small.split("@")[1]?.startsWith(`${except.own}.`)) continue;
    if (!found.has(address)) found.set(address, match);
  }
  return leaksIn(text, [...found.values()]);
}

function leaksIn(text: string, matches: readonly (Match | KeyedMatch)[]): Leak[] {
  const lines = linesAt(
    text,
    matches.map(({ from }) => from),
  );
  return matches.map((match, index) =>
    toLeak(text.slice(match.from, match.to), match, lines[index] ?? 1),
  );
}

function toLeak(value: string, match: Match | KeyedMatch, line: number): Leak {
  return {
    what: match.what,
    isPassing: "kind" in match && match.kind === "passing",
    isVendors: match.isVendors === true,
    isIn: (other) => other.includes(value),
    digest: digest([value]),
    start: `${(match.start ?? value).slice(0, SHOWN)}…`,
    line,
  };
}
