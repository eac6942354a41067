/** A form in parts of which one is a picture: the text is drafted and kept, and it is said what is left out. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const field = 'Content-Disposition: form-data; name="';
const text = `--q7\r\n${field}payload"\r\n\r\n{"event":"ship.moored","ship":{"name":"Aurora"}}\r\n`;
const end = "--q7--\r\n";
const picture = `--q7\r\n${field}thumb"; filename="t.jpg"\r\n\r\n\xff\xd8\xff\r\n`;
const request = Buffer.from(text + picture + end, "latin1");
const folder = "zerver/webhooks/quayside";

it("is drafted without it, and a fixture that has it gets no test that cannot read it", async () => {
  const cwd = temporaryWorkspace();
  writeFileSync(join(cwd, "moored.multipart"), request);
  const start = ["new", "quayside", "--category", "deployment", "--yes", "--no-screenshot"];
  const drafted = await cli([...start, "--payload", "moored.multipart"], { cwd });
  expect(drafted.exitCode).toBe(0);
  expect(drafted.stderr).toContain(
    "moored.multipart is kept without the part thumb, which is no text, as a fixture has to be.",
  );
  expect(readFileSync(join(cwd, folder, "fixtures/moored.multipart"), "latin1")).toBe(text + end);

  const other = join(cwd, folder, "fixtures/moored__again.multipart");
  writeFileSync(other, request);
  const lint = ["lint", "quayside", "--rule", "fixture-encoding"];
  expect((await cli(lint, { cwd })).stdout).toContain("has parts that are no text: thumb");
  const before = readFileSync(join(cwd, folder, "tests.py"), "utf8");
  const refused = await cli(["test", "quayside", "--record", "--yes"], { cwd });
  expect(refused.stdout + refused.stderr).toMatch(/it has parts that are no text, which .*--fix/);
  expect(readFileSync(join(cwd, folder, "tests.py"), "utf8")).toBe(before);
  await cli([...lint, "--fix"], { cwd });
  expect(readFileSync(other, "latin1")).toBe(text + end);
  expect((await cli(["test", "quayside", "--record", "--yes"], { cwd })).exitCode).toBe(0);
  expect(readFileSync(join(cwd, folder, "tests.py"), "utf8")).toContain('"moored__again"');
});

it("shows all messages of a plan to who asks what would be written", async () => {
  const cwd = temporaryWorkspace();
  const files = [1, 2, 3, 4, 5, 6, 7].map((berth) => {
    writeFileSync(join(cwd, `b${berth}.json`), JSON.stringify({ event: "ship.moored", berth }));
    return `b${berth}.json`;
  });
  const args = ["new", "quayside", "--category", "deployment", "--payload", ...files];
  const shown = await cli([...args, "--dry-run", "--yes"], { cwd });
  expect(shown.stdout).toContain("b7.json › ");
  expect(shown.stdout).not.toContain("more\n");
  const written = await cli([...args, "--yes", "--no-screenshot"], { cwd });
  expect(written.stdout).toContain("… and 2 more");
});
