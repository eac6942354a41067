/** A message's HTML as Connect's page makes it ready before it shows it (web/src/rendered_markdown there). */
import { contentForPicture } from "../../content.ts";
import type { Templates } from "./templates.ts";
import type { ThemeFiles } from "./tree.ts";

const SPOILER_HEADER =
  /(<div class="spoiler-header">)\s*(?!\s)((?:(?!<\/?div\b)[\s\S])*)(<\/div>)/g;
const SPOILER_BUTTON =
  '<span class="spoiler-button" aria-expanded="false"><span class="spoiler-arrow"></span></span>';

/** As large as the tree's own previews; the drawing is ours, because a picture loads nothing. */
const IMAGE =
  '<svg class="picture-placeholder" viewBox="0 0 40 32"><path d="M3 2h34v28H3z" fill="none" stroke="currentcolor" stroke-width="3"/>' +
  '<path d="M6 26l9-12 7 8 5-5 7 9z" fill="currentcolor"/><circle cx="27" cy="10" r="3" fill="currentcolor"/></svg>';

/** Previews that stand beside each other; inside such a block is no other. */
const PREVIEWS =
  /(?:<div class="(?:[^"]* )?message_inline_image(?: [^"]*)?">(?:(?!<\/?div\b)[\s\S])*<\/div>)+/g;
const GALLERY = "message-thumbnail-gallery";

/** Rules that make the tree's styles fit what stands for emoji and images. */
export const CONTENT_STYLES = `
svg.emoji{display:inline-block;overflow:hidden;width:20px;height:20px}
svg.emoji text{font:17px "Noto Color Emoji",sans-serif;text-anchor:middle}
.picture-placeholder{display:block;box-sizing:content-box;width:40px;height:32px;padding:34px 55px;color:rgb(0 0 0/35%)}
.${GALLERY} .picture-placeholder{width:4em;height:3.2em;padding:3.4em 4.6em}
.message_expander.shown{display:inline-block!important}`;

const SCRIPTS = ["web/src/rendered_markdown.ts", "web/src/rendered_markdown.js"];

/** What a tree's page does to a message before it shows it. */
export interface ContentRules {
  /** Puts previews that stand beside each other into one block, which its styles ask for. */
  galleries: boolean;
  /** Counts the items of a numbered list by a counter of its styles. */
  counters: boolean;
  /** Puts a spoiler's button before its title, as trees up to 2023 do. */
  buttonFirst: boolean;
  /** The class that it gives to a spoiler's title, in later trees. */
  titleClass: string | undefined;
}

/** Reads the rules from the tree's styles and its page's script, which is read as text. */
export async function readContentRules(files: ThemeFiles, css: string): Promise<ContentRules> {
  const path = SCRIPTS.find((candidate) => files.has(candidate));
  const script = path === undefined ? "" : await files.text(path);
  return {
    galleries: css.includes(`.${GALLERY}`),
    counters: css.includes(".counter-length-"),
    buttonFirst: /prepend\(\$?\(?toggle_button_html/.test(script),
    titleClass: /\.find\("p"\)\.addClass\("(spoiler-[\w-]+)"\)/.exec(script)?.[1],
  };
}

export function contentFor(html: string, templates: Templates, rules: ContentRules): string {
  const content = contentForPicture(html, {
    image: IMAGE,
    emoji: (attributes, characters) =>
      `<svg${attributes} viewBox="0 0 20 20"><text x="10" y="15.5">${characters}</text></svg>`,
    time: (text) =>
      templates.has("markdown_timestamp") ? templates.render("markdown_timestamp", { text }) : text,
  });
  const titled = content.replace(SPOILER_HEADER, (_, open: string, title: string, end: string) =>
    [open, ...spoilerTitle(title, rules), end].join(""),
  );
  const listed = rules.counters ? withCounters(titled) : titled;
  return rules.galleries ? listed.replace(PREVIEWS, `<div class="${GALLERY}">$&</div>`) : listed;
}

function spoilerTitle(title: string, { buttonFirst, titleClass }: ContentRules): string[] {
  const stated = title.trim() === "" ? "<p>Spoiler</p>" : title;
  const text = titleClass ? stated.replace(/<p>/g, `<p class="${titleClass}">`) : stated;
  return buttonFirst ? [SPOILER_BUTTON, text] : [text, SPOILER_BUTTON];
}

const LIST_TAG = /<(\/?)(ol|ul|li)\b([^<>]*)>/g;

/** Numbered lists with the start of their counter, and a class for how wide their largest number is. */
function withCounters(html: string): string {
  const open: { tag: string; items: number; at: number; start: number }[] = [];
  const widths = new Map<number, string>();
  for (const { 1: closing, 2: tag = "", 3: attributes = "", index } of html.matchAll(LIST_TAG)) {
    const list = open.at(-1);
    if (tag === "li") {
      if (!closing && list) list.items += 1;
    } else if (!closing) {
      const start = Number(/\bstart="(\d{1,9})"/.exec(attributes)?.[1] ?? 1);
      open.push({ tag, items: 0, at: index, start });
    } else {
      open.pop();
      if (list?.tag !== "ol") continue;
      const digits = String(list.start + Math.max(0, list.items - 1)).length;
      const style = `counter-reset: count ${list.start - 1}`;
      widths.set(list.at, ` class="counter-length-${digits}" style="${style}"`);
    }
  }
  return html.replace(LIST_TAG, (all, _closing, tag, _attributes, at: number) => {
    const added = widths.get(at);
    return added === undefined ? all : all.replace(`<${tag}`, `<${tag}${added}`);
  });
}

const CONTENT = /(class="message_content\b[^"]*)"/g;
const CONTROLLER = /(<div class="message_length_controller">)\s*(<\/div>)/g;

/** Folds each message, as Connect does with long ones (web/src/condense there). */
export function folded(html: string, templates: Templates): string {
  const toggle = templates.has("message_length_toggle")
    ? templates.render("message_length_toggle", {
        toggle_type: "expander",
        label_text: "Show more",
      })
    : "";
  return html
    .replace(CONTENT, '$1 condensed"')
    .replace(CONTROLLER, (_, open: string, close: string) => `${open}${toggle}${close}`)
    .replace(/class="message_expander\b/g, "$& shown");
}
