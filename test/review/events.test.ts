import { describe, expect, it } from "vitest";
import {
  attentionOf,
  compareEvents,
  compareMessages,
  type EventFacts,
  reviewPage,
  reviewSummary,
} from "../../src/review/index.ts";
import { answered, integration, raised, review, sent } from "./review.ts";

const LOOKS = { page: "", cards: "", look: { styles: [], clip: ".picture" } };

function facts(event: string, fixtures: string[], documented?: boolean): EventFacts {
  return { event, fixtures, tested: fixtures, documented };
}

const found = (...all: EventFacts[]) => ({ found: all, isUnread: false });

describe("compareEvents", () => {
  const compare = (...sides: Parameters<typeof compareEvents>) =>
    compareEvents(...sides).map(({ event, status, formerEvent }) => [event, status, formerEvent]);

  it("knows an event type under its new name by the fixtures that lead to it", () => {
    const before = found(
      facts("push", ["push.json"]),
      facts("tag", ["tag.json"]),
      facts("wiki", []),
    );
    const after = found(
      facts("pushed", ["pushed.json"]),
      facts("tag", ["tag.json"]),
      facts("note", []),
    );
    expect(compare(before, after, new Map([["pushed.json", "push.json"]]))).toEqual([
      ["pushed", "renamed", "push"],
      ["tag", "same", undefined],
      ["note", "added", undefined],
      ["wiki", "removed", undefined],
    ]);
  });

  it("takes all of a new integration for new, and none where the base is not understood", () => {
    const after = found(facts("push", []));
    expect(compare(undefined, after, new Map())).toEqual([["push", "added", undefined]]);
    const unread = { found: [], isUnread: true };
    expect(compare(unread, after, new Map())).toEqual([["push", "same", undefined]]);
    expect(compare(after, unread, new Map())).toEqual([]);
  });
});

describe("what a review says of event types", () => {
  const about = (before: EventFacts[] | undefined, after: EventFacts[], messages = {}) => {
    const events = compareEvents(before && found(...before), found(...after), new Map());
    const one = integration({ events, ...messages });
    return attentionOf(review(one)).map(({ level, text }) => [level, text]);
  };
  const bare = [facts("push", [], false), { ...facts("tag", ["a.json"]), tested: [] }];

  it("is what the change does to them, and not what the base has as well", () => {
    expect(about(bare, bare)).toEqual([]);
    expect(about(undefined, bare)).toEqual([
      ["info", "Event types without a fixture: push."],
      ["info", "Event types without a test: tag."],
      ["info", "Event types that the documentation does not name: push."],
    ]);
    expect(about([facts("push", ["a.json"])], [facts("push", [])])).toEqual([
      ["info", "Event types without a fixture: push."],
    ]);
  });

  it.each([
    ["fails", raised("KeyError")],
    ["sends nothing any more", answered(400)],
  ])("is not that they lack fixtures where one %s", (_what, now) => {
    const sides = [sent("a"), now].map((shown) => new Map([["a.json", shown]]));
    const [old = new Map(), fresh = new Map()] = sides;
    const messages = { messages: compareMessages(old, fresh) };
    const texts = about([facts("push", ["a.json"])], [facts("push", [])], messages);
    expect(texts.map(([, text]) => text)).toEqual([expect.stringContaining("a.json")]);
  });

  it("is that users' filters break, with what they were called", () => {
    const before = [facts("push", ["a.json"]), facts("tag", [])];
    const after = [facts("pushed", ["a.json"])];
    expect(about(before, after)).toEqual([
      [
        "warning",
        "Event types have other names: push → pushed. Users' filters with their former names match nothing any more.",
      ],
      ["warning", "Event types are gone: tag. Users' filters with them match nothing any more."],
    ]);
    const events = compareEvents(found(...before), found(...after), new Map());
    const shown = review(integration({ events }));
    const page = reviewPage(shown, LOOKS);
    expect(page).toContain("<td><code>push</code></td><td><code>pushed</code></td>");
    expect(page).toContain('<td><code>tag</code></td><td><span class="bad">gone</span></td>');
    expect(page).not.toContain("<th>documented</th>");
    const summary = reviewSummary(shown);
    expect(summary).toContain("| `echo` event type | `push` | `pushed` |");
    expect(summary).toContain("| `echo` event type | `tag` | gone |");
  });
});

describe("what a review says of the registry entry", () => {
  it("is that the URL is another one, or gone", () => {
    const about = (after: string | undefined) =>
      attentionOf(
        review(integration({ entryChanges: [{ what: "URL", before: "/api/a", after }] })),
      ).map(({ level, text }) => [level, text]);
    const nowhere = "what services were set up to send there gets 404.";
    expect(about("/api/b")).toEqual([["warning", `The URL /api/a is now /api/b: ${nowhere}`]]);
    expect(about(undefined)).toEqual([["warning", `The URL /api/a is gone: ${nowhere}`]]);
  });
});

describe("lines that no test runs", () => {
  const file = { path: "a/view.py", lines: 9, covered: 6, missing: [3, 4, 7], newlyMissing: [7] };
  const covered = { lines: 9, covered: 6, missing: file.missing, files: [file] };
  const failure = { name: "t", type: "E", message: "", traceback: "", failedBefore: false };
  const tests = { total: 1, passed: 0, failed: 1, skipped: 0, failures: [failure] };
  const about = (facts: Parameters<typeof integration>[0]) =>
    attentionOf(review(integration(facts))).map(({ text }) => text);

  it("are told where they are the change's, and no test fails before them", () => {
    expect(about({ coverage: covered })).toEqual(["No test runs these lines: view.py 7."]);
    const old = { ...covered, files: [{ ...file, newlyMissing: [] }] };
    expect(about({ coverage: old })).toEqual([]);
    expect(about({ coverage: covered, tests })).toEqual(["t fails: E"]);
  });
});
