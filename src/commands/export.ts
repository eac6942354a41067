import { resolve } from "node:path";
import { findCheckout, openCheckout } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { CancelledError, ExitCode, UserError } from "../errors.ts";
import { applyChanges } from "../host/changes.ts";
import { recoverChanges } from "../host/recover.ts";
import { shellCommand } from "../host/shell-command.ts";
import { writeOutput } from "../host/write.ts";
import {
  type ExportPlan,
  filesOfCommit,
  makePatch,
  openCommitted,
  planExport,
} from "../transfer/index.ts";
import { printableLine } from "../ui/steering.ts";
import { count } from "../ui/text.ts";
import { changeReport } from "./change-report.ts";
import { type Context, defineCommand } from "./define.ts";
import { finishExport } from "./new/finish.ts";
import { showChanges } from "./new/plan-view.ts";
import { outputFile } from "./output-file.ts";

export default defineCommand({
  name: "export",
  summary: "copy an integration to another checkout",
  description:
    "Copies an integration to another checkout, adapted to its conventions: names, types, imports, the registry " +
    "entry, and the documentation's macros. Code that cannot be converted is reported with its line. Then it runs the " +
    "integration's tests there, and reports pictures that the target would draw differently. With --patch, it only " +
    "writes a patch, which `git am` applies to the last commit of the target.",
  args: [{ name: "name", description: "the integration", required: true }],
  options: {
    to: { value: "checkout", description: "the target tree (default with --patch: its own)" },
    patch: { value: "file", description: "only write a patch for the target's last commit" },
    force: { description: "replace the integration's files in the target" },
    dryRun: { description: "show what would be written, without writing it" },
  },
  examples: [
    {
      line: "export acmedeploy --to ../connect",
      does: "Copies the integration, and runs its tests there.",
    },
    {
      line: "export acmedeploy --to ../connect --dry-run",
      does: "Shows the files that would be written.",
    },
    {
      line: "export acmedeploy --to ../connect --patch acmedeploy.patch",
      does: "Writes a patch to send, or to apply there with git am.",
    },
  ],
  async run({ args, options }, context) {
    const { name = "" } = args;
    const from = await context.checkout();
    if (options.to === undefined && options.patch === undefined) throw nowhere();
    const to = await target(options.to, from, context);
    if (options.patch !== undefined) {
      const { patch: file, force, dryRun } = options;
      return writePatch({ name, from, to, file, force, dryRun }, context);
    }
    const plan = await planExport(from, name, to, { force: options.force });
    showPlan(plan, options.dryRun, context);
    const report = { ...changeReport(name, plan.changes, options.dryRun), notes: plan.notes };
    if (options.dryRun) {
      context.out.report({ ...report, tests: null });
      return undefined;
    }
    if (!(await context.prompts.confirm(`Write this to ${to.root}?`))) throw new CancelledError();
    context.signal.throwIfAborted();
    await applyChanges(to.root, plan.changes, plan.emptied);
    context.out.success(`${printableLine(name)} is in ${printableLine(to.root)}.`);
    const { tests, stalePictures } = await finishExport(to.root, name, context);
    context.out.report({ ...report, tests: tests ? tests.summary : null, stalePictures });
    return tests && tests.summary.failed > 0 ? ExitCode.Problems : undefined;
  },
});

function nowhere(): UserError {
  return new UserError("No target was given for the integration.", {
    code: "no-target",
    hint: "Name a checkout with --to, or a file with --patch.",
  });
}

/** The tree that the integration goes to: the one of `--to`, else its own. */
async function target(
  folder: string | undefined,
  from: Checkout,
  { cwd, out }: Context,
): Promise<Checkout> {
  if (folder === undefined) return from;
  if (folder === "") {
    throw new UserError("The folder given with --to is empty.", {
      code: "no-such-folder",
      hint: "Name the folder of a Connect tree.",
    });
  }
  const root = await findCheckout(resolve(cwd, folder), { explicit: true, flag: "--to" });
  if (root === from.root) {
    throw new UserError("The target is the tree that already contains the integration.", {
      code: "same-tree",
      hint: "Name another tree with --to.",
    });
  }
  for (const note of await recoverChanges(root)) out.warn(printableLine(`${root}: ${note}`));
  return openCheckout(root);
}

interface PatchRequest {
  name: string;
  from: Checkout;
  to: Checkout;
  file: string;
  force: boolean;
  dryRun: boolean;
}

async function writePatch(request: PatchRequest, context: Context): Promise<undefined> {
  const { name, from, to, file, force, dryRun } = request;
  const path = outputFile(context.cwd, file, "--patch", "integration.patch");
  const tree = await openCommitted(to);
  const files = await filesOfCommit(tree);
  const plan = await planExport(from, name, tree.checkout, { force, files });
  showPlan(plan, dryRun, context);
  const { displayName } = plan.integration;
  const patch = await makePatch(
    tree,
    plan.changes,
    `integrations: Add ${displayName} integration.`,
  );
  const report = { ...changeReport(name, plan.changes, dryRun), notes: plan.notes };
  if (!dryRun) {
    await writeOutput(path, patch);
    context.out.success(
      `${printableLine(path)} is a patch for ${tree.commit.slice(0, 12)} of ${printableLine(to.root)}.`,
    );
    context.out.say(`  ${context.out.paintStderr.cyan(shellCommand("git", "am", path))}`);
  }
  context.out.report({ ...report, patch: path, commit: tree.commit });
  return undefined;
}

function showPlan({ changes, notes }: ExportPlan, withContents: boolean, { out }: Context): void {
  showChanges(changes, out, withContents);
  out.data("");
  if (notes.length === 0) return;
  out.warn(`${count(notes.length, "place")} could not be converted:`);
  for (const { path, line, message } of notes) {
    const place = line === undefined ? path : `${path}:${line}`;
    out.say(`    ${printableLine(place)}: ${printableLine(message)}`);
  }
}
