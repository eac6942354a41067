/**
 * Fonts of scripts that the fonts of text lack. They come in hundreds of small slices; a page gets those that its
 * text needs, and nothing else.
 */
import { packageFile } from "../host/assets.ts";
import { readText } from "../host/files.ts";
import { FACES, type Families, fontUrl } from "./fonts.ts";

/** What the fonts below are for. Other text has no need to look. */
const SCRIPTS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]/gu;

const OTHERS = ["arabic", "hebrew", "devanagari", "thai"];

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
  const letters = new Set(html.match(SCRIPTS) ?? []);
  if (letters.size === 0) return "";
  const faces = FACES.filter(({ style }) => style === "normal" || /<em\b/.test(html));
  const missing = new Set([...letters].map((letter) => letter.codePointAt(0) as number));
  const rules: string[] = [];
  for (const script of scriptsFor([...letters].join(""))) {
    for (const { file, ranges } of await slicesOf(script)) {
      const found = [...missing].filter((point) => isIn(point, ranges)).sort((a, b) => a - b);
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
function scriptsFor(text: string): string[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return ["jp", "sc", "kr", ...OTHERS];
  if (/\p{Script=Hangul}/u.test(text)) return ["kr", "sc", "jp", ...OTHERS];
  if (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(text))
    return ["sc", "jp", "kr", ...OTHERS];
  return OTHERS;
}

const known = new Map<string, Promise<Slice[]>>();

function slicesOf(script: string): Promise<Slice[]> {
  const slices = known.get(script) ?? readSlices(script);
  known.set(script, slices);
  return slices;
}

const RULE = /url\(\.\/(files\/[\w.[\]-]+\.woff2)\)[^}]*unicode-range:\s*([^;}]+)/g;

async function readSlices(script: string): Promise<Slice[]> {
  const css = await readText(packageFile(packageOf(script), "index.css"));
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

function packageOf(script: string): string {
  return `@fontsource-variable/noto-sans-${script}`;
}
