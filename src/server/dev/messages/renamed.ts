/** Fixtures that got another name, known again by their content. */
import type { Deliveries } from "./types.ts";

/** Former names by new ones: of fixtures that are new, and have the content of one that is gone. */
export function renamedIn(before: Deliveries, after: Deliveries): ReadonlyMap<string, string> {
  const gone = [...before].filter(([fixture]) => !after.has(fixture));
  const renamed = new Map<string, string>();
  for (const [fixture, { content }] of after) {
    if (content === undefined || before.has(fixture)) continue;
    const index = gone.findIndex(([, former]) => former.content === content);
    const [former] = index < 0 ? [] : gone.splice(index, 1);
    if (former) renamed.set(fixture, former[0]);
  }
  return renamed;
}
