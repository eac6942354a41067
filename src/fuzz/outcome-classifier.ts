/** Judging outcomes of one integration: what is wrong, and what speaks for it that it ever happens. */
import type { JsonValue } from "../payload/index.ts";
import type { Sample } from "./evidence.ts";
import { type Finding, Findings } from "./findings.ts";
import { KindsOfText } from "./kinds-of-text.ts";
import type { FuzzTarget } from "./model.ts";
import type { Mutation } from "./mutations.ts";
import {
  type Evidence,
  failedCheck,
  fieldVerdict,
  isUnset,
  judge,
  type Outcome,
  type Verdict,
} from "./outcome.ts";
import { type FuzzPayload, type Place, shapeOf, textOf } from "./payload.ts";
import { shownNone } from "./shown-none.ts";
import { Signs } from "./signs.ts";
import type { Subject } from "./subject.ts";
import type { Harmless, Rendering } from "./text-verdicts.ts";
import { unknownKind } from "./unknown-kinds.ts";

/** A change, and what came of it. */
export interface Tried {
  readonly subject: Subject;
  readonly place: Place;
  readonly mutation: Mutation;
  readonly outcome: Outcome;
  readonly harmless: Harmless;
}

/** Collects findings. */
export class OutcomeClassifier {
  readonly #found: Findings;
  readonly #signs: Signs;
  readonly #texts: KindsOfText;
  readonly #render: Rendering;
  readonly #payloads: ReadonlyMap<string, FuzzPayload>;
  /** Fixtures as they are, as far as they have been opened. */
  readonly #samples = new Map<string, Sample>();

  constructor(
    { name, view = [] }: FuzzTarget,
    payloads: ReadonlyMap<string, FuzzPayload>,
    render: Rendering,
  ) {
    this.#found = new Findings(name);
    this.#signs = new Signs(payloads, view);
    this.#texts = new KindsOfText(payloads);
    this.#render = render;
    this.#payloads = payloads;
  }

  /** Takes a fixture for something that the service sends. */
  witness(file: string, sample: Sample): void {
    this.#samples.set(file, sample);
  }

  /** Adds what is wrong whatever else is known. */
  add(...finding: Parameters<Findings["add"]>): void {
    this.#found.add(...finding);
  }

  findings(): Finding[] {
    return this.#found.all();
  }

  judge(tried: Tried): void {
    const { subject, place, mutation, outcome, harmless } = tried;
    const fixture = subject.fixture.file;
    for (const verdict of judge(outcome, mutation, harmless, this.#render)) {
      const isLikely =
        this.#texts.mayBe(verdict, place, mutation) && !missesReference(verdict, tried);
      this.#found.add(isLikely ? verdict : assumed(verdict), { fixture, place, mutation });
    }
    const unknown = unknownKind(tried, this.#payloads.values());
    if (unknown) this.#found.add(unknown, { fixture, place, mutation });
    const none = shownNone(tried, subject.base);
    if (none) this.#found.add(this.#asFarAsKnown(none, tried), { fixture, place, mutation });
    const check = failedCheck(outcome, mutation, place.value);
    // No service sends nothing, or a text, where it has always sent an object.
    if (!check || place.path.length === 0) return;
    const { message = "", path, line } = outcome.delivery.error ?? {};
    const failed = { place, id: mutation.id, function: check.function, message, path, line };
    const evidence = this.#evidenceOf(failed, subject);
    const verdict = fieldVerdict(outcome, check, shapeOf(place.path), evidence);
    this.#found.add(verdict, { fixture, place, mutation, way: check.way });
  }

  #evidenceOf(failed: Parameters<Signs["evidenceOf"]>[0], { sample }: Subject): Evidence {
    return this.#signs.evidenceOf(failed, sample, this.#samples);
  }

  /** A warning where something in the tree speaks for the state of the field, and says so. */
  #asFarAsKnown(verdict: Verdict, { subject, place, mutation: { id } }: Tried): Verdict {
    const nowhere = { function: "", message: "", path: undefined, line: undefined };
    const evidence = this.#evidenceOf({ ...nowhere, place, id }, subject);
    if (evidence.severity === "assumption") return assumed(verdict);
    return { ...verdict, message: `${verdict.message} ${evidence.message}` };
  }
}

/**
 * Whether a view only misses what a payload has under a number that it repeats, such as the identifier of a thing that is
 * described elsewhere in it: services keep the two together. A variable that is not set then is the view's own mistake.
 */
function missesReference({ kind }: Verdict, { subject, place, mutation, outcome }: Tried): boolean {
  if (mutation.kind !== "number" || kind !== "exception" || isUnset(outcome)) return false;
  return countOf(textOf(place.value), subject.payload.value) > 1;
}

/** How often a number stands in a value, as it is written. */
function countOf(number: string, value: JsonValue): number {
  if (value.kind === "integer" || value.kind === "float") return value.text === number ? 1 : 0;
  const below =
    value.kind === "object"
      ? [...value.entries.values()]
      : value.kind === "array"
        ? value.items
        : [];
  return below.reduce((sum, one) => sum + countOf(number, one), 0);
}

/** What no service sends shows what a view takes for granted, and no fault. */
const assumed = (verdict: Verdict): Verdict => ({ ...verdict, severity: "assumption" });
