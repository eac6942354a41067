/** The options of `test --fuzz`, checked. */
import { UserError } from "../../errors.ts";
import type { FuzzCase } from "../../fuzz/index.ts";
import type { TestFlags } from "./options.ts";

/** What the command line gave for fuzzing. */
export interface FuzzFlags extends TestFlags {
  fuzz: boolean;
  seed: string | undefined;
  fuzzLimit: string | undefined;
  fuzzCase: string | undefined;
}

export interface FuzzChoice {
  seed: number;
  /** Deliveries to an integration at most; Infinity for all there are. */
  limit: number;
  /** One case to be tried again. */
  only: FuzzCase | undefined;
}

const SEED = 1;
const LIMIT = 1000;

/** Whether fuzzing is asked for. */
export function wantsFuzz({ fuzz, fuzzCase, fuzzLimit, seed }: FuzzFlags): boolean {
  return fuzz || [fuzzCase, fuzzLimit, seed].some((value) => value !== undefined);
}

/**
 * Checks the options.
 * @param flags As given; `wantsFuzz` holds.
 * @throws UserError `usage`.
 */
export function checkFuzzOptions(flags: FuzzFlags, names: readonly string[]): FuzzChoice {
  if (!flags.fuzz && flags.fuzzCase === undefined) {
    const given = flags.seed === undefined ? "--fuzz-limit" : "--seed";
    throw usage(`${given} is for --fuzz.`, "Add --fuzz.");
  }
  refuseOthers(flags);
  const only = flags.fuzzCase === undefined ? undefined : toCase(flags.fuzzCase);
  if (only && names.length !== 1) {
    throw usage("--fuzz-case is about one integration.", "Name the integration before it.");
  }
  return {
    seed: toNumber(flags.seed, SEED, "--seed"),
    limit: flags.fuzzLimit === "all" ? Number.POSITIVE_INFINITY : toLimit(flags.fuzzLimit),
    only,
  };
}

/** What belongs to running tests, and means nothing here. */
function refuseOthers(flags: FuzzFlags): void {
  const others: Record<string, boolean> = {
    "--watch": flags.watch,
    "--record": flags.record,
    "--coverage": flags.coverage,
    "--coverage-min": flags.coverageMin !== undefined,
    "--filter": flags.filter !== undefined,
    "--bail": flags.bail,
    "--engine checkout": flags.engine !== "embedded",
  };
  const [clash] = Object.entries(others).find(([, given]) => given) ?? [];
  if (clash === undefined) return;
  throw usage(
    `--fuzz and ${clash} exclude each other: fuzzing delivers changed fixtures, and runs no tests.`,
    "Leave one of them out.",
  );
}

function toCase(typed: string): FuzzCase {
  const [, fixture, pointer, mutation] = /^([^#]+)#((?:\/.*)?)=([a-z0-9]+)$/.exec(typed) ?? [];
  if (fixture !== undefined && pointer !== undefined && mutation !== undefined) {
    return { fixture, pointer, mutation };
  }
  throw usage(
    `'${typed}' is no case.`,
    "Copy one from a finding, such as --fuzz-case 'push.json#/head_commit/url=drop'.",
  );
}

function toLimit(typed: string | undefined): number {
  const limit = toNumber(typed, LIMIT, "--fuzz-limit");
  if (limit > 0) return limit;
  throw usage("--fuzz-limit 0 would try nothing.", "Give a number of deliveries, or 'all'.");
}

function toNumber(typed: string | undefined, otherwise: number, flag: string): number {
  if (typed === undefined) return otherwise;
  if (/^\d{1,9}$/.test(typed)) return Number(typed);
  throw usage(
    `'${typed}' is no value for ${flag}.`,
    flag === "--seed"
      ? "Give a whole number, such as --seed 7."
      : "Give a number of deliveries, or 'all'.",
  );
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, { code: "usage", hint });
}
