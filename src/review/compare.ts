/** What differs between two states of an integration. */
import type { ChecklistPart, ImageFile, ImageReview, MessageReview, Shown } from "./model.ts";

/**
 * Puts the deliveries of two revisions beside each other.
 * @param before By the fixture's file name, and so is `after`.
 * @param renamed Former file names of fixtures by new ones.
 */
export function compareMessages<Side extends Shown>(
  before: ReadonlyMap<string, Side>,
  after: ReadonlyMap<string, Side>,
  renamed: ReadonlyMap<string, string> = new Map(),
): MessageReview<Side>[] {
  const moved = [...renamed].filter(([now, old]) => after.has(now) && before.has(old));
  const former = new Map(moved.filter(([now, old]) => !before.has(now) && !after.has(old)));
  const taken = new Set(former.values());
  const fixtures = [...new Set([...before.keys(), ...after.keys()])]
    .filter((fixture) => !taken.has(fixture))
    .sort();
  return fixtures.map((fixture) => {
    const formerFixture = former.get(fixture);
    const [old, now] = [before.get(formerFixture ?? fixture), after.get(fixture)];
    const status = statusOf(old, now, sameDelivery);
    const name = { fixture, ...(formerFixture !== undefined && { formerFixture }) };
    return { ...name, status, before: old, after: now };
  });
}

function statusOf<T>(
  before: T | undefined,
  after: T | undefined,
  same: (before: T, after: T) => boolean,
): "added" | "changed" | "same" | "removed" {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  return same(before, after) ? "same" : "changed";
}

type Delivered = Omit<Shown, "card">;

/** Whether a reader of the chat could not tell two deliveries apart. The sender's name is part of it. */
function sameDelivery(before: Shown, after: Shown): boolean {
  return deliveryIdentity(before) === deliveryIdentity(after);
}

/** What a reader of the chat can tell a delivery from others by. */
export function deliveryIdentity({ messages, response, error, whole }: Delivered): string {
  if (whole !== undefined) return whole;
  if (error) return JSON.stringify([error.type, error.message]);
  const answer = messages.length > 0 ? undefined : [response.status, response.body];
  return JSON.stringify([messages, answer]);
}

/** Puts two files of an image beside each other. */
export function compareImage(
  kind: ImageReview["kind"],
  path: string,
  before: ImageFile | undefined,
  after: ImageFile | undefined,
): ImageReview {
  const status =
    before === undefined && after === undefined
      ? "missing"
      : statusOf(before, after, (a, b) => Buffer.compare(a.bytes, b.bytes) === 0);
  return { kind, path, status, before, after };
}

/** A finding of the checklist as lint tells it. */
type Found = ChecklistPart["problems"][number] & { readonly part: string };

/**
 * The checklist, by parts: errors first, and of these the new ones.
 * @param parts All parts there are.
 */
export function checklistOf(parts: readonly string[], found: readonly Found[]): ChecklistPart[] {
  const rank = { error: 0, warning: 1, hint: 2 };
  return parts.map((part) => ({
    part,
    problems: found
      .filter((problem) => problem.part === part)
      .map(({ part: _, ...problem }) => problem)
      .sort((a, b) => rank[a.severity] - rank[b.severity] || Number(b.isNew) - Number(a.isNew)),
  }));
}
