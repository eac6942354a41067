/** The moment that a view sees when it reads the clock. */
import type { Checkout, Integration } from "../checkout/model.ts";
import { resolveInside } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import { PICTURE_DATE } from "./page.ts";
import type { PictureConfig } from "./request.ts";

const THREE_DAYS = 3 * 24 * 3600 * 1000;
/** Moments from 2001 to 2096, in seconds or milliseconds since 1970. */
const UNIX_TIME = /(?<![\w.-])([1-3]\d{9})(\d{3})?(?![\w.-])/g;

/**
 * Views that read the clock count what is left until a time that the fixture names. So the clock stands before the
 * last one: at the one before that, or three days before, whichever is later. A fixture without Unix times, or with
 * a single one, sees the moment that every picture shows.
 * @returns Milliseconds since 1970.
 */
export function frozenTimeFor(
  { root }: Checkout,
  integration: Integration,
  { fixture }: PictureConfig,
): number {
  const text =
    fixture === ""
      ? undefined
      : readBytesNow(resolveInside(root, integration.fixturesDirectory, fixture))?.toString();
  const times = [...(text ?? "").matchAll(UNIX_TIME)].map(
    ([, seconds, millis = "000"]) => Number(seconds) * 1000 + Number(millis),
  );
  const [last, before] = [...new Set(times)].sort((a, b) => b - a);
  if (last === undefined || before === undefined) return PICTURE_DATE.getTime();
  return Math.max(before, last - THREE_DAYS);
}
