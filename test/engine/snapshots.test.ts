import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { engineOn, useOwnCache, workspaceWith } from "./tree.ts";

const cache = join(useOwnCache(), "engine");

const FIRST_TIME = "Loading the tree's library for the first time";
const AGAIN = "Loading the tree's library again";

/** Runs the sample and returns what the engine said about loading. */
async function run(root: string): Promise<string[]> {
  const said: string[] = [];
  const engine = await engineOn(root, ["harbourline"], {
    onProgress: (message) => said.push(message),
  });
  const { summary } = await engine.runTests({ names: ["harbourline"] });
  expect(summary.failed).toBe(0);
  expect(summary.passed).toBeGreaterThan(0);
  await engine.close();
  return said;
}

describe("memory snapshots", () => {
  it("are used again, whatever happens to integrations and the registry", async () => {
    const root = workspaceWith({});
    expect(await run(root)).toEqual([FIRST_TIME]);
    expect(readdirSync(cache)).toHaveLength(1);
    expect(await run(root)).toEqual([]);
    appendFileSync(join(root, "zerver/lib/integrations.py"), "# changed\n");
    appendFileSync(join(root, "zerver/webhooks/harbourline/view.py"), "# changed\n");
    expect(await run(root)).toEqual([]);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  it("are made anew when the library changes", async () => {
    const root = workspaceWith({});
    appendFileSync(join(root, "zerver/lib/validator.py"), "# changed\n");
    expect(await run(root)).toEqual([FIRST_TIME]);
    expect(await run(root)).toEqual([]);
  });

  it("are replaced when they are broken", async () => {
    const root = workspaceWith({});
    await run(root);
    for (const name of readdirSync(cache)) writeFileSync(join(cache, name), "rubbish");
    expect(await run(root)).toEqual([AGAIN]);
    const sizes = readdirSync(cache).map((name) => statSync(join(cache, name)).size);
    expect(Math.max(...sizes)).toBeGreaterThan(1_000_000);
    expect(await run(root)).toEqual([]);
  });

  it("are kept up to a size, and what a killed run left is cleared away", async () => {
    const hour = new Date(Date.now() - 3_600_000);
    const put = (name: string, bytes: number): void => {
      writeFileSync(join(cache, name), new Uint8Array(0));
      truncateSync(join(cache, name), bytes);
      utimesSync(join(cache, name), hour, hour);
    };
    mkdirSync(cache, { recursive: true });
    for (const name of ["a", "b", "c"]) put(`${name}.snapshot`, 90_000_000);
    put(".x.snapshot.1.partial", 10);
    const root = workspaceWith({});
    appendFileSync(join(root, "zerver/lib/validator.py"), "# another one\n");
    await run(root);
    const names = readdirSync(cache);
    const bytes = names.map((name) => statSync(join(cache, name)).size);
    expect(names.filter((name) => name.endsWith(".partial"))).toEqual([]);
    expect(bytes.reduce((total, size) => total + size, 0)).toBeLessThan(200_000_000);
    expect(await run(root)).toEqual([]);
  });
});
