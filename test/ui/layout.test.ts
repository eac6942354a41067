import { describe, expect, it } from "vitest";
import { columns, fitted, widthOf, wrapped } from "../../src/ui/layout.ts";
import { createPaint, forConsole } from "../../src/ui/marks.ts";

const paint = createPaint(true);

describe("the width of a text", () => {
  it.each([
    ["plain", 5],
    ["日本語", 6],
    ["한국어", 6],
    ["🚀", 2],
    ["👩‍💻", 2],
    ["e\u0301", 1],
    [paint.green("ok"), 2],
  ])("%j takes %i columns", (text, width) => expect(widthOf(text)).toBe(width));
});

describe("lines that are too long", () => {
  it("are broken between words, and go on below the first one", () => {
    const text = "✗ The integration has no picture, and its page asks for one.";
    expect(wrapped(text, 30)).toBe(
      "✗ The integration has no\n  picture, and its page asks\n  for one.",
    );
  });

  it.each([
    ["+        return the_first(name)", "+        return\n         the_first(name)"],
    ["  + a line of what was sent", "  + a line of what\n    was sent"],
    ["│ A quoted sentence that is long.", "│ A quoted sentence\n  that is long."],
  ])("%j goes on below its own beginning", (line, shown) => expect(wrapped(line, 20)).toBe(shown));

  it("keep a word whole that is longer than the line", () => {
    const path = "zerver/webhooks/mywebhook/fixtures/an_event.json";
    expect(wrapped(`See ${path} first.`, 20)).toBe(`See\n${path}\nfirst.`);
  });

  it("count wide characters", () => {
    expect(wrapped("日本語 日本語 日本語", 13)).toBe("日本語 日本語\n日本語");
  });

  it.each([
    ["長い文章を折り返す。次の文。", 11, "長い文章を\n折り返す。\n次の文。"],
    ["see 「長い文章」 now", 9, "see\n「長い\n文章」\nnow"],
    ["│ 受信したものが表示", 12, "│ 受信した\n  ものが表示"],
    [
      "#41 受信した https://kanban.example/issues",
      14,
      "#41 受信した\nhttps://kanban.example/issues",
    ],
  ])("break a text without blanks between its words: %j", (line, width, shown) => {
    expect(wrapped(line, width)).toBe(shown);
  });

  it("begin with their first word, however long it is", () => {
    const address = "https://kanban.example/issues/41";
    expect(wrapped(`│ ${address} is closed`, 20)).toBe(`│ ${address}\n  is closed`);
  });

  it("stay a command that a shell takes", () => {
    const line = "  connect-webhook new mywebhook --payload 'a file.json' --yes";
    expect(wrapped(line, 44)).toBe(
      "  connect-webhook new mywebhook --payload \\\n      'a file.json' --yes",
    );
  });

  it("go on below their own column in a table", () => {
    const rows = columns([
      ["one", "says a thing or two"],
      ["seven", "x"],
    ]);
    expect(forConsole(wrapped(rows, 20))).toBe("one    says a thing\n       or two\nseven  x");
  });

  it("put a word that is too wide for its column below the first one", () => {
    const rows = columns([
      ["  logo", "logos/kanban.svg"],
      ["  picture", "static/kanban/001.png (missing)"],
    ]);
    expect(forConsole(wrapped(rows, 30))).toBe(
      "  logo     logos/kanban.svg\n  picture\n  static/kanban/001.png\n           (missing)",
    );
  });

  it("stay as they are where nobody could read them", () => {
    const line = "a ".repeat(500_000);
    expect(wrapped(line, 60)).toBe(line);
  });
});

it("columns of East Asian text are in line", () => {
  expect(
    forConsole(
      columns([
        ["日本", "a"],
        ["name", "b"],
      ]),
    ),
  ).toBe("日本  a\nname  b");
});

describe("a text that has to fit", () => {
  it.each([
    ["short", 10, "short"],
    ["somewhat longer", 10, "somewhat …"],
    ["日本語日本語", 6, "日本…"],
    ["first\nsecond", 10, "first"],
  ])("%j into %i columns", (text, width, shown) => expect(fitted(text, width)).toBe(shown));
});
