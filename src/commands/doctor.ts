import type { Check } from "../doctor/index.ts";
import { ExitCode } from "../errors.ts";
import { columns } from "../ui/layout.ts";
import { printableLine } from "../ui/steering.ts";
import { type Context, defineCommand } from "./define.ts";

export default defineCommand({
  name: "doctor",
  summary: "check what works on this machine",
  description:
    "Checks what works on this machine by trying it: starts the embedded Python on the tree, launches the browser, " +
    "writes to the cache, and runs git. Each line reports a result and how to fix a problem. The exit code is 3 if " +
    "something required does not work.",
  args: [],
  options: {},
  examples: [
    { line: "doctor", does: "Checks the machine, and the tree in this folder." },
    { line: "doctor -C ../connect --json", does: "Checks another tree, for a script." },
  ],
  async run(_input, context) {
    const { out, cwd, folder, signal } = context;
    const { examine } = await import("../doctor/index.ts");
    const progress = out.progress("Looking");
    const checks = await examine({
      folder: folder ?? cwd,
      explicit: folder !== undefined,
      signal,
      onCheck: (name) => progress.update(`Checking ${name}`),
    }).finally(() => progress.stop());
    checks.push(terminalCheck(context));
    const failed = checks.filter(({ status }) => status === "fail").length;
    out.report({ version: 1, ok: failed === 0, checks });
    out.data(columns(checks.flatMap((check) => rows(check, context))));
    return failed > 0 ? ExitCode.Machine : undefined;
  },
});

function terminalCheck({ out, prompts }: Context): Check {
  const colours = out.paint.coloured ? "colour" : "no colour";
  const message = prompts.interactive
    ? `${out.width} columns, ${colours}, questions can be asked`
    : `${colours}, nobody to ask: every question needs its flag`;
  return { name: "terminal", status: "ok", message };
}

function rows({ name, status, message, fix }: Check, { out }: Context): string[][] {
  const { paint } = out;
  const sign = { ok: paint.green("✓"), warn: paint.yellow("!"), fail: paint.red("✗") }[status];
  const lines = [[sign, paint.bold(name), printableLine(message)]];
  if (fix !== undefined) lines.push(["", "", paint.cyan(printableLine(fix))]);
  return lines;
}
