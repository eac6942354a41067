/** What payloads tell only in the first item of a list: the branch that was pushed to, or the thing that events are about. */
import { missingOn } from "../containers.ts";
import { type JsonPath, type JsonValue, valueAt } from "../json.ts";
import { wordsOf } from "../keys.ts";
import { type Leaf, leavesOf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { pathsOf } from "./lists.ts";
import { isMachine, isSure, isTitle, type Thing, thingsIn } from "./things.ts";

/** The fields of the first items of a list, with their ways from the payload. */
function firstItemLeaves(values: readonly JsonValue[], path: JsonPath): Leaf[] {
  const first = [...path, 0];
  const items = values.flatMap((value) => valueAt(value, first) ?? []);
  if (!items.every(({ kind }) => kind === "object")) return [];
  const missing = missingOn(values, path);
  return leavesOf(items).map((leaf) => ({
    ...leaf,
    path: [...first, ...leaf.path],
    optional: [...missing, ...leaf.optional.map((below) => [...first, ...below])],
  }));
}

/** The first items of these lists as things, the item itself before what is in it. */
function firstItems(values: readonly JsonValue[], keys: RegExp): Thing[][] {
  return pathsOf(values, false)
    .filter((path) => keys.test(wordsOf(String(path.at(-1) ?? ""))))
    .map((path) => {
      const item = [...path, 0];
      return thingsIn(firstItemLeaves(values, path)).filter((thing) =>
        item.every((step, index) => thing.path[index] === step),
      );
    });
}

/** What was pushed to, where it stands in a list of updates. */
export interface PushedRef {
  readonly branch: Leaf;
  /** Its name before, where some payloads say by its lack that it is gone. Then all of those have this one. */
  readonly former?: Leaf;
  /** Whether it need not be a branch. */
  readonly mayBeTag: boolean;
  /** The page of the branch. */
  readonly link?: Leaf;
}

const updateLists = /^(changes|ref_updates|refs|branches|updates|commits)$/;
const namesOfRefs = [
  ...["ref/display_id", "ref/name", "new/name", "ref/id", "ref_name", "branch", "branch/name"],
  ...["ref", "name", "ref_id"],
];
const isRef = (leaf: Leaf): boolean =>
  leaf.kind === "string" &&
  leaf.samples.every((text) => /^[^\s`~^:?*[\\]{1,120}$/.test(text)) &&
  !isMachine(leaf);

/** Finds the branch of a push in the first item of a list. */
export function pushedRefIn(values: readonly JsonValue[]): PushedRef | undefined {
  for (const [item] of firstItems(values, updateLists)) {
    if (!item) continue;
    const isCommit = wordsOf(String(item.path.at(-2) ?? "")) === "commits";
    const names = isCommit ? ["branch"] : namesOfRefs;
    const branch = item.first(names, isRef);
    if (!branch) continue;
    const kinds = ["ref/type", "new/type", "old/type", "type"].flatMap(
      (name) => item.get(name)?.samples ?? [],
    );
    const former = isSure(branch) ? undefined : item.first(["old/name"], isRef);
    const isEnough = former && former.samples.length + branch.samples.length >= values.length;
    const link = item.first(["new/links/html/href", "links/html/href"]);
    return {
      branch,
      ...(isEnough && { former }),
      mayBeTag: kinds.some((text) => /tag/i.test(text)),
      ...(link && { link }),
    };
  }
  return undefined;
}

const leadLists =
  /^(actions|events|messages|alerts|stories|incidents|records|entries|notifications)$/;

/** The title of what the first item of a list is, where nothing else in the payload has one. */
export function titleInListOf(values: readonly JsonValue[]): Leaf | undefined {
  const names = vocabulary.titles.filter(
    (name) => !/^(message|context|topic|trigger|slug)$/.test(name),
  );
  for (const things of firstItems(values, leadLists))
    for (const thing of things) {
      if (thing.path.length > (things[0]?.path.length ?? 0) + 2) continue;
      const title = thing.first(names, (leaf) => isTitle(leaf));
      if (title) return title;
    }
  return undefined;
}

const noteLists = /(^|_)(updates|notes|comments)$/;

/** What was said last of a thing, where the list of what was said stands in it. */
export function latestNoteIn(values: readonly JsonValue[]): Leaf | undefined {
  for (const [item] of firstItems(values, noteLists)) {
    const text = item?.first(
      ["body", "message", "text", "content", "comment"],
      ({ kind, samples }) => kind === "string" && samples.every((one) => /\s/.test(one.trim())),
    );
    if (text) return text;
  }
  return undefined;
}
