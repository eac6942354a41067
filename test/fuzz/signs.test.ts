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

def handled(payload):
    try:
        return payload["mast"]["rig"].tame(check_string)
    except ValidationError:
        return payload["spare"].tame(check_string)

def given(payload):
    if payload["cargo"]:
        load(payload["cargo"])
    if "cargo" in payload:
        pass
    return payload["crate"].get("description", "").tame(check_string)

def listed(payload):
    if "crates" in payload and payload["crates"] is not None:
        return payload["crates"]
    if "label" in payload:
        return payload["label"].tame(check_string)

def apart(payload):
    if payload["far"]:
        pass
    look(payload)
    if "far" in payload:
        pass
    if "near" in payload:
        return payload["near"].tame(check_string)
`;
const views = [{ path: "zerver/webhooks/x/view.py", text: VIEW }];

/** The severity and sentence for a change of `a.json`. */
function evidence(
  texts: Record<string, string>,
  pointer: string,
  { id = "null", fn = "show", message = "", line = 0 } = {},
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
  const path = "zerver/webhooks/x/view.py";
  const failed = { place, id, function: fn, message, path, line };
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
      "cargo of payload: condition given:40",
      "cargo of payload: in given:42",
      "colour of payload: in show:2",
      "crates of payload: in listed:47",
      "crates of payload: none listed:47",
      "description of crate: get given:44",
      "far of payload: condition apart:53",
      "far of payload: in apart:56",
      "flag of payload: condition twice:24",
      "flag of payload: in twice:24",
      "kind of payload: get show:7",
      "label of payload: in listed:49",
      "mast of boat: condition show:4",
      "near of payload: in apart:58",
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
    const apart = { ...nulls, "a.json": '{"near": "A", "far": "B"}' };
    expect(evidence(apart, "/near", { fn: "apart" })).toMatch(/^assumption/);
  });

  it("does not take a list that may be null for a sign that a text beside it may", () => {
    const label = (crates: string) => ({ "a.json": `{"label": "A", "crates": ${crates}}` });
    expect(evidence(label('"B"'), "/label", { fn: "listed" })).toMatch(/^warning/);
    expect(evidence(label('["B"]'), "/label", { fn: "listed" })).toMatch(/^assumption/);
  });

  it("believes a view that asks for a key, and fails where it asks whether anything stands there", () => {
    const texts = { "a.json": '{"cargo": "A"}' };
    const gone = { id: "drop", fn: "given", message: "['cargo'] is missing" };
    expect(evidence(texts, "/cargo", { ...gone, line: 40 })).toMatch(/^warning/);
    expect(evidence(texts, "/cargo", { ...gone, line: 41 })).toMatch(/^assumption/);
  });

  it("does not believe what is raised while the view handles the state", () => {
    const texts = { "a.json": '{"mast": {"rig": "A"}}', "b.json": '{"mast": {"rig": null}}' };
    expect(evidence(texts, "/mast/rig", { fn: "handled", line: 35 })).toMatch(/^warning/);
    expect(evidence(texts, "/mast/rig", { fn: "handled", line: 37 })).toMatch(/^assumption/);
  });

  it("does not believe null where the view gives a text for a key that is left out", () => {
    const texts = {
      "a.json": '{"crate": {"description": "A"}}',
      "b.json": '{"boat": {"description": null}}',
    };
    expect(evidence(texts, "/crate/description")).toMatch(/^warning/);
    expect(evidence(texts, "/crate/description", { fn: "given" })).toMatch(/^assumption/);
  });

  it("does not believe null in a thing of another kind, or where the same key of another object is not null", () => {
    const at = (kind: string, rig: string, old = "null") =>
      `{"list": [{"event": "${kind}", "boat": {"rig": ${rig}}, "old": {"rig": ${old}}}]}`;
    const told = (own: string, other: string) =>
      evidence({ "a.json": own, "b.json": other }, "/list/0/boat/rig");
    expect(told(at("up", "1"), at("up", "null"))).toMatch(/^warning/);
    expect(told(at("up", "1"), at("down", "null"))).toMatch(/^assumption/);
    expect(told(at("up", "1"), at("up", "null", "1"))).toMatch(/^assumption/);
  });

  it("takes a name for one that may be null only where the account has another", () => {
    const nulls = { "b.json": '{"x": null}' };
    const person = (more: string) => ({ ...nulls, "a.json": `{"by": {"last_name": "A"${more}}}` });
    expect(evidence(person(', "username": "a"'), "/by/last_name")).toMatch(/^warning: Many/);
    expect(evidence(person(""), "/by/last_name")).toMatch(/^assumption/);
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
