import { join, resolve } from "node:path";
import type { ChangedFiles } from "../checkout/changed.ts";
import type { Checkout } from "../checkout/model.ts";
import type { ExitCode } from "../errors.ts";
import { isFile, readTextIfExists } from "../host/files.ts";
import type { Baseline } from "../lint/baseline.ts";
import type { LintOptions, LintResult, Rule } from "../lint/index.ts";
import type { Output } from "../ui/output.ts";
import { printableLine } from "../ui/steering.ts";
import { count } from "../ui/text.ts";
import type { Base } from "./base.ts";
import { defineCommand } from "./define.ts";
import { outputFile } from "./output-file.ts";
import { failingIn } from "./reporters/failure.ts";
import { lintFormats, reportLint } from "./reporters/lint.ts";
import { foldersAt } from "./select.ts";

const FINDINGS_WRITTEN = "the findings are written to the baseline, and not printed";

export default defineCommand({
  name: "lint",
  summary: "check integrations against the review checklist",
  isQuick: true,
  description:
    "Checks integrations against a reviewer's checklist: all files and registry entries exist, names agree, fixtures " +
    "are valid and used, the logo, avatar and screenshots are right, and the documentation follows the tree's " +
    "conventions.\n\n" +
    "Errors result in exit code 1, and with --strict, so do warnings. Use --verbose to show hints. `explain <rule>` " +
    "describes what a rule requires and why; `explain ci` describes how to use lint in CI, with settings, exceptions " +
    "and a baseline.",
  args: [
    {
      name: "names",
      description:
        "integrations, or folders of zerver/webhooks (default: the one whose folder you are in, else all)",
      many: true,
    },
  ],
  options: {
    all: {
      description: "check the whole tree, including folders that no integration uses",
      conflicts: { names: "" },
    },
    changed: {
      value: "base",
      valueOptional: true,
      description: "check the integrations that the branch touched since its base (default: main)",
      conflicts: {
        names: "write a base as --changed=<base>",
        all: "one selects some integrations, the other all of them",
      },
    },
    onlyNew: {
      description: "with --changed: leave out findings that the base has, too",
      requires: ["changed"],
      conflicts: { updateBaseline: "a baseline has the findings of before" },
    },
    rule: { value: "rule", many: true, description: "run only these rules" },
    fix: { description: "repair findings with one correct solution, then check again" },
    dryRun: {
      description: "with --fix: show what would be written, without writing it",
      requires: ["fix"],
    },
    strict: { description: "exit with code 1 on warnings too" },
    baseline: { value: "file", description: "ignore the findings in this file" },
    updateBaseline: {
      description: "write the current errors and warnings to the baseline file",
      requires: ["baseline"],
      conflicts: {
        strict: "findings in a baseline do not fail the run",
        dryRun: "one writes a file, the other must not",
        "format=github": FINDINGS_WRITTEN,
        "format=sarif": FINDINGS_WRITTEN,
        "format=junit": FINDINGS_WRITTEN,
      },
    },
    format: {
      value: "format",
      description: "how to print the findings",
      choices: lintFormats,
      default: "stylish",
      asksForJson: true,
    },
  },
  examples: [
    { line: "lint acmedeploy", does: "Checks one integration." },
    {
      line: "lint acmedeploy --fix",
      does: "Repairs what it can, and shows the remaining findings.",
    },
    { line: "lint --all --strict", does: "Checks the whole tree, and fails on warnings." },
    {
      line: "lint --changed origin/main --only-new --format github",
      does: "Annotates what a pull request adds.",
    },
    { line: "lint --format json", does: "Prints one JSON object with all findings." },
  ],
  run: ({ names, options }, context) =>
    failingIn(options.format, context, async () => {
      const { out } = context;
      const { changed } = options;
      const tree = await context.checkout();
      // Not from lint/index.ts: the rules load only when there is something to look at.
      const [{ lint, nothingChecked }, { readSettings }] = await Promise.all([
        import("../lint/run.ts"),
        import("../lint/settings.ts"),
      ]);
      const baselinePath = baselineFile(options, context.cwd);
      const reads = baselinePath !== undefined && !options.updateBaseline;
      const rules = options.rule.length > 0 ? await chosenRules(options.rule) : undefined;
      const everything = options.all || changed !== undefined;
      const run: LintOptions & { branch?: ChangedFiles } = {
        names: names.length > 0 || everything ? names : foldersAt(tree, context.cwd),
        ...(rules && { rules }),
        settings: await readSettings(tree.root),
        ...(reads && { baseline: await baselineAt(baselinePath) }),
        ...(changed !== undefined && (await changedPart(tree, changed || undefined))),
        cache: await cacheSettings(options.fix),
      };
      if (changed !== undefined && run.names.length === 0) {
        out.say("The branch touches no integration that the tree has now.");
        return reportLint(out, nothingChecked(), { ...options, root: tree.root });
      }
      const look: Look =
        changed === undefined
          ? (checkout) => lint(checkout, run)
          : await lookBesideBase(run, options.onlyNew, out);
      let result = await look(tree);
      if (options.fix) result = await repair(tree, result, look, options.dryRun, out);
      if (options.updateBaseline && baselinePath !== undefined) {
        return updateBaseline(tree, baselinePath, result, { run, out });
      }
      return reportLint(out, result, { ...options, root: tree.root });
    }),
});

