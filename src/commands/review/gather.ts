/** Gathers what a review shows: from git, the checklist, the tests, and the engine before and after the change. */
import { posix } from "node:path";
import { type ChangedFiles, changedFiles } from "../../checkout/changed.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { headOf } from "../../checkout/revision.ts";
import type { Engine, TestRun } from "../../engine/index.ts";
import { runGit } from "../../host/git.ts";
import type { ThemeName } from "../../preview/index.ts";
import {
  type CardTheme,
  compareMessages,
  type IntegrationReview,
  type Review,
  type Shown,
  type TestFailure,
} from "../../review/index.ts";
import { withProgress } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { type Base, openBase } from "../base.ts";
import type { Context } from "../define.ts";
import { withEngine } from "../engine.ts";
import { runOn } from "../test/run.ts";
import { themeFor } from "../theme.ts";
import { checklists } from "./checklists.ts";
import { eventRows } from "./events.ts";
import { filesOf, type LineCounts, lineCounts } from "./files.ts";
import { imagesOf } from "./images.ts";
import { Cards, type Draw, messagesOf } from "./messages.ts";
import { type Subject, subjectsOf } from "./subjects.ts";

/** A view that takes longer than this many milliseconds is stopped. */
const TIMEOUT_MS = 20_000;

const WITHOUT_GIT = "Review a clone of the repository; `connect-webhook show <name>` needs no git.";

/**
 * Compares the tree with its base.
 * @param names Integrations to look at; all that differ when there is none.
 * @param ref The base; the tree's main branch when left out.
 * @param theme The look that is asked for.
 * @throws UserError `no-git`, `unknown-base`, `unknown-integration`.
 */
export async function gatherReview(
  names: readonly string[],
  ref: string | undefined,
  theme: ThemeName | undefined,
  context: Context,
): Promise<Gathered> {
  const checkout = await context.checkout();
  const changed = await changedFiles(checkout.root, ref, WITHOUT_GIT);
  const base = await openBase(checkout.root, changed.base);
  try {
    const subjects = await subjectsOf(checkout, base.checkout, changed, names);
    // The base's look: what is under review must not be able to restyle the page that judges it.
    const cards = new Cards(await themeFor(base.checkout ?? checkout, theme, context.out));
    const work = new Gathering(checkout, base, changed, cards, context);
    return await work.review(subjects.shown, [...base.notes, ...subjects.notes], ref);
  } finally {
    await base.release();
  }
}

export interface Gathered {
  readonly review: Review;
  readonly look: CardTheme;
}

/** What one side of the comparison came to. */
interface Side {
  messages: Map<string, ReadonlyMap<string, Shown>>;
  events: Map<string, IntegrationReview["events"]>;
  tests: TestRun["integrations"];
}

class Gathering {
  readonly #checkout: Checkout;
  readonly #base: Base;
  readonly #changed: ChangedFiles;
  #context: Context;
  readonly #cards: Cards;

  constructor(
    checkout: Checkout,
    base: Base,
    changed: ChangedFiles,
    cards: Cards,
    context: Context,
  ) {
    this.#checkout = checkout;
    this.#base = base;
    this.#changed = changed;
    this.#cards = cards;
    this.#context = context;
  }

