import { describe, expect, it } from "vitest";
import { type Linkifier, renderMarkdown } from "../../src/markdown/index.ts";

const ISSUE: Linkifier = {
  pattern: "#(?P<id>[0-9]+)",
  urlTemplate: "https://example.org/issues/{id}",
};

function render(markdown: string, ...linkifiers: Linkifier[]): string {
  return renderMarkdown(markdown, { linkifiers });
}

describe("linkifiers", () => {
  it("turns matches into links", () => {
    expect(render("see #12, (#13)", ISSUE)).toBe(
      '<p>see <a href="https://example.org/issues/12">#12</a>, ' +
        '(<a href="https://example.org/issues/13">#13</a>)</p>',
    );
  });

  it.each(["x#12", "#12a", "`#12`", "[#12](#a)"])("leaves %s alone", (markdown) => {
    expect(render(markdown, ISSUE)).not.toContain("/issues/");
  });

  it("encodes what it fills in", () => {
    const any = { pattern: "T:(?P<t>[^ ]+)", urlTemplate: "https://example.org/?t={t}" };
    expect(render('T:a&b"<', any)).toContain('href="https://example.org/?t=a%26b%22%3C"');
  });

  it("keeps reserved characters with a plus sign", () => {
    const path = { pattern: "P:(?P<p>\\S+)", urlTemplate: "https://example.org/{+p}" };
    expect(render("P:a/b", path)).toContain('href="https://example.org/a/b"');
  });

  it("accepts escapes that strict expressions do not", () => {
    const dashed = { pattern: "\\#A\\-(?P<n>\\d+)", urlTemplate: "https://example.org/{n}" };
    expect(render("#A-7", dashed)).toContain('href="https://example.org/7"');
  });

  it("gives the first linkifier precedence", () => {
    const other = { pattern: "#(?P<id>1[0-9]+)", urlTemplate: "https://example.net/{id}" };
    expect(render("#12", ISSUE, other)).toContain("https://example.org/issues/12");
  });

  it("keeps text whose address would not be safe", () => {
    const unsafe = { pattern: "J:(?P<x>\\S+)", urlTemplate: "javascript:{x}" };
    expect(render("J:alert", unsafe)).toBe("<p>J:alert</p>");
  });

  it("says which pattern is wrong", () => {
    expect(() => render("a", { pattern: "(", urlTemplate: "x" })).toThrow(
      expect.objectContaining({ code: "invalid-linkifier" }),
    );
  });
});
