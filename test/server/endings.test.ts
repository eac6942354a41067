/** The line endings of a payload, which an editor does not keep. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asShown, withEndings } from "../../src/server/page/endings.ts";

describe("line endings", () => {
  it.each([
    ["of an untouched text", "a\r\nb\nc\rd", "a\nb\nc\nd", "a\r\nb\nc\rd"],
    ["of a changed line, and around it", "a\r\nb\nc\r\nd", "a\nX\nc\nd", "a\r\nX\nc\r\nd"],
    ["around lines that are gone", "a\r\nb\nc\r\nd", "a\nd", "a\r\nd"],
    ["of new lines, as the line before has", "a\r\nb", "a\nnew\nb", "a\r\nnew\r\nb"],
    ["when what is between them goes", "a\rb\n\nc", "a\n\nc", "a\r\rc"],
    ["of a text that has one kind only", "a\nb", "x\ny", "x\ny"],
    ["of a text that is emptied", "a\r\nb", "", ""],
  ])("are kept: %s", (_case, original, shown, expected) => {
    expect(withEndings(original, shown)).toBe(expected);
  });

  it("come back for any text, and never change what is shown", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "b", "\r", "\n", "\r\n") });
    fc.assert(
      fc.property(texts, texts, (original, other) => {
        expect(withEndings(original, asShown(original))).toBe(original);
        expect(asShown(withEndings(original, asShown(other)))).toBe(asShown(other));
      }),
      { numRuns: 2_000 },
    );
  });
});
