/** What the documentation rules see in a page. */
import { describe, expect, it } from "vitest";
import { readDoc } from "../../src/lint/doc-page.ts";

describe("a page", () => {
  it("has links, and pictures with their texts", () => {
    const page = readDoc(
      'See [a [b](/help/b) and [c](</help/c>) or ![big [shot](/static/a.png "Title").\n[d]: /help/d\n',
    );
    expect(page.links.map(({ text }) => text)).toEqual([
      "/help/b",
      "</help/c>",
      "/static/a.png",
      "/help/d",
    ]);
    expect(readDoc('![one](/static/a.png "Title") ![](b.png)').images).toEqual([
      { alternative: "one", text: "/static/a.png", line: 1 },
      { alternative: "", text: "b.png", line: 1 },
    ]);
  });

  // Each of these once took longer than anybody waits.
  it.each(["[", "![", "](a", "`", "{!", "<http:", "# "])("may be nothing but %s", (sign) => {
    expect(readDoc(sign.repeat(150_000)).images).toEqual([]);
  });
});
