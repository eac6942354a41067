/** One cause is told once: what only follows from another finding, or says the same, is left out. */
import { CONFLICT_MARKER } from "../python/conflict.ts";
import type { Problem } from "./report.ts";

/** What ruff says of a name that other rules may have said: defined twice, never used, unknown. */
const ABOUT_NAMES = /\((?:F811|F841|F821|F822|F401)\)\.$/;
/** What ruff says of a `try` that catches everything. */
const ABOUT_CATCHING = /\((?:SIM105|S110|BLE001|E722)\)\.$/;
const CAUGHT = /every failure is caught/;
/** Lines from the name of a test to a `try` in it. */
const WITHIN = 40;

/** The findings without those that a conflict marker leads to, and without those of ruff that a rule of ours says. */
export function withoutConsequences(problems: readonly Problem[]): Problem[] {
  const isConflict = ({ message }: Problem): boolean => message.includes(CONFLICT_MARKER);
  const conflicts = new Set(problems.filter(isConflict).map(({ path }) => path));
  return problems.filter(
    (problem) =>
      (isConflict(problem) || !conflicts.has(problem.path)) &&
      !(problem.rule === "ruff" && problems.some((other) => saysTheSame(problem, other))),
  );
}

function saysTheSame(ruff: Problem, other: Problem): boolean {
  if (other.rule === "ruff" || other.path !== ruff.path) return false;
  if (ABOUT_NAMES.test(ruff.message)) {
    const [name] = namesIn(ruff.message);
    return name !== undefined && namesIn(other.message).includes(name);
  }
  const distance = (ruff.line ?? 0) - (other.line ?? 0);
  return (
    ABOUT_CATCHING.test(ruff.message) &&
    CAUGHT.test(other.message) &&
    distance >= 0 &&
    distance < WITHIN
  );
}

const namesIn = (message: string): string[] =>
  [...message.matchAll(/`([\w.]+)`/g)].map(([, name = ""]) => name);
