import { gitRoot } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { ExitCode } from "../errors.ts";
import { applyChanges } from "../host/changes.ts";
import type { Payload } from "../payload/index.ts";
import {
  type DraftChoices,
  type NewPlan,
  planNew,
  todosIn,
  webhookFolder,
} from "../scaffold/index.ts";
import { createPaint } from "../ui/marks.ts";
import { changeReport } from "./change-report.ts";
import { type Context, defineCommand } from "./define.ts";
import { choiceOptions } from "./draft-choices.ts";
import { keptWords } from "./kept-command.ts";
import { Answers } from "./new/answers.ts";
import { finish } from "./new/finish.ts";
import { planDiff } from "./new/plan-view.ts";
import { DraftRun } from "./new/run-draft.ts";
import { sayNextSteps, showPlan } from "./new/say.ts";
import { settle } from "./new/settle.ts";
import { usage } from "./option-values.ts";
import { publishable, type ReplacedIn, sayReplaced } from "./publishable.ts";

export default defineCommand({
  name: "new",
  summary: "scaffold and register an integration",
  runsPythonUnless: ["--dry-run"],
  description:
    "Makes an integration: view, tests, documentation, fixtures, logo and bot avatar, in the tree's own style, and " +
    "adds it to the registry. From captured payloads, it drafts a view that reads their fields, and tests that expect " +
    "the messages it sends. It never overwrites files, and writes everything or nothing.\n\n" +
    "Payloads become public. If one contains secrets, email addresses or phone numbers, nothing is written: they are " +
    "shown, and --redact replaces them.",
  args: [{ name: "name", description: "a lower-case Python name, such as acmedeploy" }],
  options: {
    displayName: { value: "name", description: "the service's name, as the vendor spells it" },
    category: { value: "category", many: true, description: "the categories that list it" },
    stream: { value: "name", description: "the default stream (default: the integration's name)" },
    payload: {
      value: "file",
      many: true,
      description: "captured request bodies, which become the fixtures",
    },
    eventHeader: {
      value: "header",
      description:
        "the HTTP header that names the event; what capture received says its values, else payload files called " +
        "event__detail.json",
      conflicts: { eventKey: "" },
    },
    eventName: {
      value: "file=value",
      many: true,
      description: "the header's value for a payload, if the file name cannot contain it",
      requires: ["eventHeader"],
    },
    eventKey: {
      value: "path",
      description:
        "the payload's key that names the event, as a dotted path with list indexes, such as messages.0.event (default: detected)",
    },
    ...choiceOptions,
    auth: {
      value: "style",
      choices: ["api-key", "basic"],
      default: "api-key",
      description:
        "how the service authenticates: with the key in the URL, or with Basic authentication",
    },
    docsUrl: {
      value: "url",
      description: "the service's page about its webhooks, which doc.md links to",
      parse: parseDocsUrl,
    },
    redact: { description: "replace secrets and personal data, consistently in all payloads" },
    logo: { value: "file", description: "a square SVG or PNG (default: a placeholder is drawn)" },
    noScreenshot: { description: "do not draw the screenshot for the documentation now" },
    dryRun: { description: "show what would be written, without writing it" },
  },
  examples: [
    { line: "new", does: "Prompts for everything." },
    {
      line: 'new acmedeploy --display-name "Acme Deploy" --category deployment --payload deploy.json --yes',
      does: "Makes an integration from one captured payload, without prompts.",
    },
    {
      line: "new acmedeploy --category deployment --payload push.json tag.json --event-header X-Acme-Event",
      does: "Makes an integration whose events are named by an HTTP header.",
    },
    {
      line: "new acmedeploy --category deployment --payload push.json --event-header X-Acme-Event --event-name push.json=repo:push",
      does: "States the value of the header, which the file's name cannot contain.",
    },
    {
      line: "new acmedeploy --category deployment --payload deploy.json --show build.duration --topic '{project.name} / {branch}'",
      does: "Says what the messages must show, and what the topic consists of.",
    },
    {
      line: "new acmedeploy --category deployment --payload deploy.json --docs-url https://acme.example/webhooks",
      does: "Links to the service's page about its webhooks.",
    },
    {
      line: "new acmedeploy --category deployment --payload deploy.json --dry-run",
      does: "Shows the files and their contents without writing them.",
    },
  ],
  async run({ args, options }, context) {
    const answers = new Answers({ ...options, name: args.name }, context);
    try {
      return await makeNew(answers, options, context);
    } catch (error) {
      const line = answers.commandLine(options.dryRun);
      if (line !== undefined) context.out.say(keptWords(line));
      throw error;
    }
  },
});

