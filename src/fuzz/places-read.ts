/**
 * Which places of a payload a view looks at. Those that it does not are found in groups, because payloads hold hundreds
 * of them.
 */
import { type Change, isKeyIn, type Place, pointerOf } from "./payload.ts";

/** Below this many places, asking for groups costs more than it saves. */
const GROUP = 3;

/** Changes that no view can overlook where it looks. */
const CHANGES: readonly ((place: Place) => Change)[] = [
  () => undefined,
  () => "null",
  ({ value }) => (value.kind === "string" ? "7" : '"zq"'),
  ({ value }) => (value.kind === "array" ? "{}" : "[]"),
];

/** Whether changes, by the pointers of their places, change what comes of the payload. */
export type Differs = (changes: ReadonlyMap<string, Change>) => Promise<boolean>;

/** Those of some places that the view looks at, in their order. */
export async function placesRead(places: readonly Place[], differs: Differs): Promise<Place[]> {
  if (places.length === 0) return [];
  const isSmall = places.length > 1 && places.length <= GROUP;
  if (!isSmall && !(await matter(places, differs))) return [];
  if (places.length === 1) return [...places];
  const size = isSmall ? 1 : Math.ceil(places.length / 2);
  const read: Place[] = [];
  for (let from = 0; from < places.length; from += size) {
    read.push(...(await placesRead(places.slice(from, from + size), differs)));
  }
  return read;
}

/** Whether any change of these places, all at once, makes a difference. */
async function matter(places: readonly Place[], differs: Differs): Promise<boolean> {
  for (const change of CHANGES) {
    const all = new Map(places.map((place) => [pointerOf(place.path), change(place)]));
    if (await differs(all)) return true;
  }
  return false;
}

/** Whether a view's text has the key of a place, which it most likely looks at then. */
export function isMentioned({ path }: Place, source: string | undefined): boolean {
  const key = path.at(-1);
  return typeof key !== "string" || isKeyIn(key, source);
}
