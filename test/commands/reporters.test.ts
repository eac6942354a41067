/** Every reporter, with a run, a check and a fuzzing in which each text means harm. */

import { Writable } from "node:stream";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { reportFuzz } from "../../src/commands/reporters/fuzz.ts";
import { finishImages } from "../../src/commands/reporters/images.ts";
import { lintFormats, reportLint } from "../../src/commands/reporters/lint.ts";
import { messageForTerminal } from "../../src/commands/reporters/message.ts";
import { reportTests } from "../../src/commands/reporters/test-report.ts";
import type { TestOptions } from "../../src/commands/test/options.ts";
import type { TestResult, TestRun } from "../../src/engine/index.ts";
import type { FuzzReport } from "../../src/fuzz/index.ts";
import type { LintResult } from "../../src/lint/index.ts";
import { createOutput, type Output } from "../../src/ui/output.ts";
import { temporaryDirectory } from "../support/tree.ts";
import { ALL_HOSTILE, commands, HOSTILE, steering } from "../ui/hostile.ts";

class Captured extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

interface Printed {
  out: Output;
  stdout: Captured;
  stderr: Captured;
}

function capture(options: { colour?: boolean; json?: boolean; verbose?: boolean } = {}): Printed {
  const [stdout, stderr] = [new Captured(), new Captured()];
  const out = createOutput({
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    env: { FORCE_COLOR: "1" },
    json: options.json ?? false,
    quiet: false,
    verbose: options.verbose ?? true,
    colour: options.colour ?? true,
  });
  return { out, stdout, stderr };
}

const failed = (text: string): TestResult => ({
  id: `zerver.webhooks.${text}`,
  name: text,
  status: "failed",
  durationMs: 1,
  error: { type: text, message: text, traceback: text, path: text, line: 1 },
  output: text,
});

function runOf(tests: TestResult[], name = ALL_HOSTILE): TestRun {
  const failures = tests.filter(({ status }) => status === "failed").length;
  const numbers = { total: tests.length, failed: failures, skipped: 0, durationMs: 1 };
  const summary = { ...numbers, passed: tests.length - failures };
  const file = { path: ALL_HOSTILE, lines: 2, covered: 1, missing: [1] };
  const coverage = { lines: 2, covered: 1, missing: [1], files: [file] };
  return {
    engine: "embedded",
    summary,
    integrations: [
      { name, ...summary, tests, coverage },
      { name, ...summary, testedWith: ALL_HOSTILE, tests: [] },
    ],
  };
}

const texts = [...Object.values(HOSTILE), ALL_HOSTILE];
const RUN = runOf([
  ...texts.map(failed),
  ...texts.map((text, at) => {
    const error = {
      type: text,
      message: text,
      traceback: text,
      expected: `${text} ${at}`,
      actual: text,
    };
    return { ...failed(text), error };
  }),
  { id: ALL_HOSTILE, name: ALL_HOSTILE, status: "skipped", durationMs: 1, reason: ALL_HOSTILE },
]);

const LINT: LintResult = {
  summary: {
    ...{ integrations: 1, unregistered: 0, errors: texts.length, warnings: 0, hints: 0 },
    ...{ fixed: 0, excepted: 0, known: 0 },
  },
  problems: texts.map((text) => ({
    ...{ rule: "doc-file", severity: "error" as const, integration: text, path: text, line: 1 },
    ...{ message: text, fix: text, fixable: false },
  })),
  checked: [...texts, `${ALL_HOSTILE} and more`],
  skipped: [{ rule: "ruff", reason: ALL_HOSTILE, integrations: 1 }] as never,
  unusedExceptions: [{ rule: "ruff", integration: ALL_HOSTILE, reason: ALL_HOSTILE }] as never,
  outdated: 0,
  repairs: new Map(),
};

