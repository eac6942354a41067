/** What `dev` keeps of requests and answers is bounded, whatever views answer. */
import { describe, expect, it } from "vitest";
import type { WireDelivery } from "../../src/engine/index.ts";
import { EventHub } from "../../src/server/dev/events.ts";
import { RequestLog } from "../../src/server/dev/log.ts";
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
