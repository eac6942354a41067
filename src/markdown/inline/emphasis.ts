/** Bold, italic and struck-out text. */
import { Element } from "../tree.ts";
import { SPACES } from "../whitespace.ts";
import { type InlineContext, type InlinePattern, matching } from "./engine.ts";

/** What may stand between two runs of stars: no line break or `^`, no space at either end. */
const EMPHASISED = new RegExp(`^(?![${SPACES}])[^*^\\n]+(?<![${SPACES}])$`);

/** A run of stars that is still open, and the text after it. */
interface OpenRun {
  stars: number;
  text: string;
}

/** An open run, then the next run: makes what both allow and returns the stars left over. */
function closeRuns(
  open: OpenRun[],
  stars: number,
  width: number,
  make: (text: string) => string,
): number {
  let left = stars;
  for (let top = open.at(-1); top; top = open.at(-1)) {
    if (top.stars < width || left < width || !EMPHASISED.test(top.text)) break;
    const made = make(top.text);
    top.stars -= width;
    left -= width;
    top.text = made;
    if (top.stars === 0) {
      // What is made then continues the text of the run before. The first entry has no stars.
      open.pop();
      const before = open.at(-1);
      if (before) before.text += made;
    }
  }
  return left;
}

/**
 * Text between two runs of `width` stars with no star between them.
 *
 * What was made no longer contains stars, so that it can be part of a pair around it. A stack of
 * open runs finds the same pairs as searching from the start again after each.
 */
function starPairs(width: number, build: (text: string) => Element): InlinePattern {
  return {
    apply(text, context) {
      if (!text.includes("*")) return text;
      // Runs of stars stand at the odd places.
      const parts = text.split(/(\*+)/);
      const open: OpenRun[] = [{ stars: 0, text: parts[0] ?? "" }];
      for (let index = 1; index < parts.length; index += 2) {
        const make = (content: string) => context.keep(build(content));
        const left = closeRuns(open, parts[index]?.length ?? 0, width, make);
        const following = parts[index + 1] ?? "";
        const top = open.at(-1);
        if (left === 0 && top) top.text += following;
        else open.push({ stars: left, text: following });
      }
      return open.map((run) => "*".repeat(run.stars) + run.text).join("");
    },
  };
}

function build(tag: string): (text: string) => Element {
  return (text) => {
    const element = new Element(tag);
    element.text = text;
    return element;
  };
}

/** `***bold and italic***` */
export const strongEmphasis = starPairs(3, (text) => {
  const strong = new Element("strong");
  strong.append("em").text = text;
  return strong;
});

/** `*italic*` */
export const emphasis = starPairs(1, build("em"));

/** `**bold**` */
export const strong = matching(/\*\*([^\n]+?)\*\*/g, (match) => build("strong")(match[1] ?? ""));

/** `~~struck out~~` */
export const deletion = matching(/(?<!~)~~([^~\n]+?)~~(?!~)/g, (match) =>
  build("del")(match[1] ?? ""),
);

const LONE_MARKER = new RegExp(`(?<=^|[${SPACES}])(?:\\*{1,3}|_{1,3})(?=[${SPACES}]|$)`, "g");

/** Stars or underscores alone between spaces mean themselves. */
export const loneMarkers: InlinePattern = {
  apply(text: string, context: InlineContext): string {
    return text.replace(LONE_MARKER, (marker) => context.keep(marker));
  },
};
