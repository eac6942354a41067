/** What tells things apart that have no name of their own. */
import type { JsonValue } from "../json.ts";
import type { Leaf } from "../leaves.ts";
import { titleInListOf } from "./first-items.ts";
import { namesOf } from "./people.ts";
import { isLabel, isOneLine, isSure, outer, type Thing } from "./things.ts";

/** People whom an event may be about, or whom what it is about belongs to; those who acted are not among them. */
const subjects =
  /^(customer|contact|client|lead|visitor|subscriber|candidate|guest|patient|applicant|user)$/;
/** What tells a thing apart, and the family name where that is somebody's given name. */
interface Lead {
  lead?: Leaf;
  leadSurname?: Leaf;
}

/** Identifiers of them. */
const identifiers = ["customer", "customer_id", "contact_id", "subscriber_id"];

/**
 * The title of the first thing in a list, or the person that a thing without a name belongs to.
 * @param things Those of the payload.
 * @param isPersonOnly Whether only somebody will do.
 */
export function leadOf(
  things: readonly Thing[],
  values: readonly JsonValue[],
  isPersonOnly = false,
): Lead {
  const inList = isPersonOnly ? undefined : titleInListOf(values);
  if (inList) return { lead: inList };
  const people = things.filter(({ way, key }) => way.length <= 2 && subjects.test(key));
  for (const person of people) {
    const [name, family] = namesOf(person);
    if (name && family && isSure(name) && isSure(family))
      return { lead: name, leadSurname: family };
    if (name && !family && isLabel(name)) return { lead: name };
  }
  const isIdentifier = (leaf: Leaf): boolean => leaf.kind === "string" && isOneLine(leaf, 40);
  const keys = isPersonOnly ? ["from", "from_number"] : identifiers;
  const lead =
    firstIn(things, keys, isPersonOnly ? isLabel : isIdentifier) ??
    (isPersonOnly ? undefined : firstIn(things, addresses, isAddress));
  return lead ? { lead } : {};
}

const firstIn = (
  things: readonly Thing[],
  keys: readonly string[],
  fits: (leaf: Leaf) => boolean,
): Leaf | undefined => outer(things).flatMap((thing) => thing.first(keys, fits) ?? [])[0];

/** Where nothing else tells whom it is about. */
const addresses = ["email", "recipient", "user_email", "customer_email"];
const isAddress = (leaf: Leaf): boolean =>
  isSure(leaf) &&
  isOneLine(leaf, 60) &&
  leaf.samples.every((text) => /^[^\s@]+@[^\s@]+$/.test(text));
