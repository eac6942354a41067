import { describe, expect, it } from "vitest";
import {
  detectEventSource,
  eventOf,
  isSetupPing,
  parseEventKey,
  parseHeaderName,
  parseJson,
  toPayload,
} from "../../src/payload/index.ts";

const payload = (value: unknown, name = "sample.json") =>
  toPayload(name, Buffer.from(JSON.stringify(value)));

describe("detectEventSource", () => {
  it.each([
    ["event", { event: "deploy" }, ["event"]],
    ["a compound type", { type: "order.paid", data: {} }, ["type"]],
    ["a key in camel case", { eventType: "BUILD_DONE" }, ["eventType"]],
    ["the type of an event object", { event: { id: 3, type: "created" } }, ["event", "type"]],
    ["a container", { meta: { event: "user.added" } }, ["meta", "event"]],
  ])("finds %s", (_case, value, path) => {
    expect(detectEventSource([payload(value)])).toEqual({ kind: "key", path });
  });

  it.each([
    ["a lone word under type, which is a kind of thing", { type: "User" }],
    ["an event that is no text", { event: 3 }],
    ["a sentence", { event: "Something happened, and then: more!" }],
    ["a list of things that are no events", [{ name: "a.b" }]],
    ["a text", "event"],
    // Comparing each item with each other would take minutes.
    ["a list of very many things", { rows: [...Array(80_000).fill({ name: "a", more: "b" }), {}] }],
  ])("leaves out %s", (_case, value) => {
    expect(detectEventSource([payload(value)])).toEqual({ kind: "none" });
  });

  it.each([
    ["the payload", [[{ event: "a.b" }, { event: "a.c" }]], [], [0, "event"]],
    [
      "a key",
      [{ test: "no", events: [{ body: { event: "a.b" } }, { body: { event: "a.c" } }] }],
      ["events"],
      ["events", 0, "body", "event"],
    ],
  ])("finds the events of a list that is %s", (_case, values, list, path) => {
    const source = detectEventSource(values.map((value) => payload(value)));
    expect(source).toEqual({ kind: "key", path, list });
  });

  it.each([
    [["order_paid", "order_refunded"], "alert_name"],
    [["BOOKING_CREATED", "BOOKING_CANCELLED"], "triggerEvent"],
  ])("finds %s, whatever the key is called", (names, key) => {
    const payloads = names.map((name) => payload({ id: "7", [key]: name, place: "north" }));
    expect(detectEventSource(payloads)).toEqual({ kind: "key", path: [key] });
  });

  it("takes a list beside which much stands for no list of events", () => {
    const events = [{ event: "a.b" }, { event: "a.c" }];
    const value = { title: "Night shift", state: "late", place: "north", count: 2, events };
    expect(detectEventSource([payload(value)])).not.toHaveProperty("list");
  });

  it("takes the key that each payload has, where no key is in all of them", () => {
    const payloads = [
      payload({ messages: [{ event: "incident.opened" }] }),
      payload({ messages: [{ event: "incident.closed" }] }),
      payload({ kind: "page.sent" }),
      payload({ notice: { text: "Hello" } }),
    ];
    const source = detectEventSource(payloads);
    expect(source).toEqual({
      kind: "rules",
      rules: [
        { path: ["messages", 0, "event"] },
        { path: ["kind"] },
        { path: ["notice"], name: "notice" },
      ],
    });
    expect(payloads.map((each) => eventOf(each, source))).toEqual([
      "incident.opened",
      "incident.closed",
      "page.sent",
      "notice",
    ]);
  });

  it("asks for no key where a payload has something else than an object on the way", () => {
    const payloads = [payload({ meta: { event: "a.b" } }), payload({ meta: "text" })];
    expect(detectEventSource(payloads)).toEqual({ kind: "none" });
  });
});

describe("which of several keys names the event", () => {
  it("is the one that tells payloads apart", () => {
    const payloads = ["user.created", "user.deleted"].map((topic) =>
      payload({ type: "notification_event", topic }),
    );
    expect(detectEventSource(payloads)).toEqual({ kind: "key", path: ["topic"] });
  });

  it("is the one with a name in parts, where there is one payload", () => {
    const single = payload({ type: "notification_event", topic: "user.created" });
    expect(detectEventSource([single])).toEqual({ kind: "key", path: ["topic"] });
  });

  it("is never one with numbers", () => {
    const payloads = ["1", "2"].map((kind) => payload({ kind }));
    expect(detectEventSource(payloads)).toEqual({ kind: "none" });
  });
});

