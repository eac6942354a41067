/** Sums of money, and what they count. */
import { isSamePath } from "../json.ts";
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import type { Fact } from "./facts.ts";
import { isLabel, type Thing } from "./things.ts";

/** A sum of money. */
export interface Money {
  readonly amount: Leaf;
  /** undefined where the amount is a text that says it. */
  readonly currency: Leaf | undefined;
  /** Whether the amount counts the smallest units of the currency. */
  readonly minor: boolean;
}

/** A sum of which nobody can tell what it counts, as two facts: the number as it came, and the currency; undefined where there is none. */
export function unclearMoneyOf(thing: Thing, cents: boolean): Fact[] | undefined {
  for (const { amount, currency } of sumsIn(thing))
    if (!isClear(amount, currency, cents))
      return [
        { label: "amount", leaf: loose(amount), meaning: "unclear sum" },
        { label: "currency", leaf: currency, meaning: "text" },
      ];
  return undefined;
}

/** Sums beside others, which say as little without their unit. */
const besideSum =
  /(^|_)(fee|tax|total|subtotal|earnings|discount|credit|balance|paid|due|refunded|net|gross)$/;

/** Whether a field is one of several sums of which nobody can tell what they count. */
export function isUnclearSum(thing: Thing, key: string, { samples }: Leaf): boolean {
  if (!besideSum.test(key) || !samples.every((text) => /^-?\d+$/.test(text))) return false;
  const currency = thing.first(vocabulary.currencies, isCurrency);
  // In small letters it says that cents are counted.
  return (
    currency?.samples.every((text) => /^[A-Z]+$/.test(text) && !wholeCurrencies.has(text)) ?? false
  );
}

/** A number that is whole here may come as 183.5 the next time. */
const loose = (leaf: Leaf): Leaf => (leaf.kind === "integer" ? { ...leaf, kind: "number" } : leaf);

/** The sums of a thing, the likeliest first. */
function sumsIn(thing: Thing): { amount: Leaf; currency: Leaf }[] {
  const prefixes = ["", "amount/", "total/", "total_price/", "price/", "money/"];
  return prefixes.flatMap((prefix) => {
    const currency = thing.first(
      vocabulary.currencies.map((key) => prefix + key),
      isCurrency,
    );
    const amount = thing.first(
      vocabulary.amounts.map((key) => prefix + key),
      isAmount,
    );
    return currency && amount ? [{ amount, currency }] : [];
  });
}

/**
 * The sum that a field is.
 * @param cents Whether whole sums of the service are known to count cents.
 * @returns undefined for a field without a currency, `unclear` where nobody can tell what it counts.
 */
export function sumOf(
  field: Leaf,
  things: readonly Thing[],
  cents: boolean,
): Money | "unclear" | undefined {
  const isField = ({ path }: Leaf): boolean => isSamePath(path, field.path);
  const found = things.flatMap(sumsIn).find(({ amount }) => isField(amount));
  if (found && !isClear(found.amount, found.currency, cents)) return "unclear";
  if (found) return { ...found, minor: isMinor(found.amount, found.currency, cents) };
  const isUnclear = (thing: Thing): boolean =>
    thing.own().some(([key, leaf]) => isField(leaf) && isUnclearSum(thing, key, leaf));
  return things.some(isUnclear) ? "unclear" : undefined;
}

/** @param cents Whether whole sums of the service are known to count cents. */
export function moneyOf(thing: Thing, cents: boolean): Money | undefined {
  const text = thing.first(
    vocabulary.formattedAmounts,
    (leaf) => isLabel(leaf) && leaf.samples.some((sample) => /[1-9]/.test(sample)),
  );
  if (text) return { amount: text, currency: undefined, minor: false };
  for (const { amount, currency } of sumsIn(thing))
    if (isClear(amount, currency, cents))
      return { amount, currency, minor: isMinor(amount, currency, cents) };
  return undefined;
}

/** Whether an amount counts cents: its key says so, or it is whole beside a code in small letters, as card services do. */
const isMinor = (amount: Leaf, currency: Leaf, cents: boolean): boolean =>
  cents
    ? amount.samples.every((text) => /^-?\d+$/.test(text)) && amount.kind !== "number"
    : amount.kind === "integer" &&
      (/cents|minor/.test(amount.key) ||
        currency.samples.every((text) => text === text.toLowerCase()));

/**
 * Whether nobody can mistake the sum: a whole number beside `USD` may count dollars or cents, and only the service's
 * documentation tells.
 */
const isClear = (amount: Leaf, currency: Leaf, cents: boolean): boolean =>
  isMinor(amount, currency, cents) ||
  amount.samples.some((text) => /[.,]\d{1,2}$/.test(text)) ||
  currency.samples.every((text) => wholeCurrencies.has(text.toUpperCase()));

/** The larger currencies of ISO 4217 that have no smaller unit. */
export const wholeCurrencies: ReadonlySet<string> = new Set(
  "CLP ISK JPY KRW PYG UGX VND XAF XOF XPF".split(" "),
);

export const isCurrency = (leaf: Leaf): boolean =>
  leaf.kind === "string" && leaf.samples.every((text) => /^[A-Za-z]{3}$/.test(text));
const isAmount = (leaf: Leaf): boolean =>
  leaf.samples.some((text) => Number(text) !== 0) &&
  leaf.samples.every((text) => /^-?\d+([.,]\d+)*$/.test(text));
