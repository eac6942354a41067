/**
 * Makes a message's HTML ready for a picture, as Connect's own page does before it shows one: emoji become
 * characters, times are written out, and remote images become placeholders.
 */
import { escapeHtml } from "../markdown/index.ts";

const EMOJI =
  /<span\b([^<>]*\bclass="emoji emoji-([0-9a-f]+(?:-[0-9a-f]+)*)"[^<>]*)>[^<]*<\/span>/g;
const IMAGE = /<(?:img|video)\b[^<>]*>(?:<\/video>)?/g;

const TIME = /<time datetime="([^"]+)">[^<]*<\/time>/g;

/** Always UTC and English, so that a picture does not depend on where it was made. */
const TIME_FORMAT = new Intl.DateTimeFormat("en-US", {
  weekday: "short",
  month: "short",
  day: "numeric",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZone: "UTC",
});

/** How a theme shows what is not text. */
export interface ContentParts {
  /** Stands for an image, which a picture never loads. */
  image: string;
  /** An emoji: the attributes of its element, and its characters. */
  emoji(attributes: string, characters: string): string;
  /** The inside of a time. */
  time(text: string): string;
}

/** @param html The safe HTML that `renderMarkdown` makes. */
export function contentForPicture(html: string, parts: ContentParts): string {
  return html
    .replace(EMOJI, (_match, attributes: string, codes: string) => {
      return parts.emoji(attributes, escapeHtml(emojiCharacters(codes)));
    })
    .replace(IMAGE, (tag) => (/\bclass="emoji"/.test(tag) ? nameOf(tag) : parts.image))
    .replace(TIME, (tag, stated: string) => {
      const moment = new Date(stated);
      if (Number.isNaN(moment.getTime())) return tag;
      // Newer versions of Node put a narrow blank before AM and PM.
      const text = TIME_FORMAT.format(moment).replace(/\u202f/g, " ");
      return `<time datetime="${stated}">${parts.time(text)}</time>`;
    });
}

/** An emoji as a piece of text. */
export function emojiSpan(attributes: string, characters: string): string {
  return `<span${attributes}>${characters}</span>`;
}

/** The same for where there is nothing to draw with: an image is named. */
export function contentAsText(html: string): string {
  return contentForPicture(html, {
    image: "[image]",
    emoji: emojiSpan,
    time: (text) => text,
  });
}

/** An organisation's own emoji is an image on its server: its name stands for it. */
function nameOf(tag: string): string {
  return /\balt="([^"]*)"/.exec(tag)?.[1] ?? "";
}

/** The characters of code points such as `1f468-200d-1f4bb`. A sole text character is asked to be an emoji. */
function emojiCharacters(codes: string): string {
  const points = codes.split("-").map((code) => Number.parseInt(code, 16));
  if (points.some((point) => !(point >= 0x20 && point <= 0x10ffff))) return "";
  const text = String.fromCodePoint(...points);
  return /^\p{Emoji_Presentation}/u.test(text) || text.includes("\ufe0f")
    ? text
    : insertVariation(points);
}

function insertVariation([first = 0x20, ...rest]: number[]): string {
  return String.fromCodePoint(first, 0xfe0f, ...rest);
}
