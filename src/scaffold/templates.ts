/** Texts with fields in braces, such as `**{sender.login}** paid [{order.number}]({order.url})`. */
import { UserError } from "../errors.ts";
import { type Field, type JsonValue, type Leaf, leafOf } from "../payload/index.ts";

/** A field in a template, or a link, with what goes with it where a payload lacks it. */
export interface Slot<F = Field> {
  /** Text that stays where the slot goes, and text that goes with it: `paid `, `for order #`. */
  readonly before: string;
  readonly lead: string;
  /** The field, or what a link leads from. */
  readonly label: readonly (string | F)[];
  /** What stands directly behind it, such as a closing bracket. */
  readonly tail: string;
  /** Where a link leads. */
  readonly url?: F;
}

export interface Template<F = Field> {
  readonly slots: readonly Slot<F>[];
  /** The text behind the last slot. */
  readonly end: string;
}

const FIELD = /\{([^{}]+)\}/g;
const SLOT = /\[([^\][]*)\]\(\{([^{}]+)\}\)|\{([^{}]+)\}/g;

/** Braces that are meant are written twice; here they stand as characters that no text has. */
const [OPEN, CLOSE] = ["\uE000", "\uE001"];
const hideBraces = (text: string): string => text.replaceAll("{{", OPEN).replaceAll("}}", CLOSE);
const shownBraces = (text: string): string => text.replaceAll(OPEN, "{").replaceAll(CLOSE, "}");

/** The names of the fields in a template. */
export const fieldNamesIn = (text: string): string[] =>
  [...hideBraces(text).matchAll(FIELD)].flatMap(([, name]) => name?.trim() ?? []);

/** Whether each brace in a text has its partner around a field, or is written twice. */
export const hasPairedBraces = (text: string): boolean =>
  !/[{}]/.test(hideBraces(text).replace(FIELD, ""));

/**
 * Reads a template.
 * @param fields Those of the payloads, which have all that it names.
 */
export function parseTemplate(text: string, fields: readonly Field[]): Template {
  const source = hideBraces(text);
  const called = (name: string): Field[] => fields.filter((field) => field.name === name.trim());
  const matches = [...source.matchAll(SLOT)];
  let at = 0;
  const slots = matches.map((match, index): Slot => {
    const [whole, linked, address, alone] = match;
    const end = match.index + whole.length;
    const until = matches[index + 1]?.index ?? source.length;
    const tail = /^[^\s.,;:!?…。！？]*/u.exec(source.slice(end, until))?.[0] ?? "";
    // What two fields have between them without a blank belongs to the second.
    const isShared = end + tail.length === until && until < source.length;
    const [before, lead] = splitLead(source.slice(at, match.index));
    const [url] = address === undefined ? [] : called(address);
    at = end + (isShared ? 0 : tail.length);
    return {
      before: shownBraces(before),
      lead: shownBraces(lead),
      label: alone === undefined ? labelOf(linked ?? "", called) : called(alone),
      tail: isShared ? "" : shownBraces(tail),
      ...(url && { url }),
    };
  });
  return { slots, end: shownBraces(source.slice(at)) };
}

function labelOf(text: string, called: (name: string) => Field[]): (string | Field)[] {
  const parts = text.split(FIELD);
  // Every second part is a field's name.
  return parts.flatMap((part, index): (string | Field)[] =>
    index % 2 === 1 ? called(part) : part === "" ? [] : [shownBraces(part)],
  );
}

const PREPOSITIONS = new Set(
  "for of to by in on at with from as via after before until since and or about into than per".split(
    " ",
  ),
);
const SEPARATORS = ",;:–—|/·(-";
/** So far before a field stands what joins it to the sentence. */
const MAX_JOINING = 4;

/** What goes with a field that is lacking: what joins it to the words before, or at most two words. */
function splitLead(text: string): [before: string, lead: string] {
  const words = [...text.matchAll(/\S+/g)].map(([word], at, all) => ({
    word,
    end: (all[at]?.index ?? 0) + word.length,
  }));
  // What stands directly before the field always goes with it.
  const free = words.at(-1)?.end === text.length ? words.slice(0, -1) : words;
  const endOf = (at: number): number => free[at]?.end ?? 0;
  const isNear = (at: number): boolean => at >= 0 && at >= free.length - MAX_JOINING;
  const joining = free.findLastIndex(
    ({ word }, at) => isNear(at) && PREPOSITIONS.has(word.toLowerCase()),
  );
  const parting = free.findIndex(
    ({ word }, at) => isNear(at) && SEPARATORS.includes(word.slice(-1)),
  );
  const cut = (): number => {
    if (joining >= 0) return endOf(joining - 1);
    const { word, end } = free[parting] ?? {};
    if (word !== undefined && end !== undefined)
      return word.length > 1 ? end - 1 : endOf(parting - 1);
    return free.length <= 2 ? 0 : endOf(free.length - 1);
  };
  return [text.slice(0, cut()), text.slice(cut())];
}

/** A template with the fields as these payloads have them; slots of which they have nothing are left out. */
export function fillTemplate(
  { slots, end }: Template,
  leaves: readonly Leaf[],
  values: readonly JsonValue[],
): Template<Leaf> {
  const filled = slots.map(({ label, url: address, ...slot }): Slot<Leaf> => {
    const parts = label.map((part) =>
      typeof part === "string" ? part : leafOf(part, leaves, values),
    );
    const url = address && leafOf(address, leaves, values);
    const isThere = parts.every((part) => part !== undefined) && parts.length > 0;
    return { ...slot, label: isThere ? (parts as (string | Leaf)[]) : [], ...(url && { url }) };
  });
  return { slots: filled, end };
}

/** The fields that a slot cannot do without. */
export const neededBy = ({ label }: Slot<Leaf>): Leaf[] =>
  label.filter((part) => typeof part !== "string");

/** Whether a text has a word or a field. */
export function isLeft({ slots, end }: Template<Leaf>): boolean {
  const texts = [...slots.map(({ before }) => before), end];
  return slots.some(({ label }) => label.length > 0) || /[\p{L}\p{N}]/u.test(texts.join(""));
}

/** @throws UserError `unshowable-field` for a first line of which some payload would leave nothing. */
export function refuseEmpty({ slots, end }: Template<Leaf>): void {
  const isSure = (slot: Slot<Leaf>): boolean =>
    neededBy(slot).every(({ optional }) => optional.length === 0);
  const sure = slots.map((slot) => (isSure(slot) ? slot : { ...slot, label: [] }));
  if (isLeft({ slots: sure, end })) return;
  throw new UserError("Some payloads have nothing of what --headline names.", {
    code: "unshowable-field",
    hint: "Add a word, or a field that all payloads of the event have.",
  });
}
