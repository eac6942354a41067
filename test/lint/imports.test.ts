/** The part of a registry that imports. */
import { expect, it } from "vitest";
import { importingPart, importsBelow } from "../../src/lint/imports.ts";
import { parseModule } from "../../src/python/parse-module.ts";

const HEAD = "import os\nfrom zerver.lib.a import (\n    first,\n    second,\n)\n\n";
const REST = 'ENTRIES = [\n    Entry("x"),\n]\n\ndef later() -> None:\n    pass\n';

it.each<[what: string, text: string, isWhole: boolean]>([
  ["imports stand first", HEAD + REST, false],
  [
    "one stands within a function",
    `${HEAD}def f() -> None:\n    from zerver.b import c\n\n\n${REST}`,
    false,
  ],
  ["one stands last", `${HEAD}${REST}from zerver.b import c\n`, true],
  ["a text quotes one", `${HEAD}"""\nfrom zerver.b import c\nthat is how\n"""\n${REST}`, true],
  ["nothing is imported", REST, true],
  ["a word looks like it", `${HEAD}IMPORTANT = "important"\n${REST}`, false],
])("has all that a module imports where %s", (_what, text, isWhole) => {
  let asked = false;
  const part = importingPart(text, () => {
    asked = true;
    return parseModule(text);
  });
  expect(part && importsBelow(part)).toEqual(importsBelow(parseModule(text)));
  expect(asked).toBe(isWhole);
});
