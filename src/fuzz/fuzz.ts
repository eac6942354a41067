/**
 * Sends an integration what its service never sent: every key of every fixture that the view reads is taken away,
 * made null, given another type, and filled with texts that mean harm.
 */
import { Candidates, isLikely } from "./candidates.ts";
import { Deliveries, Enough } from "./deliveries.ts";
import { eventKind } from "./evidence.ts";
import type { Finding } from "./findings.ts";
import { type Job, Jobs } from "./jobs.ts";
import { REVERSED, tryOtherOrder } from "./key-order.ts";
import { knownNulls } from "./known-nulls.ts";
import type {
  FuzzCase,
  FuzzFixture,
  FuzzOptions,
  FuzzReport,
  FuzzTarget,
  SkippedFixture,
} from "./model.ts";
import { type Mutation, UNCHANGED } from "./mutations.ts";
import { failsAsItIs, type Outcome } from "./outcome.ts";
import { OutcomeClassifier } from "./outcome-classifier.ts";
import {
  type Change,
  childrenOf,
  type FuzzPayload,
  type Place,
  placeAt,
  pointerOf,
  shapeOf,
} from "./payload.ts";
import { isMentioned, placesRead } from "./places-read.ts";
import { randomNumbers, shuffled } from "./random.ts";
import { readFuzzPayload, whyUnread } from "./read.ts";
import { bySubject, type Subject, type Walk } from "./subject.ts";
import type { Harmless } from "./text-verdicts.ts";

/** Tries one integration. The same seed does the same. */
export function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
  return new Fuzzer(target, options).run();
}

/**
 * Tries one case again.
 * @returns Undefined when the fixture has no such place, or the place no such mutation.
 */
export function fuzzOne(
  target: FuzzTarget,
  wanted: FuzzCase,
  options: FuzzOptions,
): Promise<{ outcome: Outcome; findings: readonly Finding[] } | undefined> {
  return new Fuzzer(target, options).one(wanted);
}

class Fuzzer {
  readonly #target: FuzzTarget;
  readonly #options: FuzzOptions;
  readonly #payloads: ReadonlyMap<string, FuzzPayload>;
  readonly #candidates: Candidates;
  readonly #classifier: OutcomeClassifier;
  readonly #deliveries: Deliveries;
  readonly #skipped: SkippedFixture[] = [];
  /** What came of each fixture as it is. */
  readonly #bases = new Map<string, Outcome>();
  /** Shapes of places that a view has looked at. */
  readonly #read = new Set<string>();
  /** Shapes of places that a view did not look at in some fixture of a kind. */
  readonly #ignored = new Set<string>();
  readonly #jobs = new Jobs<Subject>();
  /** The text of the view. */
  readonly #source: string | undefined;
  /** Places that the view did not look at in a fixture of the same kind, or in another position of a list. */
  #ignoredElsewhere: Walk[] = [];
  /** Places whose keys do not stand in the text of the view, and those without which it does the same. */
  #unlikely: Walk[] = [];

