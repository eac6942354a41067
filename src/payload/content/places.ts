/** Where a thing can be looked at, and what it belongs to. */
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isLabel, isSure, roleOf, type Thing } from "./things.ts";

/** The address where people can look at a thing. */
export function linkOf(thing: Thing): Leaf | undefined {
  return linkIn(thing, (leaf) => isSure(leaf) && isForPeople(leaf)) ?? linkIn(thing, isForPeople);
}

function linkIn(thing: Thing, fits: (leaf: Leaf) => boolean): Leaf | undefined {
  const known = thing.first([...vocabulary.links.slice(0, 14), ...vocabulary.nestedLinks], fits);
  if (known) return known;
  return (
    thing.first(vocabulary.links, fits) ??
    thing
      .own()
      .find(([name, leaf]) => /(^|_)(url|link|href|permalink)$/.test(name) && fits(leaf))?.[1]
  );
}

/** The address of a thing, before others that which is called after it, or that of the whole payload where it can only be the thing's. */
export function linkFor(
  thing: Thing,
  things: readonly Thing[],
  words: readonly string[],
): Leaf | undefined {
  const named = words.flatMap((word) =>
    ["html_url", "web_url", "url", "link"].map((end) => `${word}_${end}`),
  );
  const link = linkOf(thing);
  const own = link && (thing.first(named, isForPeople) ?? link);
  if (own || thing.way.length > 1) return own;
  for (const { way, path } of things) {
    const isOuter = path.length < thing.path.length || (thing.isSpread && path === thing.path);
    if (way.length > 0 || !isOuter) continue;
    const outer = things.find((other) => other.path === path && !other.isSpread);
    const around = outer && linkOf(outer);
    if (around) return around;
  }
  // A job can be looked at where the run is that it is a part of.
  if (!vocabulary.runs.test(thing.key)) return undefined;
  const others = things.filter(({ way, key }) => way.length === 1 && vocabulary.runs.test(key));
  return others.flatMap((run) => linkOf(run) ?? [])[0];
}

/**
 * The address of a thing in an API beside its pages, as trackers have it: with `https://t.example/rest/api/2/issue/7`
 * for the issue `PRESS-12`, its page is `https://t.example/browse/PRESS-12`.
 */
export const apiLinkOf = (thing: Thing, number: Leaf): Leaf | undefined =>
  isSure(number) && number.samples.every((text) => /^[A-Z][A-Z0-9_]*-\d+$/.test(text))
    ? thing.first(["self", "url"], (leaf) => isSure(leaf) && leaf.samples.every(isRestAddress))
    : undefined;

const isRestAddress = (text: string): boolean =>
  /^https?:\/\/[^\s()[\]<>?]+\/rest\/api\/[\w.]+\/(issue\/)?\d+$/.test(text);

/** The addresses in it are plain ones, and lead to pages. */
function isForPeople({ samples, key }: Leaf): boolean {
  if (vocabulary.machineLinks.test(key)) return false;
  return samples.every(
    (text) =>
      vocabulary.plainAddress.test(text) &&
      text.length < 500 &&
      !vocabulary.machineAddress.test(text),
  );
}

/** Pages beside the thing's own, as people who are called at night need them. */
const helpfulPages =
  /(^|_)(runbook_url|runbook|image_url|invoice_pdf|hosted_invoice_url|receipt_url|compare_url|snapshot_url|graph_url)$/;
/** What people look at next, where the thing has a page of its own already. */
const nextPages =
  /^((trigger_)?details|build|deploy|pipeline|dashboard|report|logs?|html_search|incident)?$/;
const MAX_PAGES = 2;
const isOfPerson = /^(first_name|given_name|last_name|username|email|email_address)$/;

/**
 * Further pages that a payload has addresses of.
 * @param places The thing, and what holds it.
 * @param told Texts of the addresses that the message has already.
 */
