/** Python without the means of a fast start that are not public; `npm run test:soak` runs more of the tests so. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { templatePath } from "../../src/host/assets.ts";
import { temporaryDirectory } from "../support/tree.ts";
import { engineOn, hostileWorkspace } from "./tree.ts";

const before = process.env.CONNECT_WEBHOOK_CACHE;
let cache = "";

beforeEach(() => {
  cache = join(temporaryDirectory(), "cache");
  process.env.CONNECT_WEBHOOK_PLAIN_START = "1";
  process.env.CONNECT_WEBHOOK_CACHE = cache;
});

afterEach(() => {
  delete process.env.CONNECT_WEBHOOK_PLAIN_START;
  process.env.CONNECT_WEBHOOK_CACHE = before;
});

it("passes the workspace's tests, delivers, and leaves nothing in the cache", async () => {
  const engine = await engineOn(templatePath("workspace"), ["harbourline"]);
  const { summary } = await engine.runTests({ names: ["harbourline"] });
  expect(summary).toMatchObject({ failed: 0, skipped: 0 });
  expect(summary.passed).toBeGreaterThan(5);
  const fixture = "approval_requested.json";
  const { response, messages } = await engine.deliver({ integration: "harbourline", fixture });
  expect([response.status, messages.length]).toEqual([200, 1]);
  expect(existsSync(join(cache, "engine"))).toBe(false);
});

it("leaves a hostile integration no way out", async () => {
  const engine = await engineOn(hostileWorkspace(9), ["hostile"]);
  const filter = { pattern: "\\.Escapes\\.", flags: "" };
  const { summary } = await engine.runTests({ names: ["hostile"], filter });
  expect(summary).toMatchObject({ failed: 0, skipped: 0 });
  expect(summary.passed).toBeGreaterThan(10);
});
