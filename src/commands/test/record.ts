/** `test --record`: writes the tests that fixtures lack, and corrects what tests expect. */
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Engine, TestRun } from "../../engine/index.ts";
import { ExitCode, UserError } from "../../errors.ts";
import { isCi } from "../../host/environment.ts";
import { applyEdits, type Edit } from "../../python/edit.ts";
import { parseModule } from "../../python/parse-module.ts";
import { addTests, type CorrectedTest, outcomeOf, untestedFixtures } from "../../record/index.ts";
import { createPaint } from "../../ui/marks.ts";
import type { Context } from "../define.ts";
import { withEngine } from "../engine.ts";
import { planDiff } from "../new/plan-view.ts";
import { comparedPart } from "../reporters/comparison.ts";
import { formatTestRun } from "../reporters/test.ts";
import { contentsOf, unknownEmojiIn } from "../unknown-emoji.ts";
import { formatWritten } from "../written-parts.ts";
import type { TestOptions } from "./options.ts";
import { unreadable } from "./readable.ts";
import { ChangedExpectations, sayAlike, sayChanged } from "./recorded-changes.ts";
import { type RecordedFile, readTests, writeTests } from "./recorded-file.ts";
import {
  addedLines,
  extendCommand,
  type Recorded,
  sayAdded,
  sayNothingInCi,
  sayRecorded,
} from "./recorded-text.ts";
import { runOn } from "./run.ts";
import { tryCorrections } from "./try-corrections.ts";

/** What recording goes by. `timeout` is in milliseconds for each test. */
export type RecordOptions = Pick<TestOptions, "filter" | "timeout" | "dryRun">;

/** Answers for everything after the first `quit`. */
class Quit extends Error {}

/**
 * Records, and runs the tests again to prove that they pass.
 * @returns 1 when tests fail afterwards, and in CI, where nothing is written.
 */
export async function record(
  targets: readonly Integration[],
  options: RecordOptions,
  context: Context,
): Promise<ExitCode> {
  const { out, yes, prompts } = context;
  const recorder = async () => new Recorder(await context.checkout(), targets, options, context);
  if (options.dryRun) return (await recorder()).plan();
  if (isCi()) {
    sayNothingInCi(out);
    return ExitCode.Problems;
  }
  if (!yes && !prompts.interactive) {
    throw new UserError("There is no terminal to ask which changes to accept.", {
      code: "missing-answers",
      hint: "Give --yes to accept them all, and review the diff afterwards.",
    });
  }
  return (await recorder()).record();
}

class Recorder {
  readonly #recorded: Recorded = { added: [], corrected: [], left: [] };
  readonly #changed = new ChangedExpectations();
  readonly #warned = new Set<string>();
  readonly #checkout: Checkout;
  readonly #targets: readonly Integration[];
  readonly #options: RecordOptions;
  readonly #context: Context;
  /** What each file was before anything was written to it, by path. */
  readonly #before = new Map<string, string>();
  /** What a dry run would write, by path. */
  readonly #planned = new Map<string, RecordedFile & { text: string }>();

  constructor(
    checkout: Checkout,
    targets: readonly Integration[],
    options: RecordOptions,
    context: Context,
  ) {
    this.#checkout = checkout;
    this.#targets = targets;
    this.#options = options;
    this.#context = context;
  }

