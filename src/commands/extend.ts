import { findIntegration, integrationFiles } from "../checkout/index.ts";
import { CancelledError, ExitCode, UserError } from "../errors.ts";
import { applyChanges } from "../host/changes.ts";
import { readPayloads } from "../payload/index.ts";
import { todosIn } from "../scaffold/index.ts";
import { createPaint } from "../ui/marks.ts";
import { changeReport } from "./change-report.ts";
import { defineCommand } from "./define.ts";
import { choiceOptions } from "./draft-choices.ts";
import { withEngine } from "./engine.ts";
import { withNewsChecked } from "./extend/news.ts";
import { type ExtensionPlan, planWith } from "./extend/plan.ts";
import { sayNextSteps, sayWritten, showPlan } from "./extend/say.ts";
import { planDiff } from "./new/plan-view.ts";
import { sayLeftOut, sayReplaced } from "./publishable.ts";
import { readTests } from "./test/recorded-file.ts";

export default defineCommand({
  name: "extend",
  summary: "add events to an integration from their payloads",
  runsPythonUnless: [],
  description:
    "Adds events to an existing integration. Each captured payload is delivered to the view unchanged. If the view " +
    "refuses it, it gets a function, drafted from the payload in the style of the view's own functions, and an entry " +
    "in the view's table or chain of events. If the view already handles it, only a fixture and a test are added. " +
    "If it knows the event and lacks a field of it, `extend` names the function, the line and the field. The tests expect what the extended view actually sends. Everything is written or nothing, and every other byte " +
    "stays.\n\n" +
    "Payloads become public. If one that git does not track yet contains secrets, email addresses or phone numbers, " +
    "nothing is written: they are shown, and --redact replaces them.\n\n" +
    "If `extend` does not understand how the view distinguishes events, it adds the fixture and prints the function " +
    "for you to insert.",
  args: [{ name: "name", description: "an integration of the tree", required: true }],
  options: {
    payload: {
      value: "file",
      many: true,
      description: "captured request bodies, which become fixtures; or existing fixtures",
    },
    eventName: {
      value: "file=value",
      many: true,
      description:
        "the value of the event header for a payload, if neither capture nor the file's name provides it",
    },
    show: choiceOptions.show,
    hide: choiceOptions.hide,
    headline: choiceOptions.headline,
    redact: { description: "replace secrets and personal data, consistently in all payloads" },
    dryRun: { description: "show what would be written, without writing it" },
  },
  examples: [
    {
      line: "extend acmedeploy --payload rollback.json",
      does: "Adds the event of a captured payload, after showing the changes.",
    },
    {
      line: "extend acmedeploy --payload body.json --event-name body.json=deploy.failed",
      does: "States the value of the event header, for a view that uses one.",
    },
    {
      line: "extend acmedeploy --payload rollback.json --headline '{actor.name} rolled {release.name} back' --show reason",
      does: "Says what the new message tells.",
    },
    {
      line: "extend acmedeploy --payload rollback.json paused.json --dry-run",
      does: "Shows the changes for two payloads without writing.",
    },
  ],
  async run({ args, options }, context) {
    const checkout = await context.checkout();
    const integration = findIntegration(checkout, args.name ?? "");
    const { payload: paths, eventName: eventNames, redact, dryRun } = options;
    const { show, hide, headline } = options;
    if (paths.length === 0) {
      throw new UserError("There is no payload of the event to add.", {
        code: "missing-answers",
        hint: `Give a captured request body with --payload; \`connect-webhook capture ${integration.name}\` receives one.`,
      });
    }
    const received = await readPayloads(paths, context.cwd);
    sayLeftOut(received, context);
    const files = await integrationFiles(checkout, integration);
    const { payloads, replaced } = await withNewsChecked(
      { checkout, integration, fixtures: files.fixtures, cwd: context.cwd },
      received,
      redact,
      context,
    );
    const tests = await readTests(checkout, integration);
    const { root } = checkout;
    const plan = await withEngine({ root, targets: [integration] }, context, (engine) =>
      planWith({
        checkout,
        integration,
        files,
        engine,
        payloads,
        received,
        eventNames,
        // The view makes its topics in its own way.
        choices: { show, hide, headline, topic: [] },
        tests,
        cwd: context.cwd,
      }),
    );
    showPlan(plan, dryRun, context);
    sayReplaced(replaced, context);
    if (dryRun) {
      const diff = planDiff(plan.changes, createPaint(false));
      context.out.report({ ...reportOf(plan, true), replaced, diff });
      return undefined;
    }
    if (plan.changes.length > 0) {
      if (!(await context.prompts.confirm(`Write this to ${root}?`))) throw new CancelledError();
      context.signal.throwIfAborted();
      await applyChanges(root, plan.changes);
      sayWritten(plan, context);
    }
    context.out.report({ ...reportOf(plan, false), replaced });
    sayNextSteps(plan, context);
    return plan.isDone ? undefined : ExitCode.Problems;
  },
});

function reportOf(plan: ExtensionPlan, dryRun: boolean) {
  const { integration, changes, payloads, messages } = plan;
  const todos = todosIn(changes);
  return { ...changeReport(integration, changes, dryRun), payloads, messages, todos };
}
