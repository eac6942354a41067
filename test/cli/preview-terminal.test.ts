/** A message's HTML as a terminal shows it. */
import { describe, expect, it } from "vitest";
import { htmlForTerminal, type TerminalOptions } from "../../src/commands/reporters/terminal.ts";
import { renderMarkdown } from "../../src/markdown/index.ts";
import { contentAsText } from "../../src/preview/index.ts";
import { widthOf } from "../../src/ui/layout.ts";
import { createPaint, forConsole } from "../../src/ui/marks.ts";

const PLAIN = createPaint(false);

function shown(markdown: string, more: Partial<TerminalOptions> = {}): string[] {
  const html = contentAsText(renderMarkdown(markdown));
  const text = htmlForTerminal(html, { paint: PLAIN, width: 60, links: false, ...more });
  return forConsole(text).split("\n");
}

describe("a message in a terminal", () => {
  it("keeps paragraphs and breaks", () => {
    expect(shown("one\ntwo\n\nthree")).toEqual(["one", "two", "", "three"]);
  });

  it("writes addresses after their text, unless the terminal has links", () => {
    expect(shown("see [this](https://example.com/a) now")).toEqual([
      "see this (https://example.com/a) now",
    ]);
    expect(shown("[this](https://example.com/ä)", { links: true })).toEqual([
      "\u001b]8;;https://example.com/%c3%a4\u001b\\this\u001b]8;;\u001b\\",
    ]);
  });

  it("numbers and nests lists", () => {
    expect(shown("* one\n  * inner\n* two")).toEqual(["• one", "  • inner", "• two"]);
    expect(shown("3. one\n4. two")).toEqual(["3. one", "4. two"]);
  });

  it("wraps at the width, beside the bar of a quote", () => {
    expect(shown("> one two three four five\n\nafter", { width: 22 })).toEqual([
      "│ one two three four",
      "│ five",
      "",
      "after",
    ]);
    expect(shown("* one two three four five", { width: 22 })).toEqual([
      "• one two three four",
      "  five",
    ]);
  });

  it("counts wide characters as two columns", () => {
    expect(shown("ああああ いいいい うう", { width: 20 })).toEqual(["ああああ いいいい う", "う"]);
  });

  it("ends no line with what opens a quotation", () => {
    expect(shown("これは日 日本語「漢字」", { width: 20 })).toEqual([
      "これは日 日本語",
      "「漢字」",
    ]);
  });

  it("leaves code as it is", () => {
    expect(shown("```\nif  x:\n\n    y\n```\nend")).toEqual([
      "    if  x:",
      "",
      "        y",
      "",
      "end",
    ]);
  });

  it("shows emoji, images, formulas and tables as text", () => {
    expect(shown(":tada: $$x^2$$")[0]).toBe("🎉 x^2");
    expect(shown("[a](https://example.com/a.png)").join("")).toContain("[image]");
  });

  it("puts the columns of a table in line, as they are aligned", () => {
    const table =
      "| a | state | n |\n|---|:--:|--:|\n| 東京 | ok :tada: | 12 |\n| x | **no** | 1,200 |";
    expect(shown(`before\n\n${table}\n\nafter`)).toEqual([
      "before",
      "",
      "a    │ state │     n",
      "─────┼───────┼──────",
      "東京 │ ok 🎉 │    12",
      "x    │  no   │ 1,200",
      "",
      "after",
    ]);
    const paint = createPaint(true);
    const [, , row] = shown("| a |\n|---|\n| [x](https://example.com/y) |", { paint, links: true });
    expect(row).toContain("\u001b]8;;https://example.com/y\u001b\\");
  });

  it("prints an address once where it is the link's own text", () => {
    expect(shown("see https://example.com/a?b=1 and example.com/c")).toEqual([
      "see https://example.com/a?b=1 and example.com/c",
    ]);
  });

  it("breaks texts without blanks between words, and never before a full stop", () => {
    const lines = shown("これは非常に長い日本語の文章で、端末の幅を超えたときに折り返されます。", {
      width: 24,
    });
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join("")).toBe(
      "これは非常に長い日本語の文章で、端末の幅を超えたときに折り返されます。",
    );
    for (const line of lines) {
      expect(widthOf(line)).toBeLessThanOrEqual(24);
      expect(line).not.toMatch(/^[、。]/);
    }
  });

  it("colours what stands out", () => {
    const paint = createPaint(true);
    expect(shown("**a** `b`", { paint })).toEqual(["\u001b[1ma\u001b[22m \u001b[33mb\u001b[39m"]);
    expect(shown("```python\nif x\n```", { paint })[0]).toBe("    \u001b[35mif\u001b[39m x");
  });

  it("lets nothing of a stranger's move the cursor", () => {
    const hostile = "\u001b[2J\u009b1A[x](https://example.com/\u001b]8;;evil) \u0007";
    // biome-ignore lint/suspicious/noControlCharactersInRegex: links begin with the escape character
    const links = /\u001b\]8;;[!-~]*\u001b\\/g;
    const text = shown(hostile, { links: true }).join("").replaceAll(links, "");
    const acting = [...text].filter((character) => /\p{Cc}/u.test(character));
    expect(acting).toEqual([]);
  });
});