const FUZZ: FuzzReport[] = [
  {
    ...{ integration: ALL_HOSTILE, fixtures: 1, deliveries: 1, cut: false },
    outcomes: { exception: 1 },
    skipped: [{ fixture: ALL_HOSTILE, reason: ALL_HOSTILE }],
    findings: texts.map((text) => ({
      ...{ integration: text, fixture: text, pointer: text, mutation: "gone", about: "taken away" },
      ...{ before: text, after: text, places: [text, "a", "b"], count: 1, severity: "error" },
      ...{ kind: "exception", message: text, path: text, line: 1, traceback: text, type: text },
    })),
  },
] as never;

/** What is asked of everything that was printed. */
function expectHarmless({ stdout, stderr }: Printed, annotations = 0): void {
  const printed = stdout.text + stderr.text;
  expect(printed.length).toBeGreaterThan(100);
  expect(steering(printed)).toEqual([]);
  const ours = /^::(error|warning|notice) [^\n]*::/;
  expect(commands(printed).filter((line) => !ours.test(line))).toEqual([]);
  expect(commands(printed)).toHaveLength(annotations);
  // The texts of a JUnit report have lines; everywhere else a name or a title is one.
  if (!printed.startsWith("<?xml")) expect(printed).not.toMatch(/^[✓✗] forged$/m);
}

const ways = [
  ["coloured", { colour: true }],
  ["without colour", { colour: false }],
] as const;

describe.each(ways)("printed %s", (_way, options) => {
  const reporters = ["default", "json", "junit", "github"] as const;

  it.each(reporters)("the %s reporter of test", async (reporter) => {
    const printed = capture({ ...options, json: reporter === "json" });
    const settings = { reporter, coverage: true, coverageMin: 90 };
    await reportTests(RUN, temporaryDirectory(), settings, printed.out);
    if (reporter === "json")
      expect(JSON.parse(printed.stdout.text)).toEqual({ version: 1, ...RUN });
    else if (reporter === "junit") new XMLParser().parse(printed.stdout.text, true);
    else expect(printed.stdout.text).toContain("\\x1b[2J");
    expectHarmless(printed, reporter === "github" ? RUN.summary.failed : 0);
  });

  it.each(lintFormats)("the %s format of lint", async (format) => {
    const printed = capture({ ...options, json: format === "json" });
    await reportLint(printed.out, LINT, { format, strict: false, root: temporaryDirectory() });
    if (format === "junit") new XMLParser().parse(printed.stdout.text, true);
    if (format === "json") expect(JSON.parse(printed.stdout.text).problems).toEqual(LINT.problems);
    expectHarmless(printed, format === "github" ? LINT.problems.length : 0);
  });

  it.each(reporters)("the %s reporter of fuzzing", async (reporter) => {
    const printed = capture({ ...options, json: reporter === "json" });
    const root = temporaryDirectory();
    await reportFuzz(
      { seed: 1, limit: 1, durationMs: 1, reports: FUZZ, root },
      reporter,
      printed.out,
    );
    expectHarmless(printed, reporter === "github" ? texts.length : 0);
  });

  it("images", async () => {
    const printed = capture(options);
    const result = { status: "failed" as const, path: ALL_HOSTILE, reason: ALL_HOSTILE };
    const image = { ...result, integration: ALL_HOSTILE, width: 1, height: 1, bytes: 1 };
    await finishImages([{ result: image }] as never, temporaryDirectory(), printed.out);
    expectHarmless(printed);
  });

  it("a message", () => {
    const printed = capture(options);
    for (const type of ["stream", "direct"] as const) {
      const place = { stream: ALL_HOSTILE, topic: ALL_HOSTILE, to: ALL_HOSTILE };
      const message = { type, ...place, sender: ALL_HOSTILE, content: ALL_HOSTILE };
      const html = `<p>${ALL_HOSTILE.replace(/[<&]/g, "")}</p>`;
      printed.out.data(messageForTerminal(message, html, printed.out));
    }
    expect(steering(printed.stdout.text)).toEqual([]);
    expect(commands(printed.stdout.text)).toEqual([]);
  });

  it("talk, errors and progress", () => {
    const printed = capture(options);
    const { out } = printed;
    for (const text of texts) {
      for (const say of [out.data, out.say, out.warn, out.error, out.success, out.detail])
        say(text);
      const progress = out.progress(text);
      progress.update(text);
      progress.done(text);
    }
    expect(steering(printed.stdout.text + printed.stderr.text)).toEqual([]);
    expect(commands(printed.stdout.text + printed.stderr.text)).toEqual([]);
  });
});

