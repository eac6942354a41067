/** What the plan shows, and what the new tests expect, comes from running the drafted view in the tree. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import { edit, fingerprint, temporaryWorkspace } from "../support/tree.ts";

const deploy = join(packageRoot, "fixtures/payloads/acmedeploy/deploy_finished.json");
const command = ["new", "acmedeploy", "--category", "deployment", "--payload", deploy];
const COMMON = "zerver/lib/webhooks/common.py";

it("says what this very tree makes of the message", async () => {
  const cwd = temporaryWorkspace();
  edit(cwd, COMMON, (text) =>
    text.replace(
      /^def check_send_webhook_message\([\s\S]*?\) -> None:\n(?: {4}"""[\s\S]*?"""\n)?/m,
      (head) => `${head}    body = body.replace("Checkout", "Till")\n`,
    ),
  );
  const before = fingerprint(cwd);
  const dry = await cli([...command, "--dry-run", "--json"], { cwd });
  const { messages, untold } = JSON.parse(dry.stdout);
  expect({ messages, untold }).toMatchObject({
    messages: [
      { fixture: "deploy_finished", content: expect.stringContaining("Deployment [Till 2.14.0]") },
    ],
    untold: [],
  });
  expect(fingerprint(cwd)).toBe(before);
  const made = await cli([...command, "--no-screenshot", "--yes"], { cwd });
  expect(made.stderr).toContain("✓ Its 2 tests pass.");
  expect(made.exitCode).toBe(0);
});

it("leaves to test --record what a tree that does not load cannot tell", async () => {
  const cwd = temporaryWorkspace();
  const broken = "\nraise RuntimeError('half a merge')\n";
  edit(cwd, COMMON, (text) => text + broken);
  const made = await cli([...command, "--no-screenshot", "--yes"], { cwd });
  expect(made.stderr).toMatch(/! The view was not run, so its tests say TODO .*half a merge/);
  expect(made.stderr).toContain("connect-webhook test acmedeploy --record");
  expect(made.stdout).toContain("deploy_finished.json › not known: ");
  expect(made.exitCode).toBe(0);
  const tests = join(cwd, "zerver/webhooks/acmedeploy/tests.py");
  expect(readFileSync(tests, "utf8")).toContain("TODO");

  edit(cwd, COMMON, (text) => text.replace(broken, ""));
  const failing = await cli(["test", "acmedeploy"], { cwd });
  expect(failing.exitCode).toBe(1);
  const recorded = await cli(["test", "acmedeploy", "--record", "--yes"], { cwd });
  expect({ ...recorded, stdout: "" }).toMatchObject({ exitCode: 0 });
  const written = readFileSync(tests, "utf8");
  expect(written).not.toContain("TODO");
  expect(written).toContain("Deployment [Checkout 2.14.0]");
});
