/** Tests that lie, hide and flood: each is a failure by name, and what runs after it is judged rightly. */
import { describe, expect, it } from "vitest";
import type { IntegrationRun } from "../../src/engine/index.ts";
import { sample, soak } from "../support/soak.ts";
import { engineOn, workspaceWith } from "./tree.ts";

const LONG_MS = 300_000;
const HEAD = "import gc, json, os, signal, sys, unittest\n";
const CASE = `${HEAD}class Tests(unittest.TestCase):\n`;
const DEVICE = `${HEAD}
def tell(text):
    device = os.open("/dev/engine", os.O_WRONLY)
    os.write(device, text.encode())

def result(**words):
    tell(json.dumps({"event": "result", "id": NAME, "name": "test_it", "status": "passed", "durationMs": 1, **words}))

NAME = __name__ + ".Tests.test_it"

class Tests(unittest.TestCase):
`;
const IT = "    def test_it(self):\n";
const passing = (name: string): string => `    def ${name}(self):\n        pass\n`;

/** Each test file with what is to become of it: the failed test, its error, and words of its message. */
const TRICKS: Record<string, [tests: string, name: string, type: RegExp, said: RegExp]> = {
  empty: ["", "import tests.py", /^NotRun$/, /has no tests/],
  exits: [`${HEAD}os._exit(0)\n`, "import tests.py", /^ProcessEnded$/, /exit\(0\)/],
  leaves: ["raise SystemExit(0)\n", "import tests.py", /^SystemExit$/, /0/],
  deleted: [
    `${CASE}${passing("test_it")}del Tests\n`,
    "test_it",
    /^NotRun$/,
    /in the source of tests.py/,
  ],
  renamed: [
    `__name__ = "other"\n${CASE}${passing("test_it")}`,
    "import tests.py",
    /^NotRun$/,
    /another place/,
  ],
  metaclass: [
    `${HEAD}class Meta(type):\n    def __dir__(cls):\n        return []\n` +
      `class Tests(unittest.TestCase, metaclass=Meta):\n${passing("test_it")}`,
    "test_it",
    /^NotRun$/,
    /in the source of tests.py/,
  ],
  loader: [
    `${CASE}${passing("test_it")}\nunittest.TestLoader.loadTestsFromTestCase = lambda *words: []\n`,
    "test_it",
    /^NotRun$/,
    /in the source of tests.py/,
  ],
  foreign: [
    `${CASE}${passing("test_it")}Tests.__qualname__ = "x"; Tests.__module__ = property(lambda s: "other")\n`,
    "test_it",
    /^NotRun$/,
    /in the source of tests.py/,
  ],
  twins: [
    `${CASE}${passing("test_it")}Other = type("Other", (unittest.TestCase,), {"test_it": lambda self: self.fail("honest")})\n` +
      'Other.__module__, Other.__qualname__ = __name__, "Tests"\n',
    "import tests.py",
    /^NotRun$/,
    /Two tests/,
  ],
  ending: [
    `${CASE}${passing("test_it")}    @classmethod\n    def tearDownClass(cls):\n        os._exit(0)\n` +
      `class ZTests(unittest.TestCase):\n${passing("test_honest")}`,
    "test_it",
    /^ProcessEnded$/,
    /exit\(0\)/,
  ],
  cleanup: [
    `${CASE}${IT}        self.addClassCleanup(sys.exit, 3)\n`,
    "test_it",
    /^SystemExit$/,
    /3/,
  ],
  starting: [
    `${CASE}${passing("test_it")}    @classmethod\n    def setUpClass(cls):\n        os._exit(0)\n` +
      `class ZTests(unittest.TestCase):\n${passing("test_honest")}`,
    "test_it",
    /^ProcessEnded$/,
    /exit\(0\)/,
  ],
  renews: [
    `${DEVICE}${IT}        while True:\n            tell(json.dumps({"event": "start", "id": NAME}))\n`,
    "test_it",
    /^(ProcessEnded|TestTimeout)$/,
    /too many messages|took too long/,
  ],
  nothing: [`${DEVICE}${IT}        tell("null")\n`, "test_it", /^ProcessEnded$/, /./],
  garbage: [`${DEVICE}${IT}        tell("{")\n`, "test_it", /^ProcessEnded$/, /./],
  nested: [
    `${DEVICE}${IT}        tell('{"event": "result", "id": ' + "[" * 100000 + "]" * 100000 + "}")\n`,
    "test_it",
    /^ProcessEnded$/,
    /./,
  ],
  object: [
    `${DEVICE}${IT}        result(status={"is": "passed"})\n        tell('{"event":"start"}')\n`,
    "test_it",
    /^ProcessEnded$/,
    /status of result of a message is none/,
  ],
  wordless: [
    `${DEVICE}${IT}        result(status="failed", error={"type": "E"})\n        tell('{"event":"start"}')\n`,
    "test_it",
    /^ProcessEnded$/,
    /message of error of result of a message is no text/,
  ],
  registry: [
    `${DEVICE}${passing("test_it")}tell('{"event": "broken", "message": "a lie"}')\n`,
    "import tests.py",
    /^ProcessEnded$/,
    /./,
  ],
  huge: [
    `${CASE}${IT}        raise AssertionError("x" * 50_000_000)\n`,
    "test_it",
    /^AssertionError$/,
    /49,990,100 more characters/,
  ],
  surrogate: [
    `${CASE}${IT}        raise type("Odd", (Exception,), {})("\\udfff")\n`,
    "test_it",
    /^Odd$/,
    /^\ufffd$/,
  ],
  unspeakable: [
    `${HEAD}class Bad(Exception):\n    @property\n    def __cause__(self):\n        os.abort\n        raise SystemExit\n` +
      `class Tests(unittest.TestCase):\n${IT}        raise Bad()\n`,
    "test_it",
    /^Bad$/,
    /./,
  ],
  truncated: [
    `${CASE}${IT}        with open("/tmp/hole", "wb") as file:\n            file.truncate(3_000_000_000)\n`,
    "test_it",
    /^OSError$/,
    /No space left/,
  ],
  files: [
    `${CASE}${IT}        with open("/tmp/full", "wb", buffering=0) as file:\n            file.write(b"x" * (130 << 20))\n`,
    "test_it",
    /^OSError$/,
    /No space left/,
  ],
  pipes: [
    `${CASE}${IT}        _, end = os.pipe()\n        while True:\n            os.write(end, b"x" * (1 << 16))\n`,
    "test_it",
    /^OSError$/,
    /No space left/,
  ],
  deaf: [
    `${CASE}${IT}        signal.signal(signal.SIGINT, signal.SIG_IGN)\n        while True:\n            pass\n`,
    "test_it",
    /^ProcessEnded$/,
    /took too long/,
  ],
  digits: [
    `${CASE}${IT}        sys.set_int_max_str_digits(0)\n        str(1 << 100_000_000)\n`,
    "test_it",
    /^(ProcessEnded|TestTimeout)$/,
    /took too long/,
  ],
  finalizer: [
    `${CASE}${IT}        class Loop:\n            def __del__(self):\n                while True:\n                    try:\n                        while True:\n                            pass\n                    except BaseException:\n                        pass\n        Loop()\n`,
    "test_it",
    /^ProcessEnded$/,
    /took too long/,
  ],
  elsewhere: [
    `${CASE}${IT}        exec(compile("raise KeyError", "/checkout/../../etc/passwd.py", "exec"))\n`,
    "test_it",
    /^KeyError$/,
    /^$/,
  ],
};

