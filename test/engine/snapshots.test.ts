import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canPackPrograms } from "../../src/engine/child/fast-start/wasm-code.ts";
import { SEAL_BYTES } from "../../src/engine/places.ts";
import { sample } from "../support/soak.ts";
import { childrenOf } from "./process-table.ts";
import { engineOn, useOwnCache, workspaceWith } from "./tree.ts";

const cache = join(useOwnCache(), "engine");

const FIRST_TIME = "Loading the tree's library for the first time";
const AGAIN = "Loading the tree's library again";
/** Which of them depends on whether the process that is started ahead has found out before that the file is of no use. */
const MADE_AGAIN = [[AGAIN], [FIRST_TIME]];

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

/** Changes the second half of the machine code in V8's file, but not its hash; see child/runtime.ts. */
function damageMachineCode(path: string): void {
  const bytes = readFileSync(path);
  const program = bytes.readUInt32LE(SEAL_BYTES);
  const start = SEAL_BYTES + 4 + 32;
  const code = bytes.subarray(start, start + program - 32);
  expect(code.length).toBeGreaterThan(1_000_000);
  const half = code.subarray(code.length / 2);
  for (const [index, byte] of half.entries()) half[index] = byte ^ 0x5a;
  writeFileSync(path, bytes);
}

/** The name of the snapshot that was used last. */
function lastUsed(): string {
  const time = (name: string): number => statSync(join(cache, name)).mtimeMs;
  return snapshots().sort((one, other) => time(other) - time(one))[0] ?? "";
}

const snapshots = (): string[] => readdirSync(cache).filter((name) => name.endsWith(".snapshot"));

describe("memory snapshots", () => {
  it("are used again, whatever happens to integrations and the registry", async () => {
    const root = workspaceWith({});
    expect(await run(root)).toEqual([FIRST_TIME]);
    expect(snapshots()).toHaveLength(1);
    expect(await run(root)).toEqual([]);
    appendFileSync(join(root, "zerver/lib/integrations.py"), "# changed\n");
    appendFileSync(join(root, "zerver/webhooks/harbourline/view.py"), "# changed\n");
    expect(await run(root)).toEqual([]);
    expect(snapshots()).toHaveLength(1);
  });

  it("are replaced when they are broken", async () => {
    const root = workspaceWith({});
    await run(root);
    for (const name of readdirSync(cache)) writeFileSync(join(cache, name), "rubbish");
    expect(MADE_AGAIN).toContainEqual(await run(root));
    const sizes = readdirSync(cache).map((name) => statSync(join(cache, name)).size);
    expect(Math.max(...sizes)).toBeGreaterThan(1_000_000);
    expect(await run(root)).toEqual([]);
  });

  it.runIf(canPackPrograms())("do without machine code that is damaged", async () => {
    const root = workspaceWith({});
    await run(root);
    const codes = readdirSync(cache).filter((name) => name.endsWith(".v8"));
    expect(codes).toHaveLength(1);
    damageMachineCode(join(cache, codes[0] ?? ""));
    expect(await run(root)).toEqual([]);
  });

  it("do without a memory of the harness that is damaged, which is made again", async () => {
    const root = workspaceWith({});
    await run(root);
    const [base = ""] = readdirSync(cache).filter((name) => name.endsWith(".base"));
    const whole = readFileSync(join(cache, base));
    expect(whole.length).toBeGreaterThan(1_000_000);
    const another = Buffer.from(
      whole.toString("latin1").replaceAll("def boot(", "def loot("),
      "latin1",
    );
    expect(another.equals(whole)).toBe(false);
    const halved = Buffer.from(whole).fill(0, Math.floor(whole.length / 2));
    // As long as its seal says: that of another harness, and one whose second half is gone.
    for (const damaged of sample([another, halved], { every: 2 })) {
      writeFileSync(join(cache, base), damaged);
      appendFileSync(join(root, "zerver/lib/validator.py"), "# changed again\n");
      expect(await run(root)).toEqual([FIRST_TIME, AGAIN]);
      expect(readdirSync(cache)).not.toContain(base);
      appendFileSync(join(root, "zerver/lib/validator.py"), "# and again\n");
      expect(await run(root)).toEqual([FIRST_TIME]);
      expect(readdirSync(cache)).toContain(base);
    }
  });

  it.skipIf(process.platform === "win32")("are nobody else's, and no links", async () => {
    const root = workspaceWith({});
    await run(root);
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    chmodSync(cache, 0o755);
    const name = lastUsed();
    const elsewhere = join(mkdtempSync(join(tmpdir(), "connect-webhook-")), "elsewhere.snapshot");
    renameSync(join(cache, name), elsewhere);
    symlinkSync(elsewhere, join(cache, name));
    expect(MADE_AGAIN).toContainEqual(await run(root));
    expect(lstatSync(join(cache, name)).isFile()).toBe(true);
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    chmodSync(join(cache, name), 0o666);
    expect(MADE_AGAIN).toContainEqual(await run(root));
  });

  it("are made anew when the library changes, kept up to a size, and rid of what a killed run left", async () => {
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
    expect(await run(root)).toEqual([FIRST_TIME]);
    const names = readdirSync(cache);
    const bytes = names.map((name) => statSync(join(cache, name)).size);
    expect(names.filter((name) => name.endsWith(".partial"))).toEqual([]);
    expect(bytes.reduce((total, size) => total + size, 0)).toBeLessThan(200_000_000);
    expect(await run(root)).toEqual([]);
  });
});

