/** A tree whose library means harm: its code runs while the snapshot is made, and in every later step. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { removePath } from "../../src/host/files.ts";
import { sample, soak } from "../support/soak.ts";
import { ECHO_VIEW, engineOn, useOwnCache, workspaceWith } from "./tree.ts";

const cache = join(useOwnCache(), "engine");

/** A file where the process that runs Python could once read. */
const CANARY = join(cache, "canary.txt");

const LONG_MS = 600_000;
const ATTACKS = readFileSync(join(packageRoot, "fixtures/hostile-library/attacks.py"), "utf8");
const LIBRARY = "zerver/lib/webhooks/common.py";

/** What sees from outside whether an attack got through. */
interface Judge {
  port: number;
  /** An empty folder. */
  folder: string;
  /** What was reached: connections, and files that were written. */
  reached(): string[];
}

async function judge(): Promise<Judge> {
  const folder = mkdtempSync(join(tmpdir(), "connect-webhook-canary-"));
  mkdirSync(cache, { recursive: true });
  writeFileSync(CANARY, "the canary");
  process.env.CONNECT_WEBHOOK_CANARY = "the canary";
  const heard: string[] = [];
  const server = createServer((socket) => {
    heard.push("a connection");
    socket.on("data", (bytes) => heard.push(String(bytes).slice(0, 60)));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.close();
    delete process.env.CONNECT_WEBHOOK_CANARY;
    await removePath(folder);
  });
  const { port } = server.address() as AddressInfo;
  return { port, folder, reached: () => [...heard, ...readdirSync(folder)] };
}

const CALLS_VIEW = ECHO_VIEW.replace(
  "    text = payload",
  '    from zerver.lib.webhooks.common import _run\n\n    _run("all", "view")\n    text = payload',
);

const CALLS_TESTS = `
    def test_all(self) -> None:
        from zerver.lib.webhooks.common import _TRIED, _run

        _run("all", "test")
        self.check_webhook("hello", "greetings", "hello")
        self.assertEqual(set(_TRIED), {"library", "registry", "test", "view"})
`;

/** A workspace whose library does the wanted attacks when it is loaded, and all of them in the registry, a view, a test. */
function workspaceOf({ port, folder }: Judge, wanted: string): string {
  const fixtures = { "hello.json": JSON.stringify({ text: "hello" }) };
  const root = workspaceWith({ victim: { view: CALLS_VIEW, tests: CALLS_TESTS, fixtures } });
  const attacks = ATTACKS.replaceAll("%PORT%", String(port))
    .replaceAll("%CANARY%", CANARY)
    .replaceAll("%FOLDER%", folder)
    .replaceAll("%WANTED%", wanted);
  appendFileSync(join(root, LIBRARY), `\n\n${attacks}`);
  const call =
    'from zerver.lib.webhooks.common import _run as _attack\n_attack("all", "registry")\n';
  appendFileSync(join(root, "zerver/lib/integrations.py"), call);
  return root;
}

describe("a library that means harm", () => {
  it("finds each way out closed: while the snapshot is made, from it, in the registry, in a view and in a test", {
    timeout: LONG_MS,
  }, async () => {
    expect(ATTACKS.match(/^def attack_/gm)?.length).toBeGreaterThan(35);
    const outside = await judge();
    const root = workspaceOf(outside, "all");
    for (const time of ["first", "from the snapshot"]) {
      const said: string[] = [];
      const onProgress = (text: string): void => void said.push(text);
      const engine = await engineOn(root, ["victim"], { onProgress });
      const { integrations } = await engine.runTests({ names: ["victim"] });
      await engine.refresh({ edited: ["zerver/lib/integrations.py"] });
      await engine.runTests({ names: ["victim"] });
      await engine.close();
      expect(said.length, time).toBe(time === "first" ? 1 : 0);
      expect(integrations[0]?.tests.map(({ status, error }) => error?.message ?? status)).toEqual([
        "passed",
      ]);
      expect(outside.reached(), time).toEqual([]);
    }
  });

  const all = ATTACKS.match(/(?<=^def )fatal_\w+/gm) ?? [];
  // Filling the memory takes as long as all others together; in every run a test does it, in hostile.test.ts.
  const fatal = all.filter((name) => soak || name !== "fatal_memory");
  const kindOf = (name: string): string => name.split("_")[1] ?? "";
  it.each(sample(fatal, { every: 3, kindOf }))("gets nothing by %s", {
    timeout: LONG_MS,
  }, async (wanted) => {
    const outside = await judge();
    const engine = engineOn(workspaceOf(outside, wanted), ["victim"]);
    await engine.then(
      (opened) => opened.runTests({ names: ["victim"] }),
      () => undefined,
    );
    expect(outside.reached()).toEqual([]);
  });
});

