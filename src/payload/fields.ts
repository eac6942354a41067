/** Guesses which fields of a payload make a message: who did what to which thing, where it is, and how it went. */
import type { Leaf } from "./leaves.ts";
import * as vocabulary from "./vocabulary.ts";

/** The fields worth showing. Each is another one; any may be missing. */
export interface Fields {
  /** What the event is about. */
  readonly title?: Leaf;
  /** Its number, for when it has no title. */
  readonly number?: Leaf;
  /** Where a person can look at it. */
  readonly link?: Leaf;
  readonly actor?: Leaf;
  /** What the actor did, such as `opened`. */
  readonly action?: Leaf;
  readonly state?: Leaf;
  /** What the thing belongs to: the repository, project or service that makes a good topic. */
  readonly group?: Leaf;
  /** Longer text, to be quoted. */
  readonly text?: Leaf;
  /** A few more facts. */
  readonly details: readonly Leaf[];
}

const MAX_DETAILS = 3;
const MAX_LABEL_LENGTH = 60;
const MAX_TITLE_LENGTH = 200;

/**
 * Picks the fields of a message.
 * @param leaves What the payloads have in common.
 * @param subject A word for what the event is about, such as `deployment`, where the event's name says it.
 */
export function findFields(leaves: readonly Leaf[], subject?: string): Fields {
  const picker = new Picker(leaves);
  const action = picker.best((leaf) => rankIn(vocabulary.actions, leaf.key, leaf, isLabel(leaf)));
  const actor = picker.best(actorRank);
  const group = picker.best(groupRank);
  const title = picker.best((leaf) => titleRank(leaf, subject));
  const number = title ? undefined : picker.best(numberRank);
  const thing = title ?? number;
  const link = picker.best((leaf) => linkRank(leaf, thing));
  const state = picker.best((leaf) => stateRank(leaf, thing));
  const text = picker.best((leaf) => textRank(leaf, thing));
  const details: Leaf[] = [];
  while (details.length < MAX_DETAILS) {
    const detail = picker.best((leaf) => detailRank(leaf, thing));
    if (!detail) break;
    details.push(detail);
  }
  const found = { title, number, link, actor, action, state, group, text };
  const known = Object.entries(found).filter(([, leaf]) => leaf !== undefined);
  return { ...(Object.fromEntries(known) as Partial<Fields>), details };
}

/** Hands out each leaf once. */
class Picker {
  readonly #left: Set<Leaf>;

  constructor(leaves: readonly Leaf[]) {
    this.#left = new Set(leaves);
  }

  /** The leaf of the lowest rank; leaves without a rank are passed over. */
  best(rank: (leaf: Leaf) => number | undefined): Leaf | undefined {
    let best: Leaf | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    for (const leaf of this.#left) {
      const value = rank(leaf) ?? Number.POSITIVE_INFINITY;
      if (value < lowest) [best, lowest] = [leaf, value];
    }
    if (best) this.#left.delete(best);
    return best;
  }
}

/** Depth weighs more than the order of words: what stands further out is more likely meant. */
function rankIn(
  words: readonly string[],
  key: string,
  leaf: Leaf,
  fits: boolean,
): number | undefined {
  const place = words.indexOf(key);
  return place < 0 || !fits ? undefined : leaf.depth * 10 + place;
}

const isOneLine = (leaf: Leaf, max: number): boolean =>
  leaf.samples.every((text) => !/[\n\r\t]/.test(text) && [...text].length <= max);
const isLabel = (leaf: Leaf): boolean =>
  leaf.kind === "string" && isOneLine(leaf, MAX_LABEL_LENGTH);
