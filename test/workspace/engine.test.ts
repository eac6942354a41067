import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TestResult, TestRun } from "../../src/engine/index.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { openSharedEngine } from "../support/pools.ts";
import { temporaryWorkspace } from "../support/tree.ts";

function edit(root: string, path: string, from: string, to: string): void {
  const text = readFileSync(join(root, path), "utf8");
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(join(root, path), text.replace(from, to));
}

async function run(root: string, names: string[]): Promise<TestRun> {
  const targets = names.map((name) => ({ name, directory: `zerver/webhooks/${name}` }));
  const engine = await openSharedEngine({ root, targets });
  try {
    return await engine.runTests({ names });
  } finally {
    await engine.close();
  }
}

const failed = (result: TestRun): TestResult[] =>
  result.integrations.flatMap(({ tests }) => tests.filter(({ status }) => status !== "passed"));

describe("the embedded workspace", () => {
  it("has an example whose tests pass", async () => {
    const result = await run(temporaryWorkspace(), ["harbourline"]);
    expect(failed(result)).toEqual([]);
    expect(result.summary.passed).toBe(11);
  });

  it("has an example whose tests notice a changed message", async () => {
    const root = temporaryWorkspace();
    edit(root, "zerver/webhooks/harbourline/view.py", "succeeded after", "was done after");
    const result = await run(root, ["harbourline"]);
    expect(failed(result).map(({ name }) => name)).toEqual(["test_deployment_succeeded"]);
  });

  it("has a library that does what Connect's own does", async () => {
    const root = temporaryWorkspace();
    const probe = join(packageRoot, "test/workspace/probe");
    cpSync(probe, join(root, "zerver/webhooks/probe"), { recursive: true });
    const list = "WEBHOOK_INTEGRATIONS: list[WebhookIntegration] = [\n";
    const view = "zerver.webhooks.probe.view.api_probebasic_webhook";
    edit(
      root,
      "zerver/lib/integrations.py",
      list,
      `${list}    WebhookIntegration("probe", ["misc"]),
    WebhookIntegration("probebasic", ["misc"], function="${view}", dir_name="probe"),
`,
    );
    const result = await run(root, ["probe"]);
    expect(failed(result)).toEqual([]);
    expect(result.summary.passed).toBe(31);
  });
});
