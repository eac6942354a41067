/**
 * The functions that run inside the page. Puppeteer sends their text, so they use nothing from outside
 * themselves. The page's own scripts are off; these run because the browser's owner asks.
 */

/** A rectangle in CSS pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface PageElement {
  innerHTML: string;
  readonly style: { height: string; opacity: string };
  readonly children: Iterable<PageElement>;
  getBoundingClientRect(): Box;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  remove(): void;
}

declare function getComputedStyle(element: PageElement): { backgroundColor: string };

/** What the functions need of the page's document. */
declare const document: {
  documentElement: PageElement;
  body: PageElement;
  fonts: { ready: Promise<unknown> };
  images: Iterable<{ decode(): Promise<void> }>;
};

/** What one picture shows, and where on it the picture is. */
export interface Piece {
  /** HTML. */
  body: string;
  /** CSS selector of the element that becomes the picture. */
  clip: string;
  /** CSS pixels below that element that belong to the picture. */
  below: number;
  /** Shows another body instead when an element that matches is higher than so many CSS pixels. */
  fold?: { selector: string; above: number; body: string };
}

/**
 * Puts pieces into the body, one under another, and waits until their fonts and images can be drawn. Each is a layer of
 * its own on the page's paper, starts at a whole pixel and reaches into no other one, so that each of its pixels is as
 * if it were alone. The page stays transparent until `reveal`: so nothing is drawn that is not whole.
 * @param limit CSS pixels. Pieces that would make the page higher are left out, but for the first.
 * @returns Where the element of each piece is that is on the page; null when it has none.
 */
export async function showPieces(pieces: readonly Piece[], limit: number): Promise<(Box | null)[]> {
  const { body, documentElement } = document;
  const boxOf = (element: PageElement): Box => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  };
  const boxIn = (slot: PageElement, selector: string): Box | null => {
    const element = slot.querySelector(selector);
    return element && boxOf(element);
  };
  const ready = async (): Promise<void> => {
    // Asking for the layout starts the loading of the fonts that the text needs.
    boxOf(body);
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  };
  const paper = [documentElement, body]
    .map((element) => getComputedStyle(element).backgroundColor)
    .find((colour) => colour !== "rgba(0, 0, 0, 0)");
  const style = `display:flow-root;overflow:clip;will-change:transform;background:${paper ?? "#fff"}`;
  documentElement.style.opacity = "0";
  body.innerHTML = `<div style="${style}"></div>`.repeat(pieces.length);
  const slots = [...body.children];
  const shown = pieces.map((piece, index) => ({ piece, slot: slots[index] as PageElement }));
  for (const { slot, piece } of shown) slot.innerHTML = piece.body;
  await ready();
  const long = shown.filter(({ slot, piece: { fold } }) => {
    const elements = fold === undefined ? [] : [...slot.querySelectorAll(fold.selector)];
    return elements.some((element) => boxOf(element).height > (fold?.above ?? 0));
  });
  for (const { slot, piece } of long) slot.innerHTML = piece.fold?.body ?? "";
  if (long.length > 0) await ready();
  const heights = shown.map(({ slot, piece: { clip, below } }) => {
    const { y, height } = boxOf(slot);
    const box = boxIn(slot, clip);
    return Math.ceil(Math.max(height, box === null ? 0 : box.y + box.height + below - y));
  });
  let bottom = 0;
  const kept = shown.filter(({ slot }, index) => {
    bottom += heights[index] as number;
    slot.style.height = `${heights[index]}px`;
    if (index === 0 || bottom <= limit) return true;
    slot.remove();
    return false;
  });
  return kept.map(({ slot, piece }) => boxIn(slot, piece.clip));
}

/** Lets the pieces be seen. */
export function reveal(): void {
  document.documentElement.style.opacity = "1";
}
