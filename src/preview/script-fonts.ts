/**
 * Fonts of scripts that the fonts of text lack. They come in hundreds of small slices; a page gets those that its
 * text needs, and nothing else.
 */
import { packageFile } from "../host/assets.ts";
import { readText } from "../host/files.ts";
import { FACES, type Families, fontUrl } from "./fonts.ts";

/**
 * The letters that each font is for, those included that several scripts share, such as the long vowel mark of Japanese.
 * The slices of a font also name code points of other scripts, for which they have no letters.
 */
const LETTERS = {
  jp: /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\u3000-\u303f\uff00-\uffef]/u,
  sc: /[\p{scx=Hani}\p{scx=Bopo}\u3000-\u303f\uff00-\uffef]/u,
  kr: /[\p{scx=Hang}\p{scx=Hani}\u3000-\u303f\uff00-\uffef]/u,
  arabic: /\p{scx=Arab}/u,
  hebrew: /\p{scx=Hebr}/u,
  devanagari: /\p{scx=Deva}/u,
  thai: /\p{scx=Thai}/u,
};

type Script = keyof typeof LETTERS;

const EMOJI_PACKAGE = "@fontsource/noto-color-emoji";

const OTHERS: readonly Script[] = ["arabic", "hebrew", "devanagari", "thai"];

/** The fonts of text have all else: Latin, Greek, Cyrillic, and general punctuation. */
const NOT_IN_FONTS_OF_TEXT = /[\u0590-\u1fff\u2070-\u{10ffff}]/gu;

/** The letters of a text that the fonts below are for. */
function lettersIn(text: string): Set<string> {
  const others = [...new Set(text.match(NOT_IN_FONTS_OF_TEXT) ?? [])];
  const scripts = Object.values(LETTERS);
  return new Set(others.filter((letter) => scripts.some((script) => script.test(letter))));
}

interface Slice {
  file: string;
  /** First and last code point of each range. */
  ranges: [number, number][];
}

/**
 * The font-face rules for what a text has of those scripts; empty for most. They extend the families of text and
 * code, so that a style sheet need not know of them.
 * @param html The page's body. Slanted text gets the same letters.
 */
export async function scriptFontFaces(html: string, families: Families): Promise<string> {
  const letters = lettersIn(html);
  if (letters.size === 0) return "";
  const faces = FACES.filter(({ style }) => style === "normal" || /<em\b/.test(html));
  const missing = new Set([...letters].map((letter) => letter.codePointAt(0) as number));
  const rules: string[] = [];
  for (const script of scriptsFor([...letters].join(""))) {
    for (const { file, ranges } of await slicesOf(packageOf(script))) {
      const found = [...missing]
        .filter((point) => isIn(point, ranges) && LETTERS[script].test(String.fromCodePoint(point)))
        .sort((a, b) => a - b);
      if (found.length === 0) continue;
      for (const point of found) missing.delete(point);
      const source = await fontUrl(packageFile(packageOf(script), file));
      const range = rangeText(
        OTHERS.includes(script) ? ranges : found.map((point) => [point, point]),
      );
      for (const { family, weight, style } of faces) {
        const kind = `font-family:"${families[family]}";font-weight:${weight};font-style:${style}`;
        rules.push(`@font-face{${kind};src:${source};unicode-range:${range}}`);
      }
    }
    if (missing.size === 0) break;
  }
  return rules.join("\n");
}

/** One Han character has several forms: the text's other letters tell which language it is in. */
function scriptsFor(text: string): Script[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return ["jp", "sc", "kr", ...OTHERS];
  if (/\p{Script=Hangul}/u.test(text)) return ["kr", "sc", "jp", ...OTHERS];
  if (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(text))
    return ["sc", "jp", "kr", ...OTHERS];
  return [...OTHERS];
}

const known = new Map<string, Promise<Slice[]>>();

function slicesOf(font: string): Promise<Slice[]> {
  const slices = known.get(font) ?? readSlices(font);
  known.set(font, slices);
  return slices;
}

const RULE = /url\(\.\/(files\/[\w.[\]-]+\.woff2)\)[^}]*unicode-range:\s*([^;}]+)/g;

async function readSlices(font: string): Promise<Slice[]> {
  const css = await readText(packageFile(font, "index.css"));
  return [...css.matchAll(RULE)].map(([, file = "", ranges = ""]) => ({
    file,
    ranges: ranges.split(",").map(rangeOf),
  }));
}

/** `U+5d0-5ea` or `U+200c`. */
function rangeOf(text: string): [number, number] {
  const [first = "", last = first] = text.trim().slice(2).split("-");
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}

/** Scripts that join letters need their marks and joiners too, which the text does not name. */
function rangeText(ranges: Slice["ranges"]): string {
  return ranges
    .map(([first, last]) => {
      const end = first === last ? "" : `-${last.toString(16)}`;
      return `U+${first.toString(16)}${end}`;
    })
    .join(",");
}

function isIn(point: number, ranges: Slice["ranges"]): boolean {
  return ranges.some(([first, last]) => first <= point && point <= last);
}

const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/gu;
/** Digits and signs that can begin an emoji stand before; they stay letters. */
const FIRST_EMOJI = 0x2000;

/**
 * The font-face rules for the emoji of a page that is read where nobody knows what fonts there are; empty without emoji.
 * Each slice that is needed comes whole: 35 kB to 2.4 MB, half a megabyte for the usual ones. A picture's browser has the
 * whole font, see src/browser.
 */
export async function emojiFontFaces(html: string): Promise<string> {
  const missing = new Set((html.match(EMOJI) ?? []).map((one) => one.codePointAt(0) as number));
  const rules: string[] = [];
  // The last slice has what is used most.
  for (const { file, ranges } of (await slicesOf(EMOJI_PACKAGE)).toReversed()) {
    const found = [...missing].filter((point) => isIn(point, ranges));
    if (found.length === 0) continue;
    for (const point of found) missing.delete(point);
    const range = rangeText(ranges.filter(([first]) => first >= FIRST_EMOJI));
    // Some builds of Chromium draw nothing of its WOFF2 form.
    const source = await fontUrl(packageFile(EMOJI_PACKAGE, file.replace(/2$/, "")));
    rules.push(`@font-face{font-family:"Noto Color Emoji";src:${source};unicode-range:${range}}`);
  }
  return rules.join("\n");
}

function packageOf(script: Script): string {
  return `@fontsource-variable/noto-sans-${script}`;
}
