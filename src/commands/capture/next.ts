/** What follows once fixtures are there: tests for them, or the integration itself. */

import { join, relative } from "node:path";
import type { Integration } from "../../checkout/model.ts";
import { CancelledError } from "../../errors.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { sortPayloads } from "../../payload/index.ts";
import { printableLine } from "../../ui/steering.ts";
import type { Context } from "../define.ts";
import { formFields } from "../new/header-values.ts";
import type { Finished } from "./finish.ts";
import type { Target } from "./target.ts";

/** Says what to do with the new fixtures, and offers to do it. */
export async function sayNext(target: Target, finished: Finished, context: Context): Promise<void> {
  const { out, prompts } = context;
  const { integration, name } = target;
  const { cyan } = out.paintStderr;
  if (!integration) {
    return sayNew(target, finished, context);
  }
  if (prompts.interactive && !context.yes) {
    if (await wantsTests(name, prompts)) return recordTests(integration, context);
  }
  const test = shellCommand("connect-webhook", "test", name, "--record");
  out.say(`\nNext:\n  ${cyan(test)}\n    writes tests for the new fixtures`);
  const fixtures = finished.written.slice(0, 1).map(({ file }) => file);
  const preview = shellCommand("connect-webhook", "preview", name, ...fixtures);
  out.say(`  ${cyan(preview)}\n    shows the message`);
}

async function wantsTests(name: string, prompts: Context["prompts"]): Promise<boolean> {
  try {
    return await prompts.confirm("Record tests for the new fixtures now?");
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    throw new CancelledError(
      `Cancelled. The fixtures are written; \`${shellCommand("connect-webhook", "test", name, "--record")}\` writes tests for them.`,
    );
  }
}

/** Says how to make an integration of what was captured for a name that is not in the tree yet. */
async function sayNew(
  { checkout, name, fixturesFolder }: Target,
  { written, plan: { source } }: Finished,
  { cwd, out }: Context,
): Promise<void> {
  const folder = relative(cwd, join(checkout.root, fixturesFolder)) || ".";
  const paths = written.map(({ file }) => join(folder, file));
  const { payloads, broken } = await sortPayloads(paths, cwd, await formFields(checkout, name));
  // Of the others a note of their own has said why.
  const unnoted = new Set(paths.filter((_, at) => written[at]?.content.notes.length === 0));
  for (const { path, error } of broken)
    if (unnoted.has(path)) out.warn(printableLine(error.message));
  const command = shellCommand(
    ...["connect-webhook", "new", name],
    ...(payloads.length > 0 ? ["--payload", ...payloads.map((payload) => payload.source)] : []),
    ...(source.kind === "header" ? ["--event-header", source.header] : []),
    ...(source.kind === "key" ? ["--event-key", source.path.join(".")] : []),
  );
  const what =
    payloads.length > 0
      ? "Next, make the integration from them:"
      : "`new` cannot make a view from these requests. Without a payload, it starts with a sample:";
  out.say(`\n${what}\n  ${out.paintStderr.cyan(command)}`);
}

const TEST_TIMEOUT_MS = 20_000;

async function recordTests(integration: Integration, context: Context): Promise<void> {
  const { record } = await import("../test/record.ts");
  await record(
    [integration],
    { filter: undefined, timeout: TEST_TIMEOUT_MS, dryRun: false },
    context,
  );
}
