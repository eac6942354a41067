/** What a page's head needs on top of its theme, because of what the page says. */
import type { Families } from "../fonts.ts";
import { holdsMath, mathStyles } from "../katex.ts";
import { scriptFontFaces } from "../script-fonts.ts";

/** The head with the styles of formulas and the fonts of further scripts, where the body has some. */
export async function headFor(head: string, body: string, families: Families): Promise<string> {
  const [math, scripts] = await Promise.all([
    holdsMath(body) ? mathStyles() : "",
    scriptFontFaces(body, families),
  ]);
  return [head, ...[math, scripts].filter(Boolean).map((css) => `<style>${css}</style>`)].join("");
}
