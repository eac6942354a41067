/** Whether a service would put a text where fuzzing puts it: into what people write, or into a word or an address. */
import type { JsonValue } from "../payload/index.ts";
import { KIND_KEY, valuesAt } from "./evidence.ts";
import type { Mutation } from "./mutations.ts";
import { wordsOf } from "./often-empty.ts";
import type { Verdict } from "./outcome.ts";
import type { FuzzPayload, Place } from "./payload.ts";

/** Keys of what people write. */
const WRITTEN =
  /(^|[a-z_])(title|subject|body|description|comment|message|note|content|(?<!con)text|reason|question|answer|feedback)$/i;
/** Those that have several lines. */
const LONG = /(^|[a-z_])(body|description|comment|message|note|content|(?<!con)text)$/i;

const FEWEST_WORDS = 3;

/** Texts of several lines. */
const OF_LINES = new Set(["lines", "fence", "tilde"]);
/** What no service sends in a text, whoever writes it. */
const NEVER = new Set(["surrogate", "nul", "control"]);
/** Numbers that no service counts to. */
const NO_NUMBER = new Set(["huge", "negative"]);

/** What the fixtures of one integration say about its texts. */
export class KindsOfText {
  readonly #payloads: ReadonlyMap<string, FuzzPayload>;

  constructor(payloads: ReadonlyMap<string, FuzzPayload>) {
    this.#payloads = payloads;
  }

  /** Whether a service may send what a mutation puts at a place, so far as a verdict needs it to. */
  mayBe(
    { kind, type = "" }: Pick<Verdict, "kind" | "type">,
    place: Place,
    mutation: Mutation,
  ): boolean {
    const { id, kind: of } = mutation;
    if (kind === "hang") return true;
    // A word of another event need not go with the rest of this one.
    if (of === "structure") return !/^other\d+$/.test(id);
    // No bot has ever called everybody in this way, as far as any tree tells.
    if (kind === "mention") return false;
    // An event that the view refuses by an exception of its own.
    if (kind === "exception" && /^(Unknown|Unsupported|Unexpected|Invalid)/.test(type))
      return false;
    if (of === "number") return !NO_NUMBER.has(id);
    if (NEVER.has(id)) return false;
    const texts = this.#textsAt(place);
    const key = `${place.path.findLast((step) => typeof step === "string") ?? ""}`;
    if (id === "empty") return texts.some((text) => text.trim() === "");
    const isListed = typeof place.path.at(-1) === "number" && !WRITTEN.test(key);
    if (isListed || isMachineText(key, texts))
      return kind === "exception" && id === "plain" && texts.every(isWord);
    // Of short texts, such as names, people make no ornaments.
    if (id === "stars") return WRITTEN.test(key) && texts.some((text) => /\S\s+\S/.test(text));
    if (isWritten(key, texts)) return !OF_LINES.has(id) || this.#hasLines(key, texts, place);
    // A word that the service has added since.
    return kind === "exception" && id === "plain" && texts.every(isWord);
  }

  /** A machine writes several lines only where a fixture shows it; people do wherever there is room for them. */
  #hasLines(key: string, texts: readonly string[], { path }: Place): boolean {
    if (texts.some((text) => text.trim().includes("\n"))) return !texts.every(isList);
    const payloads = [...this.#payloads.values()].map(({ value }) => value);
    return (
      LONG.test(key) &&
      payloads.some((value) => namesSomebody(value) && valuesAt(value, path).length > 0)
    );
  }

  #textsAt({ path }: Place): string[] {
    const there = [...this.#payloads.values()].flatMap(({ value }) => valuesAt(value, path));
    return there.flatMap((value) => (value.kind === "string" ? [value.value] : []));
  }
}

function isWritten(key: string, texts: readonly string[]): boolean {
  if (
    KIND_KEY.test(key) ||
    /name$/i.test(key) ||
    texts.some((text) => /^https?:\/\/\S+$/.test(text))
  )
    return false;
  return WRITTEN.test(key) || texts.some((text) => text.trim().split(/\s+/).length >= FEWEST_WORDS);
}

/** A text that stands for a state, a time, or the name of an account or a thing in the way machines write it. */
const isMachineText = (key: string, texts: readonly string[]): boolean =>
  /(status|state|result)_?(description|message|text)$/i.test(key) ||
  texts.every((text) => /^[a-z0-9._@-]+$|:\/\/|^\d{1,4}[/:-]\d.{0,30}$/.test(text)) ||
  texts.every((text) => SYSLOG.test(text));

/** The date of a line of a system's log (RFC 3164). */
const SYSLOG = /^[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d /;

/** A list that a machine makes has one line for each item, and none of them begins with what people write. */
const isList = (text: string): boolean => /^(\s*[*+-] .*(\n|$))+$/.test(text);

/** Keys of people and of what only people have. */
const SOMEBODY =
  /(^|[^a-z])(users?|authors?|sender|actor|creator|owner|members?|customer|person|people|requester|reporter|submitter|assignees?|contacts?|visitor|subscriber|commenter|agent|[a-z]+_by|(e_?mail)(_address)?|(first|last|full|display|given)_?name|login)([^a-z]|$)/;

/** Whether a payload has somebody in it who may have written a text of it. */
function namesSomebody(value: JsonValue): boolean {
  if (value.kind === "array") return value.items.some(namesSomebody);
  if (value.kind !== "object") return false;
  return [...value.entries].some(
    ([key, below]) => SOMEBODY.test(wordsOf(key)) || namesSomebody(below),
  );
}

/** A word such as `in_progress`, and no address, number, date or identifier. */
const isWord = (text: string): boolean => /^[a-z][a-z _-]{0,30}$/i.test(text);
