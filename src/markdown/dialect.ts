/** What trees of different years render differently, read from a tree's own renderer. */

/** The differences; without an answer, a message is rendered as trees of 2023 do. */
export interface MarkdownDialect {
  /** Whether `![text](address)` becomes an image. */
  readonly images?: boolean;
  /** Whether `![text](address)` becomes a player where the address is one of sound. */
  readonly audio?: boolean;
  /** Whether a bare address may have a query right after its host: `https://host.example?query`. */
  readonly queryAfterHost?: boolean;
  /** Whether a semicolon stays at the end of an address's path. */
  readonly keepsSemicolon?: boolean;
  /**
   * Whether streams are called channels, in addresses and in `@**channel**`, and links may lead to a message or to the
   * topic without a name.
   */
  readonly channels?: boolean;
  /** Whether the preview of a YouTube video shows its picture of medium size, not the small one. */
  readonly mediumYoutubePicture?: boolean;
  /** Whether the video in a preview repeats its own address beside that of the proxy; true by default. */
  readonly namesVideoSource?: boolean;
}

/**
 * Reads the dialect of a tree.
 * @param source The text of `zerver/lib/markdown/__init__.py`. Names of classes and attributes tell what it renders.
 */
export function parseMarkdownDialect(source: string): MarkdownDialect {
  return {
    images: /^class ImageInlineProcessor\b/m.test(source),
    audio: /^class AudioInlineProcessor\b/m.test(source),
    queryAfterHost: /^[ \t]*\(\?:\s*\\\?\s*\(\?!/m.test(source),
    channels: source.includes("/#narrow/channel/"),
    keepsSemicolon: source.includes("urlsplit(url.replace("),
    mediumYoutubePicture: source.includes("/mqdefault.jpg"),
    namesVideoSource: source.includes("data-video-original-url"),
  };
}
