import { describe, expect, it } from "vitest";
import { bundledEmoji, parseEmojiNames, renderMarkdown } from "../../src/markdown/index.ts";

const SOURCE = `from typing import Any

EMOJI_NAME_MAPS: dict[str, dict[str, Any]] = {
    "1f4a5": {"canonical_name": "bang", "aliases": ["kaboom", "pow"]},
    "1f1ea-1f1fa": {
        "canonical_name": "flag_of_europe",
        "aliases": [],
    },
    # "1f4a6": a comment is no entry
}
`;

describe("parseEmojiNames", () => {
  const table = parseEmojiNames(SOURCE);

  it("knows main names and aliases", () => {
    expect(Object.fromEntries(table.codes)).toEqual({
      bang: "1f4a5",
      kaboom: "1f4a5",
      pow: "1f4a5",
      flag_of_europe: "1f1ea-1f1fa",
    });
  });

  it("names a character by its main name", () => {
    expect(table.names.get("1f4a5")).toBe("bang");
  });

  it("finds nothing in other text", () => {
    expect(parseEmojiNames("x = {}").codes.size).toBe(0);
  });

  it("serves rendering", () => {
    const html = renderMarkdown(":pow: 💥 🇪🇺 :tada:", { emoji: table });
    expect(html.match(/class="[^"]*"/g)).toEqual([
      'class="emoji emoji-1f4a5"',
      'class="emoji emoji-1f4a5"',
      'class="emoji emoji-1f1ea-1f1fa"',
    ]);
    expect(html).toContain(":bang:");
    expect(html).toContain(":tada:");
  });
});

describe("the bundled table", () => {
  const { codes, names } = bundledEmoji();

  it("has valid entries and no name twice", () => {
    for (const [name, code] of codes) {
      expect(name).toMatch(/^[a-z0-9_+-]+$/);
      expect(code).toMatch(/^[0-9a-f]{4,5}(-[0-9a-f]{4,5})*$/);
      expect(names.has(code)).toBe(true);
    }
    expect(new Set(names.values()).size).toBe(names.size);
  });

  it.each(
    "check cross_mark tada warning danger info green_circle red_circle orange_circle yellow blue_circle alert checkbox gear running time_ticking thumbs_up thumbs_down notebook file star working_on_it squared_ok".split(
      " ",
    ),
  )("knows :%s:, which integrations use", (name) => {
    expect(codes.has(name)).toBe(true);
  });
});

describe("emoji as characters", () => {
  it.each([
    ["💩", "emoji-1f4a9"],
    ["⬆️", "emoji-2b06"],
    ["1️⃣", "emoji-0031-20e3"],
  ])("%s is shown as an emoji", (character, expected) => {
    expect(renderMarkdown(character)).toContain(expected);
  });

  it.each(["1", "#", "©", "↔", "⬆", "🫥‍🫥"])("%s stays text", (character) => {
    expect(renderMarkdown(character)).toBe(`<p>${character}</p>`);
  });
});
