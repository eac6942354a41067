import { describe, expect, it } from "vitest";
import { lineBreakOf, positionOf, syntaxProblems } from "../../src/python/source.ts";

describe("syntaxProblems", () => {
  it.each([
    ["x = (1,\n     2)\n", "a tuple over two lines"],
    ["x = 1\r\nif x:\r\n    y = 2\r\n", "Windows line breaks"],
    ["\uFEFFx = 1\n", "a byte order mark"],
    ["\uFEFF# comment\nx = 1\n", "a byte order mark before a comment"],
    ["def f():\n    yield\n    x = yield\n    return [(yield), 1]\n", "bare yields"],
    ["with (\n    a() as b,\n    c(),\n):\n    pass\nx = 1\n", "a parenthesised with"],
    ["match x:\n    case {'a': 1}:\n        pass\n    case _:\n        pass\n", "match"],
    ["type A = list[int]\ndef f[T](x: T, /, *, y: T) -> T: ...\n", "type parameters"],
    ["async def f():\n    return [x async for x in y if (z := x)]\n", "async and walrus"],
    ["x = f\"{a!r:>{width}} {b['c']}\" 'more'\n", "f-strings"],
    ["", "nothing at all"],
    ["x = 1", "no final line break"],
    [
      "if x: y = 1; z = 2\nelse:\n\tz = 1\n\n  # stray comment\n\ty = 2\n",
      "several kinds of blocks",
    ],
  ])("%j is valid (%s)", (text) => {
    expect(syntaxProblems(text)).toEqual([]);
  });

  it.each([
    ["x = 1\ny = (2\nz = 3\n", 3],
    ["x = [1, 2\n", 2],
    ["def f(:\n    pass\n", 1],
    ["if x:\npass\n", 2],
    ["x = 1\n  y = 2\n", 2],
    ["x = 'open\ny = 2\n", 1],
    ['x = 1\ny = """open\nmore\n', 2],
    ["x = 1\nprint 'old'\n", 2],
    ["def f():\n    x = 1\n      y = 2\n", 3],
    ["a b\n", 1],
  ])("%j is wrong in line %i", (text, line) => {
    expect(syntaxProblems(text)[0]).toMatchObject({ line });
  });
});

describe("positions", () => {
  it("counts lines and columns from 1, in characters", () => {
    const text = "a = 1\r\n😀 = 'x'\nend";
    expect(positionOf(text, 0)).toEqual({ line: 1, column: 1 });
    expect(positionOf(text, text.indexOf("="))).toEqual({ line: 1, column: 3 });
    expect(positionOf(text, text.indexOf("= 'x'"))).toEqual({ line: 2, column: 3 });
    expect(positionOf(text, text.length)).toEqual({ line: 3, column: 4 });
    expect(positionOf("\uFEFFx", 1)).toEqual({ line: 1, column: 1 });
  });

  it("takes the line break that is used most", () => {
    expect(lineBreakOf("a\nb\n")).toBe("\n");
    expect(lineBreakOf("a\r\nb\r\nc\n")).toBe("\r\n");
    expect(lineBreakOf("no break")).toBe("\n");
  });
});
