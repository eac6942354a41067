/** What an author's templates are in a message: its first line, and its topic. */
import { UserError } from "../errors.ts";
import { chosenFact, isSamePath, type Leaf, type PayloadFacts } from "../payload/index.ts";
import type { Parts } from "./message.ts";
import { isLeft, neededBy, refuseEmpty, type Slot, type Template } from "./templates.ts";
import { valueParts } from "./wording/fact.ts";
import { Variables } from "./wording/variables.ts";

/**
 * A first line as a template has it. Where a payload lacks a field, it goes without it and what joins it to the words
 * before.
 * @throws UserError `unshowable-field` where nothing might be left.
 */
export function headlineOf(
  template: Template<Leaf>,
  payloads: PayloadFacts,
  variables: Variables,
): Parts {
  refuseEmpty(template);
  const { slots, end } = withoutCurrencies(template, payloads);
  const parts = slots.flatMap((slot, at): Parts => {
    const { before, lead, label, tail } = slot;
    if (label.length === 0) return textOf(before);
    const next = (slots[at + 1]?.before ?? "") + (slots[at + 1]?.lead ?? end);
    const told = [...textOf(lead), ...shownIn(slot, next, payloads, variables), ...textOf(tail)];
    return [...textOf(before), ...variables.optional(neededBy(slot), told)];
  });
  // The message puts the mark behind its first line that fits what follows.
  return [...parts, ...textOf(end.replace(/[.:]\s*$/, ""))];
}

const textOf = (text: string): Parts => (text === "" ? [] : [text]);

/** A sum brings its currency along: the one that the template has behind it would be told twice. */
function withoutCurrencies(template: Template<Leaf>, payloads: PayloadFacts): Template<Leaf> {
  const slots: Slot<Leaf>[] = [];
  for (const slot of template.slots) {
    const amount = slots.at(-1);
    if (amount && isCurrencyOf(slot, amount, payloads))
      slots.splice(-1, 1, { ...amount, tail: amount.tail + slot.tail });
    else slots.push(slot);
  }
  return { ...template, slots };
}

function isCurrencyOf(slot: Slot<Leaf>, { label }: Slot<Leaf>, payloads: PayloadFacts): boolean {
  const [currency, ...others] = slot.label;
  const [amount] = label;
  const isAlone = others.length === 0 && (slot.before + slot.lead).trim() === "";
  if (typeof amount !== "object" || typeof currency !== "object" || !isAlone) return false;
  const { meaning, second } = chosenFact(amount, payloads, new Set());
  return meaning === "sum" && second !== undefined && isSamePath(second.path, currency.path);
}

/** @param next The text behind it. */
function shownIn(
  { label, url, lead, tail }: Slot<Leaf>,
  next: string,
  payloads: PayloadFacts,
  variables: Variables,
): Parts {
  const behind = tail + next;
  const parts = label.flatMap((part): Parts => {
    if (typeof part === "string") return [part];
    const value = valueParts(chosenFact(part, payloads, new Set()), variables);
    return withoutTwice(value, lead, behind);
  });
  if (!url) return parts;
  const of = label.find((part) => typeof part === "object");
  return [variables.link(parts, url, of ? of.parent || of.key : undefined)];
}

/** A value without the marks of a moment, or the unit, that the template itself has around it. */
function withoutTwice(value: Parts, lead: string, behind: string): Parts {
  const [first, second] = value;
  if (first === "<time:" && /<time:$/.test(lead)) return value.slice(1, 2);
  const isUnit = typeof second === "string" && first !== "<time:";
  return isUnit && /^\s*(%|ms\b|s\b|secs?\b|seconds?|min|hours?|days?|bytes|[KMG]B\b)/.test(behind)
    ? value.slice(0, 1)
    : value;
}

/** Each of them doubles the topics that a view tells apart. */
const MOST_UNSURE = 2;

/**
 * A topic as a template has it.
 * @param otherwise The topic of payloads that have nothing of it.
 * @returns undefined where no payload has any of the template's fields.
 * @throws UserError `unshowable-field` where payloads may lack too many of them.
 */
export function templateTopic(template: Template<Leaf>, otherwise: Parts): Parts | undefined {
  const variables = new Variables();
  // No topic may be empty, as that of items may be which all lack the field.
  const slots = template.slots.map((slot) =>
    neededBy(slot).some(({ eachNeeds }) => eachNeeds) ? { ...slot, label: [] } : slot,
  );
  if (slots.length > 0 && slots.every(({ label }) => label.length === 0)) return undefined;
  const isUnsure = (slot: Slot<Leaf>): boolean =>
    neededBy(slot).some(({ optional }) => optional.length > 0);
  const unsure = slots.filter(isUnsure);
  if (unsure.length > MOST_UNSURE)
    throw new UserError(`Some payloads lack ${unsure.length} of the topic's fields.`, {
      code: "unshowable-field",
      hint: `Give --topic at most ${MOST_UNSURE} fields that payloads may lack.`,
    });
  const topicWith = (
    told: readonly Slot<Leaf>[],
    [next, ...rest]: readonly Slot<Leaf>[],
  ): Parts => {
    if (!next)
      return isLeft({ ...template, slots: told })
        ? topicOf(told, template.end, variables)
        : otherwise;
    const others = told.map((slot) => (slot === next ? { ...slot, label: [] } : slot));
    return variables.optional(neededBy(next), topicWith(told, rest), topicWith(others, rest));
  };
  return topicWith(slots, unsure);
}

function topicOf(slots: readonly Slot<Leaf>[], end: string, variables: Variables): Parts {
  const parts = slots.flatMap(({ before, lead, label, tail }): Parts => {
    if (label.length === 0) return textOf(before);
    const fields = label.map((part) =>
      typeof part === "string" ? part : inTopic(part, variables),
    );
    return [...textOf(before), ...textOf(lead), ...fields, ...textOf(tail)];
  });
  // What only parts two fields has nothing to part at the ends.
  const [first, ...others] = [...parts, ...textOf(end)];
  const start = typeof first === "string" ? textOf(first.replace(/^[\s/|:,·-]+/u, "")) : [first];
  return [...start, ...others].flatMap((part) => part ?? []);
}

function inTopic(leaf: Leaf, variables: Variables) {
  const isLong = leaf.samples.some((text) => text.includes("\n"));
  const shown = leaf.kind === "boolean" ? "yes or no" : isLong ? "first line" : undefined;
  return variables.field(leaf.key, leaf, shown);
}
