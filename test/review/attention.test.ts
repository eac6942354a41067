import { describe, expect, it } from "vitest";
import { attentionOf, compareMessages, reviewPage, reviewSummary } from "../../src/review/index.ts";
import type { ReviewProblem } from "../../src/review/model.ts";
import { answered, integration, raised, review, sent } from "./review.ts";

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
      ["error", "The view raises KeyError for a.json: broken"],
    ]);
    expect(about({ messages: message(raised("KeyError"), raised("KeyError")) })).toEqual([
      ["warning", "The view raises KeyError for a.json, as before: broken"],
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
      traceback: "AssertionError: 1 != 2\nmore",
      failedBefore: false,
    };
    const old = { ...failure, name: "test_b", failedBefore: true };
    const row = { status: "added", declared: true, documented: true, before: undefined } as const;
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
      ["error", "test_a fails: AssertionError: 1 != 2 more"],
      ["warning", "test_b failed before, and fails: AssertionError: 1 != 2 more"],
      ["warning", "v: A warning."],
      ["warning", "doc.md, line 12: There is a tab."],
      ["warning", "The fixture x.json is not used."],
      ["info", "Event types without a fixture: a."],
      ["info", "Event types without a test: b."],
    ]);
  });
});

describe("one cause of many failures", () => {
  const looks = { page: "", cards: "", look: { styles: [], clip: ".picture" } };
  const view = "zerver/webhooks/echo/view.py";
  const said = "No module named 'gone'";
  const traceback = `Traceback (most recent call last):\n  File "${view}", line 3, in <module>\n    import gone\nModuleNotFoundError: ${said}\n`;
  const error = { type: "ModuleNotFoundError", message: said, traceback, path: view, line: 3 };
  const failures = ["test_a", "test_b", "test_c"].map((name) => ({
    ...error,
    name,
    failedBefore: false,
  }));
  const after = new Map(["a.json", "b.json"].map((file) => [file, { ...answered(500), error }]));
  const before = new Map(["a.json", "b.json"].map((file) => [file, sent(file)]));
  const messages = compareMessages(before, after);
  const tests = { total: 3, passed: 0, failed: 3, skipped: 0, failures };
  const finding = { rule: "library-names", severity: "error", path: view, line: 3 } as const;
  const problem: ReviewProblem = { ...finding, message: "There is no module `gone`.", isNew: true };

  it("is told once in the attention, the page and the summary", () => {
    const now = review(integration({ tests, messages }));
    const told = `test_a and 2 more tests fail, and so does the view for a.json and 1 more fixture: ModuleNotFoundError: ${said} (view.py, line 3)`;
    expect(attentionOf(now).map(({ text }) => text)).toEqual([told]);
    const page = reviewPage(now, looks);
    expect(page.match(/<summary>Traceback/g)).toHaveLength(1);
    expect(page).toContain("The same in test_b, test_c.");
    expect(page).toContain("Fails as a.json does.");
    const summary = reviewSummary(now);
    expect(summary.match(/<details>/g)).toHaveLength(1);
    expect(summary).toContain("and 1 more fixture that fails alike");
  });

  it("is told in the words of the checklist where that has found its place", () => {
    const about = (found: ReviewProblem[]) => {
      const checklist = [{ part: "view", problems: found }];
      return attentionOf(review(integration({ tests, messages, checklist })));
    };
    expect(about([problem])).toEqual([
      {
        level: "error",
        integration: "echo",
        text: "view.py, line 3: There is no module `gone`. Because of it, test_a and 2 more tests fail, and so does the view for a.json and 1 more fixture.",
        part: "checklist",
      },
    ]);
    expect(about([{ ...problem, line: 4 }])).toHaveLength(2);
  });

  it("is a difference that several tests have, told where it is short", () => {
    const differing = ["a.", "b."].map((end, index) => ({
      ...{ ...error, name: `test_${index}`, failedBefore: false },
      ...{ expected: `Ann created issue ${end}`, actual: `Ann opened issue ${end}` },
    }));
    const now = review(integration({ tests: { ...tests, failures: differing } }));
    expect(attentionOf(now).map(({ text }) => text)).toEqual([
      "test_0 and 1 more test fail: each message differs from what is expected, in the same way: “opened” for “created”",
    ]);
  });

  it("shows code as code in the page", () => {
    const checklist = [{ part: "view", problems: [problem] }];
    const page = reviewPage(review(integration({ checklist })), looks);
    expect(page).toContain("<span>view.py, line 3: There is no module <code>gone</code>.</span>");
  });

  it("takes tests of several integrations down", () => {
    const one = integration({ tests: { ...tests, failures: failures.slice(0, 2) } });
    const [item, ...others] = attentionOf(review(one, integration({ name: "bell", tests })));
    expect(others).toEqual([]);
    expect(item?.text).toMatch(/^test_a and 4 more tests in it and bell fail: /);
  });

  it("keeps the end of what a tree explains at length", () => {
    const long = `The event "a" is not declared.\n${"Words of the tree. ".repeat(40)}\nAdd "a" to EVENTS.`;
    const explained = { ...error, type: "Exception", message: long };
    const others = { ...explained, message: long.replaceAll('"a"', '"b"') };
    const failing = [explained, others].map((one, index) => ({
      ...{ ...one, name: `test_${index}`, failedBefore: false },
    }));
    const found = attentionOf(review(integration({ tests: { ...tests, failures: failing } })));
    expect(found).toHaveLength(1);
    expect(found[0]?.text).toMatch(/^test_0 and 1 more test fail: .* … .*Add "a" to EVENTS\./);
  });

  it("is a fixture that is not there: the view was never called", () => {
    const missing = "zerver/webhooks/echo/fixtures has no file a.json";
    const failure = { ...error, type: "FileNotFoundError", message: missing, name: "test_a" };
    const gone = compareMessages(
      new Map([["a.json", sent("a")]]),
      new Map([["a.json", raised("NotDelivered", missing)]]),
    );
    const about = (facts: Parameters<typeof integration>[0]) =>
      attentionOf(review(integration(facts))).map(({ text }) => text);
    expect(about({ messages: gone })).toEqual([`a.json cannot be delivered: ${missing}`]);
    const one = { ...tests, failures: [{ ...failure, failedBefore: false }] };
    expect(about({ messages: gone, tests: one })).toEqual([
      `test_a fails, and a.json cannot be delivered: ${missing} (view.py, line 3)`,
    ]);
  });

  it("lets several fixtures send nothing any more", () => {
    const silent = compareMessages(
      before,
      new Map([...before.keys()].map((file) => [file, answered(400)])),
    );
    expect(attentionOf(review(integration({ messages: silent }))).map(({ text }) => text)).toEqual([
      "a.json and 1 more fixture send no messages any more, and answer 400.",
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
