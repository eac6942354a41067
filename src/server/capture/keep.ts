/** The last look at planned fixtures before they are written: what of them may not be published. */
import { UserError } from "../../errors.ts";
import { fixtureBytes } from "../../payload/index.ts";
import { findSensitive, Redactor, type Sensitive } from "../../payload/secrets/index.ts";
import { type Content, utf8 } from "./body.ts";
import type { PlannedFixture } from "./plan.ts";
import type { Replaced } from "./spooled.ts";
import { reasonOf, type Unusable } from "./unusable.ts";

/** What is to become a fixture. */
export interface FixtureToBe {
  readonly file: string;
  readonly content: Content;
}

/** It, with what was found in it. */
export type Checked<T extends FixtureToBe> = T & {
  /** What stands in the way of writing it; what the tree's exceptions allow is not here. */
  readonly sensitive: readonly Sensitive[];
};

/** It, with that replaced. */
export type Redacted<T extends FixtureToBe> = T & { readonly replaced: readonly Replaced[] };

export type CheckedFixture = Checked<PlannedFixture>;

export type RedactedFixture = Redacted<PlannedFixture>;

/** Whether the tree says that findings of a kind are all right in a fixture. */
export type IsAllowed = (kind: Sensitive["kind"], file: string) => boolean;

/** What of a body must not be published. */
export function sensitiveIn(content: Content): Sensitive[] {
  return findSensitive(textOf(content), formatOf(content));
}

/**
 * Looks for secrets and personal data in each fixture.
 * @param unusable Takes those that cannot be looked at.
 */
export function checkFixtures(
  fixtures: readonly PlannedFixture[],
  isAllowed: IsAllowed,
  unusable: Unusable[],
): CheckedFixture[] {
  return eachApart(fixtures, unusable, (fixture) => checkedFixture(fixture, isAllowed));
}

/**
 * Looks for secrets and personal data in one.
 * @throws UserError `hidden-secret` where it holds some that could not be replaced.
 */
export function checkedFixture<T extends FixtureToBe>(
  fixture: T,
  isAllowed: IsAllowed,
): Checked<T> {
  refuseHidden(fixture.content);
  const found = sensitiveIn(fixture.content);
  return { ...fixture, sensitive: found.filter(({ kind }) => !isAllowed(kind, fixture.file)) };
}

/**
 * Each letter of UTF-16 and its like has a zero byte beside it, which hides what the letters say together.
 * @throws UserError `hidden-secret` for a body that says something like this.
 */
function refuseHidden(content: Content): void {
  if (!content.bytes.includes(0)) return;
  const [found] = findSensitive(textOf(content).replaceAll("\0", ""), formatOf(content));
  if (found === undefined) return;
  throw new UserError(`It holds ${found.what} in an encoding in which it cannot be replaced.`, {
    code: "hidden-secret",
    hint: "Tell the service to send UTF-8.",
  });
}

/** What becomes of each; one that cannot be worked on is told, and takes none of the others with it. */
function eachApart<T extends PlannedFixture, R>(
  fixtures: readonly T[],
  unusable: Unusable[],
  work: (fixture: T) => R,
): R[] {
  return fixtures.flatMap((fixture) => {
    try {
      return [work(fixture)];
    } catch (error) {
      unusable.push({ request: fixture.request, file: fixture.file, reason: reasonOf(error) });
      return [];
    }
  });
}

/**
 * Replaces what was found, alike in all of them. Every other byte stays, but for the ends of JSON's lines.
 * @param unusable Takes those in which it cannot be replaced.
 */
export function redactFixtures(
  fixtures: readonly CheckedFixture[],
  unusable: Unusable[],
): RedactedFixture[] {
  const redactor = new Redactor();
  return eachApart(fixtures, unusable, (fixture) => redactedFixture(fixture, redactor));
}

/**
 * Replaces what was found in one.
 * @param redactor Knows what was chosen for the values of others.
 */
export function redactedFixture<T extends FixtureToBe>(
  { sensitive, ...fixture }: Checked<T>,
  redactor: Redactor,
): Redacted<Omit<Checked<T>, "sensitive"> & FixtureToBe> {
  const { content } = fixture;
  const { text, by } = redactor.redact(textOf(content), sensitive);
  const redacted = Buffer.from(text, encodingOf(content));
  const bytes = fixtureBytes(content.extension, redacted);
  const replaced = sensitive.map(({ what, where }, index) => ({
    what,
    where,
    by: by[index] ?? "",
  }));
  return { ...fixture, content: { ...content, bytes }, replaced };
}

/** Bytes that are no UTF-8 are taken one by one, so that each comes back as it was. */
const encodingOf = ({ bytes }: Content): "utf8" | "latin1" =>
  utf8(bytes) === undefined ? "latin1" : "utf8";

function textOf(content: Content): string {
  return Buffer.from(content.bytes).toString(encodingOf(content));
}

function formatOf({ extension, formField, bytes }: Content): "json" | "form" | "other" {
  if (extension === "json") return "json";
  const isForm =
    extension === "txt" && formField === undefined && /^[^\s=&]+=/.test(utf8(bytes) ?? "");
  return isForm ? "form" : "other";
}
