/** How a list of names is ordered, and where a new name belongs. */
import type { EntryOrder } from "./dialect-model.ts";

/** The share of neighbours in order from which a list counts as meant to be alphabetical. */
const mostlySorted = 0.8;

/** How the names are ordered. Fewer than two names count as sorted. */
export function orderOf(names: readonly string[]): EntryOrder {
  const pairs = names.length - 1;
  if (pairs < 1) return "sorted";
  const inOrder = names.slice(1).filter((name, index) => (names[index] ?? "") <= name).length;
  if (inOrder === pairs) return "sorted";
  return inOrder / pairs >= mostlySorted ? "mostly" : "free";
}

/**
 * Where a new name goes: its place in the alphabet, where the list follows one; else the end.
 *
 * In a list that only mostly follows the alphabet, some names stand in the wrong place. The place is the one with the
 * fewest names on the wrong side, the last of those.
 * @param names The names there are, in their order.
 * @param name The new one.
 */
export function placeFor(names: readonly string[], name: string): number {
  if (orderOf(names) === "free") return names.length;
  let wrong = names.filter((other) => other < name).length;
  let best = { place: 0, wrong };
  names.forEach((other, index) => {
    wrong += other > name ? 1 : -1;
    if (wrong <= best.wrong) best = { place: index + 1, wrong };
  });
  return best.place;
}
