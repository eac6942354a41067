/**
 * Sends an integration what its service never sent: every key of every fixture that the view reads is taken away,
 * made null, given another type, and filled with texts that mean harm.
 *
 * Keys that the view does not look at are found in groups, because payloads hold hundreds of them.
 */
import type { Delivery, DeliveryRequest } from "../engine/types.ts";
import { UserError } from "../errors.ts";
import { type Finding, Findings } from "./findings.ts";
import { type Mutation, structuresFor, valuesFor } from "./mutations.ts";
import {
  type Harmless,
  judge,
  type Outcome,
  type OutcomeKind,
  outcomeOf,
  type Rendering,
} from "./outcome.ts";
import {
  type Change,
  childrenOf,
  type FuzzPayload,
  type Place,
  placeAt,
  pointerOf,
  shapeOf,
} from "./payload.ts";
import { randomNumbers, shuffled } from "./random.ts";
import { readFuzzPayload } from "./read.ts";

/** A fixture, and the request that delivers it. */
export interface FuzzFixture {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly request: DeliveryRequest;
}

/** An integration to be tried. */
export interface FuzzTarget {
  readonly name: string;
  readonly fixtures: readonly FuzzFixture[];
}

export interface FuzzOptions {
  readonly seed: number;
  /** Deliveries at most; Infinity for all there are. */
  readonly limit: number;
  readonly render: Rendering;
  readonly deliver: (request: DeliveryRequest) => Promise<Delivery>;
  /** Called after each delivery. */
  readonly onDelivery?: () => void;
}

/** One change of one fixture. */
export interface FuzzCase {
  readonly fixture: string;
  /** A JSON pointer; empty for the whole payload. */
  readonly pointer: string;
  /** A mutation's id. */
  readonly mutation: string;
}

/** A fixture that was not tried, and why. */
export interface SkippedFixture {
  readonly fixture: string;
  readonly reason: string;
}

/** What came of one integration. */
export interface FuzzReport {
  readonly integration: string;
  readonly deliveries: number;
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>;
  readonly findings: readonly Finding[];
  /** Fixtures that were tried at least in part. */
  readonly fixtures: number;
  readonly skipped: readonly SkippedFixture[];
  /** True when the limit cut it short. */
  readonly cut: boolean;
}

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

/** The limit is reached. */
class Enough extends Error {}

/** Below this many keys, asking for groups costs more than it saves. */
const GROUP = 3;
const LONGEST_SWAP = 40;
const MOST_SWAPS = 3;

interface Subject {
  readonly fixture: FuzzFixture;
  readonly payload: FuzzPayload;
  /** What comes of the payload as it is. */
  readonly base: Outcome;
}

/** Mutations to be tried at a place. */
interface Job {
  readonly subject: Subject;
  readonly place: Place;
  readonly mutations: readonly Mutation[];
}

class Fuzzer {
  readonly #target: FuzzTarget;
  readonly #options: FuzzOptions;
  readonly #payloads: ReadonlyMap<string, FuzzPayload>;
  readonly #findings: Findings;
  readonly #outcomes: Partial<Record<OutcomeKind, number>> = {};
  readonly #skipped: SkippedFixture[] = [];
  /** Shapes of places that a view has looked at, and what was tried there. */
  readonly #read = new Set<string>();
  readonly #tried = new Set<string>();
  /** Values come after all changes of structure, because those find the worse faults. */
  readonly #values: Job[] = [];
  /** What was tried on another fixture already. It may take another way through the view on this one. */
  readonly #again: Job[] = [];
  #deliveries = 0;

