import { describe, expect, it } from "vitest";
import { emojiFontFaces, scriptFontFaces } from "../../src/preview/script-fonts.ts";

const FAMILIES = { sans: "S", code: "C" };
const faces = (html: string) => scriptFontFaces(html, FAMILIES);
const ranges = (css: string) => [...css.matchAll(/unicode-range:([^}]*)/g)].map(([, list]) => list);

/** Whether a `unicode-range` holds a code point. */
function covers(list: string, point: number): boolean {
  return list.split(",").some((range) => {
    const [first = "", last = first] = range.slice(2).split("-");
    return Number.parseInt(first, 16) <= point && point <= Number.parseInt(last, 16);
  });
}

describe("scriptFontFaces", () => {
  it("adds nothing to text that the fonts of text have", async () => {
    expect(await faces("<p>Größe, Ελλάδα, Привет, ☃, 🎉, →</p>")).toBe("");
  });

  it.each([
    ["Japanese", "ビルド成功"],
    ["Chinese", "构建成功。"],
    ["traditional Chinese", "建構成功"],
    ["Korean", "빌드 성공"],
    ["Arabic", "نجح البناء"],
    ["Hebrew", "הבנייה הצליחה"],
    ["Hindi", "बिल्ड सफल"],
    ["Thai", "สร้างสำเร็จ"],
  ])("has every letter of %s once in each face of text and code, and loads nothing", async (_, text) => {
    const css = await faces(`<p>${text}</p>`);
    for (const letter of text.replace(/ /g, "")) {
      const point = letter.codePointAt(0) as number;
      expect(ranges(css).filter((list = "") => covers(list, point))).toHaveLength(3);
    }
    for (const [, url] of css.matchAll(/url\(([^)]{0,30})/g))
      expect(url).toMatch(/^data:font\/woff2/);
    expect(new Set(css.match(/font-family:"\w"/g))).toEqual(
      new Set(['font-family:"S"', 'font-family:"C"']),
    );
  });

  it.each([
    ["Japanese with Korean, Chinese, Hindi and Thai", "サーバー 々 〜 한국어 构建 नमस्ते สวัสดี"],
    ["Korean with Japanese", "빌드 サーバ"],
    ["a long vowel mark alone among kana", "ー。"],
  ])("gives each letter of %s to a font that has it", async (_, text) => {
    const css = await faces(`<p>${text}</p>`);
    for (const letter of new Set(text.replace(/ /g, ""))) {
      const point = letter.codePointAt(0) as number;
      expect([letter, ranges(css).filter((list = "") => covers(list, point)).length]).toEqual([
        letter,
        3,
      ]);
    }
  });

  it("takes the letters' form from the language around them", async () => {
    const source = (css: string) => /src:(url\([^)]{2000,2100})/.exec(css)?.[1];
    const alone = source(await faces("直"));
    expect(source(await faces("直す"))).not.toBe(alone);
    expect(source(await faces("直 입력"))).not.toBe(alone);
  });

  it("has slanted letters where the page slants", async () => {
    expect(await faces("<em>成功</em>")).toContain("font-style:italic");
    expect(await faces("<p>成功</p>")).not.toContain("font-style:italic");
  });
});

describe("emojiFontFaces", () => {
  it("has the emoji of a page, each once, and no letters", async () => {
    const css = await emojiFontFaces("<p>1. 🎉 👍🏽 ❤️ a ☃ © #</p>");
    for (const letter of "🎉👍❤") {
      const lists = ranges(css).filter((list = "") => covers(list, letter.codePointAt(0) ?? 0));
      expect(lists.length).toBeGreaterThan(0);
    }
    for (const letter of "1a#©") {
      expect(ranges(css).some((list = "") => covers(list, letter.codePointAt(0) ?? 0))).toBe(false);
    }
    expect(await emojiFontFaces("<p>1. a # © ✓</p>")).toBe("");
  });
});
