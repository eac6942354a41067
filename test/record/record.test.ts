/** What --record writes, and what it leaves to people. */
import { describe, expect, it } from "vitest";
import type { TestDialect } from "../../src/checkout/dialect-model.ts";
import type { Fixture } from "../../src/checkout/model.ts";
import { applyEdits } from "../../src/python/edit.ts";
import { parseModule } from "../../src/python/parse-module.ts";
import { addTests, correctExpectation, outcomeOf } from "../../src/record/index.ts";

const PATH = "zerver/webhooks/lamp/tests.py";
const HEAD = "class LampTests(WebhookTestCase):\n";

/** Corrects a test whose check stands on the line that has `<<`, and gives the new text or the reason. */
function correct(body: string, expected: string, actual: string): string {
  const source = HEAD + body;
  const at = source.split("\n").findIndex((line) => line.includes("#<<")) + 1;
  const text = source.replaceAll("  #<<", "");
  const traceback = `Traceback (most recent call last):\n  File "${PATH}", line ${at}, in test_on\n`;
  const error = { type: "AssertionError", message: "", traceback, expected, actual };
  const correction = correctExpectation(parseModule(text), PATH, error);
  if ("reason" in correction) return correction.reason;
  return applyEdits(text, [correction.edit]).slice(HEAD.length);
}

const test = (check: string): string => `    def test_on(self) -> None:\n        ${check}\n`;

describe("correctExpectation", () => {
  it.each([
    ["double quotes", '"lit"', '"dark"'],
    ["single quotes", "'lit'", "'dark'"],
    ["triple quotes", '"""lit"""', '"""dark"""'],
    ["single triple quotes", "'''lit'''", "'''dark'''"],
    ["a raw string", 'r"lit"', 'r"dark"'],
    ["a unicode string", 'u"lit"', 'u"dark"'],
    ["parentheses", '("lit")', '("dark")'],
    ["a name for the argument", 'expected_message="lit"', 'expected_message="dark"'],
    ["the part of several literals that changes", '"l" "it"', '"dark" ""'],
  ])("keeps %s", (_case, before, after) => {
    const check = (word: string): string => `self.check_webhook("on", "Lamp", ${word})`;
    if (_case.startsWith("the part")) {
      expect(correct(test(`${check('"on " "lit"')}  #<<`), "on lit", "on dark")).toBe(
        test(check('"on " "dark"')),
      );
    } else expect(correct(test(`${check(before)}  #<<`), "lit", "dark")).toBe(test(check(after)));
  });

  it("finds a local variable, and keeps line breaks as the author writes them", () => {
    const body = (text: string, mark = ""): string =>
      `    def test_on(self) -> None:\n        text = ${text}\n        self.check_webhook("on", "Lamp", text)${mark}\n`;
    expect(correct(body('"""a\nb"""', "  #<<"), "a\nb", "a\nc\nd")).toBe(body('"""a\nc\nd"""'));
    expect(correct(body('"""a\\nb"""', "  #<<"), "a\nb", "a\nc")).toBe(body('"""a\\nc"""'));
    expect(correct(body('"a\\nb"', "  #<<"), "a\nb", 'a\n"c"')).toBe(body("'a\\n\"c\"'"));
    expect(correct(body('"""\na\n""".strip()', "  #<<"), "a", "b")).toBe(
      body('"""\nb\n""".strip()'),
    );
  });

  it("keeps Windows line breaks", () => {
    const text = `${HEAD}    def test_on(self) -> None:\n        self.check_webhook("on", "Lamp", """a\nb""")\n`;
    const module = parseModule(text.replaceAll("\n", "\r\n"));
    const traceback = `  File "${PATH}", line 3, in test_on\n`;
    const error = { type: "AssertionError", message: "", traceback, expected: "a\nb" };
    const correction = correctExpectation(module, PATH, { ...error, actual: "a\nc\nd" });
    expect("edit" in correction && applyEdits(module.text, [correction.edit])).toBe(
      text.replace("a\nb", "a\nc\nd").replaceAll("\n", "\r\n"),
    );
  });

  it("finds a call over several lines, and leaves its comments", () => {
    const body = (text: string, mark = ""): string =>
      `    def test_on(self) -> None:\n        self.check_webhook(${mark}\n            "on",\n            "Lamp",  # the topic\n            ${text},\n        )\n`;
    expect(correct(body('"lit"', "  #<<"), "lit", "dark")).toBe(body('"dark"'));
  });

  it.each([
    ["an f-string", 'f"{self.x} lit"', "the expectation is an f-string"],
    ["a constant", "LIT", "LIT is defined elsewhere, and other tests may use it"],
    ["an attribute", "self.LIT", "self.LIT is defined elsewhere, and other tests may use it"],
    ["a sum", '"l" + "it"', "the expectation is computed, not written as one text"],
    ["a call", '"{}".format("lit")', "the expectation is computed, not written as one text"],
  ])("leaves %s to people", (_case, text, reason) => {
    const body = test(`self.check_webhook("on", "Lamp", ${text})  #<<`);
    expect(correct(body, "is lit", "dark")).toBe(reason);
  });

  it("does not guess which of two equal texts is wrong", () => {
    const body = test('self.check_webhook("on", "Lamp", "Lamp")  #<<');
    expect(correct(body, "Lamp", "Torch")).toContain("twice");
  });

  it("does not change two parts of one text", () => {
    const body = test('self.check_webhook("on", "Lamp", "lit " "up")  #<<');
    expect(correct(body, "lit up", "dark now")).toContain("more than one would change");
  });
});

