/** What comes out of the process that runs Python is a stranger's: the parent survives whatever it is. */
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { PythonClient } from "../../src/engine/client.ts";
import { readMessage } from "../../src/engine/messages.ts";
import type { Request } from "../../src/engine/protocol.ts";
import { MisfitError } from "../../src/engine/reading.ts";
import type { TestResult } from "../../src/engine/types.ts";
import { PythonWorker } from "../../src/engine/worker.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { startNodeChild } from "../../src/host/child.ts";
import { FrameReader } from "../../src/host/frames.ts";
import { useOwnCache } from "./tree.ts";

useOwnCache();

const LONG_MS = 60_000;
const SCRIPT = join(packageRoot, "test/engine/fake-child.mjs");
const nothing = { files: [], parts: [] };
const sources = async () => ({
  library: nothing,
  integrations: nothing,
  key: "fake",
  conflicts: [],
  registryKey: "fake",
});

/** A worker whose children are the fake one. */
function workerOf(kind: string): PythonWorker {
  const take = (): PythonClient =>
    new PythonClient(undefined, {
      start: () => startNodeChild(SCRIPT, [kind], { nodeOptions: [], env: {} }),
    });
  const worker = new PythonWorker(sources, {}, take);
  onTestFinished(() => worker.close());
  return worker;
}

/** @param timeoutMs What a test may take. */
async function resultsOf(
  worker: PythonWorker,
  folder: string,
  timeoutMs = 500,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  await worker.run(folder, undefined, { timeoutMs }, (result) => void results.push(result));
  return results;
}

describe("a process that lies", () => {
  it.each([
    ["null", "ProcessEnded", /is no object/],
    ["list", "ProcessEnded", /is no object/],
    ["text", "ProcessEnded", /no JSON/],
    ["bytes", "ProcessEnded", /too large|took too long/],
    ["deep", "NotRun", /broke the run/],
    ["head-4gb", "ProcessEnded", /too large/],
    ["payload-4gb", "ProcessEnded", /too large/],
    ["payload", "ProcessEnded", /too large/],
    ["status-object", "ProcessEnded", /status/],
    ["error-wordless", "ProcessEnded", /type of error of result/],
    ["error-none", "ProcessEnded", /has no error/],
    ["wrong-type", "ProcessEnded", /not asked for/],
    ["unknown", "ProcessEnded", /not asked for/],
    ["coverage", "ProcessEnded", /lines of the|lines of coverage/],
    ["coverage-path", "ProcessEnded", /no file of the tree/],
    ["strays", "ProcessEnded", /too many messages/],
    ["done-early", "NotRun", /broke the run/],
    ["done-twice", "NotRun", /broke the run/],
    ["broken-registry", "ProcessEnded", /a lie/],
    ["failed-oddly", "ProcessEnded", /kind of a refusal/],
    ["silence", "ProcessEnded", /took too long/],
    ["starts", "ProcessEnded", /took too long|too many messages/],
    ["exit", "ProcessEnded", /exit code 0/],
    ["other-id", "NotRun", /broke the run/],
    ["other-name", "NotRun", /broke the run/],
    ["place-outside", "E", /^m$/],
    ["huge-message", "E", /29,990,000 more characters/],
  ])(
    "fails the test with a sentence, and no other: %s",
    { timeout: LONG_MS },
    async (kind, type, said) => {
      const worker = workerOf(kind);
      // 30 MB take a busy machine longer than a test may take that never ends.
      const timeoutMs = kind === "huge-message" ? LONG_MS / 2 : undefined;
      const [result, ...more] = await resultsOf(worker, "bad", timeoutMs);
      expect(more).toEqual([]);
      expect(result).toMatchObject({ name: "test_it", status: "failed", error: { type } });
      expect(result?.error?.message).toMatch(said);
      expect(result?.error?.path ?? "zerver/").toMatch(/^zerver\/(?!\.\.)/);
      const [next] = await resultsOf(worker, "good");
      expect(next?.error?.message).toBe("honest");
    },
  );

  it("is started a bounded number of times, and what was not run is named", {
    timeout: LONG_MS,
  }, async () => {
    const results = await resultsOf(workerOf("exit"), "many");
    const types = results.map(({ error }) => error?.type);
    expect(types).toHaveLength(30);
    expect(types.filter((type) => type === "ProcessEnded")).toHaveLength(25);
    expect(types.filter((type) => type === "NotRun")).toHaveLength(5);
  });

  it("does not have a late answer taken for the next one's", async () => {
    let started = 0;
    const take = (): PythonClient => {
      started += 1;
      return new PythonClient(undefined, {
        start: () => startNodeChild(SCRIPT, ["done-late"], { nodeOptions: [], env: {} }),
      });
    };
    const worker = new PythonWorker(sources, {}, take);
    onTestFinished(() => worker.close());
    expect(await resultsOf(worker, "bad")).toMatchObject([{ status: "passed" }]);
    const [next, ...more] = await resultsOf(worker, "good");
    expect(next?.error?.message).toBe("honest");
    expect([more, started]).toEqual([[], 1]);
  });

  it.each([
    "negative-time",
    "text-time",
    "proto-keys",
  ])("takes what is known of a result: %s", async (kind) => {
    const [result] = await resultsOf(workerOf(kind), "bad");
    expect(Object.keys(result ?? {}).sort()).toEqual(["durationMs", "id", "name", "status"]);
    expect(result?.durationMs).toBeGreaterThanOrEqual(0);
    expect(result).not.toHaveProperty("polluted");
  });
});

