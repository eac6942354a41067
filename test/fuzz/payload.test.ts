import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { childrenOf, placeAt, pointerOf, shapeOf } from "../../src/fuzz/payload.ts";
import { readFuzzPayload } from "../../src/fuzz/read.ts";

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

  it("reads JSON in a field of a form", () => {
    const form = `id=7&payload=${encodeURIComponent('{"text": "a", "n": 1.0}')}`;
    const field = (changes: [string, string | undefined][]) =>
      new URLSearchParams(write(form, changes, "a.txt")).get("payload");
    expect(field([])).toBe('{"text": "a", "n": 1.0}');
    expect(field([["/payload/text", "null"]])).toBe('{"text": null, "n": 1.0}');
    expect(field([["/payload", '"zq"']])).toBe("zq");
    expect(field([["/payload", undefined]])).toBeNull();
  });

  it("takes the parameters of the address as keys", () => {
    const query = { email: "a@example.com", desc: "d" };
    const payload = readFuzzPayload(Buffer.from('{"a": 1}'), "a.json", query);
    if (payload?.value.kind !== "object") throw new Error("no payload");
    expect([...payload.value.entries.keys()]).toEqual(["a", "?email", "?desc"]);
    expect(payload.query(new Map())).toEqual(query);
    const changes = new Map([
      ["/?email", '"zq"'],
      ["/?desc", undefined],
    ]);
    expect(payload.query(changes)).toEqual({ email: "zq" });
    expect(Buffer.from(payload.write(changes)).toString()).toBe('{"a": 1}');
  });

  it.each([
    ["broken JSON", "{", "a.json"],
    ["broken XML", "<a>", "a.xml"],
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

describe("a multipart form as a payload", () => {
  const part = (head: string, value: string, end: string): string =>
    `--b7${end}Content-Disposition: form-data; ${head}${end}${end}${value}${end}`;
  const form = (end: string): string =>
    part('name="title"', "A pier, west", end) +
    part('name="data"', '{"n": 1}', end) +
    part('name="scan"; filename="a.bin"', "\x00\xff", end) +
    `--b7--${end}`;

  it.each([
    ["line feeds", "\n"],
    ["carriage returns, too", "\r\n"],
  ])("changes one field and keeps all bytes of the rest, with %s", (_what, end) => {
    const bytes = Buffer.from(form(end), "latin1");
    const payload = readFuzzPayload(bytes, "a.multipart");
    const written = (...changes: [string, string | undefined][]): string =>
      Buffer.from(payload?.write(new Map(changes)) ?? []).toString("latin1");
    expect(written()).toBe(bytes.toString("latin1"));
    expect(written(["/title", undefined])).toBe(
      form(end).replace(part('name="title"', "A pier, west", end), ""),
    );
    expect(written(["/title", '"é"'])).toContain(`${end}${end}\xc3\xa9${end}`);
    expect(written(["/data/n", "null"])).toContain('{"n": null}');
  });

  it("is none without a boundary or a field", () => {
    expect(readFuzzPayload(Buffer.from("hello"), "a.multipart")).toBeUndefined();
    expect(readFuzzPayload(Buffer.from("--b\n--b--\n"), "a.multipart")).toBeUndefined();
  });
});

describe("an XML fixture as a payload", () => {
  const text =
    '<?xml version="1.0"?>\n<a><id type="integer">7</id><t>x &amp; <![CDATA[<y>]]></t><i>1</i><i>2</i></a>';
  const changed = (...changes: [string, string | undefined][]) =>
    write(text, changes, "a.xml").split("\n").slice(1).join("\n");

  it.each<[string, [string, string | undefined][], string]>([
    ["nothing", [], '<a><id type="integer">7</id><t>x &amp; &lt;y&gt;</t><i>1</i><i>2</i></a>'],
    ["an element gone", [["/a/t", undefined]], '<a><id type="integer">7</id><i>1</i><i>2</i></a>'],
    [
      "an element empty",
      [
        ["/a/id", "null"],
        ["/a/t", "[]"],
      ],
      "<a><id></id><t></t><i>1</i><i>2</i></a>",
    ],
    [
      "one of a list",
      [
        ["/a/i/0", '"<z>"'],
        ["/a/id", undefined],
        ["/a/t", undefined],
      ],
      "<a><i>&lt;z&gt;</i><i>2</i></a>",
    ],
    [
      "an attribute",
      [
        ["/a/id/@type", '"\\""'],
        ["/a/t", undefined],
        ["/a/i", undefined],
      ],
      '<a><id type="&quot;">7</id></a>',
    ],
    [
      "an attribute gone",
      [
        ["/a/id/@type", undefined],
        ["/a/id/#text", "-1"],
        ["/a/t", undefined],
        ["/a/i", undefined],
      ],
      "<a><id>-1</id></a>",
    ],
    ["what XML cannot write", [["/a", '"a\\u0000\\ud800b"']], "<a>a\uFFFD\uFFFDb</a>"],
    ["the document's element", [["/a", undefined]], "<zq></zq>"],
    ["the whole", [["", '"t"']], "<zq>t</zq>"],
  ])("changes %s", (_what, changes, expected) => {
    expect(changed(...changes)).toBe(expected);
  });
});
