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

def named(payload):
    pilot = payload.get("pilot")
    crew = payload["crew"].tame(check_string)
    if pilot is not None and crew is not None:
        return pilot["name"]
    if "tide" in payload:
        return payload["tide"].tame(check_string)
    if "wave" in payload and payload["wave"] is not None:
        return payload["wave"]

def twice(payload):
    if "flag" in payload and payload["flag"]:
        fly(payload["flag"])
    if "rope" in payload:
        tie(payload["rope"])
    if "sort" in payload:
        tie(payload["sort"])
    else:
        tie("")
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
      "berth of payload: none other:10",
      "colour of payload: in show:2",
      "flag of payload: condition twice:24",
      "flag of payload: in twice:24",
      "kind of payload: get show:7",
      "mast of boat: condition show:4",
      "owner of payload: condition show:4",
      "pilot of payload: none named:14",
      "rope of payload: in twice:26",
      "sail of boat: get show:7",
      "sort of payload: in twice:28",
      "tide of payload: in named:18",
      "title of boat: optional show:6",
      "type of payload: default show:7",
      "wave of payload: in named:20",
      "wave of payload: none named:20",
    ]);
    const choices = guardsIn(views).flatMap(({ key, isChoice }) => (isChoice ? [key] : []));
    expect(choices).toEqual(["sort"]);
  });

  it("takes what is no Python for a view that asks nothing", () => {
    expect(guardsIn([{ path: "view.py", text: "(".repeat(2000) }])).toEqual([]);
  });
});