  async record(): Promise<ExitCode> {
    let run: TestRun | undefined;
    try {
      await this.#onEngine(async (engine) => {
        for (const target of this.#targets) await this.#addTests(engine, target);
      });
      run = await this.#correct();
    } catch (error) {
      if (!(error instanceof Quit)) throw error;
    }
    return this.#report(run ?? (await this.#run()));
  }

  /** Plans what would be written. */
  async plan(): Promise<ExitCode> {
    // Places of failures are those of the file on the disk, so they come first.
    await this.#correct();
    await this.#onEngine(async (engine) => {
      for (const target of this.#targets) await this.#addTests(engine, target);
    });
    await this.#format();
    const { out } = this.#context;
    const changes = [...this.#planned.values()].map(({ path, bytes, text }) => {
      return { path, kind: "update" as const, content: Buffer.from(text), expected: bytes };
    });
    const diff = planDiff(changes, createPaint(false));
    out.report({ version: 1, recorded: this.#recorded, diff, dryRun: true });
    out.data(planDiff(changes, out.paint));
    sayRecorded(this.#recorded, this.#changed.lines(), "Would be recorded", out);
    return ExitCode.Ok;
  }

  async #read(target: Integration): Promise<RecordedFile> {
    return this.#planned.get(target.testsFile) ?? readTests(this.#checkout, target);
  }

  async #write(file: RecordedFile, text: string): Promise<void> {
    if (!this.#before.has(file.path)) this.#before.set(file.path, file.module.text);
    if (!this.#options.dryRun) return writeTests(this.#checkout, file, text);
    this.#planned.set(file.path, { ...file, module: parseModule(text), text });
  }

  #onEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    const { root } = this.#checkout;
    const { timeout: timeoutMs } = this.#options;
    return withEngine({ root, targets: this.#targets, timeoutMs }, this.#context, work);
  }

  /** Formats what was written: the tree's own checks demand it. */
  async #format(): Promise<void> {
    for (const target of this.#targets) {
      const before = this.#before.get(target.testsFile);
      if (before === undefined) continue;
      // The next change is looked at anew.
      this.#before.delete(target.testsFile);
      const file = await this.#read(target);
      const { text } = file.module;
      const formatted = await formatWritten(this.#checkout, before, text);
      if (formatted === text) continue;
      await this.#write(file, formatted);
      this.#before.delete(target.testsFile);
    }
  }

  async #run(): Promise<TestRun> {
    await this.#format();
    return this.#onEngine((engine) => this.#runOn(engine));
  }

  #runOn(engine: Engine): Promise<TestRun> {
    const names = this.#targets.map(({ name }) => name);
    return runOn(engine, names, { filter: this.#options.filter }, this.#context);
  }

  async #addTests(engine: Engine, target: Integration): Promise<void> {
    const file = await this.#read(target);
    const fixtures = await untestedFixtures(this.#checkout, target, file.module);
    for (const fixture of fixtures) {
      // Read again each time: the test before may just have been written.
      const current = await this.#read(target);
      const reason = await unreadable(this.#checkout, target.name, fixture);
      if (reason !== undefined) {
        this.#leave({
          integration: target.name,
          what: `fixture ${fixture.file}`,
          reason,
          path: fixture.path,
        });
        continue;
      }
      const delivery = await engine.deliver({ integration: target.name, fixture: fixture.file });
      const tests = [{ fixture, outcome: outcomeOf(delivery) }] as const;
      await this.#warnOfEmoji(target, contentsOf(delivery));
      const { text, written } = addTests(current.module, tests, this.#checkout.dialect.tests);
      for (const one of written) {
        if ("reason" in one) {
          const [{ outcome }] = tests;
          const advice =
            outcome.kind === "unsupported"
              ? `; ${extendCommand(target, fixture)} adds it, or prints the function to insert`
              : "";
          const [what, reason] = [`fixture ${one.fixture}`, `${one.reason}${advice}`];
          this.#leave({ integration: target.name, what, reason, path: fixture.path });
        } else {
          sayAdded(target.name, one.fixture, addedLines(current.module.text, text), this.#context);
          if (!(await this.#accepts())) continue;
          await this.#write(current, text);
          this.#recorded.added.push({ integration: target.name, ...one });
        }
      }
    }
  }

  async #warnOfEmoji(target: Integration, contents: readonly string[]): Promise<void> {
    for (const warning of await unknownEmojiIn(this.#checkout, target, contents)) {
      if (!this.#warned.has(warning)) this.#context.out.warn(`${target.name}: ${warning}`);
      this.#warned.add(warning);
    }
  }

  /**
   * Corrects what tests expect, with one question for each test.
   * @returns What the tests said, unless something was written since.
   */
  async #correct(): Promise<TestRun | undefined> {
    await this.#format();
    const { run, trials } = await this.#onEngine((engine) => {
      const [tests, read] = [() => this.#runOn(engine), (one: Integration) => this.#read(one)];
      return tryCorrections(engine, this.#targets, tests, read);
    });
    let isWritten = false;
    for (const { target, file, trial } of trials) {
      const edits: Edit[] = [];
      try {
        for (const test of trial.tests) edits.push(...(await this.#accepted(target, file, test)));
      } finally {
        // What was accepted before the user quit is kept.
        if (edits.length > 0) await this.#write(file, applyEdits(file.module.text, edits));
        isWritten ||= edits.length > 0;
      }
    }
    return isWritten ? undefined : run;
  }

  /** Shows all that a test has to expect instead, and asks. @returns The edits that the user accepts. */
  async #accepted(
    target: Integration,
    { path }: RecordedFile,
    { name, comparisons, reason, line: start }: CorrectedTest,
  ): Promise<Edit[]> {
    if (reason !== undefined) {
      const place = { path, ...(start !== undefined && { line: start }) };
      this.#leave({ integration: target.name, what: name, reason, ...place });
    }
    if (comparisons.length === 0) return [];
    await this.#warnOfEmoji(
      target,
      comparisons.map(({ error }) => error.actual),
    );
    for (const { line, error } of comparisons) {
      const { expected: before, actual: after } = error;
      const changed = { integration: target.name, test: name, path, line, before, after };
      // Who is asked is shown what it is about.
      const first = this.#asks ? undefined : this.#changed.add(changed);
      if (first) sayAlike(changed, first, this.#context);
      else sayChanged(changed, comparedPart(error), this.#context);
    }
    if (!(await this.#accepts())) return [];
    for (const { line } of comparisons) {
      this.#recorded.corrected.push({ integration: target.name, test: name, path, line });
    }
    return comparisons.map(({ edit }) => edit);
  }

  /** Whether somebody says of each test whether it is accepted. */
  get #asks(): boolean {
    return !this.#context.yes && !this.#options.dryRun;
  }

  async #accepts(): Promise<boolean> {
    const { prompts } = this.#context;
    if (!this.#asks) return true;
    const { answer } = await prompts.ask({
      answer: {
        kind: "text",
        flag: "--yes",
        message: "Accept, skip or quit? (a/s/q)",
        default: "a",
        validate: (typed) => /^(a|accept|s|skip|q|quit)$/i.test(typed.trim()) || "Type a, s or q.",
      },
    });
    const letter = answer.trim().toLowerCase().charAt(0);
    if (letter === "q") throw new Quit();
    return letter === "a";
  }

  #leave(left: Recorded["left"][number]): void {
    this.#recorded.left.push(left);
  }

  async #report(run: TestRun): Promise<ExitCode> {
    const { out } = this.#context;
    out.report({ version: 1, ...run, recorded: this.#recorded });
    out.data(await formatTestRun(run, this.#checkout.root, out));
    sayRecorded(this.#recorded, this.#changed.lines(), "Recorded", out);
    return run.summary.failed > 0 ? ExitCode.Problems : ExitCode.Ok;
  }
}
