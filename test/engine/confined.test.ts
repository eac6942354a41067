/** What holds the process that runs Python, shown from inside it: by JavaScript, which no checkout's code can run. */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startConfined } from "../../src/engine/client.ts";
import { packageRoot } from "../../src/host/assets.ts";

describe("the confined process", () => {
  it("reads, writes and starts nothing of the machine, makes no code, and has a cap on its memory", async () => {
    process.env.CONNECT_WEBHOOK_SECRET = "secret";
    const child = startConfined(join(packageRoot, "test/engine/confined-program.mjs"), []);
    delete process.env.CONNECT_WEBHOOK_SECRET;
    let said = "";
    for await (const part of child.output) said += String(part);
    expect(child.lastWords()).toBe("");
    expect(JSON.parse(said)).toEqual({
      write: "ERR_ACCESS_DENIED",
      read: "ERR_ACCESS_DENIED",
      start: "ERR_ACCESS_DENIED",
      makeCode: "EvalError",
      memory: "RangeError",
      memoryAllowed: "done",
      environment: process.platform === "win32" ? ["SystemRoot", "TZ"] : ["TZ"],
    });
    expect(existsSync(join(tmpdir(), "connect-webhook-must-not-be"))).toBe(false);
  });
});
