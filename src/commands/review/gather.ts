/** Gathers what a review shows: from git, the checklist, the tests, and the engine before and after the change. */
import { type ChangedFiles, changedFiles } from "../../checkout/changed.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { headOf } from "../../checkout/revision.ts";
import type { Engine } from "../../engine/index.ts";
import { runGit } from "../../host/git.ts";
import type { ThemeName } from "../../preview/index.ts";
import {
  type CardTheme,
  type IntegrationReview,
  type Review,
  SecretMasks,
} from "../../review/index.ts";
import { withProgress } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { type Base, openBase } from "../base.ts";
import type { Context } from "../define.ts";
import { withEngine } from "../engine.ts";
import { runOn } from "../test/run.ts";
import { themeFor } from "../theme.ts";
import { integrationReview, type Side } from "./assemble.ts";
import { checklists } from "./checklists.ts";
import { eventsOf } from "./events.ts";
import { lineCounts } from "./files.ts";
import { Cards, type Draw, learnSecrets, messagesOf } from "./messages.ts";
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

class Gathering {
  readonly #checkout: Checkout;
  readonly #base: Base;
  readonly #changed: ChangedFiles;
  #context: Context;
  readonly #cards: Cards;
  readonly #masks = new SecretMasks();

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
      await this.#learnSecrets(subjects);
      const ofChange = this.#after(subjects);
      const asked = ofChange.then(({ tests }) => withQuestions(tests));
      const [after, before] = await Promise.all([ofChange, this.#before(subjects, asked)]);
      progress.update("Going through the checklist");
      const lists = await checklists(this.#checkout, this.#base.checkout, subjects, this.#changed);
      const counts = await lineCounts(this.#checkout.root, this.#changed);
      const { checkout: base } = this.#base;
      const sides = { checkout: this.#checkout, base, changed: this.#changed, before, after };
      const all = await Promise.all(
        subjects.map((subject) => integrationReview(subject, { ...sides, lists, counts })),
      );
      const isShown = ({ status, messages, tests }: IntegrationReview): boolean =>
        status !== "reached" ||
        messages.some((message) => message.status !== "same") ||
        (tests?.failures.some(({ failedBefore }) => !failedBefore) ?? false);
      const head = await headOf(this.#checkout.root);
      return {
        review: this.#masks.review({
          base: { ref: ref ?? "", commit: this.#changed.base },
          head: { commit: head, dirty: await isDirty(this.#checkout.root) },
          notes: [...notes, ...lists.notes],
          integrations: all.filter(isShown),
          unaffected: all.filter((one) => !isShown(one)).map(({ name }) => name),
        }),
        look: await this.#cards.look(),
      };
    } finally {
      progress.stop();
    }
  }

  async #learnSecrets(subjects: readonly Subject[]): Promise<void> {
    for (const { before, after } of subjects) {
      if (after) await learnSecrets(this.#checkout, after, this.#masks);
      if (before && this.#base.checkout)
        await learnSecrets(this.#base.checkout, before, this.#masks);
    }
  }

  async #after(subjects: readonly Subject[]): Promise<Side> {
    const side: Side = { messages: new Map(), events: new Map(), tests: [] };
    const targets = subjects.flatMap(({ after }) => after ?? []);
    await this.#deliverAll(this.#checkout, targets, async (engine, draw) => {
      for (const { name, status, after } of subjects) {
        if (!after) continue;
        this.#context.out.progress(`Delivering the fixtures of ${printableLine(name)}`);
        const shown = await messagesOf(this.#checkout, after, engine, draw, this.#masks);
        side.messages.set(name, shown);
        if (status === "reached") continue;
        side.events.set(name, await eventsOf(this.#checkout, after, engine, shown));
      }
      side.tests = await this.#testAll(
        engine,
        subjects.filter(({ after }) => after),
        ({ name }) => name,
      );
    });
    return side;
  }

  /** Runs tests, in views that have handled no request yet. */
  async #test(engine: Engine, names: string[], coverage = false): Promise<Side["tests"]> {
    if (names.length === 0) return [];
    await engine.refresh({ edited: [] });
    return (await runOn(engine, names, { coverage }, this.#context)).integrations;
  }

  /** The tests of some integrations; those that changed themselves with what their tests run. */
  async #testAll(
    engine: Engine,
    subjects: readonly Subject[],
    nameOf: (subject: Subject) => string,
  ): Promise<Side["tests"]> {
    const isReached = ({ status }: Subject): boolean => status === "reached";
    const own = subjects.filter((one) => !isReached(one));
    return [
      ...(await this.#test(engine, own.map(nameOf), true)),
      ...(await this.#test(engine, subjects.filter(isReached).map(nameOf))),
    ];
  }

  /** @param asked The integrations whose tests left something open after the change. */
  async #before(subjects: readonly Subject[], asked: Promise<ReadonlySet<string>>): Promise<Side> {
    const side: Side = { messages: new Map(), events: new Map(), tests: [] };
    const { checkout } = this.#base;
    const targets = subjects.flatMap(({ before }) => before ?? []);
    if (!checkout) return side;
    await this.#deliverAll(checkout, targets, async (engine, draw) => {
      for (const { name, status, before, after } of subjects) {
        if (!before) continue;
        const shown = await messagesOf(checkout, before, engine, draw, this.#masks);
        side.messages.set(name, shown);
        if (status === "reached" || !after) continue;
        side.events.set(name, await eventsOf(checkout, before, engine, shown));
      }
      const names = await asked;
      side.tests = await this.#testAll(
        engine,
        subjects.filter(({ name, before }) => before && names.has(name)),
        ({ name, before }) => before?.name ?? name,
      );
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

/** Integrations of which the base has to say something: what fails now, and what its tests leave out. */
function withQuestions(tests: Side["tests"]): ReadonlySet<string> {
  const asked = tests.filter(
    ({ failed, coverage }) => failed > 0 || (coverage && coverage.covered < coverage.lines),
  );
  return new Set(asked.map(({ name }) => name));
}

async function isDirty(root: string): Promise<boolean> {
  const status = await runGit(["status", "--porcelain", "-z", "--", "."], { cwd: root });
  return status.stdout !== "";
}
