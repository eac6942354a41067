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

/** What is seen of a page's content. */
export interface Measures {
  /** Where the element is that was asked for; undefined when there is none. */
  box: Box | undefined;
  /** The heights of the others that were asked for, in CSS pixels. */
  heights: number[];
}

/** Puts new content into the body, waits until its fonts and images can be drawn, and measures it. */
export async function showBody(
  html: string,
  boxed: string,
  measured: string | undefined,
): Promise<Measures> {
  document.body.innerHTML = html;
  // Asking for the layout starts the loading of the fonts that the text needs.
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  const box = document.querySelector(boxed)?.getBoundingClientRect();
  const others = measured === undefined ? [] : [...document.querySelectorAll(measured)];
  return {
    box: box && { x: box.x, y: box.y, width: box.width, height: box.height },
    heights: others.map((element) => element.getBoundingClientRect().height),
  };
}