  constructor(target: FuzzTarget, options: FuzzOptions) {
    this.#target = target;
    this.#options = options;
    this.#deliveries = new Deliveries(options);
    this.#payloads = new Map(
      target.fixtures.flatMap(({ file, bytes, request }) => {
        const payload = readFuzzPayload(bytes, file, request.query);
        return payload ? [[file, payload] as const] : [];
      }),
    );
    this.#candidates = new Candidates(this.#payloads, options.seed);
    this.#classifier = new OutcomeClassifier(target, this.#payloads, options.render);
    this.#source = target.view?.map(({ text }) => text).join("\n");
  }

  async run(): Promise<FuzzReport> {
    const next = randomNumbers(this.#options.seed);
    const walks: Walk[] = [];
    let cut = false;
    try {
      for (const fixture of shuffled(this.#target.fixtures, next)) {
        const subject = await this.#open(fixture);
        if (!subject) continue;
        await this.#tryOrder(subject);
        walks.push({ subject, places: [{ path: [], value: subject.payload.value }] });
      }
      await this.#work(
        knownNulls(walks, this.#candidates, { source: this.#source, ...this.#options }),
      );
      await this.#walkInTurn(walks);
      await this.#work(this.#jobs.otherNumbers.splice(0));
      await this.#work(shuffled(this.#jobs.otherKinds.splice(0), next));
      await this.#walkLate(() => this.#ignoredElsewhere.splice(0));
      await this.#work(shuffled(this.#jobs.otherKinds.splice(0), next));
      await this.#work(this.#jobs.values.splice(0));
      await this.#work(this.#jobs.otherTypes.splice(0));
      await this.#walkLate(() => this.#unlikely.splice(0));
      await this.#work(this.#jobs.values.splice(0));
      await this.#work(this.#jobs.otherTypes.splice(0));
      await this.#work(shuffled(this.#jobs.again, next));
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
      cut = true;
    }
    return {
      integration: this.#target.name,
      deliveries: this.#deliveries.count,
      outcomes: this.#deliveries.outcomes,
      findings: this.#classifier.findings(),
      fixtures: walks.length,
      skipped: this.#skipped,
      cut,
    };
  }

  async #work(jobs: Iterable<Job<Subject>>): Promise<void> {
    for (const { subject, place, mutations } of jobs) await this.#try(subject, place, mutations);
  }

  /** Looks at places that were left for later, and at what is below them. */
  async #walkLate(take: () => Walk[]): Promise<void> {
    for (let left = take(); left.length > 0; left = take()) {
      const read: Walk[] = [];
      // All of a fixture at once: most of them are of no interest to the view.
      for (const { subject, places } of bySubject(left)) {
        read.push({ subject, places: await placesRead(places, this.#differs(subject)) });
      }
      await this.#walkInTurn(read, true);
    }
  }

  async one({ fixture: file, pointer, mutation: id }: FuzzCase) {
    const fixture = this.#target.fixtures.find((one) => one.file === file);
    const subject = fixture && (await this.#open(fixture));
    if (pointer === "" && id === UNCHANGED.id) return this.#unchanged(file);
    if (subject && pointer === "" && id === REVERSED) {
      const outcome = await this.#tryOrder(subject);
      return outcome && { outcome, findings: this.#classifier.findings() };
    }
    const place = subject && placeAt(subject.payload, pointer);
    if (!place) return undefined;
    const all = [...this.#candidates.structuresFor(place), ...this.#candidates.valuesFor(place)];
    const mutation = all.find((one) => one.id === id);
    if (!mutation) return undefined;
    const harmless = all.filter((one) => one.id === "plain" || one.id === "lines");
    const outcomes = await this.#try(subject, place, [...new Set([...harmless, mutation])]);
    const outcome = outcomes.get(id);
    const findings = this.#classifier.findings().filter((finding) => finding.mutation === id);
    return outcome && { outcome, findings };
  }

  /** A fixture whose delivery works: only then does a change of it show anything. */
  async #open(fixture: FuzzFixture): Promise<Subject | undefined> {
    const { file } = fixture;
    const skip = (reason: string): undefined => void this.#skipped.push({ fixture: file, reason });
    const payload = this.#payloads.get(file);
    if (!payload) return skip(whyUnread(fixture));
    const base = await this.#deliveries.send({ fixture, payload }, new Map());
    this.#bases.set(file, base);
    const { error, response, sent } = base.delivery;
    const sample = { value: payload.value, kind: eventKind(sent?.headers ?? {}, payload.value) };
    if (base.kind === "message" || base.kind === "silent") {
      this.#classifier.witness(file, sample);
      return { fixture, payload, base, sample };
    }
    const verdict = failsAsItIs(base);
    if (verdict && this.#target.unsent?.has(file)) {
      const reason = "not sent by a test, and the view fails for it as it is";
      return void this.#skipped.push({ fixture: file, reason, isUnsent: true });
    }
    this.#classifier.witness(file, sample);
    const place = { path: [], value: payload.value };
    if (verdict) this.#classifier.add(verdict, { fixture: file, place, mutation: UNCHANGED });
    if (base.kind === "undelivered") return skip(`it could not be delivered: ${base.key}`);
    const how = error ? `raises ${error.type}` : `answers ${response.status}`;
    return skip(`the view ${how} for it as it is`);
  }

  async #tryOrder(subject: Subject): Promise<Outcome | undefined> {
    const tried = await tryOtherOrder(subject, this.#deliveries);
    if (tried?.verdict) this.#classifier.add(tried.verdict, tried.occasion);
    return tried?.outcome;
  }

  #unchanged(file: string): { outcome: Outcome; findings: readonly Finding[] } | undefined {
    const outcome = this.#bases.get(file);
    return outcome && { outcome, findings: this.#classifier.findings() };
  }

  /** One place of each fixture after the other, so that the limit leaves none of them out. */
  async #walkInTurn(walks: readonly Walk[], isProbed = false): Promise<void> {
    const first = new Set(walks.flatMap(({ places }) => places));
    let isDone = false;
    while (!isDone) {
      isDone = true;
      for (const { subject, places } of walks) {
        const place = places.shift();
        if (!place) continue;
        isDone = false;
        const probed = isProbed && first.has(place);
        places.unshift(...(await this.#step(subject, place, probed)));
      }
    }
  }

  /** @returns What is below the place, as far as the view may look at it. */
  async #step(subject: Subject, place: Place, isProbed: boolean): Promise<Place[]> {
    const shape = shapeOf(place.path);
    const structures = this.#candidates.structuresFor(place);
    const likely = structures.filter((mutation) => isLikely(mutation, place));
    const isRead = this.#read.has(shape);
    const soon = isRead ? this.#jobs.fresh(subject, place, likely) : likely;
    const outcomes = await this.#try(subject, place, soon);
    if (!isRead) {
      this.#jobs.mark(subject, place, soon);
      // Where nothing changes, the view does not look; but a whole form cannot be null, nor can parameters be.
      const isSame = [...outcomes.values()].every(({ key }) => key === subject.base.key);
      const isIgnored = place.path.length > 0 && soon.length > 0 && isSame;
      if (isIgnored && !isProbed) {
        this.#ignored.add(`${subject.sample.kind} ${shape}`);
        this.#unlikely.push({ subject, places: [place] });
        return [];
      }
      this.#read.add(shape);
    }
    const queue = (jobs: Job<Subject>[], mutations: readonly Mutation[]): void => {
      const fresh = this.#jobs.fresh(subject, place, mutations);
      if (fresh.length > 0) jobs.push({ subject, place, mutations: fresh });
    };
    queue(
      this.#jobs.otherTypes,
      structures.filter((mutation) => !likely.includes(mutation)),
    );
    const values = this.#candidates.valuesFor(place);
    const [number] = values.filter(({ kind }) => kind === "number");
    if (number) queue(this.#jobs.otherNumbers, [number]);
    queue(
      this.#jobs.values,
      values.filter((value) => value !== number),
    );
    return this.#below(subject, place);
  }

  #below(subject: Subject, place: Place): Place[] {
    const children = childrenOf(place);
    const known = (child: Place) => this.#read.has(shapeOf(child.path));
    const unmentioned = children.filter(
      (child) => !known(child) && !isMentioned(child, this.#source),
    );
    const ignored = children.filter(
      (child) =>
        !known(child) &&
        !unmentioned.includes(child) &&
        this.#ignored.has(`${subject.sample.kind} ${shapeOf(child.path)}`),
    );
    if (unmentioned.length > 0) this.#unlikely.push({ subject, places: unmentioned });
    if (ignored.length > 0) this.#ignoredElsewhere.push({ subject, places: ignored });
    return children.filter((child) => !unmentioned.includes(child) && !ignored.includes(child));
  }

  /** Whether changes of the payload change what comes of it. */
  #differs(subject: Subject): (changes: ReadonlyMap<string, Change>) => Promise<boolean> {
    return async (changes) =>
      (await this.#deliveries.send(subject, changes)).key !== subject.base.key;
  }

  /** Tries mutations of one place. */
  async #try(
    subject: Subject,
    place: Place,
    mutations: readonly Mutation[],
  ): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>();
    const pointer = pointerOf(place.path);
    for (const mutation of mutations) {
      const outcome = await this.#deliveries.send(subject, new Map([[pointer, mutation.change]]));
      outcomes.set(mutation.id, outcome);
      const [plain, lines] = [outcomes.get("plain"), outcomes.get("lines")];
      const harmless: Harmless = { ...(plain && { plain }), ...(lines && { lines }) };
      this.#classifier.judge({ subject, place, mutation, outcome, harmless });
    }
    return outcomes;
  }
}