it("does not make what cannot be kept", async () => {
  const before = process.env.CONNECT_WEBHOOK_CACHE;
  const file = join(mkdtempSync(join(tmpdir(), "connect-webhook-")), "no-folder");
  writeFileSync(file, "");
  process.env.CONNECT_WEBHOOK_CACHE = file;
  const had = new Set(childrenOf(process.pid));
  const started = new Set<number>();
  const look = (): void => {
    for (const id of childrenOf(process.pid)) if (!had.has(id)) started.add(id);
  };
  const looking = setInterval(look, 20);
  try {
    const engine = await engineOn(workspaceWith({}), []);
    look();
    await engine.close();
  } finally {
    clearInterval(looking);
    process.env.CONNECT_WEBHOOK_CACHE = before;
  }
  expect(started.size).toBe(1);
});

describe("the registry's code", () => {
  const codes = (): string[] => readdirSync(cache).filter((name) => name.endsWith(".code"));
  const registryOf = (root: string): string => join(root, "zerver/lib/integrations.py");

  it("is kept for each state of the registry, and made again when it is broken", async () => {
    const root = workspaceWith({});
    const before = codes();
    appendFileSync(registryOf(root), "# another state\n");
    await run(root);
    expect(codes()).toHaveLength(before.length + 1);
    for (const name of codes()) writeFileSync(join(cache, name), "rubbish");
    await run(root);
    const sizes = codes().map((name) => statSync(join(cache, name)).size);
    expect(Math.max(...sizes)).toBeGreaterThan(1_000);
  });

  it("is kept of a registry that lets integrations run, too: it is compiled before", async () => {
    const root = workspaceWith({});
    const before = codes();
    const source =
      "import zerver.webhooks.harbourline.view as view\nview.api_harbourline_webhook\n";
    appendFileSync(registryOf(root), source);
    await run(root);
    expect(codes()).toHaveLength(before.length + 1);
  });

  it("is of a registry that ends Python: the first test tells", async () => {
    const root = workspaceWith({});
    appendFileSync(registryOf(root), "import os\nos._exit(3)\n");
    const engine = await engineOn(root, ["harbourline"]);
    const { summary, integrations } = await engine.runTests({ names: ["harbourline"] });
    await engine.close();
    expect(summary).toMatchObject({ passed: 0, failed: 1 });
    expect(integrations[0]?.tests[0]?.error?.message).toContain("ended the process");
  });
});
