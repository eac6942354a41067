/** What a message is rendered with. */
import type { MarkdownDialect } from "./dialect.ts";
import type { EmojiTable } from "./emoji/table.ts";

/** A rule that turns matching text into a link, such as `#123` into an issue's address. */
export interface Linkifier {
  /** A regular expression; named groups fill the variables of the address. */
  pattern: string;
  /** An RFC 6570 address template with `{name}` expressions. */
  urlTemplate: string;
}

/** Something that can be mentioned or linked by its name. */
export interface NamedId {
  id: number;
  name: string;
}

/** How previewed images and videos are addressed. */
export interface MediaAddresses {
  /** Write images as `/thumbnail?url=…`, as a server with thumbnailing does. */
  thumbnails?: boolean;
  /** Maps the address of outside media to where it is fetched from; the identity by default. */
  proxy?: (url: string) => string;
}

/** Options of `renderMarkdown`. All of them have a default. */
export interface MarkdownOptions {
  /** What the tree renders otherwise than trees of 2023 do. */
  dialect?: MarkdownDialect;
  /** Known emoji; the bundled table by default. */
  emoji?: EmojiTable;
  /** Told each name between colons that stands where an emoji would, and is none. */
  onUnknownEmoji?: (name: string) => void;
  /** Whether `:)` becomes an emoji; each user chooses this in Connect, and it is off by default. */
  translateEmoticons?: boolean;
  /** The organisation's linkifiers, in order. */
  linkifiers?: readonly Linkifier[];
  /** Users that `@**name**` can mention. */
  users?: readonly NamedId[];
  /** User groups that `@*name*` can mention. */
  groups?: readonly NamedId[];
  /** Streams that `#**name**` can link to. */
  streams?: readonly NamedId[];
  /** The server's own address, such as `https://chat.example.com`; links to it become relative. */
  site?: string;
  /** Whether links to images and videos are followed by a preview; true by default. */
  previews?: boolean;
  /** How previews are addressed. */
  media?: MediaAddresses;
  /** The language of a fence that names none. */
  defaultCodeLanguage?: string;
  /** Fills in what a `<time:…>` leaves out, such as the date in `<time:10:30>`; now by default. */
  now?: Date;
}
