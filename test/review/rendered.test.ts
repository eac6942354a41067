import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/markdown/index.ts";
import {
  attentionOf,
  compareMessages,
  renderedMessage,
  type Shown,
} from "../../src/review/index.ts";
import { integration, review, sent } from "./review.ts";

function drawn(content: string): Shown {
  return { ...sent(content), rendered: [renderedMessage(content, renderMarkdown(content))] };
}

function about(before: string | undefined, after: string) {
  const files = ["a.json", "b.json"];
  const side = (text: string) => new Map(files.map((file) => [file, drawn(text)]));
  const messages = compareMessages(before === undefined ? new Map() : side(before), side(after));
  return attentionOf(review(integration({ messages }))).map(({ level, text }) => [level, text]);
}

const where = "in a.json and 1 more fixture";

describe("a message that is drawn worse than before", () => {
  it.each([
    [
      "a link that is cut",
      "See [the app](https://a.example/b).",
      "See [the app](https://a.ex…",
      `Links of before are bare Markdown now ${where}: [the app](https://a.ex…`,
    ],
    [
      "a bold text without its end",
      "**Ann** opened it.",
      "**Ann opened it.",
      `Bold texts of before are bare Markdown now ${where}: **Ann opened it.`,
    ],
    [
      "code without its end",
      "Branch `main` is red.",
      "Branch `main is red.",
      `Code of before are bare Markdown now ${where}: \`main is red.`,
    ],
    [
      "a quote that begins in a line",
      "Says:\n``` quote\nHi\n```",
      "Says: ``` quote\nHi\n",
      `Quotes or code blocks of before are bare Markdown now ${where}: \`\`\` quote`,
    ],
    [
      "a quote without its end",
      "Says:\n``` quote\nHi\n```\nBye",
      "Says:\n``` quote\nHi\nBye",
      `The end of a quote or code block is missing ${where}.`,
    ],
  ])("is an error: %s", (_what, before, after, text) => {
    expect(about(before, after)).toEqual([["error", text]]);
  });

  it("is a warning where nothing was drawn before", () => {
    expect(about("Ann opened it.", "**Ann opened it.")).toEqual([
      ["warning", `Markdown is shown as it is ${where}: **Ann opened it.`],
    ]);
    expect(about(undefined, "See [the app](https://a.ex…")).toEqual([
      ["warning", `Markdown is shown as it is ${where}: [the app](https://a.ex…`],
    ]);
  });

  it.each([
    ["another link", "[a](https://a.example)", "[b](https://b.example)"],
    ["a link less", "[a](https://a.example) is **b**", "a is b"],
    ["what a payload had before", "2 ** 3 and [x](y", "**4**: 2 ** 3 and [x](y"],
    ["code that shows marks", "`a`", "`**a [b](c`\n```\n**d [e](f ~~~\n```"],
    ["marks of a payload in a new message", undefined, "2 ** 3, `a"],
  ])("is not: %s", (_what, before, after) => {
    expect(about(before, after)).toEqual([]);
  });
});
