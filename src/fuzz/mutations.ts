/** What is done to a place of a payload: the catalogue. */
import type { JsonValue } from "../payload/index.ts";
import { type Change, textOf } from "./payload.ts";
import { randomText } from "./random.ts";

/** Two words around every hostile text, by which it is found again in a message. */
export const FIRST_MARK = "zqone";
export const SECOND_MARK = "zqtwo";

/** A host that a text tries to make a link lead to. */
export const FOREIGN_HOST = "zq.invalid";

/** One way to change a value. */
export interface Mutation {
  /** Short and stable: it is part of what a user types to see a case again. */
  readonly id: string;
  /** What happens to the value, in a few words: "taken away". */
  readonly about: string;
  /** The text of a `text` mutation shows in messages, and is looked for there. */
  readonly kind: "structure" | "number" | "text";
  /** What takes the value's place. */
  readonly change: Change;
}

export const structure = (id: string, about: string, change: Change): Mutation => ({
  id,
  about,
  kind: "structure",
  change,
});

/** No change: what a fixture does as it is. */
export const UNCHANGED: Mutation = structure("unchanged", "as it is", "");

const STRUCTURES: readonly Mutation[] = [
  structure("drop", "taken away", undefined),
  structure("null", "null", "null"),
  structure("string", "a text", '"zq"'),
  structure("number", "a number", "7"),
  structure("list", "an empty list", "[]"),
  structure("object", "an empty object", "{}"),
];

const NUMBERS: readonly Mutation[] = [
  { id: "zero", about: "zero", kind: "number", change: "0" },
  { id: "negative", about: "a negative number", kind: "number", change: "-1" },
  { id: "huge", about: "a huge number", kind: "number", change: "1000000000000000000" },
];

const between = (breaker: string): string => `${FIRST_MARK}${breaker}${SECOND_MARK}`;

/** The texts, with what they are called. The first two are harmless: the others are compared with them. */
const TEXTS: Readonly<Record<string, readonly [string, string]>> = {
  plain: ["two words", between(" ")],
  lines: ["a text of two lines", between("\n")],
  empty: ["an empty text", ""],
  punctuation: ["a text with punctuation", between(", : ; | / - ")],
  mention: ["a text that mentions everybody", between(" @**all** ")],
  fence: ["a text with a code fence", between("\n```\n")],
  tilde: ["a text with a tilde fence", between("\n~~~\n")],
  code: ["a text with a backtick", between("` ")],
  link: ["a text that ends a link", between(`](https://${FOREIGN_HOST}) `)],
  bracket: ["a text with an opening bracket", between(" [ ")],
  stars: ["a text with two asterisks", between("** ")],
  format: ["a text with format fields", between(" {} {0} {zq.zq} %s %(zq)d % ")],
  long: ["a text of 12 000 characters", between(" long".repeat(2398))],
  // No letter of it is left to a view that keeps Latin ones only.
  unicode: ["a text in other scripts, with emoji", "Ромашка 修理 😀 и\u0301 \u202e\u200b"],
  control: ["a text with control characters", between("\u0007\u001b[31m\t")],
  nul: ["a text with a NUL character", between("\u0000")],
};

/** Half of a surrogate pair: only the escape in the JSON text can say it. */
const SURROGATE: Mutation = {
  id: "surrogate",
  about: "a text with half a surrogate pair",
  kind: "text",
  change: `"${FIRST_MARK}\\ud800${SECOND_MARK}"`,
};

/** Something in a container that is empty, as another fixture has it, else a text. */
function member(value: JsonValue, example: JsonValue | undefined): Mutation[] {
  const isEmpty =
    (value.kind === "array" && value.items.length === 0) ||
    (value.kind === "object" && value.entries.size === 0);
  if (!isEmpty) return [];
  const text = value.kind === "array" ? '["zq"]' : '{"zq": "zq"}';
  return [structure("member", "not empty", example ? textOf(example) : text)];
}

/** What is put into a place apart from the catalogue. */
export interface Circumstances {
  readonly seed: number;
  /** Where the place is: each gets a random text of its own. */
  readonly pointer: string;
  /** Texts that other fixtures have at this place. */
  readonly others: readonly string[];
}

/**
 * The changes of structure that mean something for a value.
 * @param isWhole Whether it is the whole payload.
 * @param example What another fixture has at the place, not empty; for a container that is.
 */
export function structuresFor(
  value: JsonValue,
  isWhole: boolean,
  example: JsonValue | undefined,
): Mutation[] {
  const structures = STRUCTURES.filter(({ id }) => {
    if (id === "drop") return !isWhole;
    if (id === "null") return value.kind !== "null";
    if (id === "string") return value.kind !== "string";
    if (id === "number") return value.kind !== "integer" && value.kind !== "float";
    if (id === "list") return !(value.kind === "array" && value.items.length === 0);
    return !(value.kind === "object" && value.entries.size === 0);
  });
  return [...structures, ...member(value, example)];
}

/** The values that a text or a number can be replaced with. */
export function valuesFor(value: JsonValue, circumstances: Circumstances): Mutation[] {
  if (value.kind === "integer" || value.kind === "float") return [...NUMBERS];
  if (value.kind !== "string") return [];
  const { seed, pointer, others } = circumstances;
  const texts = Object.entries(TEXTS).map(
    ([id, [about, text]]): Mutation => ({ id, about, kind: "text", change: JSON.stringify(text) }),
  );
  const random: Mutation = {
    id: "random",
    about: "a random text",
    kind: "text",
    change: JSON.stringify(`${FIRST_MARK}${randomText(`${seed}${pointer}`)}${SECOND_MARK}`),
  };
  const swaps = others.map(
    (text, index): Mutation => ({
      id: `other${index + 1}`,
      about: "what another fixture has there",
      kind: "structure",
      change: JSON.stringify(text),
    }),
  );
  return [...texts, SURROGATE, random, ...swaps];
}