export function pagesOf(places: readonly Thing[], told: ReadonlySet<string>): [string, Leaf][] {
  const found: [string, Leaf][] = [];
  const seen = new Set(told);
  for (const place of places)
    for (const [name, leaf] of place.own()) {
      const bare = name.replace(/(^|_)(url|link|href|html_url|web_url)$/, "");
      const isPortrait =
        /image_url$/.test(name) && place.own().some(([key]) => isOfPerson.test(key));
      if (isPortrait) continue;
      const isPage = helpfulPages.test(name)
        ? leaf.samples.every((text) => vocabulary.plainAddress.test(text))
        : /(^|_)(url|link|href)$/.test(name) && nextPages.test(bare) && isForPeople(leaf);
      if (!isPage || seen.has(leaf.samples.join())) continue;
      seen.add(leaf.samples.join());
      found.push([bare || place.way.at(-1) || "page", leaf]);
    }
  return found.slice(0, MAX_PAGES);
}

/** The one page that a payload has an address of, wherever it stands. */
export function onlyPageIn(things: readonly Thing[]): [string, Leaf] | undefined {
  const near = things.filter(
    ({ way }) =>
      way.length === 1 && way.every((step) => !/actor|machinery|recipient/.test(roleOf(step))),
  );
  const found = near.flatMap((thing): [string, Leaf][] => {
    const link = linkOf(thing);
    return link && isSure(link) ? [[thing.key, link]] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** What a thing belongs to. */
export interface Group {
  readonly name: Leaf;
  readonly link?: Leaf;
}

const isCode = /^[A-Z]{2,}(_[A-Z]{2,})+$/;
const isNameOfPlace = (leaf: Leaf): boolean => isSure(leaf) && isLabel(leaf);
const isSurrounding = (text: string): boolean =>
  /^(production|prod|staging|sandbox|test|live|development|dev|[a-z]{2}-[a-z]+-\d(-?\w)?)$/i.test(
    text,
  );

/** Finds the repository, project or the like that groups events. */
export function findGroup(things: readonly Thing[], subject: Thing | undefined): Group | undefined {
  let best: Group | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  const offer = (rank: number, name: Leaf | undefined, place?: Thing): void => {
    // A code stands for something, and names nothing; where something runs does not tell things apart.
    if (!name || name.samples.every((text) => isCode.test(text))) return;
    if (/^(environment|site|stage)$/.test(name.key) && name.samples.every(isSurrounding)) return;
    const worth = isSure(name) ? rank : rank + 1000;
    if (worth >= lowest) return;
    lowest = worth;
    const link = place && linkOf(place);
    best = { name, ...(link && { link }) };
  };
  for (const thing of things) {
    const { way, key } = thing;
    const above = way.slice(0, -1).map(roleOf);
    if (above.some((role) => /actor|machinery|remark/.test(role)) || roleOf(key) === "actor")
      continue;
    const nested = above.includes("group") ? 15 : 0;
    if (way.length > 0 && thing !== subject && roleOf(key) === "group") {
      const rank = way.length * 10 + placeOf(key) + nested;
      const names = [...vocabulary.thingNames, `${key}_name`];
      offer(rank, thing.first(names, isLabel), thing);
    }
    if (way.length > 1 || /group|machinery/.test(roleOf(key))) continue;
    for (const [name, leaf] of thing.own()) {
      // A flow that has a name is a form that somebody went through.
      const bare = name
        .replace(/^flow_(?=name$|label$|title$)/, "form_")
        .replace(/_(name|title|slug|label|friendly_name)$/, "");
      if (roleOf(bare) !== "group" || !isLabel(leaf)) continue;
      offer(way.length * 10 + 14 + placeOf(bare), leaf);
    }
  }
  // A name beside a thing in the payload itself is the name of what the thing belongs to.
  const around = subject && subject.way.length > 0 ? things[0] : undefined;
  if (!best && around?.path.length === 0) offer(0, around.first(["name"], isNameOfPlace));
  return best;
}

const placeOf = (key: string): number => vocabulary.groups.indexOf(key) / 2;
