/** What `extend` says of its plan. */
import { shellCommand } from "../../host/shell-command.ts";
import { todosIn } from "../../scaffold/index.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";
import { messageLines, mostMessages, sayTodos, showChanges } from "../new/plan-view.ts";
import { type NextStep, sayNext } from "../next-steps.ts";
import type { PayloadReport } from "./payload-report.ts";
import { type ExtensionPlan, leftOver } from "./plan.ts";

/** Shows the files, their differences, the messages, and what is left to do. */
export function showPlan(plan: ExtensionPlan, dryRun: boolean, context: Context): void {
  const { out } = context;
  const { changes, messages, payloads, untested, tests } = plan;
  if (changes.length > 0) showChanges(changes, out);
  if (messages.length > 0)
    out.data(`\n${messageLines(messages, out.paint, mostMessages(dryRun, context)).join("\n")}\n`);
  for (const one of payloads) sayState(one, plan.integration, out);
  sayTodos(todosIn(changes), out);
  for (const { event, file } of plan.unproven)
    out.warn(
      `Only the name of ${printableLine(file)} says that its event header was "${printableLine(event)}". ` +
        `If the service sends another value, use --event-name '${printableLine(file)}=<value>'.`,
    );
  for (const { fixture, reason } of untested)
    out.warn(`${printableLine(fixture)} gets no test: ${printableLine(reason)}.`);
  // A fixture alone puts nothing into place that tests could run.
  if (changes.some(({ kind }) => kind === "update")) sayTests(tests, out);
}

function sayTests(
  { total, broken, failedBefore }: ExtensionPlan["tests"],
  out: Context["out"],
): void {
  if (broken.length > 0) {
    const names = printableLine(broken.join(", "));
    out.error(
      `With this in place, ${count(broken.length, "test")} of ${total} would fail: ${names}.`,
    );
  } else if (failedBefore === 0)
    out.success(`With this in place, all ${count(total, "test")} pass.`);
  else
    out.success(
      `With this in place, no test fails but the ${failedBefore} of ${total} that do so already.`,
    );
}

function sayState(payload: PayloadReport, integration: string, out: Context["out"]): void {
  const { fixture, state, event, function: name, reason, paste } = payload;
  const file = printableLine(fixture);
  switch (state) {
    case "added":
      out.say(
        `${file}: the event "${printableLine(event ?? "")}" is new to the view${name ? `, and goes to ${name}` : ""}.`,
      );
      return;
    case "handled":
      out.say(
        `${file}: the view already handles this event, so only a fixture and a test are added.`,
      );
      return;
    case "ignored":
      out.say(`${file}: the view accepts this event and sends nothing; a test expects that.`);
      return;
    case "failed":
      out.warn(`${file}: ${failureText(payload)}`);
      return;
    case "refused":
      out.warn(
        `${file}: the view of ${integration} does not handle ${event === undefined ? "this payload" : `the event "${printableLine(event)}"`}, ` +
          `and it is left to you, because ${printableLine(reason ?? "")}. This is the function:`,
      );
      out.data(`${paste}\n`);
  }
}

/** What a function of the view lacks in a payload of its event, and what to do. */
function failureText({
  event,
  function: name = "",
  path = "",
  line,
  missing,
  reason = "",
}: PayloadReport): string {
  const known = event === undefined ? "this event" : `the event "${printableLine(event)}"`;
  const place = `${printableLine(name)} (${printableLine(path)}:${line})`;
  if (missing === undefined)
    return `the view knows ${known}, but ${place} raises ${printableLine(reason)}. Change it to take this payload as well.`;
  return `the view knows ${known}, but ${place} needs ${printableLine(missing)}, which this payload lacks. Make it optional there.`;
}

/** Says what was written, after it was. */
export function sayWritten({ integration: name, payloads }: ExtensionPlan, { out }: Context): void {
  const left = payloads.filter(({ state }) => leftOver.test(state));
  if (left.length === 0) out.success(`${name} is extended.`);
  else if (left.length < payloads.length)
    out.warn(`${name} is extended, except for the parts that are left to you.`);
  else out.warn(`Only fixtures were added to ${name}: its view and its tests are unchanged.`);
}

/** What comes next. */
export function sayNextSteps(plan: ExtensionPlan, { out }: Context): void {
  const { integration: name, payloads } = plan;
  const steps: NextStep[] = [];
  if (payloads.some(({ state }) => state === "refused"))
    steps.push([
      shellCommand("connect-webhook", "test", name, "--record"),
      "once the view calls the function for this event, which is up to you: it writes the test that is missing",
    ]);
  if (payloads.some(({ state }) => state === "failed"))
    steps.push([
      shellCommand("connect-webhook", "test", name, "--record"),
      "once the view takes the payload: it writes the test of the new fixture",
    ]);
  if (payloads.some(({ state }) => state === "added"))
    steps.push([
      shellCommand("connect-webhook", "test", name),
      "after each edit of the drafted function",
    ]);
  const paths = [...plan.untracked, ...plan.changes.map(({ path }) => path)];
  if (paths.length > 0)
    steps.push([shellCommand("git", "add", ...paths), "when the message says what it should"]);
  if (steps.length > 0) sayNext(steps, out);
}
