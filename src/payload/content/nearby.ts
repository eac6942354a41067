/** Things around the one that an event is about, in which more is said of it. */
import { pastOf } from "../english.ts";
import * as vocabulary from "../vocabulary.ts";
import type { Hints } from "./model.ts";
import { roleOf, type Thing } from "./things.ts";

/** The things right below them. */
export const inner = (things: readonly Thing[]): Thing[] =>
  things.filter(
    ({ way, key }) => way.length === 1 && roleOf(key) === "thing" && !partialSum.test(key),
  );
/** What is told of the action itself, as `click` after `email.clicked`. */
export const actionDetails = (things: readonly Thing[], { verb }: Hints): Thing[] =>
  things.filter(({ way, key }) => way.length === 1 && verb !== undefined && pastOf(key) === verb);
export const totals = (things: readonly Thing[]): Thing[] =>
  things.filter(({ way, key }) => way.length === 1 && /^totals?$/.test(key));
/** Sums that are not what the thing costs. */
const partialSum =
  /^(shipping|tax|fee|discount|tip|outstanding|available|remaining|balance|billing|refund|credit|setup|minimum|maximum|min|max|last|previous|old)(_|$)/;
/** What a check came to, where the event's name says nothing of it. */
export const verdicts = (things: readonly Thing[], { verb }: Hints): Thing[] =>
  things.filter(
    ({ way, key }) =>
      verb === undefined &&
      way.length === 1 &&
      /^(check_result|result|evaluation|violation)$/.test(key),
  );
/** What a job may have been a part of. */
export const runs = (things: readonly Thing[]): Thing[] =>
  things.filter(
    ({ way, key }) =>
      way.length === 1 && (vocabulary.runs.test(key) || /^(vcs|commit|revision)$/.test(key)),
  );
