/** Which texts a service would put into which places. */
import { expect, it } from "vitest";
import { KindsOfText } from "../../src/fuzz/kinds-of-text.ts";
import type { Mutation } from "../../src/fuzz/mutations.ts";
import type { Verdict } from "../../src/fuzz/outcome.ts";
import { type FuzzPayload, placeAt } from "../../src/fuzz/payload.ts";
import { readFuzzPayload } from "../../src/fuzz/read.ts";

const text =
  '{"title": "A", "body": "B", "id": "a1b2", "state": "in_progress", "at": "2026-01-01", "line": "Three words here", "name": "Ada of Lace", "left": "", "seen": "3/6/2026 5:00 PM UTC", "answers": "Boat: Osprey, Berth: 4-7", "user_title": "ada_l", "status_message": "All is well", "log": "From https://x.example, two", "short_title": "Osprey", "long_title": "Two words", "record": "Jan 14 11:14:32 host sudo: opened", "entries": " * Ada: one\\n * Grace: two", "author": "Ada", "pre_context": "A", "plain_text": "A"}';
const payload = readFuzzPayload(Buffer.from(text), "a.json") as FuzzPayload;
const texts = new KindsOfText(new Map([["a.json", payload]]));

const mutation = (id: string, kind: Mutation["kind"] = "text"): Mutation => ({
  id,
  about: id,
  kind,
  change: "",
});

it.each<[Verdict["kind"], string, string, boolean]>([
  ["break-out", "title", "bracket", true],
  ["break-out", "line", "bracket", true],
  ["break-out", "name", "bracket", false],
  ["break-out", "id", "bracket", false],
  ["break-out", "body", "fence", true],
  ["break-out", "title", "fence", false],
  ["break-out", "plain_text", "fence", true],
  ["break-out", "pre_context", "fence", false],
  ["break-out", "entries", "fence", false],
  ["break-out", "record", "code", false],
  ["break-out", "short_title", "stars", false],
  ["break-out", "long_title", "stars", true],
  ["break-out", "line", "stars", false],
  ["break-out", "user_title", "stars", false],
  ["break-out", "status_message", "lines", false],
  ["break-out", "log", "bracket", false],
  ["exception", "seen", "plain", false],
  ["exception", "answers", "plain", true],
  ["mention", "body", "mention", false],
  ["lost", "title", "lines", false],
  ["exception", "state", "plain", true],
  ["exception", "at", "plain", false],
  ["exception", "state", "code", false],
  ["exception", "body", "nul", false],
  ["exception", "title", "empty", false],
  ["exception", "left", "empty", true],
  ["hang", "id", "plain", true],
])("takes %s at %s by %s for possible: %s", (kind, key, id, isPossible) => {
  const place = placeAt(payload, `/${key}`);
  if (!place) throw new Error(`No ${key}`);
  expect(texts.mayBe({ kind }, place, mutation(id))).toBe(isPossible);
});

it("does not take a refusal, a word of another event or an item of a list for a fault", () => {
  const state = placeAt(payload, "/state");
  if (!state) throw new Error("No state");
  const refused = { kind: "exception", type: "UnknownEventError" } as const;
  expect(texts.mayBe(refused, state, mutation("plain"))).toBe(false);
  expect(texts.mayBe({ kind: "exception" }, state, mutation("other1", "structure"))).toBe(false);
  const lists = readFuzzPayload(Buffer.from('{"facts": [["Seen here twice"]]}'), "b.json");
  const fact = lists && placeAt(lists, "/facts/0/0");
  if (!lists || !fact) throw new Error("No facts");
  const known = new KindsOfText(new Map([["b.json", lists]]));
  expect(known.mayBe({ kind: "break-out" }, fact, mutation("bracket"))).toBe(false);
});

it("leaves other structures to the fixtures, and numbers to what services count", () => {
  const place = { path: ["id"], value: payload.value };
  const may = (id: string, kind: Mutation["kind"]) =>
    texts.mayBe({ kind: "exception" }, place, mutation(id, kind));
  expect(may("member", "structure")).toBe(true);
  expect(may("zero", "number")).toBe(true);
  expect(may("huge", "number")).toBe(false);
});

it("expects several lines of a machine only where a fixture has them", () => {
  const may = (json: string) => {
    const known = readFuzzPayload(Buffer.from(json), "a.json");
    const place = known && placeAt(known, "/check/message");
    if (!known || !place) throw new Error("No message");
    const kinds = new KindsOfText(new Map([["a.json", known]]));
    return kinds.mayBe({ kind: "break-out" }, place, mutation("fence"));
  };
  expect(may('{"check": {"message": "Host is down"}}')).toBe(false);
  expect(may('{"check": {"message": "Host is down\\nsince noon"}}')).toBe(true);
  expect(may('{"check": {"message": "Host is down"}, "closed_by": {"id": 1}}')).toBe(true);
});
