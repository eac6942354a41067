/** What a theme is: the way messages are shown in a page, and where the picture is on it. */
import type { DrawOptions, PageSource } from "../../browser/index.ts";
import type { PageMessage } from "../page.ts";

export type ThemeName = "builtin" | "checkout";

/** A page that shows messages. The head is the same for all messages without a formula. */
export interface MessagesPage extends PageSource {
  /** The body with each message folded to a few lines, as Connect folds long ones. */
  folded: string;
}

export interface Theme {
  readonly name: ThemeName;
  /** Where the picture is on the page. */
  readonly frame: Pick<DrawOptions, "clip" | "offset" | "width"> & {
    /** CSS pixels of empty ground around the card of a message. */
    readonly margin: number;
  };
  /** On a page that stays open: styles that let messages be as narrow as it is, and the class of the root of a dark one. */
  readonly live: { styles(): Promise<string>; readonly dark?: string };
  /** CSS selector of a message's text. */
  readonly content: string;
  /** Everything but the page's head that decides what a page is like, as text. */
  readonly sources: string;
  /** The page that shows messages. Messages in a row to the same stream and topic share a card. */
  page(messages: readonly PageMessage[]): Promise<MessagesPage>;
  /** The head of a page with this body: some messages need fonts and styles of their own. */
  head(body: string): Promise<string>;
}
