/** `<time:…>`, which every reader sees in their own time zone. */

import { parseTime } from "../time.ts";
import { finalElement } from "../tree.ts";
import { type InlinePattern, scanning } from "./engine.ts";

const OPENING = "<time:";

/**
 * Times of any common form.
 * @param now Fills in what a time leaves out.
 */
export function timestamps(now: Date | undefined): InlinePattern {
  return scanning((text, from) => {
    const start = text.indexOf(OPENING, from);
    const close = start < 0 ? -1 : text.indexOf(">", start);
    if (close < 0) return undefined;
    const written = text.slice(start + OPENING.length, close);
    const time = parseTime(written, now ?? new Date());
    const node = time
      ? finalElement("time", { datetime: time }, written)
      : finalElement("span", { class: "timestamp-error" }, `Invalid time format: ${written}`);
    return { start, end: close + 1, node };
  });
}
