/** Whether whole sums count the smallest unit of their currency. */
import type { JsonValue } from "../json.ts";
import { wordsOf } from "../keys.ts";

/** So many objects are looked at. */
const MAX_OBJECTS = 5_000;
/** Below it a sum may as well be one of whole units. */
const MIN_SUM = 1_000;

const taxes = /^(tax|vat|tax_amount|total_tax)$/;
const nets = /^(subtotal|net|net_amount|sub_total|subtotal_amount|total_before_tax)$/;
const sums = /^(amount|value)$/;
/** Rates of tax have at most three decimals, such as 8.875 %. */
const RATES = 100_000;

/**
 * Looks for evidence in all payloads of a service: a tax that is no round share of what it is on was rounded to the
 * unit that is counted.
 */
export function countsCents(values: readonly JsonValue[]): boolean {
  const verdicts = objectsIn(values).flatMap((entries) => verdictOf(entries) ?? []);
  return verdicts.includes(true) && !verdicts.includes(false);
}

type Entries = ReadonlyMap<string, JsonValue>;

function objectsIn(values: readonly JsonValue[]): Entries[] {
  const found: Entries[] = [];
  const pending = [...values];
  for (let value = pending.pop(); value && found.length < MAX_OBJECTS; value = pending.pop()) {
    if (value.kind === "array") pending.push(...value.items.slice(0, MAX_OBJECTS));
    if (value.kind !== "object") continue;
    found.push(value.entries);
    for (const child of value.entries.values())
      if (child.kind === "object" || child.kind === "array") pending.push(child);
  }
  return found;
}

/** What an object says of the unit; undefined for one that says nothing. */
function verdictOf(entries: Entries): boolean | undefined {
  const find = (keys: RegExp): JsonValue | undefined =>
    [...entries].find(([key]) => keys.test(wordsOf(key)))?.[1];
  const [tax, net, sum] = [find(taxes), find(nets), find(sums)].map(textOf);
  // Who writes a point does not count cents.
  if ([tax, net, sum].some((text) => text?.includes("."))) return false;
  const isTaxed = tax !== undefined && Number(net) >= MIN_SUM && Number(tax) > 0;
  return (isTaxed && (Number(tax) * RATES) % Number(net) !== 0) || undefined;
}

/** The text of a number, or of a text that is one. */
function textOf(value: JsonValue | undefined): string | undefined {
  if (value?.kind === "integer" || value?.kind === "float") return value.text;
  return value?.kind === "string" && /^\d{1,15}(\.\d+)?$/.test(value.value)
    ? value.value
    : undefined;
}
