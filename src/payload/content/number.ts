/** What people call a thing by, beside its name: its number, or a code. */
import { singular } from "../english.ts";
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isLabel, isOneLine, isSure, type Thing } from "./things.ts";

/** An identifier that people can read out, such as `PP-000-042-663` or `K7QM2X`. */
const reference = /^[A-Z]{1,3}-(?=[A-Z-]*\d)[A-Z0-9-]{5,24}$|^(?=.*\d)(?=.*[A-Z])[A-Z0-9]{5,12}$/;

/** The number of a thing, or what else people call it by. */
export function numberOf(
  thing: Thing,
  title: Leaf | undefined,
  hints: readonly string[],
): Leaf | undefined {
  const noun = thing.way.length === 0 ? hints.join("_") : thing.key;
  // A title that is a number already needs no other.
  if (title?.samples.every((text) => /^#?\d+$/.test(text))) return undefined;
  // What people call it wherever it is named, rather than the number that goes with its group.
  const key = thing.first(vocabulary.numbers, ({ samples }) =>
    samples.every((text) => /^[A-Z][A-Z0-9]{0,9}-\d+$/.test(text)),
  );
  if (key) return key;
  const own = thing.first(
    hints.map((word) => `${word}_id`),
    ({ samples }) => title === undefined && samples.every((text) => reference.test(text)),
  );
  if (own) return own;
  const words = [thing.key, ...hints].map(singular).filter((word) => word !== "");
  const object = thing.first(["object_id", ...words.map((word) => `${word}_id`)], ({ samples }) =>
    samples.every((text) => /^\d{1,12}$/.test(text)),
  );
  if (object && title === undefined && hints.length > 0) return object;
  const found = thing.first(vocabulary.numbers, (leaf) => {
    if (!isOneLine(leaf, 28) || /number/.test(leaf.kind)) return false;
    if (/^(ref|pull_request_id)$/.test(leaf.key) && leaf.kind !== "integer") return false;
    // An identifier under `id` is for machines; a short whole number is better than nothing, and people use a ticket's.
    if (leaf.key === "id" || (thing.isSpread && leaf.key.endsWith("_id"))) {
      const isTicket = [noun, ...hints].some((word) => vocabulary.tickets.test(word));
      if (leaf.kind === "string" && title === undefined)
        return leaf.samples.every((text) => reference.test(text));
      const isWhole = leaf.kind === "integer" || leaf.samples.every((text) => /^\d+$/.test(text));
      if ((thing.path.length === 0 && !thing.isSpread) || !isWhole) return false;
      return title === undefined ? isOneLine(leaf, 8) : isTicket && isOneLine(leaf, 6);
    }
    if (leaf.kind === "integer") return true;
    const isCode =
      /^#?\d+$|^\d{1,6}-\d{1,8}$|^[A-Z][A-Z0-9]{0,9}[-_#]\d+$|^[A-Z]{1,3}-(?=[A-Z-]*\d)[A-Z0-9-]{5,24}$/i;
    return leaf.samples.every((text) => isCode.test(text));
  });
  return found ?? (title ? undefined : codeOf(thing, words));
}

/** What people call a thing that has neither a name nor a number. */
function codeOf(thing: Thing, words: readonly string[]): Leaf | undefined {
  const endings = ["number", "code", "reference", "sku", "slug"];
  const names = words.flatMap((word) => endings.map((ending) => `${word}_${ending}`));
  const isCode = (leaf: Leaf): boolean =>
    isSure(leaf) &&
    isLabel(leaf) &&
    isOneLine(leaf, MAX_CODE_LENGTH) &&
    leaf.samples.every((text) => /\p{L}/u.test(text));
  // A word in small letters says how or why, and not which.
  const isTelling = (leaf: Leaf): boolean =>
    isCode(leaf) && leaf.samples.every((text) => /[\d\p{Lu}]/u.test(text) && !text.includes(" "));
  const others = thing.own().flatMap(([name]) => (/_reference$/.test(name) ? [name] : []));
  const parcel = thing.first(
    ["tracking_number", "tracking_code"],
    (leaf) => isSure(leaf) && leaf.kind === "string" && isOneLine(leaf, MAX_CODE_LENGTH),
  );
  return (
    parcel ??
    thing.first([...names, "code", "sku", "reference", "identifier", ...others], isTelling) ??
    thing.first(["slug", "handle"], isCode)
  );
}

const MAX_CODE_LENGTH = 40;
