/** Puts previews of linked images and videos after the paragraphs that link to them. */
import type { MarkdownOptions } from "../options.ts";
import { Element } from "../tree.ts";
import { encodeAll, isLoadable, isOutside } from "../urls.ts";
import { isBlank } from "../whitespace.ts";
import { isImage, isVideo, linkOfImage, sourceOfImage, youtubeId } from "./sources.ts";

/** A message with more links than this gets no previews. */
const MAX_PREVIEWED_LINKS = 24;

/** A link and where it stands. */
interface FoundLink {
  link: Element;
  parent: Element;
  grandparent: Element | undefined;
  inQuote: boolean;
}

/** Where a preview goes, and what it makes superfluous. */
interface Place {
  parent: Element;
  index: number;
  title: string | undefined;
  /** The link, or the paragraph with nothing but the link, when the preview says it all. */
  superfluous: Element | undefined;
}

/** All links, level by level as Connect finds them. */
function findLinks(root: Element): FoundLink[] {
  const found: FoundLink[] = [];
  let level = [{ element: root, parent: undefined as Element | undefined, inQuote: false }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { element, parent, inQuote } of level) {
      for (const child of element.children) {
        if (child.tag === "a")
          found.push({ link: child, parent: element, grandparent: parent, inQuote });
        next.push({
          element: child,
          parent: element,
          inQuote: inQuote || child.tag === "blockquote",
        });
      }
    }
    level = next;
  }
  return found;
}

function isPreview(element: Element | undefined): element is Element {
  const classes = element?.attributes.get("class")?.split(" ") ?? [];
  return element?.tag === "div" && classes.includes("message_inline_image");
}

function linksIn(element: Element): string[] {
  const own = element.tag === "a" ? [element.attributes.get("href") ?? ""] : [];
  return [...own, ...element.children.flatMap(linksIn)];
}

/** The position after a paragraph and the previews of its own links. */
function positionAfter(grandparent: Element, paragraph: Element): number {
  const own = new Set(linksIn(paragraph));
  let index = grandparent.children.indexOf(paragraph) + 1;
  for (;;) {
    const uncle = grandparent.children[index];
    const link = isPreview(uncle) ? uncle.children[0]?.attributes.get("href") : undefined;
    if (link === undefined || !own.has(link)) return index;
    index += 1;
  }
}

function findPlace({ link, parent, grandparent }: FoundLink, root: Element, url: string): Place {
  const showsAddress = link.text === "" || link.text === url;
  const place: Place = {
    parent: root,
    index: root.children.length,
    title: showsAddress ? undefined : link.text,
    superfluous: undefined,
  };
  const standsAlone = showsAddress && link.tail === "" && isBlank(parent.text);
  if (parent.tag === "li") {
    // To the server a formula at the start of an item is its text.
    const hasText = parent.text !== "" || parent.children[0]?.plainText !== undefined;
    if (standsAlone && !hasText) place.superfluous = link;
    return { ...place, parent, index: parent.children.length };
  }
  if (parent.tag === "p" && grandparent) {
    if (standsAlone && parent.children.length === 1) place.superfluous = parent;
    return { ...place, parent: grandparent, index: positionAfter(grandparent, parent) };
  }
  return place;
}

/** Writes addresses of outside media as the options ask. */
class Media {
  readonly #thumbnails: boolean;
  readonly #proxy: (url: string) => string;
  readonly #namesVideoSource: boolean;
  readonly #youtubePicture: string;

  constructor({ media, dialect }: MarkdownOptions) {
    this.#namesVideoSource = dialect?.namesVideoSource ?? true;
    this.#youtubePicture = dialect?.mediumYoutubePicture ? "mqdefault" : "default";
    this.#thumbnails = media?.thumbnails ?? false;
    this.#proxy = media?.proxy ?? ((url) => url);
  }

  image(url: string, mayShrink: boolean): Record<string, string> {
    const outside = isOutside(url);
    if (this.#thumbnails && mayShrink && (outside || url.startsWith("/user_uploads/"))) {
      const encoded = encodeAll(url.replace(/^\/+/, "")).replaceAll("%20", "+");
      const source = `/thumbnail?url=${encoded}`;
      return { src: `${source}&size=thumbnail`, "data-src-fullsize": `${source}&size=full` };
    }
    return { src: outside ? this.#proxy(url) : url };
  }

  youtube(id: string): Record<string, string> {
    return this.image(`https://i.ytimg.com/vi/${id}/${this.#youtubePicture}.jpg`, false);
  }

  video(url: string): Record<string, string> {
    if (!isOutside(url)) return { src: url, preload: "metadata" };
    const source = { src: this.#proxy(url), preload: "metadata" };
    return this.#namesVideoSource ? { ...source, "data-video-original-url": url } : source;
  }
}

function previewOf(url: string, found: FoundLink, root: Element, media: Media): void {
  const video = isVideo(url);
  const image = !video && isImage(url);
  const youtube = video || image ? undefined : youtubeId(url);
  if (!video && !image && youtube === undefined) return;
  const href = image ? linkOfImage(url) : url;
  const place = findPlace(found, root, url);
  // The address was replaced, so the link's text no longer repeats it.
  if (href !== url) place.title = undefined;
  const kind = video ? " message_inline_video" : "";
  const preview = new Element("div", {
    class: youtube ? "youtube-video message_inline_image" : `message_inline_image${kind}`,
  });
  const link = preview.append("a", { href });
  if (place.title !== undefined && !youtube) link.attributes.set("title", place.title);
  if (youtube) link.attributes.set("data-id", youtube);
  if (video) link.append("video", media.video(url));
  else if (youtube) {
    link.append("img", media.youtube(youtube));
  } else link.append("img", media.image(sourceOfImage(href), true));
  place.parent.insertAll(place.index, [preview]);
  if (place.superfluous && !youtube) place.parent.remove(place.superfluous);
}

/**
 * Adds previews for the links of a message, once for each address and not inside quotes.
 * @param root The message's tree; changed in place.
 * @param options How previews are addressed.
 */
export function insertPreviews(root: Element, options: MarkdownOptions): void {
  const links = findLinks(root).map((found) => ({
    found,
    url: found.link.attributes.get("href") ?? "",
  }));
  const quotable = new Set(links.filter(({ found }) => !found.inQuote).map(({ url }) => url));
  if (quotable.size > MAX_PREVIEWED_LINKS) return;
  const media = new Media(options);
  for (const { found, url } of links) {
    // Only the first link to an address gets a preview.
    if (quotable.delete(url) && isLoadable(url)) previewOf(url, found, root, media);
  }
}
