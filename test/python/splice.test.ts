import { Workspace } from "@astral-sh/ruff-wasm-nodejs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BugError } from "../../src/errors.ts";
import { applyEdits } from "../../src/python/edit.ts";
import { type Group, layout, type Piece } from "../../src/python/layout.ts";
import { parseModule } from "../../src/python/parse-module.ts";
import { type Container, insertElement, removeElement } from "../../src/python/splice.ts";

function containerIn(text: string): Container {
  const value = parseModule(text).assignments[0]?.value;
  if (value?.kind === "list" || value?.kind === "dict" || value?.kind === "set") return value;
  throw new Error("no container");
}

function inserted(text: string, index: number, piece: Piece = "NEW"): string {
  return applyEdits(text, insertElement(text, containerIn(text), index, piece, 40));
}

function removed(text: string, index: number): string {
  return applyEdits(text, removeElement(text, containerIn(text), index));
}

describe("insertElement", () => {
  it.each([
    ["first", "X = [\n    A,\n]\n", 0, "X = [\n    NEW,\n    A,\n]\n"],
    ["last", "X = [\n    A,\n]\n", 1, "X = [\n    A,\n    NEW,\n]\n"],
    [
      "after a comment",
      "X = [\n    A,  # a\n    B,\n]\n",
      1,
      "X = [\n    A,  # a\n    NEW,\n    B,\n]\n",
    ],
    [
      "above a comment",
      "X = [\n    A,\n    # b\n    B,\n]\n",
      1,
      "X = [\n    A,\n    NEW,\n    # b\n    B,\n]\n",
    ],
    ["no comma yet", "X = {\n    A  # a, b\n}\n", 1, "X = {\n    A,  # a, b\n    NEW,\n}\n"],
    [
      "comma on its own line",
      "X = [\n    A\n    ,\n    B,\n]\n",
      1,
      "X = [\n    A, NEW\n    ,\n    B,\n]\n",
    ],
    ["several on a line", "X = [\n    A, B,\n    C,\n]\n", 1, "X = [\n    A, NEW, B,\n    C,\n]\n"],
    ["one line", "X = [A, B]\n", 1, "X = [A, NEW, B]\n"],
    ["one line, first", "X = [A, B]\n", 0, "X = [NEW, A, B]\n"],
    ["one line, last", "X = [A, B]\n", 2, "X = [A, B, NEW]\n"],
    ["empty", "X = []\n", 0, "X = [\n    NEW,\n]\n"],
    ["only comments", "X = [\n    # none\n]\n", 0, "X = [\n    # none\n    NEW,\n]\n"],
    ["tabs", "X = [\n\tA,\n]\n", 1, "X = [\n\tA,\n\tNEW,\n]\n"],
    ["Windows", "X = [\r\n    A,\r\n]\r\n", 1, "X = [\r\n    A,\r\n    NEW,\r\n]\r\n"],
  ])("%s", (_, before, index, after) => {
    expect(inserted(before, index)).toBe(after);
  });

  it("breaks a line that gets too long", () => {
    const long = "X = [THE_FIRST_OF_THEM, SECOND_OF_THEM]\n";
    expect(inserted(long, 1)).toBe(
      "X = [\n    THE_FIRST_OF_THEM,\n    NEW,\n    SECOND_OF_THEM,\n]\n",
    );
  });

  it("keeps a byte order mark", () => {
    expect(inserted("\uFEFFX = [\n    A,\n]\n", 0)).toBe("\uFEFFX = [\n    NEW,\n    A,\n]\n");
  });
});

describe("removeElement", () => {
  it.each([
    ["own line", "X = [\n    A,\n    B,  # b\n    C,\n]\n", 1, "X = [\n    A,\n    C,\n]\n"],
    ["several lines", "X = [\n    A(\n        1,\n    ),\n    B,\n]\n", 0, "X = [\n    B,\n]\n"],
    [
      "comments above stay",
      "X = [\n    # a\n    A,\n    B,\n]\n",
      0,
      "X = [\n    # a\n    B,\n]\n",
    ],
    ["the only one", "X = [\n    A,\n]\n", 0, "X = []\n"],
    ["one line", "X = [A, B, C]\n", 1, "X = [A, C]\n"],
    ["one line, last", "X = [A, B]\n", 1, "X = [A]\n"],
    ["one line, alone", "X = [A]\n", 0, "X = []\n"],
  ])("%s", (_, before, index, after) => {
    expect(removed(before, index)).toBe(after);
  });

  it("undoes an insertion at any place of a list with lines of its own", () => {
    const element = fc.constantFrom(
      "A,",
      "B(1),  # note",
      "# only a comment",
      "C(\n        2,\n    ),",
      "",
    );
    fc.assert(
      fc.property(
        fc.array(element),
        fc.nat(),
        fc.constantFrom("\n", "\r\n"),
        (lines, seed, lineBreak) => {
          const body = lines.map((line) => (line ? `    ${line}\n` : "\n")).join("");
          const text = `X = [\n${body}]\nY = 1\n`.replaceAll("\n", lineBreak);
          const count = containerIn(text).elements.length;
          fc.pre(count > 0);
          const index = seed % (count + 1);
          const after = inserted(text, index);
          expect(after.length).toBe(text.length + 8 + lineBreak.length);
          expect(removed(after, index)).toBe(text);
        },
      ),
    );
  });
});

describe("applyEdits", () => {
  it("refuses edits that overlap or break the file", () => {
    const overlap = [
      { from: 0, to: 3, insert: "" },
      { from: 2, to: 4, insert: "" },
    ];
    expect(() => applyEdits("x = 1\n", overlap)).toThrow(BugError);
    expect(() => applyEdits("x = [1]\n", [{ from: 6, to: 7, insert: "" }])).toThrow(/broke/);
  });
});

describe("layout", () => {
  const leaf = fc.stringMatching(/^x_[a-z]{1,22}$/);
  const group: fc.Arbitrary<Group> = fc.letrec<{ group: Group; piece: Piece }>((tie) => ({
    piece: fc.oneof({ depthSize: "small" }, leaf, tie("group")),
    group: fc
      .tuple(
        fc.stringMatching(/^x_[a-z]{1,18}$/),
        fc.array(tie("piece"), { minLength: 1, maxLength: 4 }),
        fc.constantFrom("()", "[]", "{}"),
      )
      .map(([name, items, [open = "", close = ""]]) => {
        return { open: open === "(" ? `${name}(` : open, items, close };
      }),
  })).group;

  it("agrees with ruff's formatter on lists of calls", () => {
    const ruff = new Workspace({ "line-length": 60 }, 0);
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 3 }), (calls) => {
        const lines = calls.flatMap((call) => layout(call, "    ", ",", 60));
        const text = `X = [\n${lines.join("\n")}\n]\n`;
        expect(ruff.format(text)).toBe(text);
      }),
    );
  });
});