  async review(
    subjects: readonly Subject[],
    notes: readonly string[],
    ref: string | undefined,
  ): Promise<Gathered> {
    const progress = this.#context.out.progress("Starting Python");
    this.#context = { ...this.#context, out: withProgress(this.#context.out, progress) };
    try {
      const ofChange = this.#after(subjects);
      const failing = ofChange.then(({ tests }) => withFailures(tests));
      const [after, before] = await Promise.all([ofChange, this.#before(subjects, failing)]);
      progress.update("Going through the checklist");
      const lists = await checklists(this.#checkout, this.#base.checkout, subjects, this.#changed);
      const counts = await lineCounts(this.#checkout.root, this.#changed);
      const all = await Promise.all(
        subjects.map((subject) => this.#integration(subject, { before, after, lists, counts })),
      );
      const isShown = ({ status, messages, tests }: IntegrationReview): boolean =>
        status !== "reached" ||
        messages.some((message) => message.status !== "same") ||
        (tests?.failures.some(({ failedBefore }) => !failedBefore) ?? false);
      const head = await headOf(this.#checkout.root);
      return {
        review: {
          base: { ref: ref ?? "", commit: this.#changed.base },
          head: { commit: head, dirty: await isDirty(this.#checkout.root) },
          notes: [...notes, ...lists.notes],
          integrations: all.filter(isShown),
          unaffected: all.filter((one) => !isShown(one)).map(({ name }) => name),
        },
        look: await this.#cards.look(),
      };
    } finally {
      progress.stop();
    }
  }

  async #integration(
    subject: Subject,
    found: {
      before: Side;
      after: Side;
      lists: Awaited<ReturnType<typeof checklists>>;
      counts: LineCounts;
    },
  ): Promise<IntegrationReview> {
    const { name, status, formerName, before, after } = subject;
    const own = status !== "reached";
    const none: ReadonlyMap<string, Shown> = new Map();
    const ran = found.after.tests.find((one) => one.name === name);
    const old = found.before.tests.find((one) => one.name === before?.name);
    const failedBefore = new Set(old?.tests.flatMap((test) => (test.error ? test.name : [])));
    return {
      name,
      displayName: (after ?? before)?.displayName ?? name,
      status,
      ...(formerName !== undefined && { formerName }),
      files: own ? filesOf(subject, this.#checkout, this.#changed, found.counts) : [],
      messages: compareMessages(
        found.before.messages.get(name) ?? none,
        found.after.messages.get(name) ?? none,
        renamedFixtures(subject, this.#changed),
      ),
      events: found.after.events.get(name),
      checklist: found.lists.of(name),
      tests: ran && {
        total: ran.total,
        passed: ran.passed,
        failed: ran.failed,
        skipped: ran.skipped,
        failures: ran.tests.flatMap((test) =>
          test.error ? [failureOf(test.name, test.error, failedBefore)] : [],
        ),
      },
      coverage: ran?.coverage,
      images: own ? await imagesOf(subject, this.#checkout, this.#base.checkout) : [],
    };
  }

  async #after(subjects: readonly Subject[]): Promise<Side> {
    const side: Side = { messages: new Map(), events: new Map(), tests: [] };
    const targets = subjects.flatMap(({ after }) => after ?? []);
    await this.#deliverAll(this.#checkout, targets, async (engine, draw) => {
      for (const { name, status, after } of subjects) {
        if (!after) continue;
        this.#context.out.progress(`Delivering the fixtures of ${printableLine(name)}`);
        const shown = await messagesOf(this.#checkout, after, engine, draw);
        side.messages.set(name, shown);
        if (status === "reached") continue;
        side.events.set(name, await eventRows(this.#checkout, after, engine, shown));
      }
      const there = subjects.filter(({ after }) => after);
      const isReached = ({ status }: Subject): boolean => status === "reached";
      const [own, reached] = [there.filter((one) => !isReached(one)), there.filter(isReached)];
      const [tests, others] = [
        await this.#test(engine, own.map(nameOf), true),
        await this.#test(engine, reached.map(nameOf)),
      ];
      side.tests = [...tests, ...others];
    });
    return side;
  }

  /** Runs tests, in views that have handled no request yet. */
  async #test(engine: Engine, names: string[], coverage = false): Promise<Side["tests"]> {
    if (names.length === 0) return [];
    await engine.refresh({ edited: [] });
    return (await runOn(engine, names, { coverage }, this.#context)).integrations;
  }

  /** @param failing The integrations of which a test fails after the change: did it fail before? */
  async #before(
    subjects: readonly Subject[],
    failing: Promise<ReadonlySet<string>>,
  ): Promise<Side> {
    const side: Side = { messages: new Map(), events: new Map(), tests: [] };
    const { checkout } = this.#base;
    const targets = subjects.flatMap(({ before }) => before ?? []);
    if (!checkout) return side;
    await this.#deliverAll(checkout, targets, async (engine, draw) => {
      for (const { name, before } of subjects) {
        if (before) side.messages.set(name, await messagesOf(checkout, before, engine, draw));
      }
      const failed = await failing;
      const names = subjects.flatMap(({ name, before }) =>
        before && failed.has(name) ? before.name : [],
      );
      side.tests = await this.#test(engine, names);
    });
    return side;
  }

  async #deliverAll(
    checkout: Checkout,
    targets: readonly Integration[],
    work: (engine: Engine, draw: Draw) => Promise<void>,
  ): Promise<void> {
    if (targets.length === 0) return;
    const draw = await this.#cards.of(checkout);
    const needs = { root: checkout.root, targets, timeoutMs: TIMEOUT_MS };
    await withEngine(needs, this.#context, (engine) => work(engine, draw));
  }
}

/** Former file names of fixtures by new ones. */
function renamedFixtures(
  { before, after }: Subject,
  { renamed }: ChangedFiles,
): Map<string, string> {
  const names = [...renamed].flatMap(([now, old]) => {
    const [folder, formerFolder] = [posix.dirname(now), posix.dirname(old)];
    const isOwn = folder === after?.fixturesDirectory && formerFolder === before?.fixturesDirectory;
    const [name, formerName] = [posix.basename(now), posix.basename(old)];
    return isOwn && name !== formerName ? [[name, formerName] as const] : [];
  });
  return new Map(names);
}

const nameOf = ({ name }: Subject): string => name;

function withFailures(tests: Side["tests"]): ReadonlySet<string> {
  const failing = tests.filter(({ failed }) => failed > 0);
  return new Set(failing.map(({ name }) => name));
}

function failureOf(
  name: string,
  {
    traceback: _,
    ...error
  }: NonNullable<TestRun["integrations"][number]["tests"][number]["error"]>,
  failedBefore: ReadonlySet<string>,
): TestFailure {
  return { name, ...error, failedBefore: failedBefore.has(name) };
}

async function isDirty(root: string): Promise<boolean> {
  const status = await runGit(["status", "--porcelain", "-z", "--", "."], { cwd: root });
  return status.stdout !== "";
}