async function makeNew(
  answers: Answers,
  { dryRun, noScreenshot, redact }: { dryRun: boolean; noScreenshot: boolean; redact: boolean },
  context: Context,
): Promise<ExitCode | undefined> {
  const checkout = await context.checkout();
  const answered = await answers.complete(checkout);
  const run = new DraftRun(checkout.root, context);
  try {
    const folder = `${webhookFolder(answered.name)}/fixtures`;
    const publishing = { root: checkout.root, name: answered.name, folder, redact };
    let replaced: readonly ReplacedIn[] = [];
    let published: Promise<readonly Payload[]> | undefined;
    const publish = async (payloads: readonly Payload[]): Promise<readonly Payload[]> => {
      const safe = await publishable(payloads, publishing, context);
      ({ replaced } = safe);
      if (replaced.length > 0) answers.keepRedaction();
      return safe.payloads;
    };
    const options = {
      ...answered,
      publishable: (payloads: readonly Payload[]) => (published ??= publish(payloads)),
    };
    const draft = (choices: DraftChoices): Promise<NewPlan> =>
      planNew(checkout, { ...options, choices }, run.outcomes);
    const show = (plan: NewPlan): void => {
      showPlan(plan, dryRun, context);
      sayReplaced(replaced, context);
    };
    const first = await draft(answers.choices);
    show(first);
    if (dryRun) return reportDryRun(first, replaced, answers.commandLine(false), context);
    const canChange = !first.samplePayload;
    const settling = { root: checkout.root, canChange, offersTopic: true, draft, show, answers };
    const plan = await settle(first, settling, context);
    context.signal.throwIfAborted();
    await applyChanges(checkout.root, plan.changes);
    answers.forget();
    context.out.success(`${plan.name} is in the tree.`);
    return await finishNew(plan, { checkout, run, replaced, draws: !noScreenshot }, context);
  } finally {
    await run.close();
  }
}

/** As Markdown takes it between parentheses. */
function parseDocsUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") {
    throw usage(
      `'${text}' is not the address of a page.`,
      "Write it as --docs-url https://example.com/webhooks.",
    );
  }
  return url.href.replaceAll("(", "%28").replaceAll(")", "%29");
}

/** @param command The command line that writes the plan, where questions were answered. */
function reportDryRun(
  plan: NewPlan,
  replaced: readonly ReplacedIn[],
  command: string | undefined,
  { out }: Context,
): undefined {
  const { name, changes, messages, untold, fields } = plan;
  const diff = planDiff(changes, createPaint(false));
  const todos = todosIn(changes);
  out.report({
    ...changeReport(name, changes, true),
    diff,
    messages,
    untold,
    fields,
    todos,
    replaced,
  });
  if (command !== undefined) out.say(`With your answers, this command writes it:\n  ${command}`);
}

interface Finishing {
  checkout: Checkout;
  run: DraftRun;
  replaced: readonly ReplacedIn[];
  /** Whether a picture is wanted. */
  draws: boolean;
}

async function finishNew(
  plan: NewPlan,
  { checkout: { root }, run: { engine }, replaced, draws }: Finishing,
  context: Context,
): Promise<ExitCode | undefined> {
  const { name, testsFile } = plan;
  const { passed, pictures } = engine
    ? await finish({ root, name, testsFile, engine }, draws, context)
    : { passed: undefined, pictures: [] };
  const changes = [...plan.changes, ...pictures];
  const todos = todosIn(plan.changes);
  context.out.report({ ...changeReport(name, changes, false), todos, replaced });
  sayNextSteps(plan, changes, (await gitRoot(root)) !== undefined, context);
  return passed === false ? ExitCode.Problems : undefined;
}
