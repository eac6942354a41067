import { findIntegration, integrationFiles } from "../checkout/index.ts";
import { ExitCode, UserError } from "../errors.ts";
import { applyChanges } from "../host/changes.ts";
import { readPayloads } from "../payload/index.ts";
import { type DraftChoices, todosIn } from "../scaffold/index.ts";
import { createPaint } from "../ui/marks.ts";
import { changeReport } from "./change-report.ts";
import { type Context, defineCommand } from "./define.ts";
import { choiceOptions } from "./draft-choices.ts";
import { withEngine } from "./engine.ts";
import { withNewsChecked } from "./extend/news.ts";
import { type ExtensionPlan, type PlanInput, planWith } from "./extend/plan.ts";
import { sayNextSteps, sayWritten, showPlan } from "./extend/say.ts";
import { keptCommand, keptWords } from "./kept-command.ts";
import { planDiff } from "./new/plan-view.ts";
import { settle } from "./new/settle.ts";
import { type ReplacedIn, sayLeftOut, sayReplaced } from "./publishable.ts";
import { readTests } from "./test/recorded-file.ts";

export default defineCommand({
  name: "extend",
  summary: "add events to an integration from their payloads",
  runsPythonUnless: [],
  description:
    "Adds events to an existing integration. Each captured payload is delivered to the view unchanged. If the view " +
    "refuses it, it gets a function, drafted from the payload in the style of the view's own functions, and an entry " +
    "in the view's table or chain of events. If the view already handles it, only a fixture and a test are added. " +
    "If it knows the event and lacks a field of it, `extend` names the function, the line and the field. The tests expect what the extended view actually sends. In a terminal you can change what the new messages tell " +
    "before anything is written. Everything is written or nothing, and every other byte stays.\n\n" +
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
    const { show, hide, headline, dryRun } = options;
    const { input, replaced } = await read(args.name ?? "", options, context);
    const { checkout, integration } = input;
    // The view makes its topics in its own way.
    const given: DraftChoices = { show, hide, headline, topic: [] };
    const answers = { choices: given };
    const needs = { root: checkout.root, targets: [integration] };
    try {
      const plan = await withEngine(needs, context, (engine) =>
        agreedPlan({ ...input, engine }, { answers, dryRun, replaced }, context),
      );
      if (dryRun) {
        const diff = planDiff(plan.changes, createPaint(false));
        const { fields } = plan;
        context.out.report({ ...reportOf(plan, true), fields, replaced, diff });
        return undefined;
      }
      context.signal.throwIfAborted();
      await applyChanges(checkout.root, plan.changes);
      answers.choices = given;
      if (plan.changes.length > 0) sayWritten(plan, context);
      context.out.report({ ...reportOf(plan, false), replaced });
      sayNextSteps(plan, context);
      return plan.isDone ? undefined : ExitCode.Problems;
    } catch (error) {
      if (answers.choices !== given) sayKept(input, answers.choices, replaced, context);
      throw error;
    }
  },
});

type Input = Omit<PlanInput, "choices" | "engine">;

/** What the command line names. @throws UserError what of it is missing, wrong or not to be published. */
async function read(
  name: string,
  { payload, eventName, redact }: { payload: string[]; eventName: string[]; redact: boolean },
  context: Context,
): Promise<{ input: Input; replaced: readonly ReplacedIn[] }> {
  const { cwd } = context;
  const checkout = await context.checkout();
  const integration = findIntegration(checkout, name);
  if (payload.length === 0) {
    throw new UserError("There is no payload of the event to add.", {
      code: "missing-answers",
      hint: `Give a captured request body with --payload; \`connect-webhook capture ${integration.name}\` receives one.`,
    });
  }
  const received = await readPayloads(payload, cwd);
  sayLeftOut(received, context);
  const files = await integrationFiles(checkout, integration);
  const naming = { checkout, integration, fixtures: files.fixtures, cwd };
  const { payloads, replaced } = await withNewsChecked(naming, received, redact, context);
  const tests = await readTests(checkout, integration);
  const input = { checkout, integration, files, payloads, received, eventNames: eventName, tests };
  return { input: { ...input, cwd }, replaced };
}

/** The command that repeats what was chosen. */
function sayKept(
  { integration, received, eventNames }: Input,
  { show, hide, headline }: DraftChoices,
  replaced: readonly ReplacedIn[],
  { out, folder }: Context,
): void {
  const command = keptCommand("extend", integration.name, [
    ["--checkout", folder],
    ["--payload", received.map(({ source }) => source)],
    ["--event-name", eventNames],
    ["--show", show],
    ["--hide", hide],
    ["--headline", headline],
    ["--redact", replaced.length > 0],
  ]);
  out.say(keptWords(command));
}

interface Agreeing {
  /** What the messages are to tell. */
  readonly answers: { choices: DraftChoices };
  readonly dryRun: boolean;
  readonly replaced: readonly ReplacedIn[];
}

/** The plan, shown, and with what its author agrees to where it is to be written. */
async function agreedPlan(
  input: Input & Pick<PlanInput, "engine">,
  { answers, dryRun, replaced }: Agreeing,
  context: Context,
): Promise<ExtensionPlan> {
  const draft = (choices: DraftChoices): Promise<ExtensionPlan> => planWith({ ...input, choices });
  const show = (plan: ExtensionPlan): void => {
    showPlan(plan, dryRun, context);
    sayReplaced(replaced, context);
  };
  const plan = await draft(answers.choices);
  show(plan);
  if (dryRun || plan.changes.length === 0) return plan;
  const canChange = plan.fields.length > 0;
  const { root } = input.checkout;
  return settle(plan, { root, canChange, offersTopic: false, draft, show, answers }, context);
}

function reportOf(plan: ExtensionPlan, dryRun: boolean) {
  const { integration, changes, payloads, messages } = plan;
  const todos = todosIn(changes);
  return { ...changeReport(integration, changes, dryRun), payloads, messages, todos };
}
