/** What a reviewer has to look at, the worst first. */
import { lineRanges } from "../engine/coverage-words.ts";
import type { SameCause } from "../engine/error-cause.ts";
import { placeOf } from "../engine/error-place.ts";
import { missingFixture } from "../engine/missing-fixture.ts";
import { hasUnclearEvents } from "./events.ts";
import { causeInWords, type Failing, failureCauses, whatFails } from "./failures.ts";
import type { EventFacts, EventRow, IntegrationReview, Review, ReviewProblem } from "./model.ts";
import { damagesOf } from "./rendered.ts";
import { plural } from "./totals.ts";

export interface Attention {
  /** An `error` is wrong; a `warning` is worth a look; `info` is good to know. */
  readonly level: "error" | "warning" | "info";
  readonly integration: string;
  /** What is wrong, in one line. */
  readonly text: string;
  /** Where in the page it is shown. */
  readonly part: "users" | "messages" | "tests" | "checklist" | "events" | "images" | "files";
}

const RANK = { error: 0, warning: 1, info: 2 };

/** Everything that needs a look in a review. */
export function attentionOf({ integrations }: Review): Attention[] {
  const causes = failureCauses(integrations).map((cause) => withFinding(cause, integrations));
  return [
    ...causes.map(aboutCause),
    ...integrations.flatMap((one) => [
      ...lost(one, causes),
      ...damaged(one),
      ...checklist(one, causes),
      ...forUsers(one),
      ...events(one),
      ...rest(one),
    ]),
  ].sort((a, b) => RANK[a.level] - RANK[b.level]);
}

/** What fails of one cause, and what the checklist says of its place. */
interface Cause extends SameCause<Failing> {
  readonly finding: ReviewProblem | undefined;
}

function withFinding(cause: SameCause<Failing>, all: readonly IntegrationReview[]): Cause {
  const one = all.find(({ name }) => name === cause.first.integration);
  const found = cause.first.isOld || !one ? [] : newFindings(one);
  return { ...cause, finding: found.find((problem) => isOf(problem, cause.first)) };
}

/** Whether a new error of the checklist is where something fails. */
function isOf({ severity, path, line }: ReviewProblem, { error }: Failing): boolean {
  if (severity !== "error") return false;
  const missing = missingFixture(error.message);
  if (missing !== undefined) return path === missing;
  const place = placeOf(error);
  return place?.path === path && (error.ofFixture === true || place.line === line);
}

function aboutCause(cause: Cause): Attention {
  const { first, others, finding } = cause;
  const base = {
    level: first.isOld ? "warning" : "error",
    integration: first.integration,
  } as const;
  if (finding) {
    const text = `${placeInWords(finding)}${finding.message} Because of it, ${whatFails([first, ...others])}.`;
    return { ...base, text, part: "checklist" };
  }
  const part = first.test === undefined ? "messages" : "tests";
  return { ...base, text: causeInWords(cause), part };
}

/** Fixtures that sent something before the change, and nothing after it, by what the view answers. */
function lost({ name, messages }: IntegrationReview, causes: readonly Cause[]): Attention[] {
  const told = new Set(causes.flatMap(({ finding }) => finding?.path.split("/").at(-1) ?? []));
  const silent = messages.filter(
    ({ fixture, before, after }) =>
      before !== undefined &&
      before.messages.length > 0 &&
      after?.messages.length === 0 &&
      !after.error &&
      !told.has(fixture),
  );
  const answers = groupedBy(silent, ({ after }) => after?.response.status ?? 0);
  return answers.map(([first, ...others]) => {
    const status = first.after?.response.status ?? 0;
    const more = others.length === 0 ? "" : ` and ${plural(others.length, "more fixture")}`;
    const verb = others.length === 0 ? "sends no message" : "send no messages";
    const answer =
      status >= 400 ? `, and ${others.length === 0 ? "answers" : "answer"} ${status}` : "";
    return {
      level: "warning",
      integration: name,
      text: `${first.fixture}${more} ${verb} any more${answer}.`,
      part: "messages",
    };
  });
}

const DRAWN = { link: "Links", bold: "Bold texts", code: "Code", block: "Quotes or code blocks" };

/** What readers see worse than before, by what it is. */
function damaged({ name, messages }: IntegrationReview): Attention[] {
  const all = messages.flatMap(({ fixture, status, before, after }) =>
    status === "same" || !after?.rendered || after.rendered.length === 0
      ? []
      : damagesOf(before && (before.rendered ?? []), after.rendered).map((damage) => ({
          ...damage,
          fixture,
        })),
  );
  return groupedBy(all, ({ kind, isLost }) => `${kind} ${isLost}`).map(([first, ...others]) => {
    const { kind, isLost, place, fixture } = first;
    const more = others.length === 0 ? "" : ` and ${plural(others.length, "more fixture")}`;
    const where = `in ${fixture}${more}`;
    const text =
      kind === "open"
        ? `The end of a quote or code block is missing ${where}.`
        : isLost
          ? `${DRAWN[kind]} of before are bare Markdown now ${where}: ${place}`
          : `Markdown is shown as it is ${where}: ${place}`;
    const level = isLost ? "error" : "warning";
    return { level, integration: name, text, part: "messages" };
  });
}

