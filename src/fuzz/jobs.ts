/** What is still to be tried, in the order of how much it is likely to find. */
import type { Mutation } from "./mutations.ts";
import { type Place, shapeOf } from "./payload.ts";

/** States of a field that services do send. */
const LIKELY = new Set(["drop", "null", "empty"]);

/** A fixture of some kind of event. */
interface OfKind {
  readonly sample: { readonly kind: string };
}

/** Mutations to be tried at a place of a fixture. */
export interface Job<Subject> {
  readonly subject: Subject;
  readonly place: Place;
  readonly mutations: readonly Mutation[];
}

/** The mutations that were put off, and those that were tried. */
export class Jobs<Subject extends OfKind> {
  /**
   * One other number for each field that holds one: the numbers of the next payload are others, and what a view looks
   * up by them may not be there.
   */
  readonly otherNumbers: Job<Subject>[] = [];
  /** Further values come after the states that a field may have, because those find the worse faults. */
  readonly values: Job<Subject>[] = [];
  /** Other types, which services send least of all. */
  readonly otherTypes: Job<Subject>[] = [];
  /** What was tried on fixtures of other kinds, but not of this one, which may take another way through the view. */
  readonly otherKinds: Job<Subject>[] = [];
  /** What was tried on another fixture of this kind. */
  readonly again: Job<Subject>[] = [];
  /** Shapes of places with the ids of what was tried there, for any fixture and for each kind. */
  readonly #tried = new Set<string>();

  /** @returns Those mutations that no fixture has tried at such a place; the others are put off. */
  fresh(subject: Subject, place: Place, mutations: readonly Mutation[]): Mutation[] {
    const { kind } = subject.sample;
    const key = keysAt(place);
    const fresh = mutations.filter((mutation) => !this.#tried.has(key(mutation)));
    const known = mutations.filter((mutation) => !fresh.includes(mutation));
    const soon = known.filter(
      (mutation) => LIKELY.has(mutation.id) && !this.#tried.has(key(mutation, kind)),
    );
    const later = known.filter((mutation) => !soon.includes(mutation));
    if (soon.length > 0) this.otherKinds.push({ subject, place, mutations: soon });
    if (later.length > 0) this.again.push({ subject, place, mutations: later });
    this.mark(subject, place, mutations);
    return fresh;
  }

  /** Takes mutations for tried. */
  mark({ sample: { kind } }: Subject, place: Place, mutations: readonly Mutation[]): void {
    const key = keysAt(place);
    for (const mutation of mutations) this.#tried.add(key(mutation)).add(key(mutation, kind));
  }
}

const keysAt =
  ({ path }: Place) =>
  ({ id }: Mutation, of = ""): string =>
    `${of} ${shapeOf(path)} ${id}`;
