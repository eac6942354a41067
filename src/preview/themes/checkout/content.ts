/** A message's HTML as Connect's page makes it ready before it shows it (web/src/rendered_markdown there). */
import { contentForPicture } from "../../content.ts";
import type { Templates } from "./templates.ts";

const SPOILER_HEADER = /<div class="spoiler-header">\s*/g;
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

/** Whether a tree's page puts previews that stand beside each other into one block, which its styles ask for. */
export function hasGalleries(css: string): boolean {
  return css.includes(`.${GALLERY}`);
}

export function contentFor(html: string, templates: Templates, galleries: boolean): string {
  const content = contentForPicture(html, {
    image: IMAGE,
    emoji: (attributes, characters) =>
      `<svg${attributes} viewBox="0 0 20 20"><text x="10" y="15.5">${characters}</text></svg>`,
    time: (text) =>
      templates.has("markdown_timestamp") ? templates.render("markdown_timestamp", { text }) : text,
  });
  const whole = content.replace(SPOILER_HEADER, (header) => `${header}${SPOILER_BUTTON}`);
  return galleries ? whole.replace(PREVIEWS, `<div class="${GALLERY}">$&</div>`) : whole;
}

const CONTENT = /(class="message_content\b[^"]*)"/g;
const CONTROLLER = /(<div class="message_length_controller">)\s*(<\/div>)/g;

/** Folds each message, as Connect does with long ones (web/src/condense there). */
export function folded(html: string, templates: Templates): string {
  const toggle = templates.has("message_length_toggle")
    ? templates.render("message_length_toggle", { toggle_type: "expander" })
    : "";
  return html
    .replace(CONTENT, '$1 condensed"')
    .replace(CONTROLLER, (_, open: string, close: string) => `${open}${toggle}${close}`)
    .replace(/class="message_expander\b/g, "$& shown");
}
