/** Fields of the items of a list that the author chose together with the list: they stand in the items' lines. */
import type { Field } from "../fields.ts";
import { isSamePath, type JsonPath, type JsonValue, valueAt } from "../json.ts";
import { type Leaf, leavesOf } from "../leaves.ts";
import type { Item } from "./items.ts";
import type { ItemList } from "./lists.ts";

/**
 * A list whose lines tell these fields as well, in their order.
 * @param fields What the author chose.
 * @returns The list, and the fields that its lines tell.
 */
export function tellingItems(
  list: ItemList,
  fields: readonly Field[],
  values: readonly JsonValue[],
): { list: ItemList; told: readonly Field[] } {
  const { item, path, within } = list;
  // Changes and answers are worded as what they are.
  if (within || item.field || item.question) return { list, told: [] };
  const items = values.flatMap((value) => {
    const found = valueAt(value, path);
    return found?.kind === "array" ? found.items : [];
  });
  const leaves = leavesOf(items);
  const told: Field[] = [];
  const isChosen = ({ path: way }: Leaf): boolean =>
    fields.some(({ path: at, each }) => each && isSamePath(at, path) && isSamePath(each, way));
  // Of words beside each other nobody knows which is which.
  const others = item.words?.filter((leaf) => !isChosen(leaf)) ?? [];
  const words = others.length > 0 ? others : item.words;
  const facts = [...(item.facts ?? [])];
  for (const field of fields) {
    if (!field.each || !isSamePath(field.path, path)) continue;
    const leaf = leaves.find((one) => isSamePath(one.path, field.each ?? []));
    if (!leaf) continue;
    told.push(field);
    if (!isTold({ ...item, ...(words && { words }), facts }, leaf.path)) facts.push(leaf);
  }
  return { list: { ...list, item: { ...item, ...(words && { words }), facts } }, told };
}

/** Whether an item's line tells what stands at a way. */
export function isTold(item: Item, path: JsonPath): boolean {
  const leaves: Leaf[] = Object.values(item).flat();
  return leaves.some((leaf) => isSamePath(leaf.path, path));
}
