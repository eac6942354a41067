/** Puts what was found out about an integration before and after the change beside each other. */
import { posix } from "node:path";
import type { ChangedFiles } from "../../checkout/changed.ts";
import type { Checkout } from "../../checkout/model.ts";
import type { TestRun } from "../../engine/index.ts";
import {
  compareEvents,
  compareMessages,
  type Events,
  type IntegrationReview,
  type Shown,
  type UserChange,
} from "../../review/index.ts";
import type { Checklists } from "./checklists.ts";
import { coverageReview } from "./coverage.ts";
import { filesOf, type LineCounts } from "./files.ts";
import { imagesOf } from "./images.ts";
import type { Subject } from "./subjects.ts";

/** What one side of the comparison came to, by the names that the integrations have now. */
export interface Side {
  messages: Map<string, ReadonlyMap<string, Shown>>;
  events: Map<string, Events>;
  tests: TestRun["integrations"];
}

/** Everything that was found out. */
export interface Found {
  readonly checkout: Checkout;
  readonly base: Checkout | undefined;
  readonly changed: ChangedFiles;
  readonly before: Side;
  readonly after: Side;
  readonly lists: Checklists;
  readonly counts: LineCounts;
}

/** The review of one integration. */
export async function integrationReview(
  subject: Subject,
  found: Found,
): Promise<IntegrationReview> {
  const { name, status, formerName, before, after } = subject;
  const { checkout, base, changed } = found;
  const isOwn = status !== "reached";
  const renamed = renamedFixtures(subject, changed);
  const none: ReadonlyMap<string, Shown> = new Map();
  const events = found.after.events.get(name);
  const rows = events && compareEvents(found.before.events.get(name), events, renamed);
  return {
    name,
    displayName: (after ?? before)?.displayName ?? name,
    status,
    ...(formerName !== undefined && { formerName }),
    entryChanges: entryChanges(subject),
    files: isOwn ? filesOf(subject, checkout, changed, found.counts) : [],
    messages: compareMessages(
      found.before.messages.get(name) ?? none,
      found.after.messages.get(name) ?? none,
      renamed,
    ),
    events: rows && rows.length > 0 ? rows : undefined,
    ...(events?.isUnread && { eventsUnread: true }),
    checklist: found.lists.of(name),
    ...(await testsOf(subject, found)),
    images: isOwn ? await imagesOf(subject, checkout, base) : [],
  };
}

function entryChanges({ before, after }: Subject): UserChange[] {
  if (!before) return [];
  const path = (url: string): string => `/${url}`;
  if (!after) return [{ what: "URL", before: path(before.url), after: undefined }];
  const sides: UserChange[] = [
    { what: "name", before: before.name, after: after.name },
    { what: "display name", before: before.displayName, after: after.displayName },
    { what: "URL", before: path(before.url), after: path(after.url) },
  ];
  return sides.filter((one) => one.before !== one.after);
}

async function testsOf(
  { name, before }: Subject,
  found: Found,
): Promise<Pick<IntegrationReview, "tests" | "coverage">> {
  const { checkout, base } = found;
  const ran = found.after.tests.find((one) => one.name === name);
  // Of those that share a folder one has the tests.
  if (!ran || ran.testedWith !== undefined) return { tests: undefined, coverage: undefined };
  const old = found.before.tests.find((one) => one.name === before?.name);
  const failedBefore = new Set(old?.tests.flatMap((test) => (test.error ? test.name : [])));
  const { total, passed, failed, skipped, coverage } = ran;
  const failures = ran.tests.flatMap((test) =>
    test.error
      ? [{ ...test.error, name: test.name, failedBefore: failedBefore.has(test.name) }]
      : [],
  );
  const compared = base && old?.coverage ? { checkout: base, coverage: old.coverage } : undefined;
  return {
    tests: { total, passed, failed, skipped, failures },
    coverage: coverage && (await coverageReview({ checkout, coverage }, compared)),
  };
}

/** Former file names of fixtures by new ones. */
function renamedFixtures(
  { before, after }: Subject,
  { renamed }: ChangedFiles,
): Map<string, string> {
  const names = [...renamed].flatMap(([now, old]) => {
    const [folder, formerFolder] = [posix.dirname(now), posix.dirname(old)];
    const isOwn = folder === after?.fixturesDirectory && formerFolder === before?.fixturesDirectory;
    const [name, formerName] = [posix.basename(now), posix.basename(old)];
    return isOwn && name !== formerName ? [[name, formerName] as const] : [];
  });
  return new Map(names);
}
