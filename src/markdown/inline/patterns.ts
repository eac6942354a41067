/** The inline patterns of a message, highest priority first. */

import type { EmojiTable } from "../emoji/table.ts";
import { renderMath } from "../math/index.ts";
import type { MarkdownOptions } from "../options.ts";
import { Element } from "../tree.ts";
import { autolinks } from "./autolinks.ts";
import { codeSpan } from "./code.ts";
import { embeds } from "./embeds.ts";
import { emojiNames, emoticons, unicodeEmoji } from "./emoji.ts";
import { deletion, emphasis, loneMarkers, strong, strongEmphasis } from "./emphasis.ts";
import { type InlinePattern, matching } from "./engine.ts";
import { linkifierPattern } from "./linkifiers.ts";
import { textLinks } from "./links.ts";
import { groupMentions, messageLinks, streamLinks, topicLinks, userMentions } from "./mentions.ts";
import { timestamps } from "./timestamps.ts";

/** `$$TeX$$`, with no word character or further dollar sign around it. */
const math = matching(
  /(?<![\p{L}\p{N}_$])\$\$([^\n_$](?:\\\$|[^$\n])*)\$\$(?![\p{L}\p{N}_$])/gu,
  (match) => renderMath(match[1] ?? ""),
);

/** An entity such as `&copy;` stays one. */
const entity = matching(/&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);/g, (match) => match[0]);

/** Every line break counts. */
const lineBreak = matching(/\n/g, () => new Element("br"));

/**
 * The patterns for one message.
 * @param options The caller's options, with a table of emoji.
 */
export function inlinePatterns(
  options: MarkdownOptions & { emoji: EmojiTable },
): readonly InlinePattern[] {
  const { emoji, groups, linkifiers = [], now } = options;
  return [
    codeSpan,
    strongEmphasis,
    userMentions(options),
    math,
    ...messageLinks(options),
    topicLinks(options),
    streamLinks(options),
    timestamps(now),
    groupMentions(groups),
    textLinks(options),
    ...embeds(options),
    autolinks(options),
    ...linkifiers.map((linkifier) => linkifierPattern(linkifier, options)),
    entity,
    strong,
    emphasis,
    deletion,
    loneMarkers,
    emojiNames(emoji, options.onUnknownEmoji),
    ...(options.translateEmoticons ? [emoticons(emoji)] : []),
    lineBreak,
    unicodeEmoji(emoji),
  ];
}
