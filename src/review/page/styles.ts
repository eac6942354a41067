/** What pages with messages are dressed in. */
import { scopedStyles } from "./scoped-styles.ts";

/** The look that messages are drawn in. */
export interface CardTheme {
  /** Style sheets, made for a page that shows nothing but messages. */
  readonly styles: readonly string[];
  /** CSS selector of what of a message is shown; what is around it is there for the styles' sake. */
  readonly clip: string;
}

/** What a page with messages is dressed in. */
export interface PageStyles {
  /** The page's own style sheet. */
  readonly page: string;
  /** How messages fit into the page, in any look. */
  readonly cards: string;
  readonly look: CardTheme;
}

/** The class of what holds cards, which the look is for. */
export const CARDS = "connect";

/**
 * The page's rules stand in a layer, where what they say of cards is taken back by its last rule; the look and what
 * fits it into the page hold inside of cards only.
 */
export function messageStyles({ page, cards, look }: PageStyles): string {
  const own = `@layer page {\n${page}\n}`;
  const around = `.${CARDS} :has(${look.clip}) { display: contents !important; }`;
  return [own, cardStyles(look.styles), around, cards].join("\n");
}

/** Style sheets of a look, which hold inside of cards only. */
export function cardStyles(styles: readonly string[]): string {
  return scopedStyles(styles.join("\n"), `.${CARDS}`);
}
