/** What in a stranger's text could steer a terminal or a CI, and how it is shown instead. */
import { randomBytes } from "node:crypto";
import { beginning } from "../cut.ts";

/** Characters that could move the cursor, hide text, or turn its reading direction. */
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]/g;

/**
 * This program's own marks within a text, which nobody can write who does not know this run's key. `marks.ts` makes
 * and draws them.
 */
const KEY = `\ue000${randomBytes(16).toString("hex")}`;
const KEY_END = "\ue001";
export const MARK = new RegExp(`${KEY}([^${KEY_END}]*)${KEY_END}`, "g");
export const mark = (what: string): string => `${KEY}${what}${KEY_END}`;

/** What a reader may pass over: characters without a width, and where a colour is taken out. */
const IGNORED = `(?:[\\p{Default_Ignorable_Code_Point}\\p{Cf}]|${KEY}[^${KEY_END}]*${KEY_END})`;
const spaced = (word: string): string =>
  [...word].map((letter) => (letter === "[" ? "\\[" : letter)).join(`${IGNORED}*`);

/** GitHub's runner takes a line for a command that begins with `::`, after blanks. */
const COMMAND = new RegExp(`((?:^|\n)(?:[^\\S\n]|${IGNORED})*):(?=${IGNORED}*:)`, "gu");
/** The older form, and those of Azure and TeamCity, are commands wherever they stand in a line. */
const OLD_COMMAND = new RegExp(
  `#(?=${IGNORED}*(?:${["#[", "#vso[", "#teamcity["].map(spaced).join("|")}))`,
  "giu",
);

/**
 * A text in which nothing steers: neither control characters, nor those that turn the direction of reading, nor what a
 * CI takes for a command, whose first character is replaced.
 * @param show What stands for a character.
 */
export function defused(text: string, show: (character: string) => string = visible): string {
  return text
    .replace(STEERING, show)
    .replace(COMMAND, (_whole, before: string) => before + show(":"))
    .replace(OLD_COMMAND, () => show("#"));
}

/** `\x1b` or `\u202e`. */
function visible(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
}

/** A text whose control characters are visible: for what goes elsewhere than to the console, which does it itself. */
export function printable(text: string): string {
  return text.replace(STEERING, visible);
}

/** A name, a path or a reason is hardly ever longer. */
const LONGEST_LINE = 1_000;

/**
 * A stranger's text that has to be one line, such as a name within a sentence: the ends of lines are shown as `\n`.
 * @param most Characters; the rest is left out, which `…` says.
 */
export function printableLine(text: string, most = LONGEST_LINE): string {
  const { text: shown, left } = beginning(text, most);
  return printable(shown.replace(/\r?\n/g, "\\n")) + (left > 0 ? "…" : "");
}

/**
 * A value as JSON in which nothing steers: JSON's own escapes stand for it, so that its readers get the same value.
 * @param indent Blanks for each level; 0 for one line.
 */
export function jsonText(value: object, indent = 2): string {
  return defused(JSON.stringify(value, null, indent), unicodeEscape);
}

/** `\u001b`. */
export const unicodeEscape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
