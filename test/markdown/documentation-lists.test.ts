/** Lists of a documentation page, as python-markdown reads them. */
import { expect, it } from "vitest";
import { renderDocumentation } from "../../src/markdown/documentation.ts";

const render = (source: string): string =>
  renderDocumentation(source, {
    include: () => "Made by a macro.\n\nStill the macro.",
    variables: {},
    eventTypes: undefined,
    image: () => undefined,
  }).replace(/\n/g, "");

it.each([
  ["text", "   Choose the quay first.", "<p>Choose the quay first.</p>"],
  ["code", "  ```\n  url:\n\n  x\n  ```", "<pre><code>url:x</code></pre>"],
  ["a list", " - one\n - two", "<ul><li>one</li><li>two</li></ul>"],
])("breaks a list at %s that is not far enough to the right", (_, block, html) => {
  const broken = render(`1. Open it.\n\n${block}\n\n1. Paste it.\n`);
  expect(broken).toBe(`<ol><li>Open it.</li></ol>${html}<ol><li>Paste it.</li></ol>`);
});

it("keeps in its step what is four blanks to the right, a macro, and lines that only go on", () => {
  const source = "1. Open it\n   in a tab.\n\n    Choose it.\n\n1. {!macro.md!}\n";
  expect(render(source)).toBe(
    "<ol><li><p>Open itin a tab.</p><p>Choose it.</p></li><li><p>Made by a macro.</p><p>Still the macro.</p></li></ol>",
  );
});

it("leaves what does not follow a step as it is", () => {
  expect(render("Text.\n\n  More.\n")).toBe("<p>Text.</p><p>More.</p>");
});
