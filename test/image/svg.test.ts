import { describe, expect, it } from "vitest";
import { inspectSvg, svgSize } from "../../src/image/index.ts";

const NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

function svg(inside: string, attributes = 'viewBox="0 0 24 24"'): Buffer {
  return Buffer.from(`<svg ${NS} ${attributes}>${inside}</svg>`);
}

const DOT = '<circle cx="12" cy="12" r="9"/>';

describe("size", () => {
  it.each([
    ["a viewBox", 'viewBox="0 0 24 24"', 24, 24, true],
    ["commas in the viewBox", 'viewBox="0,0,24,12"', 24, 12, false],
    ["width and height", 'width="30" height="30"', 30, 30, true],
    ["units", 'width="1in" height="72pt"', 96, 96, true],
    [
      "width and height over the viewBox",
      'width="10" height="20" viewBox="0 0 5 5"',
      10,
      20,
      false,
    ],
    ["percentages, which say nothing", 'width="100%" height="100%" viewBox="0 0 8 8"', 8, 8, true],
    ["a side 2 % longer", 'viewBox="0 0 100 98"', 100, 98, true],
    ["a side 3 % longer", 'viewBox="0 0 100 97"', 100, 97, false],
  ])("is read from %s", (_name, attributes, width, height, square) => {
    const logo = svg(DOT, attributes);
    expect(inspectSvg(logo)).toMatchObject({ ok: true, problems: [], width, height, square });
    expect(svgSize(logo)).toMatchObject({ width, height });
  });

  it.each([
    ["none", "", "states no size"],
    ["zero", 'width="0" height="0"', "absurd"],
    ["a negative one", 'viewBox="0 0 -5 -5"', "absurd"],
    ["a huge one", 'width="30000000" height="30000000"', "absurd"],
  ])("is refused: %s", (_name, attributes, problem) => {
    const facts = inspectSvg(svg(DOT, attributes));
    expect(facts.ok).toBe(false);
    expect(facts.problems.join()).toContain(problem);
  });
});

describe("what logos hold", () => {
  it.each([
    ["a gradient by its id", '<linearGradient id="a"/><rect fill="url(#a)" width="9" height="9"/>'],
    ["a use by its id", '<g id="a"/><use xlink:href="#a"/>'],
    ["an embedded PNG", '<image href="data:image/png;base64,iVBORw0KGgo="/>'],
    ["a style sheet", "<style>.a{fill:url('#b');stroke:red}</style>"],
    ["a style sheet in CDATA", "<style><![CDATA[.a > .b{fill:red}]]></style>"],
    ["an attribute that starts like none", '<g opacity="1" font-size="3"/>'],
    ["a title", "<title>on fire</title>"],
    ["character references", "<text>&#65;&amp;&lt;</text>"],
  ])("is accepted: %s", (_name, inside) => {
    expect(inspectSvg(svg(inside)).problems).toEqual([]);
  });

  it("is accepted: a plain document type, a declaration and a byte order mark", () => {
    const head =
      '\ufeff<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
    expect(inspectSvg(Buffer.from(head + svg(DOT))).problems).toEqual([]);
  });
});

describe("what hostile logos hold", () => {
  it.each([
    ["a script", "<script>alert(1)</script>", "<script>"],
    ["a script with a prefix", '<x:script xmlns:x="http://www.w3.org/2000/svg"/>', "<x:script>"],
    ["a foreign object", "<foreignObject><b/></foreignObject>", "<foreignObject>"],
    ["an event handler", '<g onload="alert(1)"/>', "event handler"],
    ["an event handler in capitals", '<g ONCLICK="alert(1)"/>', "event handler"],
    ["an outside image", '<image href="https://example.com/a.png"/>', "outside itself"],
    ["an outside use", '<use xlink:href="other.svg#a"/>', "outside itself"],
    ["a file", '<image href="file:///etc/passwd"/>', "outside itself"],
    ["an SVG within", '<image href="data:image/svg+xml;base64,PHN2Zz4="/>', "outside itself"],
    ["a link", '<a href="javascript:alert(1)"><g/></a>', "outside itself"],
    ["an outside fill", '<g fill="url(https://example.com/#a)"/>', "outside itself"],
    ["an outside style", "<g style=\"fill: url( '//example.com/a' )\"/>", "outside itself"],
    ["an outside style sheet", "<style>@import 'a.css';</style>", "import"],
    [
      "a style sheet in parts",
      "<style>.a{fill:u<!-- -->rl(http://example.com/)}</style>",
      "outside",
    ],
    ["escapes in styles", "<style>.a{fill:\\75rl(http://example.com)}</style>", "escaped"],
    ["an animated link", '<a><set attributeName="href" to="javascript:alert(1)"/></a>', "animates"],
    ["another base", '<g xml:base="https://example.com/"/>', "xml:base"],
  ])("is refused: %s", (_name, inside, problem) => {
    const facts = inspectSvg(svg(inside));
    expect(facts.ok).toBe(false);
    expect(facts.problems.join()).toContain(problem);
  });

  it.each([
    ["an entity", `<!DOCTYPE svg [<!ENTITY a "b">]>${svg("<text>&a;</text>")}`, "entities"],
    [
      "an entity bomb",
      `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${svg("<text>&b;</text>")}`,
      "entities",
    ],
    [
      "an outside entity",
      `<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>${svg("")}`,
      "entities",
    ],
    ["an unknown entity", `${svg("<text>&nope;</text>")}`, "not well-formed"],
    ["a style sheet instruction", `<?xml-stylesheet href="a.css"?>${svg("")}`, "processing"],
    ["a second root", `${svg("")}<svg/>`, "more than one root"],
    ["text after the end", `${svg("")}more`, "not well-formed"],
    ["an open element", `<svg ${NS} viewBox="0 0 1 1"><g>`, "not well-formed"],
    ["another root", "<html><body/></html>", "its root is <html>"],
    ["no element", "hello", "not well-formed"],
    ["nothing", "", "no <svg>"],
    ["another encoding", `<?xml version="1.0" encoding="UTF-7"?>${svg("")}`, "not UTF-8"],
  ])("is refused: %s", (_name, text, problem) => {
    const facts = inspectSvg(Buffer.from(text));
    expect(facts.ok).toBe(false);
    expect(facts.problems.join().toLowerCase()).toContain(problem.toLowerCase());
  });

  it("is refused: bytes that are no text, and more than a megabyte", () => {
    expect(inspectSvg(Buffer.from([0xff, 0xfe, 0x3c, 0x00])).problems).toEqual([
      "It is not UTF-8 text.",
    ]);
    const large = svg(`<desc>${"x".repeat(1_000_001)}</desc>`);
    expect(inspectSvg(large).problems.join()).toContain("1.0 MB");
  });
});

describe("a logo that is written to keep its reader busy", () => {
  const many = (part: (index: number) => string, count: number): string =>
    Array.from({ length: count }, (_, index) => part(index)).join(" ");

  it.each([
    ["a word of a megabyte in a style", `<rect style="${"-".repeat(900_000)}"/>`, ""],
    ["blanks in a length", DOT, `width=".${"\t".repeat(900_000)}." height="9"`],
    ["attributes without end", DOT, many((index) => `a${index}=""`, 60_000)],
    [
      "namespaces without end",
      "<g/>".repeat(90_000),
      many((index) => `xmlns:a${index}="b"`, 20_000),
    ],
  ])("is read once: %s", (_name, inside, attributes) => {
    const { problems } = inspectSvg(svg(inside, `viewBox="0 0 9 9" ${attributes}`));
    expect(problems.length > 0).toBe(attributes.includes("a1"));
  });
});
