/** What speaks for it that a service sends a field in another state. */
import { describe, expect, it } from "vitest";
import { eventKind } from "../../src/fuzz/evidence.ts";
import { guardsIn } from "../../src/fuzz/guards.ts";
import { isOftenEmpty } from "../../src/fuzz/often-empty.ts";
import { type FuzzPayload, placeAt } from "../../src/fuzz/payload.ts";
import { readFuzzPayload } from "../../src/fuzz/read.ts";
import { Signs } from "../../src/fuzz/signs.ts";

const VIEW = `def show(payload):
    if "colour" in payload:
        paint(payload["colour"])
    if payload["owner"] and not payload["boat"]["mast"]:
        pass
    title = payload["boat"]["title"].tame(check_none_or(check_string))
    return payload.get("kind", payload["type"]), payload["boat"].get("sail")

def other(payload):
    x = payload["berth"] if payload["berth"] is not None else 3
    return x if payload["price"] == 3 else "x".replace("y", payload["plain"])
`;
const views = [{ path: "zerver/webhooks/x/view.py", text: VIEW }];

/** The severity and sentence for a change of `a.json`. */
function evidence(
  texts: Record<string, string>,
  pointer: string,
  { id = "null", fn = "show", message = "" } = {},
): string {
  const payloads = new Map(
    Object.entries(texts).map(([file, text]) => [
      file,
      readFuzzPayload(Buffer.from(text), file) as FuzzPayload,
    ]),
  );
  const own = payloads.get("a.json") as FuzzPayload;
  const sample = { value: own.value, kind: eventKind({}, own.value) };
  const place = placeAt(own, pointer);
  if (!place) throw new Error(`No ${pointer}`);
  const failed = { place, id, function: fn, message };
  const found = new Signs(payloads, views).evidenceOf(failed, sample, new Map());
  return `${found.severity}: ${found.message}`;
}

describe("guardsIn", () => {
  it("finds what a view asks for before it reads it, and nothing else", () => {
    const told = guardsIn(views).map(
      ({ key, owner, form, line, function: name }) => `${key} of ${owner}: ${form} ${name}:${line}`,
    );
    expect(told.sort()).toEqual([
      "berth of payload: condition other:10",
      "colour of payload: in show:2",
      "kind of payload: get show:7",
      "mast of boat: condition show:4",
      "owner of payload: condition show:4",
      "sail of boat: get show:7",
      "title of boat: optional show:6",
      "type of payload: default show:7",
    ]);
  });

  it("takes what is no Python for a view that asks nothing", () => {
    expect(guardsIn([{ path: "view.py", text: "(".repeat(2000) }])).toEqual([]);
  });
});

describe("Signs", () => {
  it("believes null under the same key in another place of the service", () => {
    const texts = {
      "a.json": '{"boat": {"rig": 1}}',
      "b.json": '{"kind": "x", "boat": {"rig": null}}',
    };
    expect(evidence(texts, "/boat/rig")).toBe("warning: b.json has `rig` so in another place.");
    expect(evidence(texts, "/boat/rig", { id: "drop" })).toMatch(/^assumption/);
    // What a key means when it stands in several things is open.
    const apart = {
      "a.json": '{"boat": {"rig": 1}}',
      "b.json": '{"type": "x", "ship": {"rig": null}}',
    };
    expect(evidence(apart, "/boat/rig")).toMatch(/^assumption/);
  });

  it("believes that a key may lack where the same kind of object lacks it", () => {
    const list =
      '{"boats": [{"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2}, {"z": 1, "a": 1, "b": 3}]}';
    expect(evidence({ "a.json": list }, "/boats/0/c", { id: "drop" })).toMatch(/^warning: a.json/);
    const events = { "a.json": '{"x": 1, "y": 2, "z": 3}', "b.json": '{"x": 1, "y": 2}' };
    expect(evidence(events, "/z", { id: "drop" })).toMatch(/^assumption/);
  });

  it("believes the view's own questions, where they are about the field", () => {
    const texts = {
      "a.json":
        '{"owner": "A", "colour": "B", "type": "C", "berth": 1, "boat": {"mast": 1, "title": "D"}}',
    };
    expect(evidence(texts, "/owner")).toBe("warning: The view allows for that at view.py:4.");
    expect(evidence(texts, "/owner", { fn: "other" })).toMatch(/^assumption/);
    expect(evidence(texts, "/boat/title", { fn: "other" })).toMatch(/^warning/);
    expect(evidence(texts, "/type", { id: "drop" })).toMatch(/^warning/);
    expect(evidence(texts, "/type")).toMatch(/^assumption/);
    // Whether there is a key says nothing of null, unless the service sends null.
    expect(evidence(texts, "/colour")).toMatch(/^assumption/);
    const nulls = { ...texts, "b.json": '{"berth": null}' };
    expect(evidence(nulls, "/colour")).toMatch(/^warning/);
  });

  it("knows what services leave empty, and in which way this one does", () => {
    const texts = { "a.json": '{"issue": {"description": "A"}}' };
    expect(evidence(texts, "/issue/description")).toMatch(/^warning: Many services/);
    expect(evidence(texts, "/issue/description", { id: "drop" })).toMatch(/^warning/);
    const nulls = { ...texts, "b.json": '{"id": null}' };
    expect(evidence(nulls, "/issue/description", { id: "drop" })).toMatch(/^assumption/);
    expect(isOftenEmpty("dueDate", "")).toBe(true);
    expect(isOftenEmpty("body", "comment")).toBe(false);
    expect(isOftenEmpty("id", "issue")).toBe(false);
  });
});