/** Items with the same key, in the order of the first of each. */
function groupedBy<T>(items: readonly T[], keyOf: (item: T) => unknown): [T, ...T[]][] {
  const groups = new Map<unknown, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/**
 * New findings; those of one rule are told once, and those of what fails with it. Event types that are gone are told with
 * their new names below.
 */
function checklist(one: IntegrationReview, causes: readonly Cause[]): Attention[] {
  const { name } = one;
  const tellsEvents = eventsForUsers(one).length > 0;
  const found = newFindings(one).filter(
    (problem) =>
      !(tellsEvents && problem.rule === "event-kept") &&
      !causes.some(({ first }) => isOf(problem, first)),
  );
  const groups = groupedBy(found, ({ severity, rule }) => `${severity} ${rule}`);
  return groups.map(([first, ...others]): Attention => {
    const more = others.length === 0 ? "" : ` And ${others.length} more of this kind.`;
    const text = `${placeInWords(first)}${first.message}${more}`;
    return { level: LEVELS[first.severity], integration: name, text, part: "checklist" };
  });
}

const newFindings = ({ checklist: parts }: IntegrationReview): ReviewProblem[] =>
  parts.flatMap(({ problems }) => problems).filter(({ isNew }) => isNew);

/** A hint is worth knowing; it may be meant. */
const LEVELS = { error: "error", warning: "warning", hint: "info" } as const;

/** Where a finding is, for those who read no more than this; its path is in the page. */
function placeInWords({ path, line, message }: ReviewProblem): string {
  const file = path.split("/").at(-1) ?? "";
  if (line !== undefined) return `${file}, line ${line}: `;
  return message.includes(file) ? "" : `${file}: `;
}

/** What the change does to event types; what the base has as well is no news. */
function events(one: IntegrationReview): Attention[] {
  const rows = (one.events ?? []).filter(({ declared }) => declared);
  const bare = rows.filter(
    ({ fixtures, before }) =>
      fixtures.length === 0 && before?.fixtures.length !== 0 && !hasUnclearEvents(one),
  );
  const untested = rows.filter((row) => isUntested(row) && !(row.before && isUntested(row.before)));
  const silent = rows.filter(
    ({ documented, before }) => documented === false && before?.documented !== false,
  );
  const tell = (list: readonly EventRow[], text: string): Attention[] => {
    const names = list.map(({ event }) => event).join(", ");
    const item = { level: "info", integration: one.name, part: "events" } as const;
    return list.length === 0 ? [] : [{ ...item, text: `${text}: ${names}.` }];
  };
  return [
    ...tell(bare, "Event types without a fixture"),
    ...tell(untested, "Event types without a test"),
    ...tell(silent, "Event types that the documentation does not name"),
  ];
}

const isUntested = ({ fixtures, tested }: EventFacts): boolean =>
  fixtures.length > 0 && tested.length === 0;

/** What the change means for those who use the integration already, unless the checklist has told it. */
function forUsers(one: IntegrationReview): Attention[] {
  const item = { integration: one.name, part: "users" } as const;
  const isTold = newFindings(one).some(({ rule }) => rule === "url-kept");
  const entry = one.entryChanges.flatMap(({ what, before, after }): Attention[] => {
    if (what !== "URL")
      return [{ ...item, level: "info", text: `The ${what} was ${before}, and is ${after}.` }];
    const now = after === undefined ? "is gone" : `is now ${after}`;
    const text = `The URL ${before} ${now}: what services were set up to send there gets 404.`;
    return isTold ? [] : [{ ...item, level: "warning", text }];
  });
  return [...entry, ...eventsForUsers(one)];
}

function eventsForUsers({ name, events: rows }: IntegrationReview): Attention[] {
  const item = { integration: name, part: "users", level: "warning" } as const;
  const renamed = (rows ?? []).filter(({ formerEvent }) => formerEvent !== undefined);
  const removed = (rows ?? []).filter(({ status }) => status === "removed");
  const lost = (list: readonly string[], text: string, them: string): Attention[] =>
    list.length === 0 ? [] : [{ ...item, text: `${text}: ${list.join(", ")}. ${filters(them)}` }];
  return [
    ...lost(
      renamed.map(({ event, formerEvent }) => `${formerEvent} → ${event}`),
      "Event types have other names",
      "their former names",
    ),
    ...lost(
      removed.map(({ event }) => event),
      "Event types are gone",
      "them",
    ),
  ];
}

const filters = (them: string): string => `Users' filters with ${them} match nothing any more.`;

function rest({ name, status, tests, coverage, images, messages }: IntegrationReview): Attention[] {
  const items: Attention[] = [];
  // Where tests fail, they do not come to the lines behind that.
  const isWhole = tests?.failures.every(({ failedBefore }) => failedBefore) ?? true;
  const missing = coverage?.files.filter(({ newlyMissing }) => newlyMissing.length > 0) ?? [];
  if (isWhole && missing.length > 0) {
    const places = missing.map(
      ({ path, newlyMissing }) => `${path.split("/").at(-1)} ${lineRanges(newlyMissing)}`,
    );
    const text = `No test runs these lines: ${places.join("; ")}.`;
    items.push({ level: "info", integration: name, text, part: "tests" });
  }
  if (status !== "added" && images.some((image) => image.status === "changed")) {
    const isAlone = messages.every((message) => message.status === "same");
    items.push({
      level: isAlone ? "warning" : "info",
      integration: name,
      text: isAlone ? "An image has changed, and no message has." : "An image has changed.",
      part: "images",
    });
  }
  return items;
}
