/** All messages of an integration in a page that stays open: the inside of a frame, made block by block. */
import { escapeHtml } from "../../markdown/index.ts";
import { html, type Markup, trusted } from "../markup.ts";
import type { MessageReview, Shown } from "../model.ts";
import { type MessageLook, messageBlock } from "./messages.ts";
import { Pictures } from "./pictures.ts";
import { CARDS, cardStyles, messageStyles, type PageStyles } from "./styles.ts";

/** What a block says besides its messages. */
export interface BlockPlace {
  /** Where a fixture is shown by itself. */
  address(fixture: string): string;
  /** A fixture above that fails for the same mistake, which is told there. */
  failsAs?: string | undefined;
}

/**
 * The head of the frame.
 * @param dark The class by which the look is made dark: of the root for what is around the cards, and of what holds cards.
 */
export function listHead(styles: PageStyles, dark: string | undefined): string {
  const root = `:root{color-scheme:light}:root.${dark ?? "dark"}{color-scheme:dark}`;
  const cards = dark === undefined ? "" : `.${CARDS}.${CARDS}.${dark}{color-scheme:dark}`;
  const stated = escapeHtml(JSON.stringify({ clip: styles.look.clip, dark }));
  return `<style>${messageStyles(styles)}\n${root}${cards}</style><meta name="picture" content="${stated}">`;
}

/** Hundreds of messages may change with one edit, each in all of its words. */
const MAX_EDITS = 100;

export class MessageList {
  readonly #pictures = new Pictures();

  /** A drawn message without its avatars, which are in `styles`. */
  card(card: string): string {
    return this.#pictures.card(card).text;
  }

  /** The block of a fixture: safe HTML. Its links that lead to a fixture name it in `data-open`. */
  block(message: MessageReview, { address, failsAs }: BlockPlace): string {
    const link = (fixture: string): Markup =>
      html`<a href="${address(fixture)}" data-open="${fixture}">${fixture || "no payload"}</a>`;
    const look: MessageLook = {
      heading: ({ fixture, after }, badge) =>
        html`<h2>${after ? link(fixture) : fixture}${badge}${after?.error && html` <span class="badge removed">fails</span>`}</h2>`,
      card: trusted,
      maxEdits: MAX_EDITS,
      failure: (failed) =>
        failsAs !== undefined && failed === message.after
          ? html`<p class="failure">Fails as ${link(failsAs)} does.</p>`
          : briefFailure(failed),
    };
    return messageBlock(message, look).text;
  }

  /** A block in the place of one that would be too large. */
  notice(fixture: string, words: string, { address }: BlockPlace): string {
    return html`<div class="message-review"><h2><a href="${address(fixture)}" data-open="${fixture}">${fixture}</a></h2><p class="answer">${words}</p></div>`
      .text;
  }

  /**
   * The styles that the cards need.
   * @param sheets Style sheets that only some messages need: of formulas, and of further scripts.
   */
  styles(sheets: readonly string[]): string {
    return `${cardStyles(sheets)}\n${this.#pictures.styles()}`;
  }
}

function briefFailure({ error }: Shown): Markup {
  const place =
    error?.path !== undefined && `${error.path}${error.line === undefined ? "" : `:${error.line}`}`;
  return html`<div class="failure"><p class="brief"><strong>${error?.type}</strong>: ${error?.message}</p>${place && html`<p class="place">${place}</p>`}</div>`;
}
