import { defineCommand } from "./define.ts";
import { noFittingTest, type TestOptions, testOptions } from "./test/options.ts";

export default defineCommand({
  name: "test",
  summary: "run the fixture tests",
  runsPythonUnless: ["checkout", "--engine=checkout"],
  description:
    "Runs the fixture tests of integrations on the embedded Python: the tree's own tests.py, view and library, " +
    "with stand-ins only for the database and for third-party packages. Nothing of Connect has to be installed.\n\n" +
    "With --watch it stays and runs what each edit reaches. With --record it writes the tests that fixtures lack, and " +
    "puts right what tests expect. With --fuzz it runs no tests: it delivers each fixture with keys taken away, made " +
    "null, of another type, and with texts that mean harm. `explain testing` shows the loop.",
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
    { line: "test mywebhook --watch", does: "Stays, and runs them again after each edit." },
    { line: "test mywebhook --record", does: "Writes the tests that its fixtures lack." },
    { line: "test mywebhook --fuzz", does: "Sends its view what the service never sent." },
    {
      line: "test mywebhook --record --dry-run",
      does: "Shows what recording would write, and writes nothing.",
    },
    {
      line: "test --changed origin/main --reporter github",
      does: "Tests what a branch touched, in CI.",
    },
    {
      line: "test --all --shard 1/4 --reporter junit > 1.xml",
      does: "Runs a quarter, for one of four machines.",
    },
    {
      line: "test mywebhook --engine checkout --engine-prefix 'vagrant ssh -c'",
      does: "Asks Connect's own test runner, in its virtual machine.",
    },
  ],
  async run({ names, options }, context) {
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
  },
});

function nothingToRun({ changed }: TestOptions): string {
  return changed === undefined
    ? "There is nothing to test in this shard."
    : "Nothing that a test of an integration could notice has changed.";
}

/** A filter that fits nothing is a slip; that a machine's shard has none of its tests is not. */
function refuseEmpty(total: number, { filter, shard }: TestOptions, targets: number): void {
  if (total > 0 || !filter || shard || targets === 0) return;
  throw noFittingTest();
}
