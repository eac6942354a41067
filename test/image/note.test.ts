import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { noteOf, withNote } from "../../src/image/note.ts";

const png = await sharp({ create: { width: 3, height: 2, channels: 3, background: "#123456" } })
  .png()
  .toBuffer();

describe("a note in a PNG", () => {
  it("is read back, and the picture stays", async () => {
    const noted = withNote(png, "made-by", "a=1 b=2");
    expect(noteOf(noted, "made-by")).toBe("a=1 b=2");
    const [before, after] = await Promise.all(
      [png, noted].map((one) => sharp(one).raw().toBuffer()),
    );
    expect(after).toEqual(before);
  });

  it("has a checksum that readers accept", async () => {
    // libpng leaves a chunk out whose checksum is wrong, so sharp only knows a good one.
    const { comments } = await sharp(withNote(png, "made-by", "text")).metadata();
    expect(comments).toEqual([expect.objectContaining({ keyword: "made-by", text: "text" })]);
  });

  it("takes the place of one with the same keyword, and of no other", () => {
    const twice = withNote(withNote(withNote(png, "a", "1"), "ab", "2"), "a", "3");
    expect([noteOf(twice, "a"), noteOf(twice, "ab")]).toEqual(["3", "2"]);
    expect(twice.length).toBe(withNote(withNote(png, "ab", "2"), "a", "3").length);
  });

  it("is not there where nobody wrote one", () => {
    expect(noteOf(png, "made-by")).toBeUndefined();
    expect(noteOf(Buffer.from("no picture"), "made-by")).toBeUndefined();
    expect(noteOf(withNote(png, "made-by", "text").subarray(0, 50), "made-by")).toBeUndefined();
  });

  it("is not put into anything else", () => {
    expect(() => withNote(Buffer.from("no picture"), "a", "b")).toThrow(RangeError);
  });
});
