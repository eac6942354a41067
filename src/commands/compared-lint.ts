/** What lint finds of some integrations, held against what it finds of them on the base. */
import type { ChangedFiles } from "../checkout/changed.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import type { LintOptions, LintResult } from "../lint/run.ts";

/**
 * What an integration was on the base: the one of its name, or the one whose view went to where its view is.
 * @param before Integrations of the base.
 * @param renamed Former paths by new ones.
 */
export function formerIntegration(
  before: readonly Integration[],
  { name, viewModule }: Integration,
  renamed: ReadonlyMap<string, string>,
): Integration | undefined {
  const viewOf = (module: string): string => `${module.replaceAll(".", "/")}.py`;
  const former = renamed.get(viewOf(viewModule));
  return (
    before.find((one) => one.name === name) ??
    before.find((one) => viewOf(one.viewModule) === former)
  );
}

/**
 * Says of each finding whether the base has it, too.
 * @param now What lint finds of the tree.
 * @param base Undefined where the base cannot be read: everything is new.
 * @param options What lint was asked for; names are those of the tree.
 */
export async function comparedWithBase(
  tree: Checkout,
  now: LintResult,
  base: Checkout | undefined,
  { rules, settings, branch }: Pick<LintOptions, "rules" | "settings"> & { branch: ChangedFiles },
): Promise<LintResult> {
  const { lint, markNew } = await import("../lint/index.ts");
  const found = new Set(now.problems.map(({ integration }) => integration));
  if (!base) return markNew(now, [], branch.renamed);
  const names = [
    ...tree.integrations.flatMap((one) =>
      found.has(one.name)
        ? (formerIntegration(base.integrations, one, branch.renamed)?.name ?? [])
        : [],
    ),
    ...base.orphans.filter((name) => found.has(name)),
  ];
  const then =
    names.length === 0
      ? []
      : (await lint(base, { names, ...(rules && { rules }), ...(settings && { settings }) }))
          .problems;
  return markNew(now, then, branch.renamed);
}
