/** The event types of an integration before and after a change: users filter by their names. */
import type { EventFacts, EventRow, Events, IntegrationReview, UserChange } from "./model.ts";

/**
 * Puts what two revisions declare beside each other, those that are gone at the end.
 * @param before Undefined for a new integration. What could not be understood there is taken for the same as now.
 * @param renamed Former file names of fixtures by new ones.
 */
export function compareEvents(
  before: Events | undefined,
  after: Events,
  renamed: ReadonlyMap<string, string>,
): EventRow[] {
  if (after.isUnread) return [];
  const old = new Map(
    (before?.isUnread ? after : before)?.found.map((facts) => [facts.event, facts]),
  );
  const now = new Set(after.found.map(({ event }) => event));
  const gone = new Map([...old].filter(([event]) => !now.has(event)));
  const rows = after.found.map((facts): EventRow => {
    const known = old.get(facts.event);
    if (known) return { ...facts, status: "same", declared: true, before: known };
    const former = [...gone.values()].find((one) => shareFixtures(one, facts, renamed));
    if (!former) return { ...facts, status: "added", declared: true, before: undefined };
    gone.delete(former.event);
    const formerEvent = former.event;
    return { ...facts, status: "renamed", formerEvent, declared: true, before: former };
  });
  return [
    ...rows,
    ...[...gone.values()].map(
      (facts): EventRow => ({
        event: facts.event,
        fixtures: [],
        tested: [],
        documented: facts.documented === undefined ? undefined : false,
        status: "removed",
        declared: false,
        before: facts,
      }),
    ),
  ];
}

function shareFixtures(
  before: EventFacts,
  after: EventFacts,
  renamed: ReadonlyMap<string, string>,
): boolean {
  return after.fixtures.some((fixture) =>
    before.fixtures.includes(renamed.get(fixture) ?? fixture),
  );
}

/** Whether a fixture fails, or sends nothing any more: which event type it leads to is then not known. */
export function hasUnclearEvents({ messages }: Pick<IntegrationReview, "messages">): boolean {
  return messages.some(
    ({ before, after }) =>
      after !== undefined &&
      after.messages.length === 0 &&
      (after.error !== undefined || (before?.messages.length ?? 0) > 0),
  );
}

/** What is called otherwise, or gone, of what users depend on. */
export function changesForUsers({
  entryChanges,
  events = [],
}: Pick<IntegrationReview, "entryChanges" | "events">): UserChange[] {
  const lost = events.flatMap(({ event, status, formerEvent }): UserChange[] => {
    if (status === "removed") return [{ what: "event type", before: event, after: undefined }];
    if (formerEvent === undefined) return [];
    return [{ what: "event type", before: formerEvent, after: event }];
  });
  return [...entryChanges, ...lost];
}
