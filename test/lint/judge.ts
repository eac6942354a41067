/** Whether lint sees a seeded defect, what it kept of the tree before notwithstanding, and repairs what it says it can. */
import { isDeepStrictEqual } from "node:util";
import { openCheckout } from "../../src/checkout/index.ts";
import { UserError } from "../../src/errors.ts";
import { applyChanges } from "../../src/host/changes.ts";
import {
  type LintOptions,
  type LintResult,
  lint,
  type Problem,
  planRepairs,
} from "../../src/lint/index.ts";
import { type BrokenTree, DoesNotApply } from "./broken-tree.ts";
import type { Defect } from "./defects.ts";

/** This process's own, since it may run from source. */
const keep = { program: `judge ${process.pid} ${Date.now()}`, repairs: false };

/** `caught`, `does not apply`, or what went wrong, as one line. */
export async function judge(tree: BrokenTree, defect: Defect): Promise<string> {
  const before = await look(tree, keep);
  const rules = defect.rule.split("|");
  if (before.problems.some(({ rule }) => rules.includes(rule))) return "not clean before";
  try {
    defect.apply(tree);
    const broken = await look(tree);
    const own = broken.problems.filter(({ rule }) => rules.includes(rule));
    // Everything is kept from the clean tree.
    const kept = await look(tree, keep);
    if (!isDeepStrictEqual(kept.problems, broken.problems)) {
      return `with a full cache: ${idsOf(kept.problems)}`;
    }
    if (own.length === 0) return `not caught; said instead: ${idsOf(broken.problems)}`;
    if (!defect.fixable) return "caught";
    return await repaired(tree, broken, idsOf(before.problems));
  } catch (error) {
    if (error instanceof DoesNotApply) return "does not apply";
    if (error instanceof UserError) return `refused: ${error.message}`;
    throw error;
  } finally {
    tree.restore();
  }
}

async function repaired(tree: BrokenTree, broken: LintResult, clean: string): Promise<string> {
  const { root } = tree.checkout;
  const repairs = broken.problems.flatMap((problem) => broken.repairs.get(problem) ?? []);
  if (repairs.length === 0) return "caught, and not repaired";
  const changes = await planRepairs(root, repairs);
  for (const { path } of changes) tree.remember(path);
  await applyChanges(root, changes);
  const after = idsOf((await look(tree)).problems);
  return after === clean ? "caught" : `repaired, and then: ${after}`;
}

async function look(tree: BrokenTree, cache?: LintOptions["cache"]): Promise<LintResult> {
  const checkout = await openCheckout(tree.checkout.root);
  return lint(checkout, { names: [tree.integration.name], cache });
}

/** The rules that found something worth a word; a hint is no part of a repair. */
function idsOf(problems: readonly Problem[]): string {
  return problems
    .filter(({ severity }) => severity !== "hint")
    .map(({ rule }) => rule)
    .join(" ");
}