/** One to write is checked before the long work begins. */
function baselineFile(
  { baseline: name, updateBaseline }: { baseline: string | undefined; updateBaseline: boolean },
  cwd: string,
): string | undefined {
  if (name === undefined) return undefined;
  return updateBaseline
    ? outputFile(cwd, name, "--baseline", ".connect-webhook-baseline.json")
    : resolve(cwd, name);
}

async function baselineAt(path: string): Promise<Baseline> {
  const { readBaseline } = await import("../lint/baseline.ts");
  return readBaseline(path);
}

/** What is found is cached for the next run, except by a program that runs from source. */
async function cacheSettings(repairs: boolean): Promise<LintOptions["cache"]> {
  const { programIdentity } = await import("../host/assets.ts");
  const program = programIdentity();
  return program === undefined ? undefined : { program, repairs };
}

async function chosenRules(ids: readonly string[]): Promise<Rule[]> {
  const { findRule } = await import("../lint/index.ts");
  return [...new Set(ids)].map(findRule);
}

/** The integrations that a branch touched, through their folders, images and registry entries. */
async function changedPart(
  tree: Checkout,
  base: string | undefined,
): Promise<Pick<LintOptions, "names"> & { branch: ChangedFiles }> {
  const [{ changedFiles }, { touchedIntegrations }] = await Promise.all([
    import("../checkout/changed.ts"),
    import("../checkout/reach.ts"),
  ]);
  const branch = await changedFiles(tree.root, base);
  return { names: await touchedIntegrations(tree, branch), branch };
}

/** Lets the rules look at a tree, as the options say. */
type Look = (tree: Checkout) => Promise<LintResult>;

/** Looks, and tells what the branch's base has from what is new. */
async function lookBesideBase(
  run: LintOptions & { branch?: ChangedFiles },
  isOnlyNew: boolean,
  out: Output,
): Promise<Look> {
  const [{ lint }, { onlyNew }, { comparedWithBase }, { openBase }] = await Promise.all([
    import("../lint/run.ts"),
    import("../lint/news.ts"),
    import("./compared-lint.ts"),
    import("./base.ts"),
  ]);
  return async (tree) => {
    const found = await lint(tree, run);
    const { branch } = run;
    if (!branch || found.problems.length === 0) return found;
    let base: Base | undefined;
    const baseTree = async (): Promise<Checkout | undefined> => {
      base = await openBase(tree.root, branch.base);
      for (const note of base.notes) out.warn(note);
      return base.checkout;
    };
    try {
      const compared = await comparedWithBase(tree, found, baseTree, { ...run, branch });
      return isOnlyNew ? onlyNew(compared) : compared;
    } finally {
      await base?.release();
    }
  };
}

/** Plans the repairs, shows them, applies them, and looks again. */
async function repair(
  tree: Checkout,
  before: LintResult,
  look: Look,
  dryRun: boolean,
  out: Output,
): Promise<LintResult> {
  const { planRepairs } = await import("../lint/index.ts");
  const repairs = before.problems.flatMap((problem) => before.repairs.get(problem) ?? []);
  const changes = await planRepairs(tree.root, repairs);
  if (changes.length === 0) return before;
  const { planDiff, planTree } = await import("./new/plan-view.ts");
  out.say(planTree(changes, out.paintStderr));
  out.say(planDiff(changes, out.paintStderr));
  if (dryRun) {
    out.say(`${count(changes.length, "file")} would be written.`);
    return before;
  }
  const [{ applyChanges }, { openCheckout, requireSettled }] = await Promise.all([
    import("../host/changes.ts"),
    import("../checkout/index.ts"),
  ]);
  requireSettled(tree);
  await applyChanges(tree.root, changes, [], () => requireSameRegistry(tree));
  const after = await look(await openCheckout(tree.root));
  const fixed = before.problems.filter(({ fixable }) => fixable).length;
  const left = after.problems.filter(({ fixable }) => fixable).length;
  return { ...after, summary: { ...after.summary, fixed: Math.max(0, fixed - left) } };
}

/** What was removed meanwhile must not get new files. */
async function requireSameRegistry({ root, registryPath, registrySource }: Checkout) {
  if ((await readTextIfExists(join(root, registryPath))) === registrySource) return;
  const { changedMeanwhile } = await import("../host/changes.ts");
  throw changedMeanwhile(registryPath);
}

/** What a run on a part of the tree did not look at stays in the baseline. */
async function updateBaseline(
  tree: Checkout,
  path: string,
  result: LintResult,
  { run, out }: { run: LintOptions; out: Output },
): Promise<ExitCode | undefined> {
  const [{ baselineOf, findingsElsewhere }, { writeOutput }] = await Promise.all([
    import("../lint/index.ts"),
    import("../host/write.ts"),
  ]);
  const isWhole = run.names.length === 0 && run.rules === undefined;
  const before = isWhole || !isFile(path) ? new Map<string, number>() : await baselineAt(path);
  const kept = findingsElsewhere(before, tree, {
    checked: result.checked,
    rules: run.rules?.map(({ id }) => id),
  });
  await writeOutput(path, baselineOf(result.problems, kept));
  const { summary } = result;
  out.report({ version: 1, summary, baseline: path });
  out.success(
    `${count(summary.errors + summary.warnings, "finding")} written to ${printableLine(path)}.`,
  );
  return undefined;
}
