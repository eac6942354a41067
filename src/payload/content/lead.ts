/** What tells things apart that have no name of their own. */
import type { JsonValue } from "../json.ts";
import type { Leaf } from "../leaves.ts";
import { titleInListOf } from "./first-items.ts";
import { namesOf } from "./people.ts";
import { isLabel, isOneLine, outer, type Thing } from "./things.ts";

/** People whom an event may be about, or whom what it is about belongs to; those who acted are not among them. */
const subjects =
  /^(customer|contact|client|lead|visitor|subscriber|candidate|guest|patient|applicant|user)$/;
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
): Leaf | undefined {
  const inList = isPersonOnly ? undefined : titleInListOf(values);
  if (inList) return inList;
  const people = things.filter(({ way, key }) => way.length <= 2 && subjects.test(key));
  for (const person of people) {
    const [name, family] = namesOf(person);
    if (name && !family && isLabel(name)) return name;
  }
  if (isPersonOnly)
    return outer(things).flatMap((thing) => thing.first(["from", "from_number"], isLabel) ?? [])[0];
  const isIdentifier = (leaf: Leaf): boolean => leaf.kind === "string" && isOneLine(leaf, 40);
  return outer(things).flatMap((thing) => thing.first(identifiers, isIdentifier) ?? [])[0];
}
