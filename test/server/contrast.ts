/** Whether the texts of a page can be read. */

/**
 * Runs in the page: the texts whose colour is too close to what is behind them (WCAG 2, 4.5 to 1).
 * @param frame The frame whose texts they are; the page's own without it. Messages in it have a look of their own.
 */
export function lowContrast(frame?: string): string[] {
  const inside = frame === undefined ? undefined : document.querySelector<HTMLIFrameElement>(frame);
  const page = inside?.contentDocument ?? document;
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => Number(part) / 255);
    const linear = [r, g, b].map((part) =>
      part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const behind = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found: string[] = [];
  for (const element of page.querySelectorAll<HTMLElement>("body *")) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === 3 && node.textContent?.trim(),
    );
    if (!own || !("offsetParent" in element) || element.offsetParent === null) continue;
    if (element.closest(".gutter, .coloured, noscript, .skip, :disabled, .connect")) continue;
    const [one, other] = [light(getComputedStyle(element).color), light(behind(element))].sort(
      (a, b) => b - a,
    );
    const ratio = ((one ?? 0) + 0.05) / ((other ?? 0) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${element.tagName} ${element.textContent}`);
  }
  return found;
}
