import type { ExitCode } from "../errors.ts";
import { type Context, defineCommand } from "./define.ts";
import { failingIn } from "./reporters/failure.ts";
import { noFittingTest, type TestOptions, testOptions } from "./test/options.ts";

export default defineCommand({
  name: "test",
  summary: "run the fixture tests",
  runsPythonUnless: ["checkout", "--engine=checkout"],
  description:
    "Runs the fixture tests of integrations on the embedded Python. It runs the tree's own tests.py, view and " +
    "library, and replaces only the database and third-party packages. You do not have to install Connect.\n\n" +
    "With --watch, it keeps running, and reruns the tests that each edit affects. With --record, it writes missing " +
    "tests for fixtures, and updates what tests expect. With --fuzz, it does not run tests: it delivers each fixture " +
    "with keys removed, set to null or changed to another type, and with malicious strings. `explain testing` " +
    "describes the workflow.",
  args: [
    {
      name: "names",
      description: "integrations to test (default: the one whose folder you are in, else all)",
      many: true,
    },
  ],
  options: testOptions,
  examples: [
    { line: "test mywebhook", does: "Runs the tests of one integration." },
    {
      line: "test mywebhook --watch",
      does: "Keeps running, and reruns the tests after each edit.",
    },
    { line: "test mywebhook --record", does: "Writes missing tests for its fixtures." },
    { line: "test mywebhook --fuzz", does: "Sends its view payloads that the service never sent." },
    {
      line: "test mywebhook --record --dry-run",
      does: "Shows what recording would write, without writing it.",
    },
    {
      line: "test --changed origin/main --reporter github",
      does: "Tests what a branch touched, in CI.",
    },
    {
      line: "test --all --shard 1/4 --reporter junit > 1.xml",
      does: "Runs a quarter of the tests, for one of four machines.",
    },
    {
      line: "test mywebhook --engine checkout --engine-prefix 'vagrant ssh -c'",
      does: "Uses Connect's own test runner, in its virtual machine.",
    },
  ],
  run: ({ names, options }, context) =>
    failingIn(options.reporter, context, () => runTests(names, options, context)),
});

async function runTests(
  names: readonly string[],
  options: TestOptions,
  context: Context,
): Promise<ExitCode | undefined> {
  if (options.fuzz || options.fuzzCase) {
    return (await import("./test/fuzz.ts")).runFuzz(names, options, context);
  }
  const checkout = await context.checkout();
  const { chooseTargets } = await import("./test/targets.ts");
  const targets = await chooseTargets(checkout, names, options, context.cwd);
  if (options.watch) return (await import("./test/watch.ts")).watch(targets, options, context);
  if (options.record) return (await import("./test/record.ts")).record(targets, options, context);
  const { emptyRun, runOnce } = await import("./test/run.ts");
  const { runOnCheckout } = await import("./test/checkout.ts");
  const run =
    targets.length === 0
      ? emptyRun
      : options.engine === "checkout"
        ? await runOnCheckout(
            checkout,
            targets,
            { ...options, prefix: options.enginePrefix },
            context,
          )
        : await runOnce(checkout, targets, options, context);
  if (targets.length === 0) context.out.say(nothingToRun(options));
  refuseEmpty(run.summary.total, options, targets.length);
  const { reportTests } = await import("./reporters/test-report.ts");
  return reportTests(run, checkout.root, options, context.out);
}

function nothingToRun({ changed }: TestOptions): string {
  return changed === undefined
    ? "There is nothing to test in this shard."
    : "No change affects the tests of an integration.";
}

/** A filter that fits nothing is a slip; that a machine's shard has none of its tests is not. */
function refuseEmpty(total: number, { filter, shard }: TestOptions, targets: number): void {
  if (total > 0 || !filter || shard || targets === 0) return;
  throw noFittingTest();
}
