/** The options of `test`. */
import { UserError } from "../../errors.ts";
import { defineOptions, type OptionsOf } from "../define.ts";
import { parseTimeout, usage } from "../option-values.ts";
import { parseFuzzCase, parseFuzzLimit, parseSeed } from "./fuzz-options.ts";

export interface Shard {
  /** From 1. */
  index: number;
  of: number;
}

const FUZZING = "fuzzing delivers changed fixtures, and runs no tests";
/** What means nothing beside fuzzing. */
const RUNS_TESTS = {
  watch: FUZZING,
  record: FUZZING,
  coverage: FUZZING,
  coverageMin: FUZZING,
  filter: FUZZING,
  bail: FUZZING,
  engine: FUZZING,
  enginePrefix: FUZZING,
};

export const testOptions = defineOptions({
  all: { description: "test every integration of the tree", conflicts: { names: "" } },
  filter: {
    value: "text",
    description: "run only tests whose name contains this text, or matches /regex/",
    parse: toFilter,
    conflicts: { "engine=checkout": "tools/test-backend has no such option" },
  },
  changed: {
    value: "base",
    valueOptional: true,
    description:
      "test what changed since the branch left this base (default: the tree's main branch)",
    conflicts: { names: "", all: "one selects some integrations, the other all of them" },
  },
  watch: {
    description: "keep running, and rerun the tests that each edit affects",
    conflicts: {
      record: "one keeps running, the other edits tests",
      shard: "a shard is for machines, watching is for people",
      changed: "watching runs what each edit affects",
      reporter: "watching prints for people",
      json: "watching prints for people",
      coverageMin: "a run that does not end has no exit code",
      "engine=checkout": "the checkout's own runner starts from scratch each time",
    },
  },
  record: {
    description: "write tests for fixtures without one, and update what tests expect",
    conflicts: {
      shard: "recording is done on one machine",
      bail: "recording looks at every failure",
      reporter: "recording prints for people, or with --json",
      coverage: "recording runs the tests several times",
      coverageMin: "recording runs the tests several times",
      "engine=checkout": "it does not report what was sent",
    },
  },
  dryRun: {
    description: "with --record: show what would be written, without writing it",
    requires: ["record"],
  },
  coverage: {
    description: "show which lines of the views no test runs",
    conflicts: {
      "engine=checkout": "tools/test-backend has its own coverage report",
      "reporter=junit": "JUnit's format has no place for it",
    },
  },
  coverageMin: {
    value: "percent",
    description: "fail if the coverage of an integration is below this",
    parse: parsePercent,
    conflicts: { "engine=checkout": "tools/test-backend has its own coverage report" },
  },
  fuzz: {
    description: "deliver fixtures with harmful changes, and report how views fail",
    conflicts: RUNS_TESTS,
  },
  fuzzLimit: {
    value: "n",
    description:
      "for --fuzz: the maximum number of deliveries to an integration, or 'all' (default: 1000)",
    parse: parseFuzzLimit,
    requires: ["fuzz"],
  },
  fuzzCase: {
    value: "case",
    description: "repeat one case that --fuzz reported",
    parse: parseFuzzCase,
    conflicts: {
      ...RUNS_TESTS,
      fuzz: "one tries a single case, the other all of them",
      shard: "a case applies to one integration",
      reporter: "a case prints for people, or with --json",
    },
  },
  seed: {
    value: "n",
    description: "for --fuzz: another order and other random strings",
    parse: parseSeed,
    requires: ["fuzz", "fuzzCase"],
  },
  shard: {
    value: "i/n",
    description: "run the i-th of n parts of about equal size",
    parse: parseShard,
  },
  bail: { description: "stop at the first failure" },
  reporter: {
    value: "name",
    description: "how to print the result",
    choices: ["default", "json", "junit", "github"],
    default: "default",
    asksForJson: true,
  },
  timeout: {
    value: "seconds",
    description: "stop a test that takes longer",
    default: "20",
    parse: parseTimeout,
    conflicts: { "engine=checkout": "tools/test-backend has no such limit" },
  },
  engine: {
    value: "name",
    description: "the test runner: the embedded Python, or the checkout's tools/test-backend",
    choices: ["embedded", "checkout"],
    default: "embedded",
  },
  enginePrefix: {
    value: "command",
    description:
      "for --engine checkout: a command that runs another one in the development environment",
    requires: ["engine=checkout"],
  },
});

/** `timeout` is in milliseconds, `changed` is an empty text for the tree's main branch. */
export type TestOptions = OptionsOf<typeof testOptions>;

/** Whether the coverage is to be measured: a limit for it is a wish to see it. */
export function wantsCoverage({
  coverage,
  coverageMin,
}: Pick<TestOptions, "coverage" | "coverageMin">): boolean {
  return coverage || coverageMin !== undefined;
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
    throw usage(`'${typed}' is not a regular expression.`, hint);
  }
  // A global or sticky expression remembers where it was, and would skip every other test.
  return { pattern, flags: flags.replace(/[gy]/g, "") };
}

function parseShard(typed: string): Shard {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(typed)?.map(Number) ?? [];
  if (index && of && index <= of) return { index, of };
  throw usage(
    `'${typed}' is not a shard.`,
    "Give the machine's number and how many there are, as in --shard 2/4.",
  );
}

function parsePercent(typed: string): number {
  const value = typed.trim() === "" ? Number.NaN : Number(typed);
  if (value >= 0 && value <= 100) return value;
  throw usage(`'${typed}' is not a percentage.`, "Give --coverage-min a number from 0 to 100.");
}

/** A filter that fits nothing is a slip. */
export function noFittingTest(): UserError {
  return new UserError("No test's name fits the filter.", {
    code: "no-tests",
    hint: "Leave the filter out and add --verbose to see the names of all tests.",
  });
}
