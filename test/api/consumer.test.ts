/** The library as another program uses it: its types are checked by tsc, and its functions run from a folder elsewhere. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { testCache } from "../support/cli.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const PROGRAM = `import { lint, openCheckout, renderMarkdown, runTests, UserError } from "connect-webhook";
import type { Checkout, LintResult, TestRun } from "connect-webhook";

const root: string = process.argv[2] ?? "";
const checkout: Checkout = await openCheckout(root);
const run: TestRun = await runTests(checkout, { names: ["harbourline"], timeoutMs: 60_000 });
const checked: LintResult = await lint(checkout);
const code = await openCheckout(root + "/gone").catch((error: unknown) =>
  error instanceof UserError ? error.code : "other",
);
const html: string = renderMarkdown("**a** <b>");
const wrong = await runTests(checkout, { names: ["nope"] }).catch((error: UserError) => error.code);
console.log(JSON.stringify({
  names: checkout.integrations.map(({ name }) => name),
  passed: run.summary.passed,
  failed: run.summary.failed,
  errors: checked.summary.errors,
  code,
  wrong,
  html,
}));
`;

it("is typed, and works from elsewhere", () => {
  const folder = temporaryDirectory();
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  symlinkSync(packageRoot, join(folder, "node_modules/connect-webhook"), "junction");
  const types = join(packageRoot, "node_modules/@types/node");
  symlinkSync(types, join(folder, "node_modules/@types/node"), "junction");
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(join(folder, "program.ts"), PROGRAM);
  const settings = [
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--lib",
    "es2022",
    "--types",
    "node",
  ];
  const tsc = join(packageRoot, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, ...settings, "program.ts"], {
    cwd: folder,
    stdio: "inherit",
  });
  const printed = execFileSync(process.execPath, ["program.js", temporaryWorkspace()], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: testCache, CONNECT_WEBHOOK_CACHE: testCache },
  });
  const { passed, ...rest } = JSON.parse(printed);
  expect(passed).toBeGreaterThan(5);
  expect(rest).toEqual({
    names: ["harbourline"],
    failed: 0,
    errors: 0,
    code: "no-such-folder",
    wrong: "unknown-integration",
    html: "<p><strong>a</strong> &lt;b&gt;</p>",
  });
});