const TYPES: Request["type"][] = [
  "open",
  "load-registry",
  "renew",
  "check-registry",
  "collect",
  "run",
  "deliver",
  "receive",
  "prepare",
  "describe",
];

/** Objects with the names that messages have, and anything in them. */
const message = fc.dictionary(
  fc.constantFrom("type", "id", "value", "result", "coverage", "kind", "message", "__proto__"),
  fc.oneof(
    fc.constantFrom<unknown>("done", "failed", "test-start", "test-result", "coverage", "fault"),
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom("response", "messages", "tests", "status", "error", "bots", "id", "headers"),
      fc.jsonValue(),
    ),
  ),
);

describe("reading", () => {
  it("makes a message of what is one, and refuses all else in one way", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), message), fc.constantFrom(...TYPES), (head, asked) => {
        try {
          expect(typeof readMessage(head, asked).type).toBe("string");
        } catch (error) {
          expect(error).toBeInstanceOf(MisfitError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes __proto__ for a name like any other", () => {
    const headers: unknown = JSON.parse('{"__proto__":"a","X-B":"b"}');
    const sent = { contentType: "text/plain", headers };
    const value = { response: { status: 200, body: "" }, messages: [], sent };
    const read = readMessage({ type: "done", value }, "deliver");
    expect(JSON.stringify(read)).toContain('{"__proto__":"a","X-B":"b"}');
  });

  it("finds the same frames however the bytes are cut", () => {
    const bytes = fc.array(fc.jsonValue(), { maxLength: 20 });
    fc.assert(
      fc.property(bytes, fc.array(fc.integer({ min: 1, max: 40 })), (heads, cuts) => {
        const frames = heads.map((head) => {
          const text = Buffer.from(JSON.stringify(head));
          const header = Buffer.alloc(8);
          header.writeUInt32LE(text.length, 0);
          header.writeUInt32LE(3, 4);
          return Buffer.concat([header, text, Buffer.from("abc")]);
        });
        const reader = new FrameReader();
        const found = [];
        let left = Buffer.concat(frames);
        for (const cut of [...cuts, left.length]) {
          found.push(...reader.push(left.subarray(0, cut)));
          left = left.subarray(cut);
        }
        expect(found.map(({ head }) => head)).toEqual(
          heads.map((head) => JSON.parse(JSON.stringify(head))),
        );
        expect(found.every(({ payload }) => Buffer.from(payload).toString() === "abc")).toBe(true);
      }),
    );
  });

  it("reads many small frames that come at once without copying them again and again", () => {
    let pieces = 0;
    const one = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]);
    const reader = new FrameReader();
    for (const { head } of reader.push(Buffer.concat(Array.from({ length: 50_000 }, () => one)))) {
      expect(head).toEqual({});
      pieces += 1;
    }
    expect(pieces).toBe(50_000);
  });
});
