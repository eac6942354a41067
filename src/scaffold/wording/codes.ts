/** Which values are words of a machine, and may be shown as words: a name, a path or a command stays as it came. */
import type { Leaf } from "../../payload/index.ts";
import type { Shown, Table } from "../message.ts";

/** Keys of how a thing is, how much it matters, and why: the service itself chooses from a few words for them. */
const codeKeys =
  /(^|_)(status|state|health|phase|outcome|result|conclusion|resolution|decision|verdict|reason|cause|kind|severity|priority|urgency|impact|frequency|period|(collection|payment|shipping|delivery|billing)_method|action)$/;

/** What a key has behind it where its value is in several fields, or in an object of its own. */
const naming = /^(name|value|code|label|title|slug|key|text)$/;

/** Letters, with a line or a blank between words. */
const chain = /^[a-z]+([_ ][a-z]+)*$/i;

/** Whether all values of a field are codes such as `on_hold`, by its key and by all of them. */
function areCodes({ key, parent, samples }: Leaf): boolean {
  const bare = naming.test(key) ? parent : key.replace(/_(name|value|code)$/, "");
  return codeKeys.test(bare) && samples.every((text) => chain.test(text));
}

/** How a value is shown as words, where it is a code. */
export const wordsShown = (leaf: Leaf): (Shown & string) | undefined =>
  areCodes(leaf) ? asWords(leaf) : undefined;

/** How words are shown: `NEW_ORDER` is shouted, `new_order` only has a line in it. */
export function asWords({ samples }: Leaf): (Shown & string) | undefined {
  if (samples.every((text) => /^[A-Z]{4,}(_[A-Z]+)*$|^[A-Z]+(_[A-Z]+)+$/.test(text)))
    return "lower words";
  return samples.some((text) => text.includes("_")) ? "words" : undefined;
}

/** Texts that say whether something is so, as words; a text that is neither comes as it is. */
export function yesOrNo({ samples }: Leaf): Table {
  const words = samples.map((text) => [text, text.toLowerCase() === "true" ? "yes" : "no"]);
  return { name: "YES_OR_NO", entries: { ...bothWords, ...Object.fromEntries(words) } };
}

const bothWords = { true: "yes", false: "no" };
