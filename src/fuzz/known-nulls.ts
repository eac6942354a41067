/** Fields that a service is known to send as null, and events whose fixtures do not show it. */
import type { Candidates } from "./candidates.ts";
import type { Job } from "./jobs.ts";
import { childrenOf, type Place, shapeOf } from "./payload.ts";
import { isMentioned } from "./places-read.ts";
import type { Subject, Walk } from "./subject.ts";

/** Of so many deliveries, one may go to such fields. */
const SHARE = 10;

/**
 * For each kind of event, null in each field that a fixture of another kind has as null, as far as the view's source
 * names the field. What is null for one event is the likeliest to be null for another.
 * @param limit Deliveries that there are in all.
 */
export function knownNulls(
  walks: readonly Pick<Walk, "subject">[],
  candidates: Candidates,
  { source, limit }: { source?: string | undefined; limit: number },
): Job<Subject>[] {
  const subjects = walks.map(({ subject }) => subject);
  const places = subjects.map(({ payload }) => placesIn({ path: [], value: payload.value }));
  const nulls = new Set(
    places.flat().flatMap(({ path, value }) => (value.kind === "null" ? [shapeOf(path)] : [])),
  );
  const tried = new Set<string>();
  const jobs = subjects.flatMap((subject, index) =>
    (places[index] ?? []).flatMap((place): Job<Subject>[] => {
      const shape = shapeOf(place.path);
      const key = `${subject.sample.kind} ${shape}`;
      if (!nulls.has(shape) || place.value.kind === "null" || tried.has(key)) return [];
      if (!isMentioned(place, source)) return [];
      tried.add(key);
      const mutations = candidates.structuresFor(place).filter(({ id }) => id === "null");
      return [{ subject, place, mutations }];
    }),
  );
  return jobs.slice(0, Math.ceil(limit / SHARE));
}

function placesIn(place: Place): Place[] {
  return [place, ...childrenOf(place).flatMap(placesIn)];
}
