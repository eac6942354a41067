/** How a fixture is called: `event__detail`, after what the service says. */
import { findContent, type JsonValue, leavesOf, slugOf } from "../../payload/index.ts";

const MAX_PART = 60;
/** A header's value that can stand in a file name as it is, so that the name tells it exactly. */
const plain = /^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$/;
/** Names that Windows keeps for itself. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * The first part of a fixture's name.
 * @param event What the service calls the event. It may be anything, a path included.
 * @param exact The name has to tell the value exactly, where it can: a header is made of it again.
 */
export function eventPart(event: string | undefined, exact: boolean): string {
  if (event === undefined) return "";
  const asItIs = exact && plain.test(event) && event.length <= MAX_PART;
  const part = asItIs ? event : slugOf(event).replace(/__+/g, "_").slice(0, MAX_PART);
  return reserved.test(part) ? `${part}_event` : part;
}

/** What is special about a request among those of its event: what was done, or the state that was reached. */
export function detailPart(value: JsonValue | undefined, event: string): string {
  if (!value) return "";
  const hints = { words: event.toLowerCase().split(/[^a-z0-9]+/), making: undefined };
  const { action, state } = findContent(leavesOf([value]), [value], hints);
  const known = event.toLowerCase().split(/[_-]+/);
  for (const leaf of [action, state]) {
    const slug = slugOf(leaf?.samples[0] ?? "").replace(/__+/g, "_");
    const isNew =
      slug !== "" && slug.length <= 40 && !slug.split("_").every((word) => known.includes(word));
    if (isNew) return slug;
  }
  return "";
}

/** The name without its number. Without a word from the service it says only that it was captured. */
export function baseName(event: string, detail: string): string {
  return [event, detail].filter((part) => part !== "").join("__") || "captured";
}

/** The n-th name of a base, from 1. The part before `__` stays what it is. */
export function numbered(base: string, number: number): string {
  if (number === 1) return base;
  return base.includes("__") || base === "captured" ? `${base}_${number}` : `${base}__${number}`;
}

/** The base of a name that `numbered` made. */
export function baseOf(name: string): string {
  const base = name.replace(/_\d+$/, "");
  const isNumbered = base === "captured" || /.__./.test(base);
  return (isNumbered ? base : name).replace(/__\d+$/, "");
}
