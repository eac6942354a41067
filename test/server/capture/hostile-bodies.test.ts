/** Each hostile body by itself through the whole of `capture`, with a good one beside it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Spool } from "../../../src/server/capture/index.ts";
import { cli } from "../../support/cli.ts";
import { type HostileBody, largeBodies, oddBodies } from "../../support/hostile-bodies.ts";
import { sample } from "../../support/soak.ts";
import { temporaryWorkspace } from "../../support/tree.ts";

const good = Buffer.from('{"event":"all_is_well","name":"Ada"}');

/** A workspace whose spool holds these bodies and the good one. */
async function spooled(bodies: readonly HostileBody[]): Promise<string> {
  const root = temporaryWorkspace();
  const spool = new Spool(root, "odd");
  const type: [string, string][] = [["Content-Type", "application/json"]];
  for (const [, body, headers = type] of [...bodies, ["good", good] as const]) {
    await spool.take({ method: "POST", target: "/", headers, body }, "test");
  }
  return root;
}

async function finish(root: string, ...more: string[]) {
  const args = ["capture", "odd", "--finish", "--json", ...more];
  const { exitCode, stdout, stderr } = await cli(args, { cwd: root });
  return { exitCode, stderr, report: JSON.parse(stdout) };
}

describe("hostile bodies", () => {
  it.each([
    ["the odd ones", oddBodies],
    ["the large ones", sample(largeBodies, { every: 2 })],
  ])("%s become fixtures or are named, and the good one becomes a fixture", async (_kind, bodies) => {
    const root = await spooled(bodies);
    const { exitCode, report, stderr } = await finish(root, "--redact");
    expect(stderr).not.toMatch(/Warning|RangeError/);
    expect(report.fixtures.map(({ path }: { path: string }) => path)).toContainEqual(
      expect.stringMatching(/all_is_well\.json$/),
    );
    const settled = report.requests.length + report.unusable.length;
    expect([exitCode, settled]).toEqual([report.unusable.length > 0 ? 1 : 0, bodies.length + 1]);
  });

  it("names one that cannot be read, keeps it, and makes fixtures of the others", async () => {
    const root = await spooled([]);
    const spool = new Spool(root, "odd");
    const request = await spool.take(
      { method: "POST", target: "/", headers: [], body: Buffer.from('{"event":"lost"}') },
      "test",
    );
    const body = join(spool.path, `${request.id}.body`);
    (await import("node:fs")).rmSync(body);
    const first = await finish(root, "--redact");
    expect(first).toMatchObject({
      exitCode: 1,
      report: { fixtures: [{ event: "all_is_well" }], unusable: [{ request: request.id }] },
    });
    writeFileSync(body, '{"event":"lost"}');
    expect(await finish(root, "--redact")).toMatchObject({
      exitCode: 0,
      report: { fixtures: [{ event: "lost" }], unusable: [] },
    });
  });

  it("suggests a next command that takes what it names", async () => {
    const root = await spooled(oddBodies);
    const { stderr } = await finish(root, "--redact");
    const [, words = ""] = /connect-webhook (new odd .*)/.exec(stderr) ?? [];
    const dryRun = await cli([...words.split(" "), "--dry-run", "--no-input", "-y"], { cwd: root });
    expect(dryRun.stderr).not.toMatch(/is not JSON/);
    expect(dryRun.exitCode).not.toBe(70);
  });
});
