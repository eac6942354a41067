/** Texts with fields in braces, such as `**{sender.login}** paid [{order.number}]({order.url})`. */
import { UserError } from "../errors.ts";
import { asMayCome, type Field, type JsonValue, type Leaf, leafOf } from "../payload/index.ts";
import type { Parts } from "./message.ts";
import { Variables } from "./wording/variables.ts";

/** A field in a template, with what goes with it where a payload lacks it. */
interface Slot {
  /** The text since the slot before. */
  readonly before: string;
  /** Marks around it, such as two asterisks. */
  readonly marks: string;
  readonly field: Field;
  /** For a link: the address, and the field is in its text. */
  readonly url?: Field;
}

export interface Template {
  readonly slots: readonly Slot[];
  /** The text behind the last slot. */
  readonly end: string;
}

const SLOT = /\[\{([^{}]+)\}\]\(\{([^{}]+)\}\)|(\*\*|`|)\{([^{}]+)\}\3/g;

/** The names of the fields in a template. */
export const fieldNamesIn = (text: string): string[] =>
  [...text.matchAll(/\{([^{}]+)\}/g)].flatMap(([, name]) => name ?? []);

/**
 * Reads a template.
 * @param fields Those of the payloads; a slot for another one is left out, with the text before it.
 */
export function parseTemplate(text: string, fields: readonly Field[]): Template {
  const called = (name: string | undefined): Field | undefined =>
    fields.find((field) => field.name === name && field.kind === "value");
  const slots: Slot[] = [];
  let at = 0;
  for (const match of text.matchAll(SLOT)) {
    const [whole, label, address, marks = "", alone] = match;
    const field = called(label ?? alone);
    const url = called(address);
    const before = text.slice(at, match.index);
    at = match.index + whole.length;
    if (field) slots.push({ before, marks, field, ...(url && { url }) });
  }
  return { slots, end: text.slice(at) };
}

/** A slot whose fields the payloads have. */
interface FilledSlot extends Omit<Slot, "field" | "url"> {
  readonly leaf: Leaf;
  readonly url?: Leaf;
}

function fill(
  { slots }: Template,
  leaves: readonly Leaf[],
  values: readonly JsonValue[],
): FilledSlot[] {
  return slots.flatMap(({ field, url: address, ...slot }) => {
    const leaf = leafOf(field, leaves, values);
    const url = address && leafOf(address, leaves, values);
    return leaf ? [{ ...slot, leaf, ...(url && { url }) }] : [];
  });
}

/**
 * A first line as a template has it. Where a payload lacks a field, it goes without it and the text before it.
 * @param template The author's.
 * @param leaves The showable fields of the payloads.
 */
export function headlineOf(
  template: Template,
  leaves: readonly Leaf[],
  values: readonly JsonValue[],
  variables: Variables,
): Parts {
  const parts = fill(template, leaves, values).flatMap((slot, at): Parts => {
    const [first, before] = at === 0 ? [slot.before, ""] : ["", slot.before];
    const needed = slot.url && slot.leaf.kind !== "string" ? [slot.leaf, slot.url] : [slot.leaf];
    return [
      ...textOf(first),
      ...variables.optional(needed, [...textOf(before), ...shownIn(slot, variables)]),
    ];
  });
  // The message puts the mark behind its first line that fits what follows.
  return [...parts, ...textOf(template.end.replace(/[.:]\s*$/, ""))];
}

const textOf = (text: string): Parts => (text === "" ? [] : [text]);

function shownIn({ leaf, url, marks }: FilledSlot, variables: Variables): Parts {
  const field = fieldOf(leaf, variables);
  return url
    ? [variables.link([field], url, leaf.parent || leaf.key)]
    : [...textOf(marks), field, ...textOf(marks)];
}

function fieldOf(leaf: Leaf, variables: Variables) {
  if (leaf.kind === "boolean") return variables.field(leaf.key, leaf, "yes or no");
  const shown = leaf.samples.some((text) => text.includes("\n")) ? "first line" : undefined;
  return variables.field(leaf.key, asMayCome(leaf), shown);
}

/** Each of them doubles the topics that a view tells apart. */
const MOST_UNSURE = 2;

/**
 * A topic as a template has it. Where a payload lacks a field, it goes without it and the text before it.
 * @param displayName What stands for a topic of which nothing is left.
 * @returns undefined where these payloads have none of the template's fields.
 * @throws UserError `unshowable-field` where payloads may lack too many of them.
 */
export function templateTopic(
  template: Template,
  leaves: readonly Leaf[],
  values: readonly JsonValue[],
  displayName: string,
): Parts | undefined {
  const variables = new Variables();
  // No topic may be empty, as that of items may be which all lack the field.
  const slots = fill(template, leaves, values).filter(({ leaf }) => !leaf.eachNeeds);
  if (slots.length === 0 && template.slots.length > 0) return undefined;
  const unsure = slots.filter(({ leaf }) => leaf.optional.length > 0);
  if (unsure.length > MOST_UNSURE)
    throw new UserError(`Some payloads lack ${unsure.length} of the topic's fields.`, {
      code: "unshowable-field",
      hint: `Give --topic at most ${MOST_UNSURE} fields that payloads may lack.`,
    });
  const topicWith = (
    told: readonly FilledSlot[],
    [next, ...rest]: readonly FilledSlot[],
  ): Parts => {
    if (!next) return topicOf(told, template.end, variables, displayName);
    const others = told.filter((slot) => slot !== next);
    return variables.optional([next.leaf], topicWith(told, rest), topicWith(others, rest));
  };
  return topicWith(slots, unsure);
}

function topicOf(
  slots: readonly FilledSlot[],
  end: string,
  variables: Variables,
  displayName: string,
): Parts {
  const parts = slots.flatMap(({ before, leaf }, at) => [
    // What only parts two fields has nothing to part at the start.
    ...textOf(at === 0 ? before.replace(/^[\s/|:,·-]+/u, "") : before),
    fieldOf(leaf, variables),
  ]);
  const whole = [...parts, ...textOf(end)];
  return whole.length > 0 ? whole : [displayName];
}