const isAddress = (leaf: Leaf): boolean => leaf.samples.every((text) => /^https?:\/\//.test(text));
const isOfActor = (leaf: Leaf): boolean => vocabulary.actors.includes(leaf.parent);
const isOfGroup = (leaf: Leaf): boolean => vocabulary.groups.includes(leaf.parent);

/** Whether two fields stand in the same object. */
function areSiblings(a: Leaf, b: Leaf): boolean {
  const parentOf = (leaf: Leaf): string => JSON.stringify(leaf.path.slice(0, -1));
  return parentOf(a) === parentOf(b);
}

/** A named field of a person-like object, or a text under a person-like key. */
function actorRank(leaf: Leaf): number | undefined {
  if (!isLabel(leaf) || isAddress(leaf)) return undefined;
  const owner = vocabulary.actors.indexOf(leaf.parent);
  const name = vocabulary.names.indexOf(leaf.key);
  if (owner >= 0 && name >= 0) return leaf.depth * 20 + owner + name / 10;
  return rankIn(vocabulary.actorTexts, leaf.key, leaf, !isOfActor(leaf));
}

function groupRank(leaf: Leaf): number | undefined {
  if (!isLabel(leaf) || isAddress(leaf)) return undefined;
  const owner = vocabulary.groups.indexOf(leaf.parent);
  const name = vocabulary.names.indexOf(leaf.key);
  if (owner >= 0 && name >= 0)
    return leaf.depth * 20 + owner + (leaf.key === "full_name" ? -1 : name / 10);
  const key = leaf.key.replace(/_name$/, "");
  return rankIn(vocabulary.groups, key, leaf, !isOfActor(leaf));
}

function titleRank(leaf: Leaf, subject: string | undefined): number | undefined {
  const fits = leaf.kind === "string" && isOneLine(leaf, MAX_TITLE_LENGTH) && !isAddress(leaf);
  if (!fits || isOfActor(leaf)) return undefined;
  const rank = rankIn(vocabulary.titles, leaf.key, leaf, true);
  if (rank === undefined) return undefined;
  // The group already is the topic; its other names say nothing about the event.
  const asSubject = subject !== undefined && leaf.parent === subject ? -100 : 0;
  return rank + asSubject + (isOfGroup(leaf) && !asSubject ? 40 : 0);
}

function numberRank(leaf: Leaf): number | undefined {
  // A text under `id` is for machines.
  if (leaf.key === "id" && leaf.kind === "string") return undefined;
  const fits = isOneLine(leaf, 20) && !isOfActor(leaf) && !isOfGroup(leaf) && !isAddress(leaf);
  return rankIn(vocabulary.numbers, leaf.key, leaf, fits);
}

function linkRank(leaf: Leaf, thing: Leaf | undefined): number | undefined {
  const safe = leaf.samples.every((text) => /^https?:\/\/[^\s()[\]<>]+$/.test(text));
  if (!safe || vocabulary.machineLinks.test(leaf.key) || isOfActor(leaf)) return undefined;
  const place = vocabulary.links.indexOf(leaf.key);
  if (place < 0 && !/(^|_)(url|link|href)$/.test(leaf.key)) return undefined;
  const rank = place < 0 ? vocabulary.links.length : place;
  // The right link of the wrong thing misleads: stay with the thing, or outside of everything.
  if (thing && areSiblings(leaf, thing)) return rank - 100;
  return leaf.depth <= 1 && !isOfGroup(leaf) ? leaf.depth * 10 + rank : undefined;
}

function nearby(leaf: Leaf, thing: Leaf | undefined): boolean {
  return leaf.depth === 0 || (thing !== undefined && areSiblings(leaf, thing));
}

function stateRank(leaf: Leaf, thing: Leaf | undefined): number | undefined {
  const fits = isLabel(leaf) && nearby(leaf, thing) && !isAddress(leaf);
  return rankIn(vocabulary.states, leaf.key, leaf, fits);
}

function textRank(leaf: Leaf, thing: Leaf | undefined): number | undefined {
  // Text with a fence of its own would end the quote early; HTML would be shown as source.
  const quotable = leaf.samples.every((text) => !text.includes("~~~") && !/^\s*</.test(text));
  const fits = leaf.kind === "string" && quotable && !isAddress(leaf) && !isOfGroup(leaf);
  if (!fits || isOfActor(leaf)) return undefined;
  const rank = rankIn(vocabulary.texts, leaf.key, leaf, leaf.depth <= 1 || nearby(leaf, thing));
  return rank;
}

function detailRank(leaf: Leaf, thing: Leaf | undefined): number | undefined {
  // A number that is whole here may come as 183.5 the next time, which the view would refuse.
  const steady = leaf.kind === "string" || vocabulary.wholeNumbers.includes(leaf.key);
  const fits =
    steady && isOneLine(leaf, MAX_LABEL_LENGTH) && nearby(leaf, thing) && !isAddress(leaf);
  return rankIn(vocabulary.details, leaf.key, leaf, fits);
}
