/** Where Python source stops being Python: the lines are those that its author would look at. */
import { expect, it } from "vitest";
import { syntaxErrorIn } from "../../src/checkout/syntax-error.ts";

const call = (end: string): string =>
  `LAMPS = [\n    Lamp("on", [\n        "a",\n        1${end},\n    ),\n    Lamp("off", ["b"], x=1),\n]\n`;

it.each([
  [
    "x = 1\ny = (2\nz = 3\n",
    3,
    1,
    "expected `)`, found identifier; the `(` of line 2 is never closed",
  ],
  // What follows is read as further arguments, until one cannot be: the list's own end is 30 lines further down.
  [
    `LAMPS = [\n    Lamp(\n        "on",\n        x=1,\n${'    Lamp("off"),\n'.repeat(30)}]\n`,
    5,
    5,
    "positional argument cannot follow keyword argument; `]` does not close the `(` of line 2",
  ],
  [call(""), 5, 5, "expected `]`, found `)`; `)` does not close the `[` of line 2"],
  ["def f(:\n    pass\n", 1, 7, "expected a parameter or the end of the parameter list"],
  ["if x\n    y = '('\n", 1, 5, "expected `:`, found newline"],
  ["x = 'open\ny = 2\n", 1, 5, "a string that is never closed"],
  ["x = 1\nprint 'old'\n", 2, 7, "`print` without parentheses is Python 2"],
  ["\uFEFFx = 1\n  y = 2\n", 2, 1, "unexpected indentation"],
  ["s = '😀' 😀\n", 1, 9, "got unexpected token 😀"],
  ["x = 1\n# \0\n", 2, 3, "there is a null byte, which Python does not read"],
  ["x = 1\n<<<<<<< HEAD\nx = (\n", 2, 1, "a conflict marker of an unfinished merge"],
])("names the place in %j", (text, line, column, message) => {
  expect(syntaxErrorIn(text)).toMatchObject({ line, column, message });
});

it("finds nothing in valid Python", () => {
  expect(syntaxErrorIn(call("]"))).toBeUndefined();
});
