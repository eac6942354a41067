/** A baseline: the findings a tree had when it began to lint. They may go, and none may be added. */
import { belongsTo } from "../checkout/files.ts";
import type { Checkout } from "../checkout/model.ts";
import { messageOf, UserError } from "../errors.ts";
import { readTextIfExists } from "../host/files.ts";
import type { Problem } from "./report.ts";

/** How often each finding is known, by `rule path message`: lines move too easily to be part of it. */
export type Baseline = ReadonlyMap<string, number>;

/**
 * Reads a baseline file.
 * @throws UserError `no-such-file` or `invalid-baseline`.
 */
export async function readBaseline(path: string): Promise<Baseline> {
  const text = await readTextIfExists(path);
  if (text === undefined) {
    throw new UserError(`There is no baseline at ${path}.`, {
      code: "no-such-file",
      hint: "Write one with --update-baseline.",
    });
  }
  try {
    const { version, findings } = JSON.parse(text) as {
      version?: unknown;
      findings?: { rule: string; path: string; message: string; count: number }[];
    };
    if (version !== 1 || !Array.isArray(findings)) throw new TypeError("it is of another form");
    return new Map(findings.map((entry) => [keyOf(entry), countOf(entry)]));
  } catch (error) {
    throw new UserError(`The baseline ${path} cannot be read: ${messageOf(error)}.`, {
      code: "invalid-baseline",
      hint: "Write it again with --update-baseline.",
      cause: error,
    });
  }
}

/** A count that is none would know every finding, or none. */
function countOf({ count }: { count: unknown }): number {
  if (typeof count === "number" && Number.isInteger(count) && count > 0) return count;
  throw new TypeError("a finding has no count");
}

/** Which part of a tree was looked at. */
interface Part {
  /** Integrations, and folders that are none. */
  readonly checked: readonly string[];
  /** Ids; undefined for all. */
  readonly rules: readonly string[] | undefined;
}

/** Those findings of a baseline that a run on a part of the tree says nothing about. */
export function findingsElsewhere(
  baseline: Baseline,
  checkout: Checkout,
  { checked, rules }: Part,
): Baseline {
  const integrations = checkout.integrations.filter(({ name }) => checked.includes(name));
  const isChecked = (path: string): boolean =>
    integrations.some(
      (one) => path === one.docFile || belongsTo(checkout, one, path) || path === one.directory,
    ) || checked.some((name) => path.startsWith(`zerver/webhooks/${name}/`));
  return new Map(
    [...baseline].filter(([key]) => {
      const [rule = "", path = ""] = JSON.parse(key) as string[];
      return !isChecked(path) || (rules !== undefined && !rules.includes(rule));
    }),
  );
}

/**
 * The text of a baseline file, sorted, one line each. Hints never fail a run and are left out.
 * @param problems What it holds.
 * @param more What it holds besides, where nobody has looked.
 */
export function baselineOf(problems: readonly Problem[], more: Baseline = new Map()): string {
  const counts = new Map<string, { rule: string; path: string; message: string; count: number }>();
  for (const [key, count] of more) {
    const [rule = "", path = "", message = ""] = JSON.parse(key) as string[];
    counts.set(key, { rule, path, message, count });
  }
  for (const problem of problems) {
    if (problem.severity === "hint") continue;
    const { rule, path, message } = problem;
    const known = counts.get(keyOf(problem));
    // In a file that several integrations share, a finding that was known is this one.
    if (known && more.has(keyOf(problem))) continue;
    if (known) known.count++;
    else counts.set(keyOf(problem), { rule, path, message, count: 1 });
  }
  const lines = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => `    ${JSON.stringify(entry)}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

/** Takes out what a baseline knows. */
export function withoutKnown(
  problems: readonly Problem[],
  baseline: Baseline | undefined,
): { problems: Problem[]; held: number; outdated: number } {
  const left = new Map(baseline);
  const open = problems.filter((problem) => {
    const key = keyOf(problem);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count <= 0;
  });
  const outdated = [...left.values()].reduce((sum, count) => sum + count, 0);
  return { problems: open, held: problems.length - open.length, outdated };
}

/** How often each finding occurs. */
export function countsOf(problems: readonly Problem[]): Baseline {
  const counts = new Map<string, number>();
  for (const key of problems.map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function keyOf({ rule, path, message }: Pick<Problem, "rule" | "path" | "message">): string {
  return JSON.stringify([rule, path, message]);
}
