/** A file of the spool that is no request keeps no other one from becoming a fixture. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

it.each(["", "null", "[".repeat(100_000), '{"version":1}'])("%s", async (text) => {
  const root = temporaryWorkspace();
  const spool = join(root, ".connect-webhook/captures/harbourline");
  mkdirSync(spool, { recursive: true });
  writeFileSync(join(spool, "broken.json"), text);
  const command = join(root, "command.txt");
  writeFileSync(command, `curl https://a.example/ -H 'X-Acme-Event: lamp' -d '{"on":true}'`);
  const words = ["capture", "harbourline", "--from", command];
  const { exitCode, stderr } = await cli(words, { cwd: root });
  expect(stderr).toContain("broken.json is not a request that this program wrote.");
  expect(exitCode).toBe(1);
  expect(existsSync(join(root, "zerver/webhooks/harbourline/fixtures/lamp.json"))).toBe(true);
  expect(existsSync(join(spool, "broken.json"))).toBe(true);
});
