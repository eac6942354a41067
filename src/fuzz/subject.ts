/** Fixtures that can be changed, and the places of each that are to be looked at. */
import type { Sample } from "./evidence.ts";
import type { FuzzFixture } from "./model.ts";
import type { Outcome } from "./outcome.ts";
import type { FuzzPayload, Place } from "./payload.ts";

/** A fixture whose delivery works. */
export interface Subject {
  readonly fixture: FuzzFixture;
  readonly payload: FuzzPayload;
  /** What comes of the payload as it is. */
  readonly base: Outcome;
  readonly sample: Sample;
}

/** Places of a fixture, in the order in which they are looked at. */
export interface Walk {
  readonly subject: Subject;
  readonly places: Place[];
}

/** One walk for each fixture. */
export function bySubject(walks: readonly Walk[]): Walk[] {
  const places = new Map<Subject, Place[]>();
  for (const walk of walks) {
    const known = places.get(walk.subject);
    if (known) known.push(...walk.places);
    else places.set(walk.subject, [...walk.places]);
  }
  return [...places].map(([subject, all]) => ({ subject, places: all }));
}
