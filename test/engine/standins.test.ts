import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { sharedEngineOn, workspaceWith } from "./tree.ts";

it.each([
  "standins",
  "wire",
])("the stand-ins behave as the packages they stand for: %s", async (name) => {
  const wholeTests = readFileSync(join(packageRoot, `test/engine/python/${name}.py`), "utf8");
  const engine = await sharedEngineOn(workspaceWith({ [name]: { wholeTests } }), [name]);
  const { integrations } = await engine.runTests({ names: [name] });
  const tests = integrations[0]?.tests ?? [];
  const failures = tests.filter(({ status }) => status !== "passed");
  expect(failures.map(({ name, error }) => `${name}\n${error?.traceback}`)).toEqual([]);
  expect(tests.length).toBeGreaterThan(10);
});
