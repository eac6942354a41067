import { describe, expect, it } from "vitest";
import { conflictLine, settled } from "../../src/python/conflict.ts";
import { settleConflicts } from "../../src/python/source.ts";

const PLAIN = "A = 1\n<<<<<<< HEAD\nB = 1\n=======\nB = 2\n>>>>>>> theirs\nC = 3\n";
const WITH_BASE =
  "<<<<<<< HEAD\nB = 1\n||||||| merged common ancestors\nB = 0\n=======\nB = 2\n>>>>>>> theirs\n";

describe("settling conflicts", () => {
  it("keeps the number of every line", () => {
    expect(settled(PLAIN, "both")).toBe("A = 1\n\nB = 1\n\nB = 2\n\nC = 3\n");
    expect(settled(PLAIN, "first")).toBe("A = 1\n\nB = 1\n\n\n\nC = 3\n");
    expect(settled(WITH_BASE, "both")).toBe("\nB = 1\n\n\n\nB = 2\n\n");
    expect(settled(PLAIN.replaceAll("\n", "\r\n"), "first")).toBe(
      "A = 1\r\n\nB = 1\r\n\n\n\nC = 3\r\n",
    );
  });

  it("leaves what only looks like a marker", () => {
    const heading = "Title\n=======\n\n>>> prompt\n<<<<<<<\n";
    expect([conflictLine(heading), settled(heading, "both")]).toEqual([undefined, heading]);
  });

  it("takes both versions where that is Python, else the first", () => {
    expect(settleConflicts(PLAIN)).toEqual({ line: 2, text: settled(PLAIN, "both") });
    const split = "f(\n<<<<<<< HEAD\n    1)\n=======\n    2)\n>>>>>>> theirs\n";
    expect(settleConflicts(split)).toEqual({ line: 2, text: settled(split, "first") });
  });

  it("leaves a text alone that is Python, with a marker in a string", () => {
    expect(settleConflicts('DIFF = """\n<<<<<<< HEAD\n"""\n')).toBeUndefined();
  });
});
