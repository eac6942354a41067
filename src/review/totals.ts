/** A review in numbers. */
import type {
  ChangeStatus,
  IntegrationReview,
  MessageReview,
  Review,
  TestOutcome,
} from "./model.ts";

export type MessageCounts = Record<MessageReview["status"], number>;

/** How many messages came, went, changed and stayed. */
export function countMessages(messages: readonly MessageReview[]): MessageCounts {
  const counts: MessageCounts = { added: 0, changed: 0, removed: 0, same: 0 };
  for (const { status } of messages) counts[status] += 1;
  return counts;
}

/** How many findings of the checklist are new, by severity, and how many the base has too. */
export function countProblems({ checklist }: IntegrationReview) {
  const problems = checklist.flatMap((part) => part.problems);
  const count = (severity: string): number =>
    problems.filter((problem) => problem.isNew && problem.severity === severity).length;
  return {
    errors: count("error"),
    warnings: count("warning"),
    hints: count("hint"),
    old: problems.filter(({ isNew }) => !isNew).length,
  };
}

/** `1 error`, `2 errors`. */
export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `, as before` where the base fails the same tests, `, 2 of them before` where it fails some of them. */
export function failedBefore({ failures }: TestOutcome): string {
  const old = failures.filter((failure) => failure.failedBefore).length;
  if (old === 0) return "";
  return old === failures.length ? ", as before" : `, ${old} of them before`;
}

const STATUS_WORDS: readonly (readonly [ChangeStatus, string])[] = [
  ["added", "added"],
  ["changed", "changed"],
  ["renamed", "renamed"],
  ["removed", "removed"],
  ["reached", "affected"],
];

/**
 * The review in half a sentence: `Airbyte added`, or `2 integrations added, 1 changed`.
 * @param nameOf What an integration is called; its display name by default, which is untrusted text.
 */
export function headline(
  { integrations }: Pick<Review, "integrations">,
  nameOf: (one: IntegrationReview) => string = ({ displayName }) => displayName,
): string {
  const [only, ...more] = integrations;
  if (only && more.length === 0) {
    const word = STATUS_WORDS.find(([status]) => status === only.status)?.[1] ?? only.status;
    return `${nameOf(only)} ${word}`;
  }
  const parts = STATUS_WORDS.flatMap(([status, word]) => {
    const number = integrations.filter((one) => one.status === status).length;
    return number === 0 ? [] : [{ number, word }];
  });
  const [first, ...others] = parts;
  if (!first) return "no integration changed";
  const noun = first.number === 1 ? "integration" : "integrations";
  return [
    `${first.number} ${noun} ${first.word}`,
    ...others.map(({ number, word }) => `${number} ${word}`),
  ].join(", ");
}

/** `2 new, 1 changed`; `none` where there is none at all. */
export function messagesInWords(counts: MessageCounts): string {
  const words: readonly (readonly [MessageReview["status"], string])[] = [
    ["added", "new"],
    ["changed", "changed"],
    ["removed", "gone"],
    ["same", "same"],
  ];
  const parts = words.flatMap(([status, word]) =>
    counts[status] === 0 ? [] : [`${counts[status]} ${word}`],
  );
  return parts.length === 0 ? "none" : parts.join(", ");
}
