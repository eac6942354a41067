import { describe, expect, it } from "vitest";
import { beginning, cutShort, ending, leftOut } from "../src/cut.ts";

describe("a text that is cut", () => {
  it("says how much is left out", () => {
    expect(cutShort("a".repeat(12), 10)).toBe("aaaaaaaaaa\n… 2 more characters");
    expect(cutShort("a".repeat(10), 10)).toBe("aaaaaaaaaa");
    expect(leftOut(1, "line")).toBe("… 1 more line");
  });

  it("tears no character", () => {
    expect(beginning("a👩b", 2)).toEqual({ text: "a", left: 3 });
    expect(beginning("a👩b", 3)).toEqual({ text: "a👩", left: 1 });
    expect(ending("a👩b", 2)).toEqual({ text: "b", left: 3 });
    expect(ending("a👩b", 3)).toEqual({ text: "👩b", left: 1 });
  });
});
