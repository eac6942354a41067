import type { TestRun } from "../engine/index.ts";
import { ExitCode, UserError } from "../errors.ts";
import { count } from "../ui/text.ts";
import { type Context, defineCommand } from "./define.ts";

export default defineCommand({
  name: "test",
  description:
    "Runs the fixture tests of integrations on the embedded Python: the tree's own tests.py, view and library, " +
    "with stand-ins only for the database and for third-party packages. Nothing of Connect has to be installed.",
  args: [
    {
      name: "names",
      description: "integrations to test (default: the one whose folder you are in, else all)",
      many: true,
    },
  ],
  options: {
    all: { description: "test every integration of the tree" },
    reporter: {
      value: "name",
      description: "how to print the result",
      choices: ["default", "json"],
      default: "default",
    },
    timeout: { value: "seconds", description: "end a test that takes longer", default: "20" },
  },
  examples: [
    { line: "test mywebhook", does: "Runs the tests of one integration." },
    { line: "test github gitlab --verbose", does: "Runs two, and lists every test." },
    { line: "test --all --json > results.json", does: "Runs all tests, for a script." },
  ],
  async run({ names, options }, context) {
    const timeoutMs = toMilliseconds(options.timeout);
    const run = await runTests(names, options.all, timeoutMs, context);
    await print(run, options.reporter === "json", context);
    return run.summary.failed > 0 ? ExitCode.Problems : ExitCode.Ok;
  },
});

function toMilliseconds(seconds: string): number {
  const value = Number(seconds);
  if (value > 0 && value <= 3600) return value * 1000;
  throw new UserError(`'${seconds}' is not a time limit.`, {
    code: "usage",
    hint: "Give --timeout a number of seconds above 0 and up to 3600, such as 20.",
  });
}

async function runTests(
  names: string[],
  all: boolean,
  testTimeoutMs: number,
  context: Context,
): Promise<TestRun> {
  const checkout = await context.checkout();
  const [{ selectIntegrations }, { openEngine }] = await Promise.all([
    import("./select.ts"),
    import("../engine/index.ts"),
  ]);
  const targets = selectIntegrations(checkout, {
    names,
    all,
    cwd: context.cwd,
    otherwise: "all",
  });
  const progress = context.out.progress("Starting Python");
  let [done, failed] = [0, 0];
  const engine = await openEngine({
    root: checkout.root,
    targets,
    testTimeoutMs,
    signal: context.signal,
    onProgress: (message) => progress.update(message),
  });
  try {
    return await engine.runTests({
      names: targets.map(({ name }) => name),
      onResult({ status, integration }) {
        done += 1;
        if (status === "failed") failed += 1;
        const bad = failed > 0 ? `, ${failed} failed` : "";
        progress.update(`${count(done, "test")} run${bad} · ${integration}`);
      },
    });
  } finally {
    progress.stop();
    await engine.close();
  }
}

async function print(run: TestRun, asJson: boolean, { out }: Context): Promise<void> {
  const report = { version: 1, ...run };
  if (out.json) return out.report(report);
  if (asJson) return out.data(JSON.stringify(report, null, 2));
  const { formatTestRun } = await import("./reporters/test.ts");
  out.data(formatTestRun(run, out));
}
