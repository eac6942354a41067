/**
 * What this program itself wants of a console, within a text: colours, links, annotations. They are marks until the
 * text is written, so that all else in it can be taken for a stranger's.
 */
import { Chalk } from "chalk";
import { beginning } from "../cut.ts";
import { defused, MARK, mark, printable } from "./steering.ts";

const ESCAPE = "\u001b";

const STYLES = [
  "bold",
  "dim",
  "italic",
  "underline",
  "inverse",
  "strikethrough",
  "red",
  "green",
  "yellow",
  "blue",
  "magenta",
  "cyan",
] as const;
type Style = (typeof STYLES)[number];
/** What begins a style, and what ends it. */
const chalk = new Chalk({ level: 1 });
const CODES = new Map<Style, string[]>(
  STYLES.map((style) => [style, chalk[style](" ").split(" ")]),
);

/** Paints a text; more styles follow with a dot, as in `paint.blue.underline`. */
export type Brush = ((text: string) => string) & { readonly [S in Style]: Brush };

export type Paint = { readonly [S in Style]: Brush } & {
  /** Whether there is colour. */
  readonly coloured: boolean;
};

/** Brushes for one stream; where colour is off they leave texts as they are. */
export function createPaint(coloured: boolean): Paint {
  return withBrushes({ coloured }, [], coloured);
}

function withBrushes<T extends object>(
  target: T,
  before: readonly Style[],
  coloured: boolean,
): T & { readonly [S in Style]: Brush } {
  for (const style of STYLES) {
    let made: Brush | undefined;
    const get = (): Brush => {
      made ??= createBrush([...before, style], coloured);
      return made;
    };
    Object.defineProperty(target, style, { get });
  }
  return target as T & { readonly [S in Style]: Brush };
}

function createBrush(styles: readonly Style[], coloured: boolean): Brush {
  const opening = styles.map((style) => mark(`+${style}`)).join("");
  const closing = styles.map(() => mark("-")).join("");
  const paint = (text: string): string =>
    coloured && text !== "" ? `${opening}${text}${closing}` : text;
  return withBrushes(paint, styles, coloured);
}

/** A text that a terminal shows as a link (OSC 8). */
export function link(href: string, text: string): string {
  const address = printable(href)
    .replace(/[^!-~]+/g, percentEncoded)
    .replaceAll("##", "%23%23");
  return `${mark(`>${address}`)}${text}${mark(">")}`;
}

function percentEncoded(text: string): string {
  const bytes = [...Buffer.from(text)];
  return bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

/** Characters of a title or a path. */
const LONGEST_PROPERTY = 1_000;

/**
 * One of GitHub's workflow commands, which annotate lines of a pull request: https://docs.github.com/actions.
 * @param properties Where it belongs and its title; undefined ones are left out.
 */
export function workflowCommand(
  level: "error" | "warning" | "notice",
  properties: Record<string, string | number | undefined>,
  message: string,
): string {
  const words = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => `${key}=${escapeProperty(beginning(`${value}`, LONGEST_PROPERTY).text)}`,
    );
  return `${mark("::")}${[level, words.join(",")].join(" ").trimEnd()}::${escapeData(message)}`;
}

/** The runner undoes this; a raw line break would end the command, and begin another. */
const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** Where a line goes on that is too long for the terminal: below this place. */
export const HANGING_INDENT = mark("|");

/** A text as it is read, without its marks: to count its columns. */
export const withoutMarks = (text: string): string => printable(text.replace(MARK, ""));

/** A text as it is written to the console: its marks are drawn, and nothing else in it steers. */
export function forConsole(text: string): string {
  const open: Style[] = [];
  const done: string[] = [];
  for (const [index, part] of defused(text).split(MARK).entries()) {
    if (index % 2 === 0) done.push(open.length > 0 ? lineByLine(part, open) : part);
    else if (part.startsWith("+")) {
      open.push(part.slice(1) as Style);
      done.push(code(part.slice(1) as Style, 0));
    } else if (part === "-") done.push(...closed(open));
    else if (part === "|") continue;
    else if (part.startsWith(">")) done.push(`${ESCAPE}]8;;${part.slice(1)}${ESCAPE}\\`);
    else done.push(part);
  }
  return done.join("");
}

/** Ends the innermost style, and begins those around it again that its code ends too. */
function closed(open: Style[]): string[] {
  const style = open.pop();
  if (style === undefined) return [];
  const end = code(style, 1);
  if (open.length === 0) return [end];
  const again = open.filter((outer) => code(outer, 1) === end).map((outer) => code(outer, 0));
  return [end, ...again];
}

/** No colour goes on over the end of a line, where it would fill the terminal's width. */
function lineByLine(text: string, open: readonly Style[]): string {
  if (!text.includes("\n")) return text;
  const closing = open.map((style) => code(style, 1)).reverse();
  const opening = open.map((style) => code(style, 0));
  return text.replaceAll("\n", `${closing.join("")}\n${opening.join("")}`);
}

const code = (style: Style, which: 0 | 1): string => CODES.get(style)?.[which] ?? "";
