/** The values of the options of `test --fuzz`. */
import type { FuzzCase } from "../../fuzz/index.ts";
import { usage } from "../option-values.ts";

/** A case as a finding names it: a fixture, the place in it, and what is done there. */
export function parseFuzzCase(typed: string): FuzzCase {
  const [, fixture, pointer, mutation] = /^([^#]+)#((?:\/.*)?)=([a-z0-9]+)$/.exec(typed) ?? [];
  if (fixture !== undefined && pointer !== undefined && mutation !== undefined) {
    return { fixture, pointer, mutation };
  }
  throw usage(
    `'${typed}' is no case.`,
    "Copy one from a finding, such as --fuzz-case 'push.json#/head_commit/url=drop'.",
  );
}

/** @returns Infinity for all there are. */
export function parseFuzzLimit(typed: string): number {
  if (typed === "all") return Number.POSITIVE_INFINITY;
  const hint = "Give a number of deliveries, or 'all'.";
  const limit = wholeNumber(typed, "--fuzz-limit", hint);
  if (limit > 0) return limit;
  throw usage("--fuzz-limit 0 would try nothing.", hint);
}

/** @throws UserError `usage`. */
export function parseSeed(typed: string): number {
  return wholeNumber(typed, "--seed", "Give a whole number, such as --seed 7.");
}

function wholeNumber(typed: string, flag: string, hint: string): number {
  if (/^\d{1,9}$/.test(typed)) return Number(typed);
  throw usage(`'${typed}' is no value for ${flag}.`, hint);
}
