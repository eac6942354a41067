import { describe, expect, it } from "vitest";
import { fixtureBytes, readBody } from "../../src/payload/bodies.ts";
import type { JsonValue } from "../../src/payload/index.ts";

/** As JavaScript's own data. */
function plain(value: JsonValue): unknown {
  if (value.kind === "object")
    return Object.fromEntries([...value.entries].map(([key, inner]) => [key, plain(inner)]));
  if (value.kind === "array") return value.items.map(plain);
  return value.kind === "string" ? value.value : value;
}

const read = (text: string): unknown => {
  const body = readBody(text);
  return body && { ...body.format, value: plain(body.value) };
};

describe("readBody", () => {
  it("reads what looks like a form, and is none in its last character, in time", () => {
    expect(readBody(`${"a=&".repeat(100_000)}\tx`)).toBeUndefined();
    expect(readBody("a=b{&c=d")).toBeUndefined();
    expect(readBody("a=b&c={d}")?.format).toMatchObject({ kind: "form" });
  });

  it.each<[string, string, unknown]>([
    ["a form", "a=1&b%5Bc%5D=x+y%20%C3%A9", { kind: "form", value: { a: "1", "b[c]": "x y é" } }],
    [
      "the last of a field that comes twice, as Django's dict() has it",
      "a=1&a=2",
      { kind: "form", value: { a: "2" } },
    ],
    [
      "the field that holds JSON",
      `token=x&payload=${encodeURIComponent('{"a":"b","c":["d"]}')}`,
      { kind: "json field", field: "payload", value: { a: "b", c: ["d"] } },
    ],
    [
      "JSON that is little of a form as text",
      `tags=${encodeURIComponent('{"a":"b"}')}&text=${"long ".repeat(20)}`.replaceAll(" ", "+"),
      { kind: "form", value: { tags: '{"a":"b"}', text: "long ".repeat(20) } },
    ],
    [
      "the fields of a form in parts, without its files",
      '--q\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\nc\r\n' +
        '--q\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nd\r\n--q--\r\n',
      { kind: "form", boundary: "q", value: { a: "b\nc" } },
    ],
    [
      "XML: texts, lists by their names or their number, and attributes of what holds more",
      '<?xml version="1.0"?><n:r xmlns:n="urn:n" v="2"><a type="x"> b </a><items><item>c</item></items><d>e</d><d>f</d>' +
        '<g h="i"/><j nil="true"/><k><![CDATA[<l>]]></k><m unit="kg">5</m></n:r>',
      {
        kind: "xml",
        value: {
          v: "2",
          a: "b",
          items: ["c"],
          d: ["e", "f"],
          g: { h: "i" },
          j: "",
          k: "<l>",
          m: { unit: "kg", value: "5" },
        },
      },
    ],
    ["nothing of a page", "<!DOCTYPE html><p>a</p>", undefined],
    ["nothing of plain words", "deploy finished", undefined],
  ])("reads %s", (_what, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe("fixtureBytes", () => {
  it.each([
    ["no line break at the end", '{"a":1}', '{"a":1}\n'],
    ["blanks at the ends of lines", '{ \t\n  "a": 1  \n}\n', '{\n  "a": 1\n}\n'],
    ["more than one line break at the end", "[]\n\n", "[]\n\n"],
    ["Windows' line breaks", "{\r\n}", "{\r\n}\n"],
    ["bytes that are no UTF-8", '{"a":"\xff\xa0"}', '{"a":"\xff\xa0"}\n'],
    ["nothing", "", ""],
  ])("has of JSON with %s what the trees' linter takes", (_what, body, file) => {
    const bytes = fixtureBytes("json", Buffer.from(body, "latin1"));
    expect(Buffer.from(bytes).toString("latin1")).toBe(file);
  });

  it("has of other bodies what came", () => {
    for (const extension of ["txt", "xml", "multipart"])
      expect(fixtureBytes(extension, Buffer.from("a=1 "))).toEqual(Buffer.from("a=1 "));
  });
});
