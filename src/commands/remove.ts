import { CancelledError } from "../errors.ts";
import { applyChanges } from "../host/changes.ts";
import { KEPT_DAYS, keepCopies } from "../host/removed-copies.ts";
import { planRemove, type RemovePlan } from "../transfer/index.ts";
import { printableLine } from "../ui/steering.ts";
import { count } from "../ui/text.ts";
import { changeReport } from "./change-report.ts";
import { type Context, defineCommand } from "./define.ts";
import { showChanges } from "./new/plan-view.ts";

export default defineCommand({
  name: "remove",
  summary: "remove an integration from the tree",
  description:
    "Removes an integration from the tree: its folder, logo, avatar and pictures, and its registry entries. It is the " +
    "inverse of `new`. Files that another integration also uses stay. It refuses while other code imports from the " +
    "folder. Before it deletes files that git does not have, it lists them, and keeps copies in the cache folder for " +
    `${KEPT_DAYS} days.`,
  args: [{ name: "name", description: "the integration", required: true }],
  options: {
    dryRun: { description: "show what would be removed, without removing it" },
    force: { description: "remove it even if other code needs its folder" },
  },
  examples: [
    { line: "remove acmedeploy", does: "Shows what would be removed, and asks for confirmation." },
    { line: "remove acmedeploy --dry-run", does: "Only shows it." },
    { line: "remove acmedeploy --yes --json", does: "Removes it without a prompt." },
  ],
  async run({ args, options }, context) {
    const checkout = await context.checkout();
    const plan = await planRemove(checkout, args.name ?? "", { force: options.force });
    showPlan(plan, context);
    const { name } = plan.integration;
    const report = changeReport(name, plan.changes, options.dryRun);
    if (options.dryRun) {
      context.out.report({ ...report, copies: null });
      return undefined;
    }
    const question = `Remove ${name} from ${checkout.root}?`;
    if (!(await context.prompts.confirm(question, { default: false }))) throw new CancelledError();
    context.signal.throwIfAborted();
    const copies =
      plan.onlyHere.length > 0 ? await keepCopies(checkout.root, plan.onlyHere, name) : undefined;
    await applyChanges(checkout.root, plan.changes, plan.emptied, plan.stillHolds);
    context.out.success(`${printableLine(name)} is removed.`);
    if (copies !== undefined) {
      context.out.say(`  Copies of what git does not have are in ${copies} for ${KEPT_DAYS} days.`);
    }
    context.out.report({ ...report, copies: copies ?? null });
    return undefined;
  },
});

const MOST_NAMED = 10;

function showPlan({ changes, shared, onlyHere, knownToGit }: RemovePlan, { out }: Context): void {
  showChanges(changes, out);
  out.data("");
  for (const { path, users } of shared) {
    const use = users.length === 1 ? "uses" : "use";
    out.say(`${printableLine(path)} stays: ${printableLine(users.join(", "))} ${use} it too.`);
  }
  if (onlyHere.length === 0) return;
  out.warn(
    knownToGit
      ? `${count(onlyHere.length, "file")} of these ${onlyHere.length === 1 ? "has" : "have"} content that git does not have:`
      : "Git does not have this tree, so nothing else has these files.",
  );
  if (!knownToGit) return;
  for (const path of onlyHere.slice(0, MOST_NAMED)) out.say(`    ${printableLine(path)}`);
  if (onlyHere.length > MOST_NAMED) out.say(`    and ${onlyHere.length - MOST_NAMED} more`);
}
