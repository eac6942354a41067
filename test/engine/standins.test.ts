import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { sharedEngineOn, workspaceWith } from "./tree.ts";

it("the stand-ins behave as the packages they stand for", async () => {
  const wholeTests = readFileSync(join(packageRoot, "test/engine/python/standins.py"), "utf8");
  const engine = await sharedEngineOn(workspaceWith({ standins: { wholeTests } }), ["standins"]);
  const { integrations } = await engine.runTests({ names: ["standins"] });
  const tests = integrations[0]?.tests ?? [];
  const failures = tests.filter(({ status }) => status !== "passed");
  expect(failures.map(({ name, error }) => `${name}\n${error?.traceback}`)).toEqual([]);
  expect(tests.length).toBeGreaterThan(10);
});
