/** The options of `test`, checked. */
import { UserError } from "../../errors.ts";

/** What the command line gave. */
export interface TestFlags {
  all: boolean;
  filter: string | undefined;
  changed: string | undefined;
  shard: string | undefined;
  bail: boolean;
  watch: boolean;
  record: boolean;
  coverage: boolean;
  coverageMin: string | undefined;
  timeout: string;
  reporter: string;
  engine: string;
  enginePrefix: string | undefined;
}

export interface Shard {
  /** From 1. */
  index: number;
  of: number;
}

export interface TestOptions {
  all: boolean;
  filter: { pattern: string; flags: string } | undefined;
  /** An empty text: the tree's main branch. */
  changed: string | undefined;
  shard: Shard | undefined;
  bail: boolean;
  coverage: boolean;
  /** Percent. */
  coverageMin: number | undefined;
  timeoutMs: number;
  reporter: string;
}

/** Options that cannot be had together, and why. */
const EXCLUDING: readonly [string, string, string][] = [
  ["--changed", "--all", "one means some integrations, the other all of them"],
  ["--watch", "--record", "one runs again and again, the other edits tests"],
  ["--watch", "--shard", "a shard is for machines, watching is for people"],
  ["--watch", "--changed", "watching runs what each edit reaches"],
  ["--watch", "--reporter", "what is watched is printed for people"],
  ["--watch", "--json", "what is watched is printed for people"],
  ["--watch", "--coverage-min", "a run that goes on has no exit code"],
  ["--record", "--shard", "recording is done on one machine"],
  ["--record", "--bail", "recording looks at every failure"],
  ["--record", "--reporter", "what is recorded is printed for people, or with --json"],
  ["--record", "--coverage", "recording runs the tests several times"],
  ["--engine checkout", "--watch", "the checkout's own runner starts anew each time"],
  ["--engine checkout", "--record", "it does not say what was sent"],
  ["--engine checkout", "--filter", "tools/test-backend has no such choice"],
  ["--engine checkout", "--coverage", "tools/test-backend has a coverage report of its own"],
];

/**
 * Checks the options.
 * @throws UserError `usage` for a value that is none, and for options that exclude each other.
 */
export function checkOptions(
  flags: TestFlags,
  names: readonly string[],
  json: boolean,
): TestOptions {
  refuseExcluding(flags, json);
  if (flags.changed !== undefined && names.length > 0) {
    throw usage("Names and --changed exclude each other.", "Leave one of them out.");
  }
  if (flags.enginePrefix !== undefined && flags.engine !== "checkout") {
    throw usage("--engine-prefix is for --engine checkout.", "Add --engine checkout.");
  }
  return {
    all: flags.all,
    filter: flags.filter === undefined ? undefined : toFilter(flags.filter),
    changed: flags.changed,
    shard: flags.shard === undefined ? undefined : toShard(flags.shard),
    bail: flags.bail,
    coverage: flags.coverage || flags.coverageMin !== undefined,
    coverageMin: flags.coverageMin === undefined ? undefined : toPercent(flags.coverageMin),
    timeoutMs: toMilliseconds(flags.timeout),
    reporter: json ? "json" : flags.reporter,
  };
}

function refuseExcluding(flags: TestFlags, json: boolean): void {
  const given = new Set<string>();
  for (const [key, isGiven] of Object.entries({
    all: flags.all,
    changed: flags.changed !== undefined,
    watch: flags.watch,
    record: flags.record,
    shard: flags.shard !== undefined,
    bail: flags.bail,
    filter: flags.filter !== undefined,
    coverage: flags.coverage || flags.coverageMin !== undefined,
    "coverage-min": flags.coverageMin !== undefined,
    reporter: flags.reporter !== "default",
    json,
    "engine checkout": flags.engine === "checkout",
  })) {
    if (isGiven) given.add(`--${key}`);
  }
  const clash = EXCLUDING.find(([one, other]) => given.has(one) && given.has(other));
  if (!clash) return;
  const [one, other, why] = clash;
  throw usage(`${one} and ${other} exclude each other: ${why}.`, "Leave one of them out.");
}

/**
 * A filter as it was typed: a text that a test's id holds, or a regular expression between slashes.
 * @throws UserError `usage` when it is empty or no regular expression.
 */
export function toFilter(typed: string): { pattern: string; flags: string } {
  const hint =
    "Give a part of a test's name, or a regular expression as in '/^.*push_(tag|branch)/'.";
  if (typed.trim() === "") throw usage("The filter is empty.", hint);
  const [, pattern, flags = ""] = /^\/(.+)\/([a-z]*)$/.exec(typed) ?? [];
  if (pattern === undefined) {
    return { pattern: typed.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"), flags: "i" };
  }
  try {
    new RegExp(pattern, flags);
  } catch {
    throw usage(`'${typed}' is no regular expression.`, hint);
  }
  // A global or sticky expression remembers where it was, and would skip every other test.
  return { pattern, flags: flags.replace(/[gy]/g, "") };
}

function toShard(typed: string): Shard {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(typed)?.map(Number) ?? [];
  if (index && of && index <= of) return { index, of };
  throw usage(
    `'${typed}' is no shard.`,
    "Give the machine's number and how many there are, as in --shard 2/4.",
  );
}

function toPercent(typed: string): number {
  const value = typed.trim() === "" ? Number.NaN : Number(typed);
  if (value >= 0 && value <= 100) return value;
  throw usage(`'${typed}' is no percentage.`, "Give --coverage-min a number from 0 to 100.");
}

function toMilliseconds(seconds: string): number {
  const value = Number(seconds);
  if (value > 0 && value <= 3600) return value * 1000;
  throw usage(
    `'${seconds}' is not a time limit.`,
    "Give --timeout a number of seconds above 0 and up to 3600, such as 20.",
  );
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, { code: "usage", hint });
}
