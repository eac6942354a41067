/** The page a message is drawn from: our own theme, in the geometry of Connect's documentation pictures. */
import type { PageSource } from "../browser/index.ts";
import { assetPath } from "../host/assets.ts";
import { readText } from "../host/files.ts";

import type { BarColours } from "./colour.ts";
import { contentForPicture } from "./content.ts";
import { escapeHtml } from "./escape.ts";
import { textFontFaces } from "./fonts.ts";
import { holdsMath, mathStyles } from "./katex.ts";

/** Where a message went. */
export type Recipient =
  | {
      type: "stream";
      stream: string;
      topic: string;
      /** How many links the topic holds: each gets an icon beside it. */
      links?: number;
    }
  | { type: "direct" /** Whom the reader talks with. */; to: string };

/** A message as the page shows it. */
export interface PageMessage {
  recipient: Recipient;
  senderName: string;
  /** The bot's avatar; without one the space stays empty. */
  avatar: { bytes: Uint8Array; type: "image/png" | "image/svg+xml" } | undefined;
  /** The safe HTML that `renderMarkdown` makes. */
  html: string;
  /** The time at the right, such as `12:00 PM`. */
  time: string;
  colours: BarColours;
}

/** The moment every picture shows, so that it does not depend on when it was made. */
export const PICTURE_DATE = new Date("2024-01-01T12:00:00Z");

/** What that moment looks like at the right of a message. */
export const PICTURE_TIME = "12:00 PM";

const STYLES = ["page.css", "message.css", "code.css"];
const ICONS = [
  "hashtag",
  "chevron",
  "link",
  "edit",
  "check",
  "mute",
  "bot",
  "person",
  "picture",
  "clock",
] as const;

interface Theme {
  head: string;
  icons: Record<(typeof ICONS)[number], string>;
}

let theme: Promise<Theme> | undefined;

async function readTheme(): Promise<Theme> {
  const [fonts, styles, icons] = await Promise.all([
    textFontFaces(),
    Promise.all(STYLES.map((name) => themeFile(name))),
    Promise.all(ICONS.map(async (name) => [name, (await themeFile(`icons/${name}.svg`)).trim()])),
  ]);
  const head = `<style>${fonts}\n${styles.join("\n")}</style>`;
  return { head, icons: Object.fromEntries(icons) as Theme["icons"] };
}

function themeFile(name: string): Promise<string> {
  return readText(assetPath(`preview/theme/${name}`));
}

/**
 * The page that shows messages. Messages to the same stream and topic share a card.
 * @param options `condensed` folds each message to seven lines and a "More" link, as Connect folds long ones.
 * @returns The page in two parts; the head is the same for all messages without a formula, the picture is the
 *   `.picture` element.
 */
export async function messagePage(
  messages: readonly PageMessage[],
  options: { condensed?: boolean } = {},
): Promise<PageSource> {
  theme ??= readTheme();
  const { head, icons } = await theme;
  const withMath = messages.some(({ html }) => holdsMath(html));
  const cards = groupByRecipient(messages).map((group) => card(group, icons));
  const name = options.condensed ? "picture condensed" : "picture";
  const body = `<div class="${name}">${cards.join("")}</div>`;
  return { head: withMath ? `${head}<style>${await mathStyles()}</style>` : head, body };
}

/**
 * A page as one file that needs nothing else.
 * @param title What the browser's tab says.
 */
export function standalonePage({ head, body }: PageSource, title: string): string {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escapeHtml(title)}</title>`,
    `${head}\n</head>\n<body>\n${body}\n</body>\n</html>\n`,
  ].join("\n");
}

function groupByRecipient(messages: readonly PageMessage[]): PageMessage[][] {
  const groups: PageMessage[][] = [];
  let last: string | undefined;
  for (const message of messages) {
    const key = JSON.stringify(message.recipient);
    if (key === last) groups.at(-1)?.push(message);
    else groups.push([message]);
    last = key;
  }
  return groups;
}

function card(messages: PageMessage[], icons: Theme["icons"]): string {
  const { recipient, colours } = messages[0] as PageMessage;
  const rows = messages.map((message) => row(message, icons)).join("");
  if (recipient.type === "direct") {
    const style = "--bar:#f4f0e6;--icon:#4d4d4d";
    const name = `<span class="bar-name">You and ${escapeHtml(recipient.to)}</span>`;
    const bar = `${icon("bar-icon", icons.person)}${name}<span class="bar-controls"></span>`;
    return `<div class="card direct" style="${style}">${barOf(bar)}${rows}</div>`;
  }
  const controls = [
    ...Array<string>(recipient.links ?? 0).fill(icon("control-link", icons.link)),
    icon("control-edit", icons.edit),
    icon("control-check", icons.check),
    icon("control-mute", icons.mute),
  ];
  const bar = [
    icon("bar-icon", icons.hashtag),
    `<span class="bar-name">${escapeHtml(recipient.stream)}</span>`,
    icon("bar-separator", icons.chevron),
    `<span class="bar-topic">${escapeHtml(recipient.topic)}</span>`,
    `<span class="bar-controls">${controls.join("")}</span>`,
  ];
  const style = `--bar:${colours.bar};--icon:${colours.icon}`;
  return `<div class="card" style="${style}">${barOf(bar.join(""))}${rows}</div>`;
}

function barOf(inside: string): string {
  return `<div class="bar">${inside}<span class="bar-date">TODAY</span></div>`;
}

function icon(name: string, svg: string): string {
  return `<span class="${name}">${svg}</span>`;
}

function row(message: PageMessage, icons: Theme["icons"]): string {
  const { avatar, senderName, html, time } = message;
  const source =
    avatar && `data:${avatar.type};base64,${Buffer.from(avatar.bytes).toString("base64")}`;
  const image = source === undefined ? "" : `<img class="avatar" alt="" src="${source}">`;
  const name = `<span class="sender-name">${escapeHtml(senderName)}</span>`;
  return [
    `<div class="message">${image}`,
    `<div class="sender">${name}${icons.bot}</div>`,
    `<span class="time">${escapeHtml(time)}</span>`,
    `<div class="content">${contentForPicture(html, icons)}</div>`,
    '<div class="more">[More…]</div></div>',
  ].join("");
}
