/** What the list of all messages says of itself in words. */
import type { MessageRow, MessagesView } from "./model.ts";

export const isChanged = ({ status, isRenamed }: MessageRow): boolean =>
  status !== "same" || isRenamed;

/** How far it is. Why it is not as it should be has a place of its own. */
export function progressOf({ left, isUnderWay, trouble }: MessagesView): string {
  if (trouble !== undefined) return "";
  if (isUnderWay)
    return left > 0 ? `Delivering, ${left} to go …` : "Delivering those of the last commit …";
  return left > 0 ? `Stopped after a minute, with ${left} to go. Any edit begins anew.` : "";
}

/** @param rows Those that the filter of the fixtures lets through. */
export function countsOf(
  rows: readonly MessageRow[],
  { rows: all, leftOut }: MessagesView,
): string {
  const count = (isOne: (row: MessageRow) => boolean): number => rows.filter(isOne).length;
  const changes = new Set(rows.flatMap(({ change }) => change ?? [])).size;
  const changed = count(({ status }) => status === "changed");
  const fails = count(({ fails }) => fails);
  const kinds = [
    [changed, changes > 1 && changes < changed ? `changed in ${changes} ways` : "changed"],
    [count(({ status }) => status === "added"), "new"],
    [count(({ isRenamed }) => isRenamed), "renamed"],
    [count(({ status }) => status === "removed"), "gone"],
    [fails, fails === 1 ? "fails" : "fail"],
    [leftOut, "not shown"],
  ] as const;
  const here = count(isThere);
  const whole = all.filter(isThere).length;
  const of = rows.length < all.length ? `${here} of ${whole}` : `${here}`;
  const fixtures = `${of} ${whole === 1 ? "fixture" : "fixtures"}`;
  return [
    fixtures,
    ...kinds.flatMap(([number, word]) => (number > 0 ? `${number} ${word}` : [])),
  ].join(" · ");
}

const isThere = ({ status }: MessageRow): boolean => status !== "removed";
