/** What a reviewer has to look at, the worst first. */
import type { IntegrationReview, MessageReview, Review, TestFailure } from "./model.ts";

export interface Attention {
  /** An `error` is wrong; a `warning` is worth a look; `info` is good to know. */
  readonly level: "error" | "warning" | "info";
  readonly integration: string;
  /** What is wrong, in one line. */
  readonly text: string;
  /** Where in the page it is shown. */
  readonly part: "messages" | "tests" | "checklist" | "events" | "images" | "files";
}

const RANK = { error: 0, warning: 1, info: 2 };

/** Everything that needs a look in a review. */
export function attentionOf({ integrations }: Review): Attention[] {
  return integrations
    .flatMap((one) => [
      ...tests(one),
      ...messages(one),
      ...checklist(one),
      ...events(one),
      ...rest(one),
    ])
    .sort((a, b) => RANK[a.level] - RANK[b.level]);
}

function tests({ name, tests: outcome }: IntegrationReview): Attention[] {
  const part = "tests";
  return (outcome?.failures ?? []).map((failure) => ({
    level: failure.failedBefore ? "warning" : "error",
    integration: name,
    text: `${failure.name} ${failure.failedBefore ? "failed before, and fails" : "fails"}: ${whyItFails(failure)}`,
    part,
  }));
}

function whyItFails({ expected, type, message, ofTopic }: TestFailure): string {
  if (expected === undefined) return firstLine(`${type}: ${message}`);
  return `the ${ofTopic ? "topic" : "message"} differs from what it expects`;
}

function messages({ name, messages: all }: IntegrationReview): Attention[] {
  return all.flatMap((message) => {
    const about = aboutMessage(message);
    return about ? [{ ...about, integration: name, part: "messages" as const }] : [];
  });
}

function aboutMessage({
  fixture,
  before,
  after,
}: MessageReview): Pick<Attention, "level" | "text"> | undefined {
  if (after?.error) {
    const asBefore = before?.error?.type === after.error.type ? ", as before" : "";
    const text = `The view raises ${after.error.type} for ${fixture}${asBefore}.`;
    return { level: asBefore === "" ? "error" : "warning", text };
  }
  if (!before || !after) return undefined;
  if (before.messages.length > 0 && after.messages.length === 0) {
    const answer = after.response.status >= 400 ? `, and answers ${after.response.status}` : "";
    return { level: "warning", text: `${fixture} sends no message any more${answer}.` };
  }
  return undefined;
}

/** New findings; those of one rule are told once. */
function checklist({ name, checklist: parts }: IntegrationReview): Attention[] {
  const found = parts.flatMap(({ problems }) => problems).filter(({ isNew }) => isNew);
  const groups = new Map<string, typeof found>();
  for (const problem of found) {
    const key = `${problem.severity} ${problem.rule}`;
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return [...groups.values()].flatMap(([first, ...others]): Attention[] => {
    if (!first) return [];
    const more = others.length === 0 ? "" : ` And ${others.length} more of this kind.`;
    const level = LEVELS[first.severity];
    const text = `${placeOf(first)}${first.message}${more}`;
    return [{ level, integration: name, text, part: "checklist" }];
  });
}

/** A hint is worth knowing; it may be meant. */
const LEVELS = { error: "error", warning: "warning", hint: "info" } as const;

/** Where a finding is, for those who read no more than this; its path is in the page. */
function placeOf({ path, line, message }: Located): string {
  const file = path.split("/").at(-1) ?? "";
  if (line !== undefined) return `${file}, line ${line}: `;
  return message.includes(file) ? "" : `${file}: `;
}

interface Located {
  readonly path: string;
  readonly line?: number | undefined;
  readonly message: string;
}

function events({ name, events: rows = [] }: IntegrationReview): Attention[] {
  const bare = rows.filter(({ fixtures }) => fixtures.length === 0).map(({ event }) => event);
  const untested = rows
    .filter(({ fixtures, tested }) => fixtures.length > 0 && tested.length === 0)
    .map(({ event }) => event);
  const silent = rows.filter(({ documented }) => !documented).map(({ event }) => event);
  const tell = (list: string[], text: string): Attention[] =>
    list.length === 0
      ? []
      : [
          {
            level: "info",
            integration: name,
            text: `${text}: ${list.join(", ")}.`,
            part: "events",
          },
        ];
  return [
    ...tell(bare, "Event types without a fixture"),
    ...tell(untested, "Event types without a test"),
    ...tell(silent, "Event types that the documentation does not name"),
  ];
}

function rest({ name, status, coverage, images, messages: all }: IntegrationReview): Attention[] {
  const missing = coverage?.files.reduce((sum, file) => sum + file.missing.length, 0) ?? 0;
  const items: Attention[] = [];
  if (missing > 0) {
    const lines = missing === 1 ? "1 line" : `${missing} lines`;
    items.push({
      level: "info",
      integration: name,
      text: `No test runs ${lines} of it.`,
      part: "tests",
    });
  }
  if (status !== "added" && images.some((image) => image.status === "changed")) {
    const isAlone = all.every((message) => message.status === "same");
    items.push({
      level: isAlone ? "warning" : "info",
      integration: name,
      text: isAlone ? "An image has changed, and no message has." : "An image has changed.",
      part: "images",
    });
  }
  return items;
}

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").slice(0, 240);
