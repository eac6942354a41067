/** What `new` says of its plan, and of what is left to do. */
import type { FileChange } from "../../host/changes.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { type NewPlan, todosIn, webhookFolder } from "../../scaffold/index.ts";
import type { Context } from "../define.ts";
import { type NextStep, sayNext } from "../next-steps.ts";
import { mostMessages, planMessages, sayTodos, showChanges } from "./plan-view.ts";

/** Shows the files of a plan, and the messages of its draft. */
export function showPlan(plan: NewPlan, dryRun: boolean, context: Context): void {
  const { out } = context;
  showChanges(plan.changes, out, dryRun);
  out.data(`\n${planMessages(plan, out.paint, mostMessages(dryRun, context))}\n`);
  sayTodos(todosIn(plan.changes), out);
  const [example] = plan.unproven;
  if (example) {
    out.warn(
      `Only file names say what the event header's values are: ${eventsIn(plan.unproven)}. ` +
        `If the service sends another value, use --event-name '${example.file}=<value>'.`,
    );
  }
  if (plan.messages.length > 1 && plan.events.length === 0) {
    out.warn(
      "No key names the event in all of these payloads, so one kind of message has to do for them. " +
        "--event-key or --event-header says how to tell them apart.",
    );
  }
}

function eventsIn(unproven: NewPlan["unproven"]): string {
  const events = unproven.map(({ event }) => `"${event}"`);
  return new Intl.ListFormat("en-GB").format(events);
}

/** Says what is left to do once a plan is written. */
export function sayNextSteps(
  plan: NewPlan,
  changes: readonly FileChange[],
  isInGit: boolean,
  { out }: Context,
): void {
  const { name } = plan;
  const folder = webhookFolder(name);
  const others = changes.map(({ path }) => path).filter((path) => !path.startsWith(`${folder}/`));
  const steps: NextStep[] = [
    [`connect-webhook test ${name}`, "after each edit of the view"],
    [`connect-webhook lint ${name}`, "what is still missing, with the command that makes it"],
    [`connect-webhook screenshot --integration ${name}`, "after each change of the message"],
  ];
  if (isInGit) {
    const line = shellCommand("git", "add", folder, ...others);
    steps.unshift([line, "without it git leaves out the empty __init__.py"]);
  }
  if (plan.samplePayload) {
    const fixtures = `${folder}/fixtures`;
    steps.unshift([`${fixtures}`, "holds a sample of ours: put a captured payload in its place"]);
  }
  if (plan.unproven.length > 0) {
    const events = eventsIn(plan.unproven);
    steps.unshift([
      `${folder}/view.py`,
      `has event names from file names: check against the service's documentation ${events}`,
    ]);
  }
  if (plan.untold.length > 0) {
    const line = shellCommand("connect-webhook", "test", name, "--record");
    steps.unshift([line, "once the view runs: writes into the tests what it sends"]);
  }
  if (plan.placeholderLogo) {
    const logo = others.find((path) => /\.svg$/.test(path)) ?? "";
    steps.unshift([
      logo,
      `is a placeholder: put the real logo there, then run connect-webhook avatar ${name}`,
    ]);
  }
  sayNext(steps, out);
}