describe("what a tree has left in the cache", () => {
  it("serves that tree alone, also under another one's name", { timeout: LONG_MS }, async () => {
    const honest = workspaceWith({ victim: { tests: HONEST_TEST } });
    const other = workspaceWith({});
    appendFileSync(join(other, LIBRARY), "\nWHOSE = 'the other'\n");
    await openOnce(other);
    const [foreign = ""] = snapshots();
    appendFileSync(join(honest, LIBRARY), "\nWHOSE = 'mine'\n");
    await openOnce(honest);
    const mine = snapshots().find((name) => name !== foreign) ?? "";
    writeFileSync(join(cache, mine), readFileSync(join(cache, foreign)));
    const engine = await engineOn(honest, ["victim"]);
    expect((await engine.runTests({ names: ["victim"] })).summary).toMatchObject({ passed: 1 });
  });

  it("is no code that an integration had a hand in", { timeout: LONG_MS }, async () => {
    const root = workspaceWith({ victim: { tests: HONEST_TEST }, poison: { view: POISON } });
    appendFileSync(join(root, LIBRARY), "\nWHOSE = 'mine'\n");
    appendFileSync(
      join(root, "zerver/lib/integrations.py"),
      'import zerver.webhooks.poison.view as _poison\n_poison.ready\nWHOSE = "mine"\n',
    );
    await openOnce(root);
    mkdirSync(join(root, "zerver/webhooks/poison"), { recursive: true });
    writeFileSync(
      join(root, "zerver/webhooks/poison/view.py"),
      `${ECHO_VIEW.replaceAll("%name%", "poison")}\nready = True\n`,
    );
    const engine = await engineOn(root, ["victim"]);
    const { integrations } = await engine.runTests({ names: ["victim"] });
    expect(integrations[0]?.tests.map(({ status, error }) => error?.message ?? status)).toEqual([
      "passed",
    ]);
  });
});

/** Reads a constant of the library, and one of the registry where there is one. */
const HONEST_TEST = `
    def test_whose(self) -> None:
        from zerver.lib import integrations
        from zerver.lib.webhooks import common

        self.assertEqual(common.WHOSE, "mine")
        self.assertEqual(getattr(integrations, "WHOSE", "mine"), "mine")
`;

/** Puts other code where the harness keeps what it has compiled, in each way that it had. */
const POISON = `
from harness import registry_code, lazy

ready = True
for kept in (lazy.COMPILED, getattr(lazy, "RECORDED", None) or {}):
    for path, (imports, tolerated, code) in list(kept.items()):
        poisoned = compile(open(path).read().replace('"mine"', '"poisoned"'), path, "exec")
        kept[path] = (imports, tolerated, poisoned)
registry_code._has_run_integrations = lambda: False
`;

async function openOnce(root: string): Promise<void> {
  const engine = await engineOn(root, []);
  await engine.close();
}

function snapshots(): string[] {
  return readdirSync(cache).filter((name) => name.endsWith(".snapshot"));
}
