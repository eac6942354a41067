import { describe, expect, it } from "vitest";
import { stringValue } from "../../src/python/expression.ts";
import { literalValue } from "../../src/python/literal.ts";
import { callsIn, stringsIn } from "../../src/python/module.ts";
import { parseModule } from "../../src/python/parse-module.ts";
import type { Expression } from "../../src/python/syntax.ts";

function valueIn(text: string): Expression {
  const value = parseModule(`x = ${text}\n`).assignments[0]?.value;
  if (!value) throw new Error(`no value in ${text}`);
  return value;
}

describe("assignments", () => {
  const text =
    "A: List[str] = ['x']\nB = C = 1\nself.d = 2\nE: int\nif y:\n    F = 1\nG, H = 1, 2; I = 3\n";

  it("finds those of the top level, with annotation and exact place", () => {
    const { assignments } = parseModule(text);
    expect(assignments.map((one) => one.target)).toEqual([
      "A",
      "B",
      "C",
      "self.d",
      "E",
      "G",
      "H",
      "I",
    ]);
    const [first] = assignments;
    expect(first).toMatchObject({ annotation: "List[str]", from: 0 });
    expect(text.slice(first?.value?.from, first?.value?.to)).toBe("['x']");
    expect(assignments[4]).toMatchObject({ annotation: "int", value: undefined });
  });
});

describe("literals", () => {
  it.each([
    ["'a' \"b\"\n", "ab"],
    ["('a'\n   'b')", "ab"],
    ["-1_000", -1000],
    ["0x10", 16],
    ["1.5e3", 1500],
    ["True", true],
    ["None", null],
    ["[1, (2, 'x'), [],]", [1, [2, "x"], []]],
    ["()", []],
    ["(1,)", [1]],
    ["{'a', 'b'}", ["a", "b"]],
    ["1, 2", [1, 2]],
  ])("%s", (text, value) => {
    expect(literalValue(valueIn(text))).toEqual(value);
  });

  it("reads dictionaries as maps, and gives up on anything that must be run", () => {
    const map = literalValue(valueIn("{'a': 1, 2: {'b': None}}"));
    expect(map).toEqual(
      new Map<unknown, unknown>([
        ["a", 1],
        [2, new Map([["b", null]])],
      ]),
    );
    for (const text of [
      "[x]",
      "f()",
      "f'{x}'",
      "{**a}",
      "[*a]",
      "1 + 1",
      "not True",
      "{'a': b}",
      "-x",
    ]) {
      expect(literalValue(valueIn(text)), text).toBeUndefined();
    }
    expect(stringValue(valueIn("b'x'"))).toBeUndefined();
  });
});

describe("calls", () => {
  it("separates positional, named and unpacked arguments", () => {
    const call = valueIn("a.b('x', *rest, n=-1, **more, last=[c(1)],)");
    if (call.kind !== "call") throw new Error(call.kind);
    expect(call.callee).toBe("a.b");
    expect(call.args.map(({ name, stars, value }) => [name, stars, value.kind])).toEqual([
      [undefined, 0, "string"],
      [undefined, 1, "name"],
      ["n", 0, "number"],
      [undefined, 2, "name"],
      ["last", 0, "list"],
    ]);
  });

  it("has no name for what is called on the spot, and takes a generator as one argument", () => {
    expect(valueIn("f()()")).toMatchObject({ kind: "call", callee: "" });
    const call = valueIn("any(x for x in y)");
    expect(call.kind === "call" && call.args.map((one) => one.value.kind)).toEqual(["other"]);
  });
});

describe("functions, classes and imports", () => {
  const text = `from zerver.models import UserProfile, Realm as R
from a.b import (
    c,  # why
    d,
)
import os, x.y as z

@webhook_view("Cedar", all_event_types=EVENTS)
@typed_endpoint
async def api(request: HttpRequest, user: User = None, *args, name: str = "x", **rest) -> None:
    """doc"""
    self.check_webhook("first", 'second' "joined")
    if x:
        other(f"{y}")

@dataclass(frozen=True)
class A(Base, mod.Other, metaclass=M):
    NAME: str = "n"
    URL = "u"

    def method(self, a, /, b=1):
        pass

    @property
    def prop(self): return 1
`;
  const module = parseModule(text);

  it("reads decorators and parameters", () => {
    const [api] = module.functions;
    expect(api?.decorators.map((one) => one.name)).toEqual(["webhook_view", "typed_endpoint"]);
    expect(stringValue(api?.decorators[0]?.args[0]?.value)).toBe("Cedar");
    expect(text.slice(api?.from).startsWith("@webhook_view")).toBe(true);
    expect(api?.parameters).toMatchObject([
      { name: "request", kind: "normal", annotation: "HttpRequest", keywordOnly: false },
      { name: "user", default: { kind: "constant", value: null } },
      { name: "args", kind: "star" },
      { name: "name", keywordOnly: true, default: { kind: "string", value: "x" } },
      { name: "rest", kind: "double-star", keywordOnly: false },
    ]);
  });

  it("reads bases, attributes and methods", () => {
    const [a] = module.classes;
    expect(a).toMatchObject({ name: "A", bases: ["Base", "mod.Other"] });
    expect(a?.decorators[0]?.name).toBe("dataclass");
    expect(a?.attributes.map((one) => [one.target, stringValue(one.value)])).toEqual([
      ["NAME", "n"],
      ["URL", "u"],
    ]);
    expect(a?.methods.map((one) => one.name)).toEqual(["method", "prop"]);
    expect(a?.methods[0]?.parameters.map((one) => one.name)).toEqual(["self", "a", "b"]);
  });

  it("reads imports with their local names", () => {
    expect(module.imports.map(({ module: from, name, alias }) => [from, name, alias])).toEqual([
      ["zerver.models", "UserProfile", "UserProfile"],
      ["zerver.models", "Realm", "R"],
      ["a.b", "c", "c"],
      ["a.b", "d", "d"],
      ["os", undefined, "os"],
      ["x.y", undefined, "z"],
    ]);
  });

  it("finds calls and strings inside a function, at any depth", () => {
    const node = module.functions[0]?.node;
    if (!node) throw new Error("no function");
    expect(callsIn(text, node).map((call) => call.callee)).toEqual(["self.check_webhook", "other"]);
    expect(stringsIn(text, node).map((one) => one.value)).toEqual([
      "x",
      "doc",
      "first",
      "secondjoined",
      undefined,
    ]);
  });
});

describe("what is nested too deeply", () => {
  it.each([
    ["brackets", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    ["calls", `${"f(".repeat(3_000)}${")".repeat(3_000)}`],
    ["brackets that never close", "(".repeat(50_000)],
  ])("is not looked into: %s", (_what, value) => {
    const { problems, root, assignments } = parseModule(`x = ${value}\n`);
    expect(problems).toEqual([
      { line: 1, column: 1, offset: 0, message: "it is nested too deeply" },
    ]);
    expect([assignments, callsIn("", root)]).toEqual([[], []]);
  });

  it("is more than authors write", () => {
    const text = `x = ${"[".repeat(150)}${"]".repeat(150)}\ny = ${"1 + ".repeat(600)}1\n`;
    expect(parseModule(text).problems).toEqual([]);
  });
});
