/** Names for the local variables of a function of the view. */
import { type Leaf, slugOf } from "../payload/index.ts";
import type { FieldUse } from "./parts.ts";

/** Words of Python, names it knows by itself, and names that the view uses already. */
const taken = new Set(
  (
    "and as assert async await break class continue def del elif else except finally for from global if import in is " +
    "lambda nonlocal not or pass raise return try while with yield match case type abs all any bin bool bytes chr dict " +
    "dir divmod eval exec exit filter float format frozenset hash help hex id input int iter len license list locals " +
    "map max min next object oct open ord pow print property quit range repr reversed round set slice sorted str sum " +
    "super tuple vars zip none true false payload item items event request body topic topic_name user_profile " +
    "body_function json_success check_string check_int check_send_webhook_message"
  ).split(" "),
);

/** Gives each field of one function a variable of its own. */
export class Variables {
  readonly #used = new Set<string>();

  /**
   * @param wanted The name it should have; any text.
   * @param leaf The field.
   */
  use(wanted: string, leaf: Leaf, options: { asWords?: boolean } = {}): FieldUse {
    const slug = slugOf(wanted).replace(/_+/g, "_").slice(0, 40);
    const base = /^[a-z]/.test(slug) ? slug : "value";
    const stem = taken.has(base) ? `${base}_value` : base;
    let variable = stem;
    for (let count = 2; this.#used.has(variable); count++) variable = `${stem}_${count}`;
    this.#used.add(variable);
    const asWords = options.asWords === true && leaf.samples.some((text) => text.includes("_"));
    return { variable, path: leaf.path, kind: leaf.kind, ...(asWords && { asWords }) };
  }
}
