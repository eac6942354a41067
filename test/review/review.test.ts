import { describe, expect, it } from "vitest";
import {
  checklistOf,
  compareImage,
  compareMessages,
  headline,
  reviewJson,
} from "../../src/review/index.ts";
import { diffTexts } from "../../src/review/text-diff.ts";
import { answered, integration, raised, review, sent } from "./review.ts";

describe("compareMessages", () => {
  it.each([
    ["a new fixture", undefined, sent("a"), "added"],
    ["a fixture that is gone", sent("a"), undefined, "removed"],
    ["the same message", sent("a"), sent("a"), "same"],
    ["another text", sent("a"), sent("b"), "changed"],
    ["another topic", sent("a"), sent("a", "other"), "changed"],
    ["a message that is lost", sent("a"), answered(200), "changed"],
    ["the same refusal", answered(400, "no"), answered(400, "no"), "same"],
    ["another refusal", answered(400, "no"), answered(400, "never"), "changed"],
    ["the same exception", raised("KeyError"), raised("KeyError"), "same"],
    ["another exception", raised("KeyError"), raised("TypeError"), "changed"],
  ] as const)("%s", (_what, before, after, status) => {
    const map = (shown: typeof before) => new Map(shown ? [["a.json", shown]] : []);
    expect(compareMessages(map(before), map(after))).toMatchObject([{ status }]);
  });
});

describe("compareImage", () => {
  const file = (text: string) => ({ type: "image/png", bytes: Buffer.from(text) }) as const;
  it.each([
    [undefined, file("a"), "added"],
    [file("a"), undefined, "removed"],
    [file("a"), file("a"), "same"],
    [file("a"), file("b"), "changed"],
    [undefined, undefined, "missing"],
  ] as const)("%#", (before, after, status) => {
    expect(compareImage("logo", "x.png", before, after).status).toBe(status);
  });
});

describe("checklistOf", () => {
  const problem = (message: string, isNew: boolean, severity: "error" | "hint" = "error") => ({
    ...{ part: "view", rule: "r", severity, path: "view.py", line: 1, message, isNew },
  });

  it("has errors first, and new ones before old ones", () => {
    const found = [problem("old", false), problem("small", true, "hint"), problem("new", true)];
    const [view, tests] = checklistOf(["view", "tests"], found);
    expect(view?.problems.map(({ message, isNew }) => [message, isNew])).toEqual([
      ["new", true],
      ["old", false],
      ["small", true],
    ]);
    expect(tests?.problems).toEqual([]);
  });
});

describe("headline", () => {
  it.each([
    [[], "no integration changed"],
    [["added"], "Echo added"],
    [["added", "added", "changed", "reached"], "2 integrations added, 1 changed, 1 affected"],
  ] as const)("%j", (statuses, words) => {
    expect(headline(review(...statuses.map((status) => integration({ status }))))).toBe(words);
  });
});

describe("diffTexts", () => {
  const lines = (before: string, after: string) =>
    diffTexts(before, after).map(
      ({ sign, pieces }) =>
        sign + pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join(""),
    );

  it("marks the words that differ in lines that were changed", () => {
    expect(lines("same\nthe old word\n", "same\nthe new word\nmore\n")).toEqual([
      " same",
      "-the old word",
      "+the new word",
      "+more",
    ]);
    expect(lines("the old word", "the new word")).toEqual(["-the [old] word", "+the [new] word"]);
  });

  it("ends, and says how much is left out, where 20,000 lines differ", () => {
    const many = (word: string): string =>
      Array.from({ length: 20_000 }, (_, index) => `${word} ${index % 7} ${index}`).join("\n");
    const compared = lines(many("old"), many("new"));
    expect(compared).toHaveLength(2_001);
    expect(compared.at(-1)).toBe(" … 38,000 more lines");
    expect(lines("a".repeat(50_000), "b ".repeat(50_000))).toHaveLength(2);
  });
});

describe("reviewJson", () => {
  it("holds everything but the looks", () => {
    const messages = compareMessages(new Map(), new Map([["a.json", sent("hello")]]));
    const json = reviewJson(review(integration({ status: "added", messages })));
    expect(json).toMatchObject({
      version: 1,
      summary: { integrations: 1, errors: 0, warnings: 0 },
      integrations: [
        {
          name: "echo",
          messages: [{ fixture: "a.json", status: "added", before: null }],
          events: null,
          tests: null,
        },
      ],
    });
    expect(JSON.stringify(json)).not.toContain("picture");
  });
});
