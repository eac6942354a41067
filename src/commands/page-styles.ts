/** The style sheets of pages with messages: that of `review`, and the list of all messages in the page of `dev`. */
import { assetPath } from "../host/assets.ts";
import { readText } from "../host/files.ts";
import type { CardTheme, PageStyles } from "../review/index.ts";

const read = (name: string): Promise<string> => readText(assetPath(`review/theme/${name}.css`));

/**
 * Reads them.
 * @param page What is around the messages.
 * @param look The look that they are drawn in.
 */
export async function pageStyles(page: "page" | "list", look: CardTheme): Promise<PageStyles> {
  const [base, around, messages, cards] = await Promise.all(
    ["base", page, "messages", "cards"].map(read),
  );
  // The messages' own rules come last: they say what is not for cards.
  return { page: [base, around, messages].join("\n"), cards: cards ?? "", look };
}