describe("events that no text names", () => {
  const incident = { page: { id: 1 }, incident: { name: "I" } };
  const component = { page: { id: 1 }, component_update: { id: 3 }, component: { name: "C" } };

  it("are told apart by the objects in the payloads", () => {
    const payloads = [payload(incident), payload(component)];
    const source = { kind: "shape" as const, keys: ["incident", "component"] };
    expect(detectEventSource(payloads)).toEqual(source);
    expect(payloads.map((one) => eventOf(one, source))).toEqual(["incident", "component"]);
  });

  // As LoRaWAN servers and others send a `oneof`: no name nor number says what the object under the key is.
  const beside = { gate_ids: { gate_id: "north" }, trace_ids: ["t:1"], sent_at: "2024-03-01" };
  it.each([
    ["few fields", { opened: { port: 3, payload: "aGk=" } }],
    [
      "objects only",
      { opening_failed: { request: { port: 3 }, error: { code: 3, name: "late" } } },
    ],
    ["nothing", { open_queued: {} }],
  ])("are the key that only one of the payloads has, with %s under it", (_case, own) => {
    const { sent_at: _, ...less } = beside;
    const payloads = [
      payload({ ...beside, swing_accept: { session: "x", site: { row: 7 } } }),
      payload({ ...less, ...own }),
    ];
    const keys = ["swing_accept", ...Object.keys(own)];
    const source = detectEventSource(payloads);
    expect(source).toEqual({ kind: "shape", keys });
    expect(eventOf(payload({ ...beside, moved: { to: "south" } }), source)).toBeUndefined();
  });

  it("are not the labels that each of two versions of a service has", () => {
    const old = { rule: "Hot", state: "alerting", tags: { room: "a" }, value: 3 };
    const recent = { receiver: "chat", status: "firing", grouping: { room: "a" }, version: "1" };
    expect(detectEventSource([payload(old), payload(recent)]).kind).not.toBe("shape");
  });

  it("are named after what only some payloads have, then after what the others have", () => {
    const payloads = [payload(incident), payload({ page: { id: 1 } })];
    const rules = ["incident", "page"].map((name) => ({ path: [name], name }));
    expect(detectEventSource(payloads)).toEqual({ kind: "rules", rules });
  });
});

describe("isSetupPing", () => {
  const nothing = [parseJson("{}")];
  it.each(["ping", "test", "webhook.test", "TEST_EVENT", "hook-ping"])("knows %s", (event) => {
    expect(isSetupPing(event, nothing)).toBe(true);
  });
  it("tells the subscription to a webhook from that of a customer", () => {
    const event = "subscription_created";
    const webhook = parseJson(
      '{"event": "subscription_created", "callback_url": "https://a.example"}',
    );
    const customer = parseJson('{"event": "subscription_created", "customer": "Ada", "seats": 3}');
    expect([webhook, customer].map((value) => isSetupPing(event, [value]))).toEqual([true, false]);
  });
  it.each(["test.failed", "shipping", "test_run", undefined])("leaves %s alone", (event) => {
    expect(isSetupPing(event, nothing)).toBe(false);
  });
});

describe("eventOf", () => {
  it("reads the key, and the file's name for a header", () => {
    const sample = payload({ a: { b: "won" } }, "Tag Push__v1.json");
    expect(eventOf(sample, { kind: "key", path: ["a", "b"] })).toBe("won");
    expect(eventOf(sample, { kind: "header", header: "X-Event" })).toBe("Tag Push");
    expect(eventOf(sample, { kind: "none" })).toBeUndefined();
  });

  it.each([
    {},
    { a: {} },
    { a: { b: 1 } },
    { a: { b: "" } },
    { a: { b: "x\u0007" } },
  ])("names the payload that has no event at the key: %j", (value) => {
    expect(() => eventOf(payload(value), { kind: "key", path: ["a", "b"] })).toThrow(
      "The payload sample.json has no text at the event key a.b.",
    );
  });
});

describe("what the flags take", () => {
  it("reads keys with dots, and header names", () => {
    expect(parseEventKey("meta.event")).toEqual(["meta", "event"]);
    expect(parseHeaderName("X-Acme-Event")).toBe("X-Acme-Event");
  });

  it.each(["", ".", "a..b", "a."])("refuses %j as a key", (text) => {
    expect(() => parseEventKey(text)).toThrow(expect.objectContaining({ code: "bad-event-key" }));
  });

  it.each(["", "X Acme", "X-Acme: push", "X\nY", "é", '"'])("refuses %j as a header", (text) => {
    expect(() => parseHeaderName(text)).toThrow(
      expect.objectContaining({ code: "bad-event-header" }),
    );
  });
});
