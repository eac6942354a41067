/** Views that look among a payload's keys for the event, and say a word of their own where they find none. */
import type { Fixture } from "../../checkout/model.ts";
import { type Payload, slugOf, sortPayloads, valueAt } from "../../payload/index.ts";
import { stringsIn } from "../../python/module.ts";
import { type Arrived, STAND_IN } from "./arrivals.ts";
import type { Dispatch } from "./dispatch-model.ts";

/** `key for key in TABLE if key in payload`. */
const KEYS = /\bfor (\w+) in (\w+)(?:\.keys\(\))? if \1 in payload\b/;

/**
 * The event of payloads whose view says only that it does not know it: the key that they have and its fixtures lack, where
 * the view goes by keys.
 * @param found What decides in the view.
 * @param own The integration's fixtures.
 * @returns Undefined where the view names the event; `reason` where it cannot be told.
 */
export async function eventOfKeys(
  found: Dispatch,
  group: readonly Arrived[],
  own: { root: string; fixtures: readonly Fixture[] },
): Promise<{ name: string } | { reason: string } | undefined> {
  const { module, event } = found;
  const isSaid = stringsIn(module.text, module.root).some(({ value }) => value === event);
  if (!STAND_IN.test(event) || !isSaid || group.some((one) => isIn(one, event))) return undefined;
  const [, , table] = KEYS.exec(module.text) ?? [];
  const of = `it says "${event}" of what it does not know`;
  const isOfKeys =
    found.kind === "table" &&
    module.assignments.some(
      ({ target, value }) => target === table && value?.from === found.table.from,
    );
  if (!isOfKeys) return { reason: `${of}, and no key or header that it reads names the event` };
  const name = await newKey(group, own);
  if (name !== undefined) return { name };
  return { reason: `${of}, and not one key is that of this payload alone` };
}

/** Whether the request itself says a word. */
const isIn = ({ payload, delivery }: Arrived, word: string): boolean =>
  Buffer.from(payload.bytes).toString("utf8").includes(`"${word}"`) ||
  Object.values(delivery.sent?.headers ?? {}).includes(word);

/** The key that only these payloads have, or the one of several that holds an object, or that their file is called after. */
async function newKey(
  group: readonly Arrived[],
  { root, fixtures }: { root: string; fixtures: readonly Fixture[] },
): Promise<string | undefined> {
  const news = new Set(group.map(({ fixture }) => fixture.path));
  const paths = fixtures.map(({ path }) => path).filter((path) => !news.has(path));
  const { payloads: known } = await sortPayloads(paths, root);
  const keysOf = ({ value }: Pick<Payload, "value">): string[] =>
    value.kind === "object" ? [...value.entries.keys()] : [];
  const old = new Set(known.flatMap(keysOf));
  const [first, ...rest] = group.map(({ payload }) => payload);
  if (!first) return undefined;
  const own = keysOf(first).filter(
    (key) => !old.has(key) && rest.every((one) => keysOf(one).includes(key)),
  );
  const objects = own.filter((key) => valueAt(first.value, [key])?.kind === "object");
  const called = own.filter((key) => slugOf(key) === slugOf(first.fileEvent));
  return [own, objects, called].find(({ length }) => length === 1)?.[0];
}
