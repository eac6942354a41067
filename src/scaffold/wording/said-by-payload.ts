/** What payloads say of their event beside its name. */
import type { JsonPath, Leaf } from "../../payload/index.ts";
import { type EventWords, wordsOfEvent } from "./event-words.ts";

/** Whether somebody pushed, where no event says so. */
export function isPushed(leaves: readonly Leaf[]): boolean {
  const outer = new Set(leaves.filter(({ path }) => path.length === 1).map(({ key }) => key));
  return (
    leaves.some(({ key, depth }) => /^(pusher|pushed_at)$/.test(key) && depth <= 1) ||
    ["ref", "before", "after"].every((key) => outer.has(key))
  );
}

/** Keys of what was acted on, where the event's name is only what was done. */
const objects =
  /^((object|resource|entity|target|model)(_(type|kind|name))?|hook_name|event_(category|object))$/;

/**
 * An event's name with what it is about, where another key says that: `subscribed` beside `object_type: customer`.
 * @param holder Where the key that names the event stands.
 */
export function withObject(
  event: string | undefined,
  leaves: readonly Leaf[],
  holder: JsonPath,
): string | undefined {
  const words = event === undefined ? undefined : wordsOfEvent(event);
  if (event !== undefined && (!words?.verb || words.tokens.length > 1)) return event;
  const beside = leaves.filter(
    ({ path }) =>
      path.length === 1 ||
      (path.length === holder.length + 1 && holder.every((step, index) => path[index] === step)),
  );
  // Without an event an action says what was done.
  if (event === undefined && !beside.some(({ key }) => /^(action|operation)$/.test(key)))
    return undefined;
  for (const { key, kind, samples, optional } of beside) {
    const [text = ""] = samples;
    const isSame = kind === "string" && samples.every((sample) => sample === text);
    if (optional.length > 0 || !isSame || !objects.test(key)) continue;
    const noun = text.replace(/[ _-]?((web)?hooks?|events?)$/i, "");
    const isNoun = /^[a-z]+([ _-][a-z]+){0,2}$/i.test(noun);
    if (!isNoun || /^(note|comment|review|reply)s?$/i.test(noun)) continue;
    return event === undefined ? noun : `${noun} ${event}`;
  }
  return event;
}

/** A word such as `build`, which alone may be a verb, as the run whose state the payload tells. */
export function asRun(words: EventWords): EventWords | undefined {
  const [noun = "", ...others] = words.tokens;
  const isRun =
    others.length === 0 && /^(build|deploy|scan|backup|sync|test|export|import)$/.test(noun);
  return isRun ? { ...words, verb: undefined, noun, subject: undefined, nouns: [noun] } : undefined;
}
