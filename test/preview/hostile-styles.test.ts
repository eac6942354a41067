/** What a tree's style sheets are made of, written to keep their reader busy. */
import { expect, it } from "vitest";
import { readVariables } from "../../src/preview/themes/checkout/variables.ts";

it.each([
  ["blanks after a name", `0:${"\t".repeat(200_000)}{`],
  ["blanks and line ends", `${"\r\t".repeat(100_000)}0:${"\r\t".repeat(100_000)}{`],
  ["commas", `0: a${" ,".repeat(200_000)}{`],
])("variables: %s", (_name, script) => {
  expect(readVariables(script)).toEqual(new Map());
});

it("reads variables as before", () => {
  const script =
    'const sm = 576;\nexport const all = {\n  a: "600px",\n\tb: sm + "px" ,\n c: 800 / 14 + "em"\n};';
  expect(Object.fromEntries(readVariables(script))).toEqual({
    a: "600px",
    b: "576px",
    c: `${800 / 14}em`,
  });
});
