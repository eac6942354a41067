/** What else there is to say about a thing: how it is, how much, since when, on which branch. */
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isDefault } from "./dull.ts";
import { namesOf } from "./people.ts";
import { linkOf } from "./places.ts";
import { isAddress, isLabel, isMachine, isOneLine, isTime, surest, type Thing } from "./things.ts";

/** What durations are counted in. */
type Unit = "minutes" | "seconds" | "milliseconds";

/** What amounts of other things are counted in. */
type Measure = "percent" | "hours" | "days" | "bytes" | "KB" | "MB" | "GB";

/** A fact, and what its value is. */
export interface Fact {
  /** The key it is called by, in snake_case. */
  readonly label: string;
  readonly leaf: Leaf;
  /** Where the thing that the fact names can be looked at. */
  readonly link?: Leaf;
  /** Who made it. */
  readonly by?: Leaf;
  /** What stands behind the value: the family name after a person's given name, the currency after a sum. */
  readonly second?: Leaf;
  /** Whether the author wants it told, whatever else the message tells. */
  readonly isChosen?: true;
  readonly meaning:
    | "text"
    | "iso time"
    | "seconds since 1970"
    | "milliseconds since 1970"
    | Unit
    /** A whole sum of which nobody can tell whether it counts cents. */
    | "unclear sum"
    /** A sum that counts the smallest units of its currency, which is the fact's second field. */
    | "sum"
    /** The address of a further page. */
    | "page"
    /** Git's full name of a branch, or its short one. */
    | "branch"
    | Measure
    /** Whether something is so, which the value says as a boolean or as `true` and `false`. */
    | "yes or no"
    /** That something is so, told only where it is. */
    | "flag"
    /** A duration of which nobody says the unit. */
    | "duration";
}

const MAX_DETAILS = 6;
const MAX_FACT_LENGTH = 120;

/** HTML would be shown as source. */
export const isMarkup = ({ samples }: Leaf): boolean =>
  samples.some((text) => /^\s*<[!\w]|<\/\w+>/.test(text));

/** The branch that something ran on, or was pushed to. */
export function branchOf(thing: Thing): Leaf | undefined {
  return surest((fits) => thing.first(vocabulary.branches, (leaf) => isBranch(leaf) && fits(leaf)));
}

/** The branches that a request to merge is from and to. */
export function branchesOf(thing: Thing): { source: Leaf; target: Leaf } | undefined {
  const source = thing.first(vocabulary.sourceBranches, isBranch);
  const target = thing.first(vocabulary.targetBranches, isBranch);
  return source && target ? { source, target } : undefined;
}

