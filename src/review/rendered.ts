/** What became of a message's Markdown, as its readers see it: marks that are no marks stand in the text. */
import { endsInFence } from "../markdown/index.ts";

export type MarkKind = "link" | "bold" | "code" | "block";

/** A message as it is drawn. */
export interface Rendered {
  /** The texts of links, bold texts, code, and quotes or code blocks. */
  readonly texts: Readonly<Record<MarkKind, readonly string[]>>;
  /** Where marks of each kind stand in the text as they are: from the mark on. */
  readonly bare: Readonly<Record<MarkKind, readonly string[]>>;
  /** Whether the end of a quote or code block is missing. */
  readonly isOpen: boolean;
}

const ELEMENTS: Record<MarkKind, RegExp> = {
  link: /<a\b[^>]*>([\s\S]*?)<\/a>/g,
  bold: /<strong\b[^>]*>([\s\S]*?)<\/strong>/g,
  code: /<code\b[^>]*>([\s\S]*?)<\/code>/g,
  block: /<(?:blockquote|pre)\b[^>]*>([\s\S]*?)<\/(?:blockquote|pre)>/g,
};

const MARKS: Record<MarkKind, RegExp> = {
  link: /\[[^\n]{0,200}?\]\(\S/g,
  bold: /\*\*/g,
  code: /(?<!`)`(?!`)/g,
  block: /`{3,}|~{3,}/g,
};

export const MARK_KINDS = ["link", "bold", "code", "block"] as const;

/** Characters that are shown of a place. */
const SHOWN = 60;

/**
 * Looks at a message.
 * @param html What `renderMarkdown` makes of it: well formed, and escaped.
 */
export function renderedMessage(content: string, html: string): Rendered {
  const text = textOutsideOfCode(html);
  const each = (find: (kind: MarkKind) => string[]): Record<MarkKind, string[]> => ({
    ...{ link: find("link"), bold: find("bold") },
    ...{ code: find("code"), block: find("block") },
  });
  return {
    texts: each((kind) =>
      [...html.matchAll(ELEMENTS[kind])].map(([, inside = ""]) => plain(inside)),
    ),
    bare: each((kind) => [...text.matchAll(MARKS[kind])].map(({ index }) => lineFrom(text, index))),
    isOpen: endsInFence(content),
  };
}

function lineFrom(text: string, index: number): string {
  const [line = ""] = text.slice(index, index + 500).split("\n");
  return line.length > SHOWN ? `${line.slice(0, SHOWN).toWellFormed()}…` : line;
}

/** Code shows every sign as it is; so does what a formula was written as. */
function textOutsideOfCode(html: string): string {
  return plain(
    html
      .replace(
        /<pre\b[\s\S]*?<\/pre>|<code\b[\s\S]*?<\/code>|<annotation\b[\s\S]*?<\/annotation>/g,
        " ",
      )
      .replace(/<br\b[^>]*>|<\/(?:p|li|h\d|td|th|tr|div|blockquote)>/g, "\n"),
  );
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

function plain(html: string): string {
  return html
    .replace(/<[^<>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|amp);/g, (_whole, name: string) => ENTITIES[name] ?? "");
}

/** What a reader sees worse than before. */
export interface Damage {
  /** `open`: the rest of the message stands in a quote or in code. */
  readonly kind: MarkKind | "open";
  /** Whether it was drawn before the change: then it is no matter of taste. */
  readonly isLost: boolean;
  /** Where, in the text. */
  readonly place: string;
}

/**
 * What is drawn worse than before.
 * @param before Undefined for a message that is new: of that only what no text of a payload is like is told.
 */
export function damagesOf(
  before: readonly Rendered[] | undefined,
  after: readonly Rendered[],
): Damage[] {
  const damages = MARK_KINDS.flatMap((kind): Damage[] => {
    const [old, now] = [marksOf(before ?? [], kind), marksOf(after, kind)];
    const [place, ...others] = now.bare.filter((one) => !old.bare.includes(one));
    if (place === undefined || now.bare.length <= old.bare.length) return [];
    if (!before && kind !== "link") return [];
    const wasDrawn = [place, ...others].some((bare) =>
      old.texts.some((text) => text !== "" && bare.startsWith(`[${text}](`)),
    );
    return [{ kind, isLost: wasDrawn || old.texts.length > now.texts.length, place }];
  });
  const isOpen = after.some((one) => one.isOpen) && !before?.some((one) => one.isOpen);
  return isOpen ? [...damages, { kind: "open", isLost: before !== undefined, place: "" }] : damages;
}

function marksOf(messages: readonly Rendered[], kind: MarkKind) {
  return {
    texts: messages.flatMap(({ texts }) => texts[kind]),
    bare: messages.flatMap(({ bare }) => bare[kind]),
  };
}
