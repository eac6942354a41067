import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  childrenOf,
  placeAt,
  pointerOf,
  readFuzzPayload,
  shapeOf,
} from "../../src/fuzz/payload.ts";

const read = (text: string, file = "a.json") => {
  const payload = readFuzzPayload(Buffer.from(text), file);
  if (!payload) throw new Error("no payload");
  return payload;
};
const write = (text: string, changes: [string, string | undefined][], file?: string) =>
  Buffer.from(read(text, file).write(new Map(changes))).toString();

describe("a fixture as a payload", () => {
  it("changes one place and keeps everything else, numbers as they were written", () => {
    const text = '{"a": {"b/c": [1.0, 12345678901234567890]}, "d": null, "é": "x"}';
    expect(write(text, [])).toBe(text);
    expect(write(text, [["/d", "[]"]])).toBe(text.replace("null", "[]"));
    expect(write(text, [["/a/b~1c/0", undefined]])).toBe(text.replace("1.0, ", ""));
    expect(write(text, [["/a", undefined]])).toBe('{"d": null, "é": "x"}');
    expect(write(text, [["", "null"]])).toBe("null");
    expect(write(text, [["/é", '"\\ud800"']])).toBe(text.replace('"x"', '"\\ud800"'));
  });

  it("writes what it read, whatever it is", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const again = Buffer.from(read(text).write(new Map())).toString();
        expect(JSON.parse(again)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("reads the fields of a form", () => {
    const form = "hook=publish&title=A%26B";
    expect(write(form, [], "a.txt")).toBe(form);
    expect(write(form, [["/title", undefined]], "a.txt")).toBe("hook=publish");
    expect(write(form, [["/title", '"x y"']], "a.txt")).toBe("hook=publish&title=x+y");
    expect(write(form, [["/title", "null"]], "a.txt")).toBe("hook=publish&title=null");
  });

  it.each([
    ["broken JSON", "{", "a.json"],
    ["XML", "<a/>", "a.xml"],
    ["plain text", "Hello, world", "a.txt"],
  ])("has nothing to say about %s", (_what, text, file) => {
    expect(readFuzzPayload(Buffer.from(text), file)).toBeUndefined();
  });

  it("finds each place by its pointer, and looks at the first item of a list", () => {
    const payload = read('{"a~/": [{"x": 1}, {"x": 2}]}');
    const root = { path: [], value: payload.value };
    const [list] = childrenOf(root);
    const [item] = list ? childrenOf(list) : [];
    expect(item && pointerOf(item.path)).toBe("/a~0~1/0");
    expect(item && shapeOf(item.path)).toBe("/a~0~1/*");
    expect(placeAt(payload, "/a~0~1/0/x")?.value).toEqual({ kind: "integer", text: "1" });
    expect(placeAt(payload, "/a~0~1/2")).toBeUndefined();
    expect(placeAt(payload, "")?.path).toEqual([]);
  });
});
