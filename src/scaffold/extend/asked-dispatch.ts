/** What decides in a view over a payload that it refuses, asked of the view while it runs. */
import type { Delivery } from "../../engine/index.ts";
import type { Payload } from "../../payload/index.ts";
import type { Arrived, Texts } from "./arrivals.ts";
import { topicStyleOf } from "./branch-style.ts";
import { dispatchAt } from "./dispatch.ts";
import type { Dispatch } from "./dispatch-model.ts";
import { tableAt, tableCalledAt } from "./dispatch-tables.ts";
import type { PlannedFixture } from "./fixture-names.ts";
import {
  failedLookup,
  failedStatements,
  modulesOf,
  numbered,
  numberIn,
  probedIn,
  probing,
  type RefusalPlace,
  refusalsIn,
  type ViewModule,
} from "./refusals.ts";

/** Runs the view. */
export interface ViewRunner {
  /** Has the engine run these texts. */
  readonly show: (texts: Texts) => Promise<void>;
  readonly deliver: (payload: Payload, fixtureName: string) => Promise<Delivery>;
}

/** Finds what decided that a payload is refused, or that no topic is made for it. */
export async function askDispatch(
  { payload, fixture, delivery }: Arrived,
  texts: Texts,
  runner: ViewRunner,
): Promise<{ found: Dispatch; isTopic: boolean } | undefined> {
  const modules = modulesOf(texts);
  const lookup = failedLookup(delivery, modules);
  const table = lookup && tableAt(lookup);
  if (table) return { found: table, isTopic: false };
  const ask = async (place: RefusalPlace, expression: string): Promise<string | undefined> => {
    await runner.show(new Map([...texts, [place.path, probing(place, expression)]]));
    return probedIn(await runner.deliver(payload, fixture.file));
  };
  const at = (place: RefusalPlace) => dispatchAt(place, (expression) => ask(place, expression));
  const place = await placeOf({ payload, fixture }, modules, texts, runner);
  const found = place && (await at(place));
  if (found) return { found, isTopic: false };
  const failures = failedStatements(delivery, modules);
  const [innermost] = failures;
  const called =
    innermost && delivery.error?.type === "TypeError"
      ? await tableCalledAt(innermost, (expression) => ask(innermost, expression))
      : undefined;
  if (called) return { found: called, isTopic: false };
  // What raises by itself is asked only for the topic: all else would be no question of the event.
  for (const failed of failures) {
    const chain = await at(failed);
    if (chain?.kind === "chain" && topicStyleOf(chain)) return { found: chain, isTopic: true };
  }
  return undefined;
}

async function placeOf(
  { payload, fixture }: { payload: Payload; fixture: PlannedFixture },
  modules: readonly ViewModule[],
  texts: Texts,
  runner: ViewRunner,
): Promise<RefusalPlace | undefined> {
  for (const { path, module } of modules) {
    const places = refusalsIn(path, module);
    if (places.length === 0) continue;
    await runner.show(new Map([...texts, [path, numbered(module, places)]]));
    const place = places[numberIn(await runner.deliver(payload, fixture.file)) ?? -1];
    if (place) return place;
  }
  return undefined;
}