/** Its 50 MB take half of the time; protocol.test.ts has as large a message in every run, of a child that is not Python. */
const isTooMuch = (name: string): boolean => name === "huge" && !soak;

/** Those that are tried: in every run some of each kind of error. */
const tried = Object.fromEntries(
  sample(
    Object.entries(TRICKS).filter(([name]) => !isTooMuch(name)),
    { every: 4, kindOf: ([, [, , type]]) => type.source },
  ),
);

function surprise({ name, tests }: IntegrationRun): string[] {
  const [, failed = "", type = /^$/, said = /^$/] = tried[name] ?? [];
  const [error] = tests.filter((test) => test.name === failed).map((test) => test.error);
  if (error && type.test(error.type) && said.test(error.message)) return [];
  return [`${name}: ${JSON.stringify(tests).slice(0, 600)}`];
}

describe("what tests say", () => {
  it("leads to one result a test, whatever it is", { timeout: LONG_MS }, async () => {
    const honest = `${CASE}${passing("test_honest")}`;
    const integrations = Object.entries(tried).flatMap(([name, [wholeTests]]) => [
      [name, { wholeTests }] as const,
      [`${name}_after`, { wholeTests: honest }] as const,
    ]);
    const names = integrations.map(([name]) => name);
    const root = workspaceWith(Object.fromEntries(integrations));
    const engine = await engineOn(root, names, { testTimeoutMs: soak ? 5_000 : 2_500 });
    const { integrations: runs } = await engine.runTests({ names });
    const tricks = runs.filter(({ name }) => name in tried);
    expect(tricks.flatMap(surprise)).toEqual([]);
    const others = runs.filter(({ name }) => !(name in tried));
    expect(others.filter(({ passed, total }) => passed !== 1 || total !== 1)).toEqual([]);
    const beside = runs.flatMap(({ tests }) => tests).filter(({ name }) => name === "test_honest");
    expect(beside.filter(({ status }) => status !== "passed")).toEqual([]);
    const ids = runs.flatMap(({ tests }) => tests.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    const places = runs.flatMap(({ tests }) => tests.map(({ error }) => error?.path ?? ""));
    expect(places.filter((path) => path.includes(".."))).toEqual([]);
  });

  // Two gigabytes are too much for every run.
  it.runIf(soak && process.platform === "linux")(
    "ends a process whose files fill the memory, and runs the other tests",
    { timeout: LONG_MS },
    async () => {
      const files = `${IT.replace("test_it", "test_files")}        block = b"x" * (100 << 20)
        for index in range(40):
            with open(f"/tmp/{index}", "wb") as file:
                file.write(block)
`;
      const wholeTests = `${CASE}${files}${passing("test_honest")}`;
      const root = workspaceWith({ greedy: { wholeTests } });
      // On a slow machine two gigabytes take longer than a test has.
      const engine = await engineOn(root, ["greedy"], { testTimeoutMs: 60_000 });
      const { integrations } = await engine.runTests({ names: ["greedy"] });
      expect(integrations[0]?.tests).toMatchObject([
        { name: "test_files", error: { message: expect.stringMatching(/more than 1.75 GB/) } },
        { name: "test_honest", status: "passed" },
      ]);
    },
  );

  // In every run with a child that is not Python: see protocol.test.ts.
  it.runIf(soak)(
    "costs a bounded number of processes, and names what was not run",
    {
      timeout: LONG_MS,
    },
    async () => {
      const tests = Array.from(
        { length: 30 },
        (_, index) => `    def test_${index}(self):\n        os._exit(1)\n`,
      );
      const root = workspaceWith({ many: { wholeTests: CASE + tests.join("") } });
      const engine = await engineOn(root, ["many"]);
      const { summary, integrations } = await engine.runTests({ names: ["many"] });
      expect(summary).toMatchObject({ total: 30, failed: 30 });
      const types = integrations[0]?.tests.map(({ error }) => error?.type);
      expect(types?.filter((type) => type === "ProcessEnded")).toHaveLength(25);
      expect(types?.filter((type) => type === "NotRun")).toHaveLength(5);
    },
  );

  it("keeps texts that are compared whole up to a bound, and marks those that are not", async () => {
    const root = workspaceWith({
      texts: {
        wholeTests: `${CASE}    def test_kept(self):
        self.assertEqual("a" * 100_000, "b")

    def test_cut(self):
        self.assertEqual("a" * 100_001, "b")
`,
      },
    });
    const engine = await engineOn(root, ["texts"]);
    const { integrations } = await engine.runTests({ names: ["texts"] });
    const named = new Map(integrations[0]?.tests.map(({ name, error }) => [name, error]));
    expect(named.get("test_kept")).toMatchObject({ actual: "a".repeat(100_000), expected: "b" });
    expect(named.get("test_kept")).not.toHaveProperty("cut");
    expect(named.get("test_cut")).toMatchObject({ cut: true, expected: "b" });
    expect(named.get("test_cut")?.actual).toContain("… 1 more characters …");
  });
});
