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
  getBoundingClientRect(): Box;
}

/** What the functions need of the page's document. */
declare const document: {
  body: PageElement;
  fonts: { ready: Promise<unknown> };
  images: Iterable<{ decode(): Promise<void> }>;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
};

/** Puts new content into the body, and waits until its fonts and images can be drawn. */
export async function swapBody(html: string): Promise<void> {
  document.body.innerHTML = html;
  // Asking for the layout starts the loading of the fonts that the text needs.
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
}

/** Where an element is, or undefined when there is none. */
export function measure(selector: string): Box | undefined {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return box && { x: box.x, y: box.y, width: box.width, height: box.height };
}

/** The heights of all elements that match, in CSS pixels. */
export function heightsOf(selector: string): number[] {
  return [...document.querySelectorAll(selector)].map(
    (element) => element.getBoundingClientRect().height,
  );
}
