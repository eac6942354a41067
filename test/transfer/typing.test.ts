import { describe, expect, it } from "vitest";
import { applyEdits } from "../../src/python/edit.ts";
import { parseModule } from "../../src/python/parse-module.ts";
import { type TypingStyle, typingEdits } from "../../src/transfer/convert/typing.ts";

const write = (text: string, style: TypingStyle): string =>
  applyEdits(text, typingEdits(text, parseModule(text).root, style));

/** Each says the same in both styles. */
const PAIRS: [legacy: string, modern: string][] = [
  ["x: Dict[str, Optional[int]] = {}\n", "x: dict[str, int | None] = {}\n"],
  [
    "def f(a: List[Tuple[str, int]]) -> None: ...\n",
    "def f(a: list[tuple[str, int]]) -> None: ...\n",
  ],
  ["def f(a: Union[int, str]) -> int: ...\n", "def f(a: int | str) -> int: ...\n"],
  ["def f(a: Optional[Union[int, str]]): ...\n", "def f(a: int | str | None): ...\n"],
  ["X: TypeAlias = Union[int, Dict[str, str]]\n", "X: TypeAlias = int | dict[str, str]\n"],
  [
    "M: Dict[str, Callable[[WildValue, Optional[str]], str]] = {}\n",
    "M: dict[str, Callable[[WildValue, str | None], str]] = {}\n",
  ],
  ["x = cast(Dict[str, Any], y)\n", "x = cast(dict[str, Any], y)\n"],
  [
    "def f(x: Json[Optional[List[str]]] = None): ...\n",
    "def f(x: Json[list[str] | None] = None): ...\n",
  ],
  ["def f(x: Type[Exception]): ...\n", "def f(x: type[Exception]): ...\n"],
];

describe("typingEdits", () => {
  it.each(PAIRS)("writes %s in the modern way, and back", (legacy, modern) => {
    expect(write(legacy, "modern")).toBe(modern);
    expect(write(modern, "legacy")).toBe(legacy);
  });

  it.each<[TypingStyle, string]>([
    ["modern", "x = Optional\ny = 'Dict[str]'\nfrom typing import Dict\n"],
    ["legacy", "x = dict(a=1)\ny = a[dict]\nflags = a | b\nlist.append(x)\n"],
    ["legacy", "def f(x: Literal['list', 'dict']): ...\n"],
    // Objects of JavaScript have this by themselves.
    ["legacy", "x = constructor['name']\ny: constructor = 1\n"],
    ["modern", "x = constructor['name']\ny: constructor = 1\n"],
    ["modern", "def f(a: dict[str, int | None]): ...\n"],
  ])("leaves alone in the %s style what is no type of the other", (style, text) => {
    expect(write(text, style)).toBe(text);
  });

  it("quotes a union with a quoted name whole", () => {
    expect(write('def f(a: Optional["Later"]): ...\n', "modern")).toBe(
      'def f(a: "Later | None"): ...\n',
    );
  });

  it("keeps comments and line breaks of types it does not touch", () => {
    const text =
      "def f(\n    a: int,  # one\n    b: Dict[\n        str, int  # two\n    ],\n): ...\n";
    expect(write(text, "modern")).toBe(text.replace("Dict", "dict"));
  });
});
