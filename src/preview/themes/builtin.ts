/** Our own theme, in the geometry of Connect's documentation pictures. It needs no tree. */
import { assetPath } from "../../host/assets.ts";
import { readText } from "../../host/files.ts";
import { escapeHtml } from "../../markdown/index.ts";
import { contentForPicture, emojiSpan } from "../content.ts";
import { textFontFaces } from "../fonts.ts";
import { groupByRecipient, type PageMessage } from "../page.ts";
import { headFor } from "./head.ts";
import type { Theme } from "./theme.ts";

const FAMILIES = { sans: "Connect Sans", code: "Connect Code" };

const NARROW =
  ".picture,.card{width:auto}.content,.more{width:auto;margin-right:24px}.bar-name{flex:0 1 auto}";
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

interface Assets {
  head: string;
  icons: Record<(typeof ICONS)[number], string>;
}

let assets: Promise<Assets> | undefined;

/** The theme that is always there. The picture is the `.picture` element, which is as wide as the page. */
export const builtinTheme: Theme = {
  name: "builtin",
  frame: { clip: ".picture", width: 760, margin: 5 },
  live: {
    styles: async () => `${NARROW}\n${await asset("dark.css")}`,
    dark: "dark",
  },
  content: ".content",
  sources: "",
  async page(messages) {
    assets ??= readAssets();
    const { head, icons } = await assets;
    const cards = groupByRecipient(messages).map((group) => card(group, icons));
    const body = `<div class="picture">${cards.join("")}</div>`;
    const folded = `<div class="picture condensed">${cards.join("")}</div>`;
    return { head: await headFor(head, body, FAMILIES), body, folded };
  },
  async head(body) {
    assets ??= readAssets();
    return headFor((await assets).head, body, FAMILIES);
  },
};

async function readAssets(): Promise<Assets> {
  const [fonts, styles, icons] = await Promise.all([
    textFontFaces(FAMILIES),
    Promise.all(STYLES.map((name) => asset(name))),
    Promise.all(ICONS.map(async (name) => [name, (await asset(`icons/${name}.svg`)).trim()])),
  ]);
  const head = `<style>${fonts}\n${styles.join("\n")}</style>`;
  return { head, icons: Object.fromEntries(icons) as Assets["icons"] };
}

function asset(name: string): Promise<string> {
  return readText(assetPath(`preview/themes/assets/${name}`));
}

function card(messages: PageMessage[], icons: Assets["icons"]): string {
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

function row(message: PageMessage, icons: Assets["icons"]): string {
  const { avatar, senderName, html, time } = message;
  const parts = {
    image: icons.picture,
    emoji: emojiSpan,
    time: (text: string) => `${icons.clock}${text}`,
  };
  const source =
    avatar && `data:${avatar.type};base64,${Buffer.from(avatar.bytes).toString("base64")}`;
  const image = source === undefined ? "" : `<img class="avatar" alt="" src="${source}">`;
  const name = `<span class="sender-name">${escapeHtml(senderName)}</span>`;
  return [
    `<div class="message">${image}`,
    `<div class="sender">${name}${icons.bot}</div>`,
    `<span class="time">${escapeHtml(time)}</span>`,
    `<div class="content">${contentForPicture(html, parts)}</div>`,
    '<div class="more">[More…]</div></div>',
  ].join("");
}
