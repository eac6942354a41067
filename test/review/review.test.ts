import { describe, expect, it } from "vitest";
import {
  attentionOf,
  checklistOf,
  compareImage,
  compareMessages,
  headline,
  reviewJson,
  reviewPage,
  reviewSummary,
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

describe("attentionOf", () => {
  const about = (facts: Parameters<typeof integration>[0]) =>
    attentionOf(review(integration(facts))).map(({ level, text }) => [level, text]);
  const message = (before: ReturnType<typeof sent> | undefined, after: ReturnType<typeof sent>) =>
    compareMessages(new Map(before ? [["a.json", before]] : []), new Map([["a.json", after]]));

  it("is silent where all is well", () => {
    expect(about({ messages: message(sent("a"), sent("b")) })).toEqual([]);
  });

  it("calls a view that raises wrong, unless it always did", () => {
    expect(about({ messages: message(sent("a"), raised("KeyError")) })).toEqual([
      ["error", "The view raises KeyError for a.json."],
    ]);
    expect(about({ messages: message(raised("KeyError"), raised("KeyError")) })).toEqual([
      ["warning", "The view raises KeyError for a.json, as before."],
    ]);
  });

  it("tells that a message is lost", () => {
    expect(about({ messages: message(sent("a"), answered(400)) })).toEqual([
      ["warning", "a.json sends no message any more, and answers 400."],
    ]);
  });

  it("tells what fails and what is missing, the worst first", () => {
    const failure = {
      name: "test_a",
      type: "AssertionError",
      message: "1 != 2\nmore",
      failedBefore: false,
    };
    const old = { ...failure, name: "test_b", failedBefore: true };
    const row = { declared: true, documented: true };
    expect(
      about({
        events: [
          { event: "a", fixtures: [], tested: [], ...row },
          { event: "b", fixtures: ["b.json"], tested: [], ...row },
          { event: "c", fixtures: ["c.json"], tested: ["c.json"], ...row },
        ],
        checklist: [
          {
            part: "view",
            problems: [
              { rule: "r", severity: "warning", path: "v", message: "A warning.", isNew: true },
              {
                rule: "s",
                severity: "warning",
                path: "zerver/webhooks/a/doc.md",
                line: 12,
                message: "There is a tab.",
                isNew: true,
              },
              {
                rule: "t",
                severity: "warning",
                path: "zerver/webhooks/a/fixtures/x.json",
                message: "The fixture x.json is not used.",
                isNew: true,
              },
              { rule: "r", severity: "error", path: "v", message: "Old.", isNew: false },
            ],
          },
        ],
        tests: { total: 2, passed: 0, failed: 2, skipped: 0, failures: [old, failure] },
      }),
    ).toEqual([
      ["error", "test_a fails: AssertionError: 1 != 2"],
      ["warning", "test_b failed before, and fails: AssertionError: 1 != 2"],
      ["warning", "v: A warning."],
      ["warning", "doc.md, line 12: There is a tab."],
      ["warning", "The fixture x.json is not used."],
      ["info", "Event types without a fixture: a."],
      ["info", "Event types without a test: b."],
    ]);
  });
});

describe("a new hint of the checklist", () => {
  const withHint = (isNew: boolean) => {
    const found = { rule: "r", severity: "hint", path: "a/view.py", line: 3, isNew } as const;
    const problems = [{ ...found, message: "A text is cut." }];
    return review(integration({ checklist: [{ part: "view", problems }] }));
  };
  const looks = { page: "", cards: "", look: { styles: [], clip: ".picture" } };

  it("is told at the top, and in the table, of the page and of the summary", () => {
    const now = withHint(true);
    expect(attentionOf(now)).toMatchObject([
      { level: "info", text: "view.py, line 3: A text is cut.", part: "checklist" },
    ]);
    const page = reviewPage(now, looks);
    expect(page).toContain("<span>1 hint</span>");
    expect(page).not.toContain("Nothing is wrong");
    expect(page.match(/A text is cut\./g)).toHaveLength(2);
    const summary = reviewSummary(now);
    expect(summary).toContain("| 1 hint |");
    expect(summary).toContain("line 3: A text is cut.");
  });

  it("is not told where the base has it too", () => {
    expect(attentionOf(withHint(false))).toEqual([]);
    expect(reviewPage(withHint(false), looks)).toContain(
      "Nothing is wrong that a program can see.",
    );
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
