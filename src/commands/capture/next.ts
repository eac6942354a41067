/** What follows once fixtures are there: tests for them, or the integration itself. */

import { join, relative } from "node:path";
import type { Integration } from "../../checkout/model.ts";
import { CancelledError } from "../../errors.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { fieldsOf } from "../../server/capture/index.ts";
import type { Context } from "../define.ts";
import type { Finished } from "./finish.ts";
import type { Target } from "./target.ts";

/** Says what to do with the new fixtures, and offers to do it. */
export async function sayNext(target: Target, finished: Finished, context: Context): Promise<void> {
  const { out, prompts } = context;
  const { integration, name } = target;
  const { cyan } = out.paintStderr;
  if (!integration) {
    out.say(
      `\nNext, make the integration of them:\n  ${cyan(newCommand(target, finished, context))}`,
    );
    return;
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

/** The command line that uses what was captured for a name that is not in the tree yet. */
function newCommand(
  { checkout, name, fixturesFolder }: Target,
  { written, plan: { source } }: Finished,
  { cwd }: Context,
): string {
  const folder = relative(cwd, join(checkout.root, fixturesFolder)) || ".";
  const files = written
    // `new` takes what Connect's parser takes.
    .filter(({ file, content }) => file.endsWith(".json") && fieldsOf(content) !== undefined)
    .map(({ file }) => join(folder, file));
  const words = [
    "connect-webhook",
    "new",
    name,
    ...(files.length > 0 ? ["--payload", ...files] : []),
    ...(source.kind === "header" ? ["--event-header", source.header] : []),
    ...(source.kind === "key" ? ["--event-key", source.path.join(".")] : []),
  ];
  return shellCommand(...words);
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
