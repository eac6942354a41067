/** Names for the local variables of a function of the view. */
import { isSamePath, type JsonPath, type Leaf, plural, slugOf } from "../../payload/index.ts";
import type { CountUse, FieldUse, LinkUse, ListPlace, MoneyUse, Parts, Shown } from "../message.ts";
import { wordsShown } from "./codes.ts";

/** Words of Python, names it knows by itself, one that ruff takes for a digit (E741), and names that the view uses already. */
const reserved = new Set(
  (
    "and as assert async await break class continue def del elif else except finally for from global if import in is " +
    "lambda nonlocal not or pass raise return try while with yield match case type abs all any bin bool bytes chr dict " +
    "dir divmod eval exec exit filter float format frozenset hash help hex id input int iter l len license list locals " +
    "map max min next object oct open ord pow print property quit range repr reversed round set slice sorted str sum " +
    "super tuple vars zip none true false payload event request body rest count lines topic topic_name user_profile " +
    "body_function questions names option json_success check_string check_int check_send_webhook_message"
  ).split(" "),
);

/** Whether a variable of a view cannot have a name. */
export const isReserved = (name: string): boolean => reserved.has(name);

/** What a value needs to be shown so: of a branch that is named shortly nothing is taken off. */
function shownIn(leaf: Leaf, shown: Shown | undefined): Shown | undefined {
  if (shown === "branch" && !leaf.samples.some((text) => text.startsWith("refs/")))
    return undefined;
  return shown === "words" ? wordsShown(leaf) : shown;
}

/** What some payload lacks on the way to these fields, each once. */
export function needsOf(leaves: readonly Leaf[]): readonly JsonPath[] {
  const paths = new Map<string, JsonPath>();
  for (const { optional } of leaves)
    for (const path of optional) paths.set(JSON.stringify(path), path);
  return [...paths.values()];
}

/** Gives each field of one function a variable of its own. */
export class Variables {
  readonly #used: Set<string>;
  readonly #fields = new Map<string, FieldUse>();

  /** @param reserved Names of the function's own that no field may have. */
  constructor(reserved: readonly string[] = []) {
    this.#used = new Set(reserved);
  }

  /**
   * A field, read once however often it is used.
   * @param wanted The variable's name; any text.
   */
  field(wanted: string, leaf: Leaf, shown?: Shown): FieldUse {
    const key = JSON.stringify([leaf.path, leaf.each, shown]);
    const known = this.#fields.get(key);
    if (known) return known;
    const { path, kind, each, eachLast, eachLink, eachIsNumber, eachNeeds, choices } = leaf;
    const needed = shownIn(leaf, shown);
    const field: FieldUse = {
      use: "field",
      variable: this.#name(wanted),
      path,
      kind,
      ...(each && { each }),
      ...(eachLast && { eachLast }),
      ...(eachLink && { eachLink }),
      ...(eachIsNumber && { eachIsNumber }),
      ...(eachNeeds && { eachNeeds }),
      ...(choices && { choices }),
      ...(needed !== undefined && { shown: needed }),
    };
    this.#fields.set(key, field);
    return field;
  }

  /** @param of What it leads to, where a message has links to several things. */
  link(label: Parts, url: Leaf, of?: string): LinkUse {
    const needs = url.optional.length > 0 ? { needs: url.optional } : {};
    return {
      use: "link",
      variable: this.#name(of === undefined ? "link" : `${of}_link`),
      label,
      url: this.field(of === undefined ? "url" : `${of}_url`, url),
      ...needs,
    };
  }

  /** Text that tells of fields; under a condition where some payload lacks one of them. */
  optional(leaves: readonly Leaf[], parts: Parts, otherwise: Parts = []): Parts {
    const [byKey] = leaves.filter(({ isAskedByKey }) => isAskedByKey);
    const needs = needsOf(leaves).filter((path) => !isSamePath(path, byKey?.path));
    if (needs.length === 0 && !byKey) return parts;
    return [{ use: "optional", needs, parts, otherwise, ...(byKey && { has: byKey.path }) }];
  }

  /**
   * A link to a page that the payload has no address of.
   * @param api The thing's address in the API.
   * @param number What people call the thing.
   */
  browseLink(label: Parts, api: Leaf, number: Leaf): LinkUse {
    const url = this.field("site", api, "site");
    const page = ["/browse/", this.field("number", number)];
    return { use: "link", variable: this.#name("link"), label, url, page };
  }

  money(amount: Leaf, currency: Leaf): MoneyUse {
    const [sum, unit] = [this.field("amount_minor", amount), this.field("currency", currency)];
    return { use: "money", variable: this.#name("amount"), amount: sum, currency: unit };
  }

  count(place: ListPlace, noun: string): CountUse {
    return { use: "count", variable: this.#name(plural(noun)), ...place, noun };
  }

  #name(wanted: string): string {
    const slug = slugOf(wanted).replace(/_+/g, "_").slice(0, 40);
    const base = /^[a-z]/.test(slug) ? slug : "value";
    const stem = reserved.has(base) ? `${base}_value` : base;
    let variable = stem;
    for (let count = 2; this.#used.has(variable); count++) variable = `${stem}_${count}`;
    this.#used.add(variable);
    return variable;
  }
}
