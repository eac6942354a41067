/** A look is made for a page of its own, and comes from a tree: it must say nothing of the rest of a review. */

import type { Browser, Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scopedStyles } from "../../src/review/page/scoped-styles.ts";
import { startChromium } from "../support/chromium.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startChromium();
  page = await browser.newPage();
});
afterAll(() => browser.close());

const COLOUR = "rgb(1, 2, 3)";

/** The colours of a text inside of the part, and of one outside. */
async function colours(css: string): Promise<[inside: string, outside: string]> {
  const styles = scopedStyles(css, ".part");
  await page.setContent(
    `<style>p { color: black }\n${styles}</style><div class="part"><p id="in" class="a">in</p></div><p id="out" class="a">out</p>`,
  );
  return page.evaluate(() => {
    const colour = (id: string) => getComputedStyle(document.getElementById(id) as Element).color;
    return [colour("in"), colour("out")] as [string, string];
  });
}

describe("a look in a part of a page", () => {
  it.each([
    ["a rule", `p { color: ${COLOUR} }`],
    ["a list of selectors", `h1, .a { color: ${COLOUR} }`],
    ["the page as an ancestor", `body .a { color: ${COLOUR} }`],
    ["the page and its body as ancestors", `html > body .a { color: ${COLOUR} }`],
    [
      "the body of a page in a state",
      `:root:not(.b) body { --c: ${COLOUR} } p { color: var(--c) }`,
    ],
    ["a variable of the page", `:root { --c: ${COLOUR} } p { color: var(--c) }`],
    ["nested rules", `body { .a { color: ${COLOUR} } }`],
    ["a media query", `@media (min-width: 1px) { html { --c: ${COLOUR} } p { color: var(--c) } }`],
    ["a layer", `@layer base { .a { color: ${COLOUR} !important } }`],
    [
      "braces in strings and comments",
      `/* } */ h1::before { content: "}" } p { color: ${COLOUR} }`,
    ],
    [
      "an address with a semicolon",
      `h1 { background: url(data:image/png;base64,AA==) } p { color: ${COLOUR} }`,
    ],
  ])("holds inside: %s", async (_what, css) => {
    expect(await colours(css)).toEqual([COLOUR, "rgb(0, 0, 0)"]);
  });

  it.each([
    ["a brace too many", `h1 {}} } p { color: ${COLOUR} !important }`],
    ["a bracket too many", `h1 { a: ) } } } p { color: ${COLOUR} !important }`],
    ["a block that is left open", `h1 { color: red; ( [ {`],
    [
      "a string that is left open",
      `h1 { content: "\n} } } p { color: ${COLOUR} !important } h2 { content: "x" }`,
    ],
    ["an escaped end of a line", `h1 { content: "\\\n" } } p { color: ${COLOUR} !important }`],
    ["a comment that is left open", `h1 {} /* } } p { color: ${COLOUR} }`],
    ["an escaped brace", `h1\\} {} \\} } p { color: ${COLOUR} !important }`],
    ["an address that is left open", `h1 { a: url(x } } } p { color: ${COLOUR} !important }`],
    [
      "an address in escapes",
      `h1 { a: \\75\\rl(x'y) } } p { color: ${COLOUR} !important } h2 { a: url(x'y) }`,
    ],
    [
      "an old line end",
      `h1 { content: "\r} } } p { color: ${COLOUR} !important } h2 { content: "x" }`,
    ],
    [
      "an address with a quote",
      `h1 { a: url(x'y) } } p { color: ${COLOUR} !important } h2 { a: url(x'y) }`,
    ],
  ])("never holds outside: %s", async (_what, css) => {
    expect((await colours(css))[1]).toBe("rgb(0, 0, 0)");
    expect((await colours(`@media all { ${css}`))[1]).toBe("rgb(0, 0, 0)");
  });

  it("keeps fonts and animations, each once", () => {
    const face = '@font-face { font-family: "F"; src: url(data:font/woff2;base64,AA==) }';
    const css = `${face} ${face} @keyframes turn { from { top: 0 } } @import "x.css"; p { top: 1px }`;
    expect(scopedStyles(css, ".part")).toBe(
      '@font-face { font-family: "F"; src: url(data:font/woff2;base64,AA==) }\n' +
        "@keyframes turn { from { top: 0 } }\n.part {\np { top: 1px }\n}",
    );
  });
});