  constructor(target: FuzzTarget, options: FuzzOptions) {
    this.#target = target;
    this.#options = options;
    this.#findings = new Findings(target.name);
    this.#payloads = new Map(
      target.fixtures.flatMap(({ file, bytes, request }) => {
        const payload = readFuzzPayload(bytes, file, request.query);
        return payload ? [[file, payload] as const] : [];
      }),
    );
  }

  async run(): Promise<FuzzReport> {
    const next = randomNumbers(this.#options.seed);
    let [fixtures, cut] = [0, false];
    try {
      for (const fixture of shuffled(this.#target.fixtures, next)) {
        const subject = await this.#open(fixture);
        if (!subject) continue;
        fixtures += 1;
        await this.#walk(subject, { path: [], value: subject.payload.value });
      }
      for (const { subject, place, mutations } of [
        ...this.#values,
        ...shuffled(this.#again, next),
      ]) {
        await this.#try(subject, place, mutations);
      }
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
      cut = true;
    }
    return {
      integration: this.#target.name,
      deliveries: this.#deliveries,
      outcomes: this.#outcomes,
      findings: this.#findings.all(),
      fixtures,
      skipped: this.#skipped,
      cut,
    };
  }

  async one({ fixture: file, pointer, mutation: id }: FuzzCase) {
    const fixture = this.#target.fixtures.find((one) => one.file === file);
    const subject = fixture && (await this.#open(fixture));
    const place = subject && placeAt(subject.payload, pointer);
    if (!place) return undefined;
    const all = [...structuresFor(place.value, pointer === ""), ...this.#valuesFor(place)];
    const mutation = all.find((one) => one.id === id);
    if (!mutation) return undefined;
    const harmless = all.filter((one) => one.id === "plain" || one.id === "lines");
    const outcomes = await this.#try(subject, place, [...new Set([...harmless, mutation])]);
    const outcome = outcomes.get(id);
    const findings = this.#findings.all().filter((finding) => finding.mutation === id);
    return outcome && { outcome, findings };
  }

  /** A fixture whose delivery works: only then does a change of it show anything. */
  async #open(fixture: FuzzFixture): Promise<Subject | undefined> {
    const { file } = fixture;
    const skip = (reason: string): undefined => void this.#skipped.push({ fixture: file, reason });
    const payload = this.#payloads.get(file);
    if (!payload) return skip("it is neither JSON nor XML nor the fields of a form");
    const base = await this.#send({ fixture, payload }, new Map());
    if (base.kind === "message" || base.kind === "silent") return { fixture, payload, base };
    const { error, response } = base.delivery;
    const how = error ? `raises ${error.type}` : `answers ${response.status}`;
    return skip(`the view ${how} for it as it is`);
  }

  async #walk(subject: Subject, place: Place): Promise<void> {
    const shape = shapeOf(place.path);
    this.#read.add(shape);
    await this.#try(
      subject,
      place,
      this.#fresh(subject, place, structuresFor(place.value, shape === "")),
    );
    const values = this.#fresh(subject, place, this.#valuesFor(place));
    if (values.length > 0) this.#values.push({ subject, place, mutations: values });
    const children = childrenOf(place);
    const certain = children.filter(({ path }) => this.#read.has(shapeOf(path)));
    const asked = children.filter((child) => !certain.includes(child));
    for (const child of [...certain, ...(await this.#readOf(subject, asked))]) {
      await this.#walk(subject, child);
    }
  }

  /** Those mutations that no fixture has tried at such a place; the others wait. */
  #fresh(subject: Subject, place: Place, mutations: readonly Mutation[]): Mutation[] {
    const key = ({ id }: Mutation): string => `${shapeOf(place.path)} ${id}`;
    const fresh = mutations.filter((mutation) => !this.#tried.has(key(mutation)));
    const known = mutations.filter((mutation) => !fresh.includes(mutation));
    if (known.length > 0) this.#again.push({ subject, place, mutations: known });
    for (const mutation of fresh) this.#tried.add(key(mutation));
    return fresh;
  }

  #valuesFor({ path, value }: Place): Mutation[] {
    const { seed } = this.#options;
    const pointer = pointerOf(path);
    return valuesFor(value, { seed, pointer, others: this.#othersAt(path, value) });
  }

  /** What other fixtures have at a place, where it is a word of the service's, such as an event type. */
  #othersAt(path: Place["path"], value: Place["value"]): string[] {
    if (value.kind !== "string" || value.value.length > LONGEST_SWAP) return [];
    const others = new Set<string>();
    for (const payload of this.#payloads.values()) {
      const there = placeAt(payload, pointerOf(path))?.value;
      if (there?.kind === "string" && there.value.length <= LONGEST_SWAP) others.add(there.value);
    }
    others.delete(value.value);
    return shuffled([...others], randomNumbers(this.#options.seed)).slice(0, MOST_SWAPS);
  }

  /** Those of some places that the view looks at. */
  async #readOf(subject: Subject, places: readonly Place[]): Promise<Place[]> {
    if (places.length === 0) return [];
    if (places.length > 1 && places.length <= GROUP) {
      const each = await inTurn(places, (place) => this.#readOf(subject, [place]));
      return each.flat();
    }
    if (!(await this.#matter(subject, places))) return [];
    if (places.length === 1) return [...places];
    const half = Math.ceil(places.length / 2);
    return [
      ...(await this.#readOf(subject, places.slice(0, half))),
      ...(await this.#readOf(subject, places.slice(half))),
    ];
  }

  /** Whether any change of these places, all at once, changes what comes of the payload. */
  async #matter(subject: Subject, places: readonly Place[]): Promise<boolean> {
    const changes: ((place: Place) => Change)[] = [
      () => undefined,
      () => "null",
      ({ value }) => (value.kind === "string" ? "7" : '"zq"'),
      ({ value }) => (value.kind === "array" ? "{}" : "[]"),
    ];
    for (const change of changes) {
      const all = new Map(places.map((place) => [pointerOf(place.path), change(place)]));
      if ((await this.#send(subject, all)).key !== subject.base.key) return true;
    }
    return false;
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
      const outcome = await this.#send(subject, new Map([[pointer, mutation.change]]));
      outcomes.set(mutation.id, outcome);
      const [plain, lines] = [outcomes.get("plain"), outcomes.get("lines")];
      const harmless: Harmless = { ...(plain && { plain }), ...(lines && { lines }) };
      for (const verdict of judge(outcome, mutation, harmless, this.#options.render)) {
        this.#findings.add(verdict, { fixture: subject.fixture.file, place, mutation });
      }
    }
    return outcomes;
  }

  async #send(
    { fixture, payload }: Pick<Subject, "fixture" | "payload">,
    changes: ReadonlyMap<string, Change>,
  ): Promise<Outcome> {
    if (this.#deliveries >= this.#options.limit) throw new Enough();
    this.#deliveries += 1;
    const request = {
      ...fixture.request,
      body: payload.write(changes),
      query: payload.query(changes),
      fixtureName: fixture.file,
    };
    const deliver = () => this.#options.deliver(request).then(outcomeOf, undelivered);
    const first = await deliver();
    // A machine that is busy makes anything take long, once.
    const outcome = first.kind === "hang" ? await deliver() : first;
    this.#outcomes[outcome.kind] = (this.#outcomes[outcome.kind] ?? 0) + 1;
    this.#options.onDelivery?.();
    return outcome;
  }
}

/** A view that ends Python is a finding; a request that cannot be made at all is none. */
function undelivered(error: unknown): Outcome {
  if (!(error instanceof UserError)) throw error;
  const response = { status: 500, body: "" };
  if (error.code === "view-ends-python") {
    const { message } = error;
    return outcomeOf({
      response,
      messages: [],
      error: { type: "ProcessEnded", message, traceback: message },
    });
  }
  return { kind: "undelivered", delivery: { response, messages: [] }, key: error.message };
}

async function inTurn<T, R>(things: readonly T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const thing of things) results.push(await work(thing));
  return results;
}