describe("Signs", () => {
  it("believes null in an object of the same form", () => {
    const texts = {
      "a.json": '{"boat": {"rig": 1}}',
      "b.json": '{"kind": "x", "boat": {"rig": null}}',
    };
    expect(evidence(texts, "/boat/rig")).toBe("warning: b.json has `rig` so.");
    expect(evidence(texts, "/boat/rig", { id: "drop" })).toMatch(/^assumption/);
    // Under the same key in another thing it may mean another thing.
    const apart = {
      "a.json": '{"boat": {"rig": 1}}',
      "b.json": '{"type": "x", "ship": {"rig": null}}',
    };
    expect(evidence(apart, "/boat/rig")).toMatch(/^assumption/);
  });

  it.each([
    [
      "a kind that is told further down",
      '{"mast": {"type": "x"}, "title": "A"}',
      '{"mast": {"type": "y"}, "title": null}',
    ],
    ["a flag that is otherwise", '{"mast": true, "title": "A"}', '{"mast": false, "title": null}'],
    [
      "one of two that exclude each other",
      '{"mast": null, "title": "A"}',
      '{"mast": "B", "title": null}',
    ],
    ["an empty text", '{"mast": "B", "title": "A"}', '{"mast": "", "title": null}'],
  ])("does not believe what goes with something else that differs: %s", (_, own, other) => {
    const texts = { "a.json": `{"boat": ${own}}`, "b.json": `{"kind": "x", "boat": ${other}}` };
    expect(evidence(texts, "/boat/title", { fn: "other" })).toMatch(/^assumption/);
    // What the view does not look at cannot be why.
    const unread = Object.fromEntries(
      Object.entries(texts).map(([file, text]) => [file, text.replaceAll("mast", "hull")]),
    );
    const isOfAnotherKind = own.includes("type");
    expect(evidence(unread, "/boat/title", { fn: "other" })).toMatch(
      isOfAnotherKind ? /^assumption/ : /^warning/,
    );
  });

  it("believes that a key may lack where the same kind of object lacks it", () => {
    const list =
      '{"boats": [{"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2}, {"z": 1, "a": 1, "b": 3}]}';
    expect(evidence({ "a.json": list }, "/boats/0/c", { id: "drop" })).toMatch(/^warning: a.json/);
    const events = { "a.json": '{"x": 1, "y": 2, "z": 3}', "b.json": '{"x": 1, "y": 2}' };
    expect(evidence(events, "/z", { id: "drop" })).toMatch(/^assumption/);
  });

  it("believes a view that says null in so many words, in the function that fails", () => {
    const texts = {
      "a.json": '{"berth": 1, "pilot": {"name": "A"}, "crew": "B", "boat": {"title": "D"}}',
    };
    expect(evidence(texts, "/berth", { fn: "other" })).toBe(
      "warning: The view allows for that at view.py:10.",
    );
    expect(evidence(texts, "/berth")).toMatch(/^assumption/);
    expect(evidence(texts, "/boat/title")).toMatch(/^warning/);
    expect(evidence(texts, "/boat/title", { fn: "other" })).toMatch(/^assumption/);
    // What stands at the top and is an object makes an event of another kind.
    expect(evidence(texts, "/pilot", { fn: "named" })).toMatch(/^assumption/);
    expect(evidence(texts, "/crew", { fn: "named" })).toMatch(/^assumption/);
  });

  it("believes a question alone only where the view asks so for what may be null", () => {
    const texts = {
      "a.json":
        '{"owner": "A", "colour": "B", "tide": "C", "rope": ["D"], "sort": "E", "type": "F"}',
    };
    const nulls = { ...texts, "b.json": '{"berth": null}' };
    expect(evidence(nulls, "/owner")).toMatch(/^assumption/);
    expect(evidence(nulls, "/colour")).toMatch(/^assumption/);
    expect(evidence(texts, "/tide", { fn: "named" })).toMatch(/^warning/);
    expect(evidence(texts, "/rope", { fn: "twice" })).toMatch(/^assumption/);
    expect(evidence(nulls, "/rope", { fn: "twice" })).toMatch(/^warning/);
    expect(evidence(nulls, "/sort", { fn: "twice" })).toMatch(/^assumption/);
    expect(evidence(texts, "/type", { id: "drop" })).toMatch(/^warning/);
    expect(evidence(texts, "/type")).toMatch(/^assumption/);
  });

  it("takes another key that lacks then for another event", () => {
    const texts = { "a.json": '{"boat": {"sail": 1}}', "b.json": '{"boat": {"sail": 2}}' };
    const gone = { id: "drop", message: "['boat']['sail'] is missing" };
    const alike = { ...texts, "c.json": '{"boat": {}}' };
    expect(evidence(alike, "/boat/sail", gone)).toMatch(/^assumption/);
    const two = {
      "a.json": '{"boat": {"sail": 1, "x": 1, "y": 1}}',
      "b.json": '{"boat": {"x": 2, "y": 2}}',
    };
    expect(evidence(two, "/boat/sail", gone)).toBe(
      "warning: b.json lacks `sail`. The view allows for that at view.py:7.",
    );
    const other = { id: "drop", message: "['boat']['oar'] is missing" };
    expect(evidence(two, "/boat/sail", other)).toMatch(/^assumption/);
  });

  it("knows what services leave empty, where this one shows it somewhere", () => {
    const texts = { "a.json": '{"issue": {"description": "A"}}' };
    expect(evidence(texts, "/issue/description")).toMatch(/^assumption/);
    const nulls = { ...texts, "b.json": '{"team": {"description": null, "id": 1}}' };
    expect(evidence(nulls, "/issue/description")).toBe(
      "warning: b.json has a `description` that is so. Many services send nothing under this key.",
    );
    expect(evidence(nulls, "/issue/description", { id: "drop" })).toMatch(/^assumption/);
    const tags = { "a.json": '{"image": {"tag": "A"}}' };
    expect(evidence(tags, "/image/tag", { id: "drop" })).toMatch(/^warning: Many services/);
    expect(evidence({ ...tags, "b.json": '{"x": null}' }, "/image/tag", { id: "drop" })).toMatch(
      /^assumption/,
    );
    expect(isOftenEmpty("dueDate", "")).toBe(true);
    expect(isOftenEmpty("body", "comment")).toBe(false);
    expect(isOftenEmpty("parent", "issue")).toBe(false);
    expect(isOftenEmpty("assignedTo", "error")).toBe(false);
  });

  it("asks nothing of what is null already", () => {
    const texts = { "a.json": '{"boat": {"rig": null}}', "b.json": '{"boat": {"rig": "A"}}' };
    expect(evidence(texts, "/boat/rig", { id: "string" })).toMatch(/^assumption/);
  });
});
