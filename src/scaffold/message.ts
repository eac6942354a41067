/**
 * A message as a small program: text with fields of a payload in it, some of it only where the payload has it. The
 * view's Python is made from this.
 */
import type { JsonPath, Leaf } from "../payload/index.ts";

/** How a field's value is shown, where not as it is. */
export type Shown =
  /** `_` as a space. */
  | "words"
  /** So, and in small letters. */
  | "lower words"
  /** Of an address in an API, what stands before the API's path. */
  | "site"
  | "first line"
  /** Without the state that a title begins with, as `Resolved: Disk is full` or `[FIRING] Disk is full`. */
  | "after colon"
  | "after bracket"
  /** As it can stand in bold text, which two asterisks would end. */
  | "without asterisks"
  /** An answer in words, whatever it is. */
  | "answer"
  /** On one line. */
  | "one line"
  /** Without white space at its ends. */
  | "trimmed"
  /** The start of a commit's hash. */
  | "short hash"
  /** `refs/heads/main` as `main`. */
  | "branch"
  /** Seconds, or milliseconds, since 1970 as a moment in ISO 8601. */
  | "seconds"
  | "milliseconds"
  /** A boolean. */
  | "yes or no"
  /** As it came; the view says that nobody knows its unit. */
  | "unclear sum"
  /** Below a sentence, as a quote. */
  | "quote"
  /** By a table of the view. */
  | { readonly table: Table };

/** What the view says for the words of a payload. */
export interface Table {
  /** The name of the view's constant. */
  readonly name: string;
  readonly entries: Readonly<Record<string, string>>;
  /** For words it does not have; undefined when they are shown as they are. */
  readonly otherwise?: string;
}

/** A field that a function of the view reads into a variable. */
export interface FieldUse {
  readonly use: "field";
  readonly variable: string;
  readonly path: JsonPath;
  readonly kind: Leaf["kind"];
  /** For the names of objects in a list: the way to the name in one of them. */
  readonly each?: JsonPath;
  /** To the family name, where the name is a given one. */
  readonly eachLast?: JsonPath;
  /** And to the address of its page. */
  readonly eachLink?: JsonPath;
  readonly eachIsNumber?: true;
  /** What some items lack on the way to it, the outermost first. */
  readonly eachNeeds?: readonly JsonPath[];
  /** For an answer: where the names are of what was chosen. */
  readonly choices?: Leaf["choices"];
  readonly shown?: Shown;
}

/** A link whose text comes from the payload. */
export interface LinkUse {
  readonly use: "link";
  readonly variable: string;
  readonly label: Parts;
  readonly url: FieldUse;
  /** What follows in the address. */
  readonly page?: Parts;
  /** What has to be there for the link, the outermost first; else its text stands in bold. */
  readonly needs?: readonly JsonPath[];
}

/** A sum that counts the smallest units of its currency. */
export interface MoneyUse {
  readonly use: "money";
  readonly variable: string;
  readonly amount: FieldUse;
  readonly currency: FieldUse;
}

/** Where a list is. */
export interface ListPlace {
  readonly path: JsonPath;
  /** The list whose items hold it, and what one of them is called; `path` then starts at an item. */
  readonly within?: {
    readonly path: JsonPath;
    readonly item: string;
    /** Whether some items lack the list. */
    readonly isLoose?: boolean;
  };
}

/** Text that is told only where the payload has what it needs. */
export interface OptionalUse {
  readonly use: "optional";
  /** The outermost first. */
  readonly needs: readonly JsonPath[];
  /** What has to be a key there, whatever is under it. */
  readonly has?: JsonPath;
  readonly parts: Parts;
  /** What stands in its place elsewhere. */
  readonly otherwise: Parts;
  /** No payload lacks what it needs: nothing would run a branch of its own for what stands in its place. */
  readonly alwaysMet?: boolean;
}

/** How many items a list has, with what they are, such as `2 commits`. */
export interface CountUse extends ListPlace {
  readonly use: "count";
  readonly variable: string;
  readonly noun: string;
}

/** A word that the function is given, by the name of its parameter. */
export interface WordUse {
  readonly use: "word";
  readonly variable: string;
}

export type Use = FieldUse | LinkUse | MoneyUse | CountUse | WordUse;

/** Text, with fields in it. Optional text stands only at the top of a sentence or a topic. */
export type Parts = readonly (string | Use | OptionalUse)[];

/** A stretch of a message. */
export interface Passage {
  readonly parts: Parts;
  /** What has to be there, the outermost first; else the passage is left out. */
  readonly needs?: readonly JsonPath[];
  /** It is told only where a field, already read, shows one of these values. */
  readonly only?: { readonly field: FieldUse; readonly values: readonly string[] };
  /** What has to be a key there, whatever is under it. */
  readonly has?: JsonPath;
  /** What stands in its place where it is left out. */
  readonly otherwise?: Parts;
  /** No payload leaves it out: nothing would run a branch of its own for what stands in its place. */
  readonly alwaysMet?: boolean;
  /** It is told only where these two are not the same. */
  readonly differ?: readonly [FieldUse, FieldUse];
  /** A line for each item of a list, after the parts. */
  readonly list?: Listing;
}

export interface Listing extends ListPlace {
  /** What one item is called, such as `commit`. */
  readonly item: string;
  /** The function that writes the line of an item. */
  readonly functionName: string;
  readonly line: Body;
  /** Where the questions of answers are; the function is then given an answer and its question. */
  readonly asked?: {
    readonly path: JsonPath;
    readonly id: string;
    readonly name: string;
    readonly by: JsonPath;
  };
}

/** A whole message. The first passage is always told. */
export type Body = readonly Passage[];

/** Limits that the view states, and its helpers keep. */
export const MAX_QUOTE_LENGTH = 1000;
export const MAX_LIST_LENGTH = 10;
/** The hash of a commit is shown as Connect's own integrations do it. */
export const HASH_LENGTH = 11;

/** What a table says for a word of a payload, which may be called like something that every object has. */
export function lookUp({ entries, otherwise }: Table, word: string): string {
  return (Object.hasOwn(entries, word) ? entries[word] : otherwise) ?? word;
}

/** A sentence as passages: its optional text under conditions of its own. */
export function passagesOf(parts: Parts): Passage[] {
  const passages: Passage[] = [];
  let plain: (string | Use)[] = [];
  const end = (): void => {
    if (plain.length > 0 || passages.length === 0) passages.push({ parts: plain });
    plain = [];
  };
  for (const part of parts) {
    if (typeof part === "string" || part.use !== "optional") plain.push(part);
    else {
      end();
      const { needs, has, parts: told, otherwise } = part;
      passages.push({ parts: told, needs, otherwise, ...(has && { has }) });
    }
  }
  if (plain.length > 0 || passages.length === 0) passages.push({ parts: plain });
  return passages;
}

/** Every use in some parts, with those inside of links, in the order they are read. */
export function usesOf(parts: Parts): Use[] {
  return parts.flatMap((part) => {
    if (typeof part === "string") return [];
    if (part.use === "optional") return [...usesOf(part.parts), ...usesOf(part.otherwise)];
    if (part.use === "link")
      return [...usesOf(part.label), part.url, ...usesOf(part.page ?? []), part];
    return part.use === "money" ? [part.amount, part.currency, part] : [part];
  });
}

/** Every use in a message, with those of lists. */
export function usesOfBody(body: Body): Use[] {
  return body.flatMap(({ parts, otherwise = [], list }) => [
    ...usesOf(parts),
    ...usesOf(otherwise),
    ...(list ? usesOfBody(list.line) : []),
  ]);
}
