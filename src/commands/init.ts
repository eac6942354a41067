import { relative, resolve } from "node:path";
import { templatePath } from "../host/assets.ts";
import { recoverChanges } from "../host/recover.ts";
import { shellCommand } from "../host/shell-command.ts";
import { applyInit, type InitPlan, planInit } from "../scaffold/init.ts";
import { printableLine } from "../ui/steering.ts";
import { count } from "../ui/text.ts";
import { type Context, defineCommand } from "./define.ts";
import { planTree } from "./new/plan-view.ts";
import { requireShownName } from "./output-file.ts";

export default defineCommand({
  name: "init",
  summary: "make a workspace for writing integrations without Connect",
  description:
    "Makes a workspace: a small tree in Connect's own layout, with the library for integrations and a finished " +
    "example. With a workspace, everything works without a Connect checkout.",
  args: [{ name: "dir", description: "the folder to create (default: the current one, if empty)" }],
  options: {
    dryRun: { description: "show what would be written, without writing it" },
  },
  withoutTree: {
    why: "--checkout names an existing tree, but init makes a new one.",
    hint: "Name the folder to create, as in `connect-webhook init integrations`.",
  },
  examples: [
    { line: "init integrations", does: "Makes a workspace in the new folder integrations." },
    { line: "init", does: "Makes a workspace in the current folder, which must be empty." },
  ],
  async run({ args, options }, context) {
    requireShownName(args.dir ?? "", "init");
    const target = resolve(context.cwd, args.dir ?? ".");
    for (const note of await recoverChanges(target)) context.out.warn(printableLine(note));
    const plan = await planInit(target, { templateRoot: templatePath("workspace") });
    if (options.dryRun) {
      context.out.data(planTree(plan.changes, context.out.paint));
    } else {
      context.signal.throwIfAborted();
      await applyInit(plan);
      context.out.success(
        `${printableLine(plan.target)} is a workspace of ${count(plan.files.length, "file")}.`,
      );
      sayNextSteps(plan, context);
    }
    const { target: root, files: created } = plan;
    context.out.report({ version: 1, root, created, dryRun: options.dryRun });
    return undefined;
  },
});

function sayNextSteps(plan: InitPlan, { cwd, out }: Context): void {
  const way = relative(cwd, plan.target);
  const step = (command: string, why: string): void =>
    out.say(`  ${out.paintStderr.cyan(command)}\n      ${why}`);
  out.say("\nNext:");
  if (way !== "") step(shellCommand("cd", way), "the commands below work from any folder inside");
  step("connect-webhook test harbourline", "runs the tests of the example");
  step("connect-webhook new", "makes your own integration");
}
