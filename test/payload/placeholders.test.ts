import { describe, expect, it } from "vitest";
import { parseJson, placeholderIn } from "../../src/payload/index.ts";

const exampleIn = (payload: unknown): string | undefined =>
  placeholderIn(parseJson(JSON.stringify(payload)));

describe("a payload that describes a request", () => {
  it.each([
    ["<uuid>", { id: "<uuid>", event: "<dot.name>", version: "v1", author: "<string>", data: {} }],
    ["$PORT", { lamp: "$LAMP", state: "$STATE", port: "$PORT", kind: "outage" }],
    ["{{ lamp }}", { lamp: "{{ lamp }}", state: "{{state}}", at: "{{time}}" }],
    ["string", { lamp: "string", state: "string", keeper: { name: "string", id: 0 } }],
  ])("has placeholders such as %s", (_example, payload) => {
    expect(exampleIn(payload)).toMatch(/^(?:[<$].*|\{\{.*|string)$/);
  });

  it("has schemas in the place of values", () => {
    const payload = {
      event: { type: "string", description: "What happened." },
      lamp: {
        type: "object",
        properties: { name: { type: "string", examples: ["North pier"] } },
      },
    };
    expect(exampleIn(payload)).toMatch(/^"type": "\w+"$/);
  });
});

describe("a payload of a request", () => {
  it.each([
    ["types of its own", { type: "string", items: [{ type: "object", id: 1, name: "Lamp" }] }],
    ["a price", { price: "$12", total: "$14", tax: "$2", note: "Paid in full, thank you" }],
    ["one placeholder", { name: "<name>", event: "lamp.lost", place: "North pier" }],
    ["nothing", {}],
    ["a page", { html: "<b>", text: "Lamp", url: "https://lamps.example/1", by: "Ada" }],
  ])("may hold %s", (_what, payload) => {
    expect(exampleIn(payload)).toBeUndefined();
  });
});
