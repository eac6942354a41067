/** A review for programs: everything but the looks. */
import { attentionOf } from "./attention.ts";
import type { EventRow, ImageFile, Review, Shown } from "./model.ts";

/** The object that `--json` prints. */
export function reviewJson(review: Review): object {
  const { base, head, notes, integrations, unaffected } = review;
  const attention = attentionOf(review);
  const count = (level: string): number => attention.filter((item) => item.level === level).length;
  return {
    version: 1,
    base,
    head: { commit: head.commit ?? null, dirty: head.dirty },
    summary: {
      integrations: integrations.length,
      errors: count("error"),
      warnings: count("warning"),
    },
    notes,
    attention,
    integrations: integrations.map(({ messages, events, tests, coverage, images, ...one }) => ({
      ...one,
      messages: messages.map(({ before, after, ...message }) => ({
        ...message,
        before: withoutCard(before),
        after: withoutCard(after),
      })),
      events: events?.map(eventJson) ?? null,
      tests: tests ?? null,
      coverage: coverage ?? null,
      images: images.map(({ before, after, ...image }) => ({
        ...image,
        bytes: { before: sizeOf(before), after: sizeOf(after) },
      })),
    })),
    unaffected,
  };
}

const eventJson = ({ before, documented, ...row }: EventRow): object => ({
  ...row,
  documented: documented ?? null,
  before: before ? { ...before, documented: before.documented ?? null } : null,
});

function withoutCard(shown: Shown | undefined): object | null {
  if (!shown) return null;
  const { card: _, whole: _whole, rendered: _rendered, ...delivery } = shown;
  return delivery;
}

const sizeOf = (file: ImageFile | undefined): number | null => file?.bytes.length ?? null;
