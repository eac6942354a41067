/** What the text of a tests.py says of its tests, against what Python found in it. */
import { describe, expect, it } from "vitest";
import { hiddenTests } from "../../src/engine/stated.ts";

const SEEN = "class Seen(WebhookTestCase):\n    def test_it(self):\n        pass\n";
const hidden = (body: string, bases = "WebhookTestCase"): string =>
  `${SEEN}class Hidden(${bases}):\n${body}`;
const METHOD = "    def test_lost(self):\n        pass\n";

/** Files of which Python found `Seen.test_it` alone. */
const HIDING: Record<string, string> = {
  "a class": hidden(METHOD),
  "a method of a name that is found in another class": hidden(METHOD).replace("lost", "it"),
  "a blank before the brackets": hidden("    def test_lost (self):\n        pass\n"),
  "two blanks, a tab": hidden("    def \ttest_lost(self):\n        pass\n"),
  "a line that goes on": hidden("    def \\\n  test_lost(self):\n        pass\n"),
  "type parameters": hidden("    def test_lost[T](self):\n        pass\n"),
  "a coroutine": hidden("    async def test_lost(self):\n        pass\n"),
  "a name in wide letters": hidden("    def ｔest_lost(self):\n        pass\n"),
  "a condition around the method": hidden(`    if True:\n    ${METHOD.replace("\n", "\n    ")}`),
  "a condition around the class": `${SEEN}if True:\n    class Hidden(WebhookTestCase):\n        def test_lost(self): pass\n`,
  "an annotation of the same name": hidden(`${METHOD}    test_lost: int\n`),
  "a value of the same name before it": hidden(`    test_lost = None\n${METHOD}`),
  "a base by another name": `from zerver.lib.test_classes import WebhookTestCase as Base\n${hidden(METHOD, "Base")}`,
  "a base that is assigned": `Base = WebhookTestCase\n${hidden(METHOD, "Base")}`,
  "a base out of a list": hidden(METHOD, "*[WebhookTestCase]"),
  "a base out of a call": hidden(METHOD, "type(Seen())"),
  "a keyword beside the base": hidden(METHOD, "WebhookTestCase, metaclass=Meta"),
  "a class that is defined twice": hidden(METHOD).replace("Hidden", "Seen"),
  "the line of another class in a text": hidden(
    `    """\nclass Seen:\n"""\n${METHOD.replace("lost", "it")}`,
  ),
  "a file that is too long to be parsed": `${hidden(METHOD)}#${"x".repeat(1_100_000)}\n`,
  "many classes that derive from each other": `${hidden(METHOD)}${Array.from({ length: 5_000 }, (_, index) => `class C${index}(C${index + 1}): pass\n`).join("")}`,
};

const HONEST: Record<string, string> = {
  "nothing else": SEEN,
  "a helper that is no test": `${SEEN}class Helper:\n${METHOD}`,
  "a helper that is a mapping": `${SEEN}class Helper(dict):\n${METHOD}`,
  "a mixin whose tests are run in another class": `class Mixin:\n    def test_it(self): pass\nclass Seen(Mixin, WebhookTestCase):\n    pass\n`,
  "a base whose tests are run in another class": `class Base(WebhookTestCase):\n    def test_it(self): pass\nclass Seen(Base):\n    pass\ndel Base\n`,
  "a test that is taken back": `${SEEN}    def test_lost(self): pass\n    test_lost = None\n`,
  "a test within a test": `${SEEN}        def test_lost(): pass\n`,
  "a test in a text": `${SEEN}TEXT = """\nclass Hidden(WebhookTestCase):\n${METHOD}"""\n`,
};

describe("tests that stand in the text", () => {
  it.each(Object.entries(HIDING))("are missed: %s", async (_, source) => {
    const found = await hiddenTests(source, new Set(["Seen.test_it"]));
    expect(found.map(({ name }) => name)).toHaveLength(1);
  });

  it.each(Object.entries(HONEST))("are not missed: %s", async (_, source) => {
    expect(await hiddenTests(source, new Set(["Seen.test_it"]))).toEqual([]);
  });
});
