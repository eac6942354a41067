/** Pictures of the page, each in it once, however often it is shown. */
import { html, type Markup, trusted } from "../markup.ts";
import type { ImageFile } from "../model.ts";

/** A picture that is larger would make the page slow; it is named instead. */
const LARGEST_BYTES = 1_500_000;

const IMAGE = /(<img\b[^<>]*?)\ssrc="(data:image\/[a-z+]+;base64,[A-Za-z0-9+/=]+)"/g;

/** An image that shows nothing, as large as an avatar: a tree's look may only say how wide one is at most. */
const BLANK = `data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"/>',
).toString("base64")}`;

/** Collects the avatars that cards show, as rules of the style sheet. */
export class Pictures {
  readonly #avatars = new Map<string, number>();

  /** A card whose avatars are taken out of it; their elements stay, as the look has them. */
  card(card: string): Markup {
    return trusted(
      card.replace(IMAGE, (_tag, element: string, source: string) => {
        const number = this.#avatars.get(source) ?? this.#avatars.size + 1;
        this.#avatars.set(source, number);
        return `${element} data-avatar="${number}" src="${BLANK}"`;
      }),
    );
  }

  /** The rules that give the avatars back. */
  styles(): string {
    return [...this.#avatars]
      .map(
        ([source, number]) =>
          `.connect.connect [data-avatar="${number}"]{background:url(${source}) center/cover}`,
      )
      .join("\n");
  }
}

/** An image file. As the source of an image, an SVG runs no script and loads nothing. */
export function imageOf({ type, bytes }: ImageFile, about: string): Markup {
  if (bytes.length > LARGEST_BYTES) {
    return html`<span class="too-large">${Math.round(bytes.length / 1000)} kB, too large to be shown</span>`;
  }
  const source = `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
  return html`<img alt="${about}" src="${source}">`;
}
