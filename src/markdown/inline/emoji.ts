/** Emoji by name, as characters, and from emoticons. */
import type { EmojiTable } from "../emoji/table.ts";
import { Element, finalElement } from "../tree.ts";
import { type InlinePattern, matching } from "./engine.ts";

/** What users may choose to have turned into emoji. */
const EMOTICONS: Readonly<Record<string, string>> = {
  ":)": "smile",
  "(:": "smile",
  ":(": "frown",
  "<3": "heart",
  ":|": "neutral",
  ":/": "confused",
  ";)": "wink",
  ":D": "grinning",
  ":o": "open_mouth",
  ":O": "open_mouth",
  ":p": "stuck_out_tongue",
  ":P": "stuck_out_tongue",
};

/** Later trees call the emoji of `:)` so, and that of `:D` by the name that `:)` had before. */
const SLIGHT_SMILE = "slight_smile";
const LATER_NAMES: ReadonlyMap<string, string> = new Map([
  ["smile", SLIGHT_SMILE],
  ["grinning", "smile"],
]);

/** Characters that may stand next to an emoticon. */
const TERMINAL = ",.;?!()\\[\\] \"'\\n\\t";
const EMOTICON = new RegExp(
  `(?<![^${TERMINAL}])(?:${Object.keys(EMOTICONS)
    .map((emoticon) => emoticon.replace(/[()|/]/g, "\\$&"))
    .join("|")})(?![^${TERMINAL}])`,
  "g",
);

const NAME = /:([\p{L}\p{N}_\-+]+):/gu;

/** One emoji with its modifiers, as in the grammar of Unicode's technical standard 51. */
const PART =
  "(?:\\p{RI}\\p{RI}|\\p{Emoji}(?:\\p{Emoji_Modifier}|\\uFE0F\\u20E3?|[\\u{E0020}-\\u{E007E}]+\\u{E007F})?)";
const CHARACTER = new RegExp(`${PART}(?:\\u200D${PART})*`, "gu");
/** Digits, arrows and the like are text unless a selector says otherwise. */
const SHOWN_AS_TEXT = /^\P{Emoji_Presentation}\u20E3?$/u;

function emojiElement(code: string, name: string): Element {
  const title = name.replaceAll("_", " ");
  return finalElement(
    "span",
    { class: `emoji emoji-${code}`, title, role: "img", "aria-label": title },
    `:${name}:`,
  );
}

function imageElement(source: string, name: string): Element {
  const title = name.replaceAll("_", " ");
  return new Element("img", { src: source, class: "emoji", alt: `:${name}:`, title });
}

/** The name of an emoji's character in the table: code points in hexadecimal. */
function codeOf(characters: string): string {
  return [...characters.replaceAll("\uFE0F", "")]
    .map((character) => (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0"))
    .join("-");
}

/** `:name:`; an unknown name stays text, and is told. */
export function emojiNames(table: EmojiTable, onUnknown?: (name: string) => void): InlinePattern {
  return matching(NAME, (match) => {
    const name = match[1] ?? "";
    const image = table.images?.get(name);
    if (image !== undefined) return imageElement(image, name);
    const code = table.codes.get(name);
    if (code !== undefined) return emojiElement(code, name);
    onUnknown?.(name);
    return match[0];
  });
}

/** `:)` and the like. */
export function emoticons(table: EmojiTable): InlinePattern {
  return matching(EMOTICON, (match) => {
    const written = EMOTICONS[match[0]] ?? "";
    const later = table.codes.has(SLIGHT_SMILE) ? LATER_NAMES.get(written) : undefined;
    const name = later ?? written;
    const code = table.codes.get(name);
    return code === undefined ? undefined : emojiElement(code, name);
  });
}

/** Emoji typed as characters. */
export function unicodeEmoji(table: EmojiTable): InlinePattern {
  return matching(CHARACTER, (match) => {
    if (SHOWN_AS_TEXT.test(match[0])) return undefined;
    const code = codeOf(match[0]);
    const name = table.names.get(code);
    return name === undefined ? undefined : emojiElement(code, name);
  });
}
