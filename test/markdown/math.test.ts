import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/markdown/index.ts";

const formula = (tex: string) =>
  `<span class="katex"><span class="katex-html">${tex}</span></span>`;

describe("mathematics", () => {
  it("shows a formula's source in its place", () => {
    expect(renderMarkdown("so $$a^2 < b & **c**$$.")).toBe(
      `<p>so ${formula("a^2 &lt; b &amp; **c**")}.</p>`,
    );
  });

  it("makes each paragraph of a fence a formula", () => {
    const display = (tex: string) => `<span class="katex-display">${formula(tex)}</span>`;
    expect(renderMarkdown("```math\na\n\nb\n```")).toBe(
      `<p>${display("a")}\n\n${display("b")}</p>`,
    );
  });

  it.each(["$$_$$", "$$$", "a$$b$$", "$$a\nb$$", "$$a$$$"])("%j is text", (markdown) => {
    expect(renderMarkdown(markdown)).not.toContain("katex");
  });
});
