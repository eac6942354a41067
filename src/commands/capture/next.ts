/** What follows once fixtures are there: tests for them, or the integration itself. */
import { join, relative } from "node:path";
import { quote } from "shlex";
import type { Integration } from "../../checkout/model.ts";
import { CancelledError } from "../../errors.ts";
import { fieldsOf } from "../../server/capture/index.ts";
import type { Context } from "../define.ts";
import type { Finished } from "./finish.ts";
import type { Target } from "./target.ts";

/** Says what to do with the new fixtures, and offers to do it. */
export async function sayNext(target: Target, finished: Finished, context: Context): Promise<void> {
  const { out, prompts } = context;
  const { integration, name } = target;
  const { cyan } = out.paintTalk;
  if (!integration) {
    out.say(
      `\nNext, make the integration of them:\n  ${cyan(newCommand(target, finished, context))}`,
    );
    return;
  }
  if (prompts.interactive && !context.yes) {
    if (await wantsTests(name, prompts)) return recordTests(integration, context);
  }
  out.say(
    `\nNext:\n  ${cyan(`connect-webhook test ${name} --record`)}\n    writes tests for the new fixtures`,
  );
  out.say(
    `  ${cyan(`connect-webhook preview ${name} ${finished.written[0]?.file ?? ""}`)}\n    shows the message`,
  );
}

async function wantsTests(name: string, prompts: Context["prompts"]): Promise<boolean> {
  try {
    return await prompts.confirm("Record tests for the new fixtures now?");
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    throw new CancelledError(
      `Cancelled. The fixtures are written; \`connect-webhook test ${name} --record\` writes tests for them.`,
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
  return words.map((word) => quote(word)).join(" ");
}

async function recordTests(integration: Integration, context: Context): Promise<void> {
  const { record } = await import("../test/record.ts");
  const options = {
    all: false,
    filter: undefined,
    changed: undefined,
    shard: undefined,
    bail: false,
    coverage: false,
    coverageMin: undefined,
    timeoutMs: 20_000,
    reporter: "default",
  };
  await record([integration], options, context);
}
