import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStringToken, writeMultilineString, writeString } from "../../src/python/strings.ts";

describe("readStringToken", () => {
  it.each([
    [`"plain"`, "plain"],
    [`'single'`, "single"],
    [`"""two\nlines"""`, "two\nlines"],
    [`'''it's'''`, "it's"],
    [`""`, ""],
    [String.raw`"tab\tquote\"slash\\"`, 'tab\tquote"slash\\'],
    [String.raw`"\x41\u00e9\U0001F600\101"`, "Aé😀A"],
    [String.raw`"\d stays"`, "\\d stays"],
    [String.raw`r"\d+\n"`, "\\d+\\n"],
    [String.raw`R'\''`, "\\'"],
    [`"joined\\\nlines"`, "joinedlines"],
    [`"""windows\r\nlines"""`, "windows\nlines"],
    [String.raw`b"\u0041"`, "\\u0041"],
    [`u"old"`, "old"],
  ])("%s means %j", (literal, value) => {
    expect(readStringToken(literal)).toMatchObject({ value, closed: true });
  });

  it.each([
    `f"{name}"`,
    String.raw`"\N{BULLET}"`,
    String.raw`"\xZZ"`,
    String.raw`"\U00110000"`,
  ])("%s has no value that can be read without Python", (literal) => {
    expect(readStringToken(literal)).toMatchObject({ value: undefined, closed: true });
  });

  it("notices a missing closing quote and reads prefixes", () => {
    expect(readStringToken(`"open`).closed).toBe(false);
    expect(readStringToken(`"`).closed).toBe(false);
    expect(readStringToken(`"""open"`).closed).toBe(false);
    expect(readStringToken(String.raw`"open\"`).closed).toBe(false);
    expect(readStringToken(String.raw`r"open\"`).closed).toBe(false);
    expect(readStringToken(String.raw`"closed\\"`).closed).toBe(true);
    expect(readStringToken(`Rb"x"`)).toMatchObject({ prefix: "rb", quote: '"' });
  });
});

it("reads backslashes once", () => {
  const backslashes = "\\".repeat(390_000);
  const { closed, value } = readStringToken(`"${backslashes}a"`);
  expect([closed, value?.length]).toEqual([true, 195_001]);
});

describe("writeString", () => {
  it.each([
    ["plain", '"plain"'],
    [`it's`, `"it's"`],
    [`a "b"`, `'a "b"'`],
    [`both ' and "`, String.raw`"both ' and \""`],
    ["back\\slash", String.raw`"back\\slash"`],
    ["line\nbreak\ttab", String.raw`"line\nbreak\ttab"`],
    ["Grüße 😀", '"Grüße 😀"'],
    ["bell\x07", String.raw`"bell\x07"`],
    ["\u202etricky\ufeff", String.raw`"\u202etricky\ufeff"`],
  ])("%j is written %s", (value, literal) => {
    expect(writeString(value)).toBe(literal);
  });

  it("keeps to the quotes of an old file", () => {
    expect(writeString("plain", "'")).toBe("'plain'");
    expect(writeString("it's", "'")).toBe(`"it's"`);
  });

  it("is read back as the same text, on one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom('"', "'"), (value, quote) => {
        const literal = writeString(value, quote as '"' | "'");
        expect(literal).not.toMatch(/[\r\n]/);
        expect(readStringToken(literal)).toMatchObject({ value, closed: true });
      }),
    );
  });
});

describe("writeMultilineString", () => {
  it("keeps lines as lines and quotes apart from the closing ones", () => {
    expect(writeMultilineString('a\n"b"')).toBe('"""a\n"b\\""""');
    expect(writeMultilineString('x """ y')).toBe('"""x \\"\\"\\" y"""');
  });

  it("is read back as the same text", () => {
    const text = fc
      .array(fc.constantFrom('"', "\\", "\n", "a", "'", "é", "\r"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, (value) => {
        expect(readStringToken(writeMultilineString(value))).toMatchObject({ value, closed: true });
      }),
    );
  });
});
