/** `![text](address)`: an image, or a player for sound. */
import type { MarkdownOptions } from "../options.ts";
import { Element } from "../tree.ts";
import { isLoadable, isOutside, sanitiseUrl, splitUrl } from "../urls.ts";
import { strip } from "../whitespace.ts";
import { type InlineMatch, type InlinePattern, scanning } from "./engine.ts";
import { relativeTo, type TextLink, textLinkAt } from "./links.ts";

/** What browsers play without more ado. */
const AUDIO = /\.(?:aac|flac|m4a|mp2|mp3|mpga|wav|weba)$/;

/**
 * What a message embeds, in trees whose dialect knows it; in others nothing.
 * @param options The message's dialect, the server's own address, and where outside media are fetched from.
 */
export function embeds({ dialect = {}, site, media }: MarkdownOptions): InlinePattern[] {
  if (!dialect.audio && !dialect.images) return [];
  const proxy = media?.proxy ?? ((url: string) => url);
  const elementFor = (text: string, title: string | undefined, url: string) => {
    const source = isOutside(url) ? proxy(url) : url;
    if (dialect.audio && AUDIO.test(splitUrl(url)?.path.toLowerCase() ?? "")) {
      return player(url, strip(text), source);
    }
    return dialect.images ? image(url, text, title, source) : undefined;
  };
  return [
    scanning((text, from, context): InlineMatch | undefined => {
      for (
        let start = text.indexOf("![", from);
        start >= 0;
        start = text.indexOf("![", start + 1)
      ) {
        if (!text.includes("](", start)) return undefined;
        const link: TextLink | undefined = textLinkAt(text, start + 1);
        const safe = link && sanitiseUrl(strip(context.reveal(link.href)), dialect);
        if (!link || safe === undefined || !isLoadable(safe)) continue;
        const node = elementFor(context.reveal(link.text), link.title, relativeTo(site, safe));
        if (node) return { start, end: link.end, node };
      }
      return undefined;
    }),
  ];
}

function player(url: string, title: string, source: string): Element {
  const attributes = { src: source, controls: "controls", preload: "metadata" };
  return new Element("audio", {
    ...attributes,
    ...(title !== "" && { title }),
    ...(source !== url && { "data-original-url": url }),
  });
}

function image(url: string, text: string, title: string | undefined, source: string): Element {
  return new Element("img", {
    alt: text,
    "data-original-src": url,
    src: source,
    ...(title !== undefined && { title }),
  });
}
