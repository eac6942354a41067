import { describe, expect, it } from "vitest";
import { landingsOf, wildcardMentions } from "../../src/fuzz/landing.ts";
import { renderMarkdown } from "../../src/markdown/index.ts";

const where = (markdown: string, mark = "zq") =>
  landingsOf(renderMarkdown(markdown), mark).map(({ containers }) => [...containers].sort());

describe("where a text has landed", () => {
  it.each([
    ["zq in the open", [[]]],
    ["**zq** and zq", [["bold text"], []]],
    ["> zq", [["quote"]]],
    ["```quote\nzq\n```\nzq", [["quote"], []]],
    ["```\nzq\n```", [["code block"]]],
    ["a `zq` b", [["code"]]],
    ["[a **zq** b](https://x.example)", [["link"]]],
    ["* [zq](https://x.example)\n* zq", [["link"], []]],
    ["nothing", []],
  ])("%j", (markdown, expected) => {
    expect(where(markdown)).toEqual(expected);
  });

  it("knows where the link leads", () => {
    const [landing] = landingsOf(renderMarkdown("[zq](https://x.example/y)"), "zq");
    expect(landing?.href).toBe("https://x.example/y");
  });

  it.each([
    ["@**all** hello", 1],
    ["@**everyone** @**stream**", 2],
    ["```quote\n@**all**\n```", 0],
    ["@_**all**", 0],
    ["`@**all**`", 0],
    ["all", 0],
  ])("counts whom %j mentions", (markdown, number) => {
    expect(wildcardMentions(renderMarkdown(markdown))).toBe(number);
  });
});