describe("with --json", () => {
  it("a report is the same value again", async () => {
    const printed = capture({ json: true });
    await reportTests(RUN, "/", { reporter: "default", coverage: false } as never, printed.out);
    expect(JSON.parse(printed.stdout.text)).toEqual({ version: 1, ...RUN });
    expectHarmless(printed);
  });
});

describe("a run that is large", () => {
  const big = "x".repeat(20_000_000);
  const print = async (run: TestRun, reporter: TestOptions["reporter"]): Promise<string> => {
    const printed = capture({ colour: true, verbose: false });
    const settings = { reporter, coverage: false, coverageMin: undefined };
    await reportTests(run, temporaryDirectory(), settings, printed.out);
    return printed.stdout.text;
  };

  it.each([
    "default",
    "github",
    "junit",
  ] as const)("by one long message is cut by %s, which says so", async (reporter) => {
    const test = failed("x");
    const error = { type: "E", message: big, traceback: big };
    const text = await print(runOf([{ ...test, error, output: big }], "x"), reporter);
    expect(text.length).toBeLessThan(500_000);
    expect(text).toMatch(/… 199\d{5} more characters/);
  });

  it.each([
    "default",
    "github",
    "junit",
  ] as const)("by a long comparison is cut by %s, which says so", async (reporter) => {
    const test = failed("x");
    const error = {
      type: "E",
      message: "m",
      traceback: "t",
      expected: `${big}a`,
      actual: `${big}b`,
    };
    const text = await print(runOf([{ ...test, error }], "x"), reporter);
    expect(text.length).toBeLessThan(500_000);
    expect(text).toMatch(/… \d+ (more )?characters/);
  });

  it("by lines that all differ shows the first of them", async () => {
    const side = (word: string): string =>
      Array.from({ length: 20_000 }, (_, line) => `${word} ${line}`).join("\n");
    const error = {
      type: "E",
      message: "m",
      traceback: "t",
      expected: side("a"),
      actual: side("b"),
    };
    const text = await print(runOf([{ ...failed("x"), error }], "x"), "default");
    expect(text).toContain("- a 0");
    expect(text.split("\n").length).toBeLessThan(500);
    expect(text).toMatch(/… \d+ more lines/);
  });

  it("by what is the same shows where it differs", async () => {
    const same = Array.from({ length: 1000 }, (_, line) => `line ${line}`).join("\n");
    const error = {
      type: "E",
      message: "m",
      traceback: "t",
      expected: `${same}\na`,
      actual: `${same}\nb`,
    };
    const text = await print(runOf([{ ...failed("x"), error }], "x"), "default");
    expect(text).toContain("… 992 lines are the same");
    expect(text).toContain("+ b");
  });

  it.each([
    "default",
    "github",
    "junit",
  ] as const)("by failures is bounded by %s", async (reporter) => {
    const tests = Array.from({ length: 5_000 }, (_, at) => failed(`${at}${"y".repeat(3_000)}`));
    const text = await print(runOf(tests, "x"), reporter);
    const most = reporter === "junit" ? 150_000_000 : 3_000_000;
    expect(text.length).toBeLessThan(most);
    if (reporter === "default")
      expect(text).toMatch(/… \d+ more failed tests; --reporter json has/);
    if (reporter === "github") expect(text).toContain("::error::4800 more tests failed.");
  });
});
