/** What `dev` keeps of requests and answers is bounded, whatever views answer. */
import { describe, expect, it } from "vitest";
import { devWiring } from "../../src/commands/dev/wiring.ts";
import type { WireDelivery } from "../../src/engine/index.ts";
import { builtinTheme } from "../../src/preview/index.ts";
import { EventHub } from "../../src/server/dev/events.ts";
import { RequestLog } from "../../src/server/dev/log.ts";
import { Blocks } from "../../src/server/dev/messages/blocks.ts";
import { listed } from "../../src/server/dev/messages/listed.ts";
import type { ShownDelivery } from "../../src/server/dev/messages/types.ts";
import { shownOutcome } from "../../src/server/dev/shown.ts";
import type { Draft, LoggedSummary } from "../../src/server/dev/types.ts";

const MB = 1_000_000;

function draft(body = ""): Draft {
  return { method: "POST", path: "/x", parameters: [], headers: [], body, encoding: "utf8" };
}

function summary(path = "/x"): Omit<LoggedSummary, "id" | "pinned"> {
  const facts = { at: 0, source: "wire" as const, method: "POST", path, status: 200 };
  return { ...facts, integration: undefined, durationMs: 1, about: "" };
}

function delivery(body: Uint8Array, content = ""): WireDelivery {
  const message = { type: "stream" as const, stream: "s", topic: "t", sender: "b", content };
  return {
    response: { status: 200, headers: [["X", "y".repeat(MB)]], body },
    messages: content === "" ? [] : Array.from({ length: 50 }, () => message),
    error: { type: "E", message: content, traceback: content },
  };
}

describe("the log", () => {
  it("keeps 40 answers of 50 MB in a few, each with what was cut said", () => {
    const body = new Uint8Array(50 * MB).fill(120);
    const content = "z".repeat(5 * MB);
    const log = new RequestLog();
    for (let index = 0; index < 40; index += 1) {
      const outcome = shownOutcome(delivery(body, content), 1);
      log.add({ summary: summary(), draft: draft(), outcome });
    }
    expect(log.summaries().length).toBeGreaterThan(30);
    expect(log.bytes).toBeLessThan(128 * MB);
    const { outcome } = log.find(40) ?? {};
    expect(outcome?.body).toMatch(/x\n… 49800000 more bytes$/);
    expect(outcome?.messages[0]?.content).toMatch(/z\n… 4800000 more characters$/);
    expect(outcome?.messages.at(-1)?.content).toMatch(/… \d+ more messages$/);
    expect(JSON.stringify(outcome).length).toBeLessThan(3 * MB);
  });

  it("forgets the oldest requests where their bodies take too much", () => {
    const log = new RequestLog();
    const outcome = shownOutcome(delivery(new Uint8Array()), 1);
    for (let index = 0; index < 30; index += 1) {
      log.add({ summary: summary(), draft: draft("é".repeat(10 * MB)), outcome });
      expect(log.bytes).toBeLessThan(128 * MB);
    }
    expect(log.summaries().map(({ id }) => id)).toEqual([30, 29, 28, 27, 26, 25]);
    log.clear();
    expect(log.bytes).toBe(0);
  });
});

describe("a message among all of its integration", () => {
  const outcomeOf = (content: string) => shownOutcome(delivery(new Uint8Array(MB), content), 1);

  it("is cut to what stands beside others, and known from one that differs in what is cut", () => {
    const { error: _, ...outcome } = outcomeOf("z".repeat(MB));
    const shown = listed(outcome);
    expect(JSON.stringify(shown).length).toBeLessThan(25_000);
    expect(shown.messages.at(-1)?.content).toMatch(/… \d+ more characters\n… \d+ more messages$/);
    const [first, ...rest] = outcome.messages;
    const other = { ...outcome, messages: [first, { ...rest[0], content: "other" }] };
    expect(listed(other as typeof outcome).whole).not.toBe(shown.whole);
    expect(listed(outcome).whole).toBe(shown.whole);
  });

  it("that fails says what counts: the exception that a refusal names, without a traceback", () => {
    const failed = listed({
      ...outcomeOf("x"),
      error: {
        type: "NotRun",
        message: `SyntaxError: ${"bad ".repeat(MB)}`,
        traceback: "t".repeat(MB),
      },
    });
    expect(failed.error?.type).toBe("SyntaxError");
    expect(JSON.stringify(failed).length).toBeLessThan(25_000);
  });

  it("is named only, where all of them together are too much for a page", () => {
    const drawing = devWiring({ html: () => "", theme: builtinTheme }).drawing();
    const blocks = new Blocks(drawing, "many");
    const { error: _, ...outcome } = outcomeOf("<&>".repeat(6_000));
    const one = (text: string): ShownDelivery => ({
      ...listed(outcome),
      card: `${text}${"x".repeat(100_000)}`,
    });
    const compared = Array.from({ length: 500 }, (_, index) => ({
      fixture: `${index}.json`,
      status: "changed" as const,
      before: one("before"),
      after: one("after"),
    }));
    const rows = blocks.rows(compared, new Set(), {});
    expect(JSON.stringify(rows).length).toBeLessThan(20 * MB);
    expect(rows[0]?.html).toContain("What differs");
    expect(rows.at(-1)?.html).toContain("Too much to be shown beside the others");
    // What there was no room for is there once there is.
    const [last] = blocks.rows(compared.slice(-1), new Set(), {});
    expect(last?.html).toContain("What differs");
  });
});

describe("what is pinned", () => {
  const outcome = shownOutcome(delivery(new Uint8Array()), 1);
  const logOf = (count: number): RequestLog => {
    const log = new RequestLog();
    for (let index = 0; index < count; index += 1)
      log.add({ summary: summary(), draft: draft(), outcome });
    return log;
  };

  it("stays while others go, and through clearing", () => {
    const log = logOf(1);
    log.pin(1, true);
    for (let index = 0; index < 300; index += 1)
      log.add({ summary: summary(), draft: draft(), outcome });
    expect(log.summaries()).toHaveLength(200);
    expect(log.find(1).summary.pinned).toBe(true);
    log.clear();
    expect(log.summaries().map(({ id }) => id)).toEqual([1]);
    log.pin(1, false);
    log.clear();
    expect(log.bytes).toBe(0);
  });

  it("is so many at most, and can be no room for the latest", () => {
    const log = logOf(21);
    for (let id = 1; id <= 20; id += 1) log.pin(id, true);
    expect(() => log.pin(21, true)).toThrow("20 requests are pinned already");
    expect(() => log.pin(99, true)).toThrow("not kept any more");
    for (let index = 0; index < 9; index += 1) {
      const { summary: added } = log.add({
        summary: summary(),
        draft: draft("é".repeat(20 * MB)),
        outcome,
      });
      expect(log.find(added.id)).toBeDefined();
      expect(log.bytes).toBeLessThan(128 * MB);
    }
  });
});

describe("the stream of events", () => {
  it("is ended for a page that does not read, before it fills the memory", async () => {
    const hub = new EventHub();
    const stream = hub.stream(new AbortController().signal);
    expect((await stream.next()).value).toBe(": hello\n\n");
    for (let index = 0; index < 100; index += 1) {
      hub.send({
        type: "request",
        summary: { ...summary("/".repeat(MB / 10)), id: index, pinned: false },
      });
    }
    const read: string[] = [];
    for await (const text of stream) read.push(text);
    expect(read.join("").length).toBeLessThan(5 * MB);
    hub.close();
  });
});
