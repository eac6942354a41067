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
  readonly style: { opacity: string };
  getBoundingClientRect(): Box;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** What the functions need of the page's document. */
declare const document: {
  documentElement: PageElement;
  body: PageElement;
  fonts: { ready: Promise<unknown> };
  images: Iterable<{ decode(): Promise<void> }>;
};

/** Another body that is shown instead when an element that matches is higher than so many CSS pixels. */
export interface Fold {
  selector: string;
  above: number;
  body: string;
}

/**
 * Shows a body, and waits until its fonts and images can be drawn. The page stays transparent until then: so nothing is
 * drawn that is not whole.
 * @param clip CSS selector of the element that becomes the picture.
 * @returns Where that element is; null when there is none.
 */
export async function showBody(html: string, clip: string, fold?: Fold): Promise<Box | null> {
  const { body, documentElement } = document;
  const show = async (content: string): Promise<void> => {
    body.innerHTML = content;
    // Asking for the layout starts the loading of the fonts that the text needs.
    body.getBoundingClientRect();
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  };
  documentElement.style.opacity = "0";
  await show(html);
  const folding = fold === undefined ? [] : [...body.querySelectorAll(fold.selector)];
  if (folding.some((element) => element.getBoundingClientRect().height > (fold?.above ?? 0))) {
    await show(fold?.body ?? "");
  }
  documentElement.style.opacity = "1";
  const element = body.querySelector(clip);
  if (element === null) return null;
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}

/** Where an element is now; null when there is none. */
export function boxOf(clip: string): Box | null {
  const element = document.body.querySelector(clip);
  if (element === null) return null;
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}