describe("addTests", () => {
  const dialect = {
    topicParameter: "expected_topic_name",
    checkMethod: "check_webhook",
    noopParameter: "expect_noop",
  } as TestDialect;
  const fixture = (file: string): Fixture => {
    const [name = "", extension = ""] = file.split(".");
    return { file, name, extension, path: file, linkTarget: undefined };
  };
  const message = { kind: "message", topic: "Lamp", content: "It is on." } as const;

  it("puts tests after the last one of the class, and leaves the rest", () => {
    const source = `${HEAD}    def test_on(self) -> None:\n        self.check_webhook("on", "a", "b", content_type="text/x")\n\n\nTAIL = 1\n`;
    const tests = [
      { fixture: fixture("turned-off.json"), outcome: message },
      { fixture: fixture("on.json"), outcome: { kind: "nothing" } as const },
    ];
    const { text, written } = addTests(parseModule(source), tests, dialect);
    expect(text).toBe(
      source.replace(
        "\n\n\nTAIL",
        `

    def test_turned_off(self) -> None:
        expected_topic_name = "Lamp"
        expected_message = "It is on."
        self.check_webhook("turned-off", expected_topic_name, expected_message, content_type="text/x")

    def test_on_2(self) -> None:
        self.check_webhook("on", expect_noop=True, content_type="text/x")


TAIL`,
      ),
    );
    expect(written).toEqual([
      { fixture: "turned-off.json", test: "test_turned_off" },
      { fixture: "on.json", test: "test_on_2" },
    ]);
  });

  it("keeps Windows line breaks, and a file without a last one", () => {
    const source = `${HEAD}    A = 1\n    def test_on(self) -> None:\n        pass`.replaceAll(
      "\n",
      "\r\n",
    );
    const { text } = addTests(
      parseModule(source),
      [{ fixture: fixture("x.json"), outcome: message }],
      dialect,
    );
    expect(text.startsWith(`${source}\r\n\r\n    def test_x(self) -> None:\r\n`)).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("says why a test is left to people", () => {
    const reasonOf = (
      source: string,
      file: string,
      outcome = message as object,
      inTree = dialect,
    ): string => {
      const [one] = addTests(
        parseModule(source),
        [{ fixture: fixture(file), outcome: outcome as typeof message }],
        inTree,
      ).written;
      return one && "reason" in one ? one.reason : "";
    };
    const withClass = `${HEAD}    def test_on(self) -> None:\n        pass\n`;
    expect(reasonOf("x = 1\n", "x.json")).toContain("no test class");
    expect(reasonOf(withClass, "x.txt")).toContain(".json fixtures only");
    expect(reasonOf(withClass, "x.json", { kind: "unclear", reason: "because" })).toBe("because");
    // As in 2021, where check_webhook always looks for a message.
    const without = { ...dialect, noopParameter: undefined };
    expect(reasonOf(withClass, "x.json", { kind: "nothing" }, without)).toContain(
      "nothing is sent",
    );
  });
});

describe("outcomeOf", () => {
  const ok = { status: 200, body: "" };
  const stream = { type: "stream", stream: "s", topic: "t", sender: "b", content: "c" } as const;

  it.each([
    ["a message", { response: ok, messages: [stream] }, "message"],
    ["nothing", { response: ok, messages: [] }, "nothing"],
    ["two messages", { response: ok, messages: [stream, stream] }, "unclear"],
    [
      "a direct message",
      { response: ok, messages: [{ ...stream, type: "direct" as const }] },
      "unclear",
    ],
    ["a refusal", { response: { status: 400, body: "" }, messages: [] }, "unclear"],
  ])("knows %s", (_case, delivery, kind) => {
    expect(outcomeOf(delivery).kind).toBe(kind);
  });
});
