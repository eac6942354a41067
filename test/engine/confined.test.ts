/** What holds the process that runs Python, shown from inside it: by JavaScript, which no checkout's code can run. */
import { existsSync, mkdirSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startConfined } from "../../src/engine/confined.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { cacheDir } from "../../src/host/cache.ts";
import { networkHold } from "../../src/host/isolation.ts";

const CONNECTS = {
  namespace: "ENETUNREACH",
  permission: "ERR_ACCESS_DENIED",
  program: "done",
} as const;
/** Where the permission model knows the network, it answers before the system does. */
const hold = process.allowedNodeEnvironmentFlags.has("--allow-net") ? "permission" : networkHold();

describe("the confined process", () => {
  it("reads, writes and starts nothing of the machine, makes no code, and has a cap on its memory", async () => {
    process.env.CONNECT_WEBHOOK_SECRET = "secret";
    mkdirSync(cacheDir("engine"), { recursive: true });
    const server = createServer((socket) => socket.destroy());
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const child = startConfined(join(packageRoot, "test/engine/confined-program.mjs"), [
      join(packageRoot, "package.json"),
      cacheDir("engine"),
      String(port),
    ]);
    delete process.env.CONNECT_WEBHOOK_SECRET;
    let said = "";
    for await (const part of child.output) said += String(part);
    expect(child.lastWords()).toBe("");
    expect(JSON.parse(said)).toEqual({
      write: "ERR_ACCESS_DENIED",
      read: "ERR_ACCESS_DENIED",
      readPackage: "ERR_ACCESS_DENIED",
      listCache: "ERR_ACCESS_DENIED",
      start: "ERR_ACCESS_DENIED",
      makeCode: "EvalError",
      memory: "RangeError",
      memoryAllowed: "done",
      // Where the system cannot take the network away, this program's own JavaScript does.
      connect: CONNECTS[hold],
      environment: process.platform === "win32" ? ["SystemRoot", "TZ"] : ["TZ"],
    });
    expect(existsSync(join(tmpdir(), "connect-webhook-must-not-be"))).toBe(false);
  });
});
