/** Which of all messages are shown: by words, whether they have changed or fail, and each change once. */
import { isChanged } from "./all-counts.ts";
import { byId } from "./dom.ts";
import { matches } from "./lists.ts";
import type { MessageRow } from "./model.ts";
import { recall, remember } from "./store.ts";

export const SWITCHES = {
  onlyChanged: "only-changed",
  onlyFailing: "only-failing",
  eachOnce: "each-once",
} as const;

export type Switch = keyof typeof SWITCHES;

export interface AllFilter {
  /** Those with the filter's words. */
  named(rows: readonly MessageRow[]): MessageRow[];
  /** Of these, those that are shown. */
  shown(rows: readonly MessageRow[]): MessageRow[];
  setWords(words: string): void;
  turn(which: Switch): void;
}

export function createAllFilter(): AllFilter {
  let words = "";
  const isOn = {
    onlyChanged: recall<boolean>("onlyChanged") ?? false,
    onlyFailing: recall<boolean>("onlyFailing") ?? false,
    eachOnce: recall<boolean>("eachOnce") ?? false,
  };
  const show = (): void => {
    for (const [which, id] of Object.entries(SWITCHES))
      byId(id).setAttribute("aria-pressed", String(isOn[which as Switch]));
  };
  show();
  return {
    named: (rows) => rows.filter(({ fixture }) => matches(words, fixture)),
    shown(rows) {
      const once = isOn.eachOnce ? repeatsIn(rows) : new Set<MessageRow>();
      return rows.filter(
        (row) =>
          (!isOn.onlyChanged || isChanged(row)) &&
          (!isOn.onlyFailing || row.fails) &&
          !once.has(row),
      );
    },
    setWords(text) {
      words = text;
    },
    turn(which) {
      isOn[which] = !isOn[which];
      remember(which, isOn[which]);
      show();
    },
  };
}

/** Those that have changed as one above them. */
function repeatsIn(rows: readonly MessageRow[]): Set<MessageRow> {
  const seen = new Set<string>();
  return new Set(
    rows.filter(({ change }) => {
      if (change === undefined) return false;
      const isKnown = seen.has(change);
      seen.add(change);
      return isKnown;
    }),
  );
}
