/** Pictures of the page, each in it once, however often it is shown. */
import { html, type Markup, trusted } from "../markup.ts";
import type { ImageFile } from "../model.ts";

/** A picture that is larger would make the page slow; it is named instead. */
const LARGEST_BYTES = 1_500_000;

const AVATAR = /<img class="avatar" alt="" src="(data:image\/[a-z+]+;base64,[A-Za-z0-9+/=]+)">/g;

/** Collects the avatars that cards show, as rules of the style sheet. */
export class Pictures {
  readonly #avatars = new Map<string, string>();

  /** A card whose avatars are taken out of it. */
  card(card: string): Markup {
    return trusted(
      card.replace(AVATAR, (_tag, source: string) => {
        const name = this.#avatars.get(source) ?? `avatar-${this.#avatars.size + 1}`;
        this.#avatars.set(source, name);
        return `<span class="avatar ${name}"></span>`;
      }),
    );
  }

  /** The rules that give the avatars back. */
  styles(): string {
    return [...this.#avatars]
      .map(([source, name]) => `.connect .${name}{background:url(${source}) center/cover}`)
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