const isBranch = (leaf: Leaf): boolean =>
  leaf.kind === "string" &&
  leaf.samples.every((text) => /^[^\s`~^:?*[\\]{1,120}$/.test(text)) &&
  !isMachine(leaf);

/** The commit that something ran for. */
export function commitOf(place: Thing, things: readonly Thing[]): Fact | undefined {
  const isTitle = (leaf: Leaf): boolean => leaf.kind === "string" && !isMachine(leaf);
  const holder = things.find(
    (thing) =>
      thing !== place &&
      thing.way.length <= 3 &&
      vocabulary.commits.test(thing.key) &&
      thing.first(vocabulary.commitTitles, isTitle),
  );
  const flat = holder ? undefined : flatCommitIn(place, things);
  const leaf = holder?.first(vocabulary.commitTitles, isTitle) ?? flat?.title;
  if (!leaf) return undefined;
  const link = holder ? linkOf(holder) : flat?.link;
  const isName = (name: Leaf): boolean => name.kind === "string" && isLabel(name);
  const by = holder?.first(["author/name", "author_name", "author/username"], isName) ?? flat?.by;
  return { label: "commit", leaf, meaning: "text", ...(link && { link }), ...(by && { by }) };
}

/** A commit whose parts stand beside other fields, perhaps with a word before them, as `git_commit_message`. */
export function flatCommitIn(
  place: Thing,
  things: readonly Thing[],
): { title: Leaf; link?: Leaf; by?: Leaf; branch?: Leaf } | undefined {
  const near = things.filter((thing) => thing !== place && thing.way.length <= 3);
  for (const thing of [place, ...near])
    for (const [name, title] of thing.own()) {
      const [, before = ""] = /^((?:[a-z]+_)?commit_)(title|subject|message)$/.exec(name) ?? [];
      if (before === "" || title.kind !== "string" || isMachine(title)) continue;
      const beside = (endings: readonly string[], fits: (leaf: Leaf) => boolean) =>
        thing.first(
          endings.map((ending) => before + ending),
          fits,
        );
      const link = beside(["url", "link", "html_url"], ({ samples }) =>
        samples.every(isPlainAddress),
      );
      const isName = (leaf: Leaf): boolean => leaf.kind === "string" && isLabel(leaf);
      const by = beside(["author_name", "author", "author_login"], isName);
      const branch = beside(["ref", "branch"], isBranch);
      return { title, ...(link && { link }), ...(by && { by }), ...(branch && { branch }) };
    }
  return undefined;
}

const isPlainAddress = (text: string): boolean => vocabulary.plainAddress.test(text);

/** A few more facts of a thing. */
export function detailsOf(thing: Thing, things: readonly Thing[], used: ReadonlySet<Leaf>): Fact[] {
  const found: Fact[] = [];
  const values = new Set<string>();
  for (const key of vocabulary.details) {
    if (found.length === MAX_DETAILS) break;
    const leaf =
      thing.get(`${key}_label`) ?? thing.named(key, isFact) ?? personUnder(thing, key, things);
    const read = leaf && !used.has(leaf) ? meaningOf(key, leaf) : undefined;
    const isUnset = leaf && read === "text" && isDefault(leaf) && !/^(rating|nps)$/.test(key);
    if (!leaf || !read || isUnset || values.has(leaf.samples.join())) continue;
    values.add(leaf.samples.join());
    const meaning = read === "duration" ? (unitByMoments(thing, leaf) ?? read) : read;
    const link = meaning === "text" ? linkBeside(leaf, thing, things) : undefined;
    found.push({ label: labelOf(key, meaning), leaf, meaning, ...(link && { link }) });
  }
  return found;
}

/** The page of what a fact names, such as a milestone's. */
function linkBeside(leaf: Leaf, thing: Thing, things: readonly Thing[]): Leaf | undefined {
  const above = JSON.stringify(leaf.path.slice(0, -1));
  const holder = things.find((other) => JSON.stringify(other.path) === above);
  return holder && holder.path.length > thing.path.length && leaf.kind === "string"
    ? linkOf(holder)
    : undefined;
}

/** The unit stands behind the value already. */
export function labelOf(key: string, meaning: Fact["meaning"]): string {
  const label = key.replace(/^\w*labels\//, "");
  if (isMeasure(meaning)) return label.replace(measureSuffix, "") || "size";
  return meaning in unitLengths ? label.replace(unitSuffix, "") : label;
}

function personUnder(thing: Thing, key: string, things: readonly Thing[]): Leaf | undefined {
  if (!/^(assignee|assigned_to(_user)?)$/.test(key)) return undefined;
  const person = things.find(
    ({ path, key: own }) => own === key && path.length > thing.path.length,
  );
  const [name, second] = person ? namesOf(person) : [];
  return second ? undefined : name;
}

export const isFact = (leaf: Leaf): boolean =>
  isOneLine(leaf, MAX_FACT_LENGTH) &&
  !leaf.samples.every((text) => /^(none|null|n\/a|unknown|\.+|-+|0001-01-01T.*)$/i.test(text)) &&
  !isAddress(leaf) &&
  (!isMachine(leaf) || leaf.samples.every(isTime));

/** What a value means; undefined for one of which nobody can tell. */
export function meaningOf(key: string, leaf: Leaf): Fact["meaning"] | undefined {
  if (/^version$/.test(key) && !leaf.samples.every((text) => /\d\.\d/.test(text))) return undefined;
  if (leaf.kind === "texts" || leaf.kind === "text or number") return "text";
  if (leaf.kind === "string" && leaf.samples.every((text) => /^(true|false)$/i.test(text)))
    return "yes or no";
  if (leaf.kind === "string") return leaf.samples.every(isTime) ? "iso time" : "text";
  const isMoment = /(_at|_on|date|time|due|start|end|until|_ts)$/.test(key);
  if (leaf.kind === "integer" && isMoment) {
    if (leaf.samples.every((text) => /^1\d{9}$|^2\d{9}$/.test(text))) return "seconds since 1970";
    if (leaf.samples.every((text) => /^1\d{12}$|^2\d{12}$/.test(text)))
      return "milliseconds since 1970";
  }
  const measure = measures.get(measureSuffix.exec(key)?.[2] ?? "");
  if (measure) return measure;
  // The `min` of `temperature_min` is the least.
  const isLeast = /_min$/.test(key) && !durations.test(key);
  const [, suffix = ""] = isLeast ? [] : (unitSuffix.exec(key) ?? []);
  if (suffix.startsWith("min")) return "minutes";
  if (suffix.startsWith("s")) return "seconds";
  if (suffix !== "") return "milliseconds";
  if (/^(duration|elapsed|downtime)$/.test(key)) return "duration";
  // A number that is whole here may come as 183.5 the next time, which the view would refuse.
  return leaf.kind === "integer" && vocabulary.wholeNumbers.includes(key) ? "text" : undefined;
}

const measureSuffix = /(^|_)(percent|percentage|pct|hours|days|bytes|kb|mb|gb)$/;
const measures: ReadonlyMap<string, Measure> = new Map([
  ["percent", "percent"],
  ["percentage", "percent"],
  ["pct", "percent"],
  ["hours", "hours"],
  ["days", "days"],
  ["bytes", "bytes"],
  ["kb", "KB"],
  ["mb", "MB"],
  ["gb", "GB"],
]);

/** Whether a meaning is a unit, which then stands behind the value and not in the label. */
export const isMeasure = (meaning: Fact["meaning"]): boolean =>
  [...measures.values()].some((measure) => measure === meaning);

const durations =
  /(^|_)(duration|elapsed|(run|down|up|wait|response)_?time|time|timeout|delay|wait|length|age|interval|eta)_min$/;
const unitSuffix = /_(ms|millis|milliseconds|secs?|seconds|mins?|minutes)$/;
const unitLengths: Readonly<Record<Unit, number>> = {
  milliseconds: 1,
  seconds: 1000,
  minutes: 60_000,
};

/** The unit in which a duration is about as long as the time between the thing's first and last moment. */
function unitByMoments(thing: Thing, duration: Leaf): Unit | undefined {
  const momentsAt = (keys: RegExp): Leaf | undefined =>
    thing.own().find(([name, leaf]) => keys.test(name) && leaf.samples.every(isMoment))?.[1];
  const [start, end] = [momentsAt(vocabulary.beginnings), momentsAt(vocabulary.endings)];
  const counts = duration.samples.length;
  if (!start || !end || start.samples.length !== counts || end.samples.length !== counts)
    return undefined;
  const lengths = duration.samples.map(
    (text, index) =>
      (momentOf(end.samples[index] ?? "") - momentOf(start.samples[index] ?? "")) / Number(text),
  );
  const fits = (unit: Unit): boolean =>
    lengths.every((length) => length > unitLengths[unit] / 5 && length < unitLengths[unit] * 5);
  return (Object.keys(unitLengths) as Unit[]).find(fits);
}

/** Seconds since 1970, as they are for years around this one. */
const isSeconds = (text: string): boolean => /^[12]\d{9}$/.test(text);
const isMoment = (text: string): boolean => isTime(text) || isSeconds(text);
/** A moment in milliseconds. */
const momentOf = (text: string): number =>
  isSeconds(text) ? Number(text) * 1000 : Date.parse(text);
