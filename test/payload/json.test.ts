import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonValue, parseJson, valueAt } from "../../src/payload/index.ts";

function toPlain(value: JsonValue): unknown {
  switch (value.kind) {
    case "object":
      return Object.fromEntries([...value.entries].map(([key, child]) => [key, toPlain(child)]));
    case "array":
      return value.items.map(toPlain);
    case "integer":
    case "float":
      return Number(value.text);
    case "null":
      return null;
    default:
      return value.value;
  }
}

describe("parseJson", () => {
  it("reads what JavaScript's own parser reads", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.nat(3), (text, indent) => {
        const value = JSON.parse(text) as unknown;
        const pretty = JSON.stringify(value, null, indent);
        expect(JSON.stringify(toPlain(parseJson(pretty)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([
    ["3", "integer"],
    ["-12", "integer"],
    ["12345678901234567890123", "integer"],
    ["3.0", "float"],
    ["2e9", "float"],
    ["-0.5E-3", "float"],
  ])("tells that %s is of kind %s, and keeps its text", (text, kind) => {
    expect(parseJson(` ${text}\n`)).toEqual({ kind, text });
  });

  it("takes the last of two equal keys, as Python does", () => {
    const value = parseJson('{"a": 1, "b": 2, "a": 3}');
    expect(valueAt(value, ["a"])).toEqual({ kind: "integer", text: "3" });
  });

  it("reads escapes, and marks inside of strings", () => {
    expect(toPlain(parseJson('["\\u00e9\\n\\"]}", {"a[{,:": "\\\\"}]'))).toEqual([
      'é\n"]}',
      { "a[{,:": "\\" },
    ]);
  });

  it("reads a string of several megabytes", () => {
    const long = 'x"\n'.repeat(2_000_000);
    expect(toPlain(parseJson(JSON.stringify([long])))).toEqual([long]);
  });

  it.each([
    ["an open object", '{"a": 1'],
    ["a trailing comma", "[1,]"],
    ["NaN", "NaN"],
    ["nothing", ""],
    ["half a surrogate pair, which Connect refuses", '"\\ud83d"'],
    ["half a surrogate pair in a key", '{"\\udc00": 1}'],
    ["nesting without end", `${"[".repeat(600)}${"]".repeat(600)}`],
  ])("refuses %s", (_case, text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: "not-json" }));
  });
});

it.each([
  ['{\n  "a": 1,\n  "b": }\n', "position 19"],
  ['{"a": 1} x', "position 9"],
  ['{"a":\n  tru }', "position 11"],
  ["{'a': 1}", "position 1"],
])("says where %j is broken", (text, place) => {
  expect(() => parseJson(text)).toThrow(place);
});
