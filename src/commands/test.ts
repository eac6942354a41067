import { UserError } from "../errors.ts";
import { defineCommand } from "./define.ts";
import type { TestOptions } from "./test/options.ts";

export default defineCommand({
  name: "test",
  description:
    "Runs the fixture tests of integrations on the embedded Python: the tree's own tests.py, view and library, " +
    "with stand-ins only for the database and for third-party packages. Nothing of Connect has to be installed.\n\n" +
    "With --watch it stays and runs what each edit reaches. With --record it writes the tests that fixtures lack, and " +
    "puts right what tests expect. With --fuzz it runs no tests: it delivers each fixture with keys taken away, made " +
    "null, of another type, and with texts that mean harm. docs/testing.md shows the loop.",
  args: [
    {
      name: "names",
      description: "integrations to test (default: the one whose folder you are in, else all)",
      many: true,
    },
  ],
  options: {
    all: { description: "test every integration of the tree" },
    filter: {
      value: "text",
      description: "run only tests whose name holds this text, or matches /regex/",
    },
    changed: {
      value: "base",
      valueOptional: true,
      description:
        "test what differs from where the branch left this base (default: the tree's main branch)",
    },
    watch: { description: "stay, and run what each edit reaches" },
    record: { description: "write tests for fixtures without one, and correct what tests expect" },
    coverage: { description: "show which lines of the views no test runs" },
    coverageMin: { value: "percent", description: "fail below this coverage of any integration" },
    fuzz: { description: "deliver fixtures with harmful changes, and tell what a view does wrong" },
    fuzzLimit: {
      value: "n",
      description: "for --fuzz: deliveries to an integration at most, or 'all' (default: 1000)",
    },
    fuzzCase: { value: "case", description: "try one case that --fuzz told about again" },
    seed: { value: "n", description: "for --fuzz: another order and other random texts" },
    shard: { value: "i/n", description: "run the i-th of n parts of about the same size" },
    bail: { description: "stop at the first failure" },
    reporter: {
      value: "name",
      description: "how to print the result",
      choices: ["default", "json", "junit", "github"],
      default: "default",
    },
    timeout: { value: "seconds", description: "end a test that takes longer", default: "20" },
    engine: {
      value: "name",
      description: "what runs the tests: the embedded Python, or the checkout's tools/test-backend",
      choices: ["embedded", "checkout"],
      default: "embedded",
    },
    enginePrefix: {
      value: "command",
      description:
        "for --engine checkout: a command that runs another one in the development environment",
    },
  },
  examples: [
    { line: "test mywebhook", does: "Runs the tests of one integration." },
    { line: "test mywebhook --watch", does: "Stays, and runs them again after each edit." },
    { line: "test mywebhook --record", does: "Writes the tests that its fixtures lack." },
    { line: "test mywebhook --fuzz", does: "Sends its view what the service never sent." },
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
  async run({ names, options: flags }, context) {
    const { checkOptions } = await import("./test/options.ts");
    const { wantsFuzz } = await import("./test/fuzz-options.ts");
    if (wantsFuzz(flags)) {
      return (await import("./test/fuzz.ts")).runFuzz(names, flags, context);
    }
    const options = checkOptions(flags, names, context.out.json);
    const checkout = await context.checkout();
    const { chooseTargets } = await import("./test/targets.ts");
    const targets = await chooseTargets(checkout, names, options, context.cwd);
    if (flags.watch) return (await import("./test/watch.ts")).watch(targets, options, context);
    if (flags.record) return (await import("./test/record.ts")).record(targets, options, context);
    const { emptyRun, runOnce } = await import("./test/run.ts");
    const { runOnCheckout } = await import("./test/checkout.ts");
    const run =
      targets.length === 0
        ? emptyRun
        : flags.engine === "checkout"
          ? await runOnCheckout(
              checkout,
              targets,
              { ...options, prefix: flags.enginePrefix },
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
  throw new UserError("No test's name fits the filter.", {
    code: "no-tests",
    hint: "Leave --filter out and add --verbose to see the names of all tests.",
  });
}
