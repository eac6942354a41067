/** Whether a service would put a text where fuzzing puts it: into what people write, or into a word or an address. */
import { KIND_KEY, valuesAt } from "./evidence.ts";
import type { Mutation } from "./mutations.ts";
import type { Verdict } from "./outcome.ts";
import type { FuzzPayload, Place } from "./payload.ts";

/** Keys of what people write. */
const WRITTEN =
  /(^|[a-z_])(title|subject|body|description|comment|message|note|content|text|reason|question|answer|feedback)$/i;
/** Those that have several lines. */
const LONG = /(^|[a-z_])(body|description|comment|message|note|content|text)$/i;

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
  mayBe({ kind }: Pick<Verdict, "kind">, place: Place, { id, kind: of }: Mutation): boolean {
    if (kind === "hang" || of === "structure") return true;
    if (of === "number") return !NO_NUMBER.has(id);
    if (NEVER.has(id)) return false;
    const texts = this.#textsAt(place);
    const key = String(place.path.at(-1) ?? "");
    if (id === "empty") return texts.some((text) => text.trim() === "");
    // Of short texts, such as names, people make neither calls nor ornaments.
    if (id === "mention") return LONG.test(key);
    if (id === "stars") return WRITTEN.test(key);
    if (isWritten(key, texts)) return !OF_LINES.has(id) || hasLines(key, texts);
    // A word that the service has added since.
    return kind === "exception" && id === "plain" && texts.every(isWord);
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

const hasLines = (key: string, texts: readonly string[]): boolean =>
  LONG.test(key) || texts.some((text) => text.trim().includes("\n"));

/** A word such as `in_progress`, and no address, number, date or identifier. */
const isWord = (text: string): boolean => /^[a-z][a-z _-]{0,30}$/i.test(text);
