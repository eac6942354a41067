/** Requests that are one event or a list of them, one odd payload among others, and forms whose answers are lists of one. */
import { describe, expect, it } from "vitest";
import { fileOf, planningForFile } from "./support.ts";

const { planFor, messageOf } = planningForFile();

const caught = (fish: string): object => ({
  event: "net.lifted",
  net: { name: fish },
  boat: "Nellie",
});

describe("requests that are a list in some deliveries and an object in others", () => {
  it("send a message for the object, and one for each item of the list", async () => {
    const plan = await planFor(caught("Cod"), [caught("Hake"), caught("Ling")]);
    expect(plan.untold).toEqual([]);
    expect(plan.messages.map(({ content }) => content.split("\n")[0])).toEqual([
      "Net **Cod** was lifted.",
      "Net **Hake** was lifted.",
    ]);
    expect(plan.messages[1]?.content).toContain("Net **Ling** was lifted");
    expect(plan.events).toEqual(["net.lifted"]);
    expect(fileOf(plan, "view.py")).toContain("if isinstance(payload.value, list) else [payload]:");
  });

  it("do so where nothing names an event", async () => {
    const reading = (depth: string): object => ({ title: `Sounding ${depth}`, depth });
    const plan = await planFor([reading("9 m")], reading("12 m"));
    expect(plan.untold).toEqual([]);
    expect(plan.messages.map(({ content }) => content)).toEqual([
      expect.stringContaining("**Sounding 9 m**"),
      expect.stringContaining("**Sounding 12 m**"),
    ]);
  });

  it("do so where only their keys tell what they are about", async () => {
    const plan = await planFor({ berth: { name: "North" } }, [{ buoy: { name: "Fairway" } }]);
    expect(plan.untold).toEqual([]);
    expect(plan.events).toEqual(["berth", "buoy"]);
  });
});

describe("one odd payload", () => {
  it("does not spoil the event of the others", async () => {
    const payload = (event: string): object => ({ event, mooring: { name: "B7" } });
    const { messages } = await planFor(
      payload("mooring.created | mooring.freed"),
      payload("mooring.created"),
      payload("mooring.freed"),
    );
    expect(messages.slice(1).map(({ content }) => content)).toEqual([
      "Mooring **B7** was created.",
      "Mooring **B7** was freed.",
    ]);
  });
});

describe("a form whose answers are lists of one", () => {
  it("has its answers told, and who gave them", async () => {
    const message = await messageOf({
      first_name: ["Ada"],
      last_name: ["Byron"],
      boat_type: ["Sloop"],
      berths: [3],
      remark: ["Near the crane, please"],
    });
    expect(message).toMatch(/^Ada Byron › .*\*\*Ada Byron\*\*/);
    expect(message).toContain("* **Boat type:** Sloop");
    expect(message).toContain("* **Remark:** Near the crane, please");
  });

  it("has its fields as labels where nobody is named", async () => {
    const message = await messageOf({ boat: ["Sloop"], berth: ["North"], nights: ["3"] });
    expect(message).toContain("* **Boat:** Sloop\n* **Berth:** North\n* **Nights:** 3");
  });

  it("has up to ten of them told", async () => {
    const answers = ["Reef", "Jib", "Keel", "Mast", "Boom", "Stay", "Tack"];
    const fields = answers.map((answer, at) => [`wish_${at}`, [`The ${answer}`]] as const);
    const message = await messageOf({ full_name: ["Ada"], ...Object.fromEntries(fields) });
    for (const answer of answers) expect(message).toContain(`The ${answer}`);
  });
});

describe("lists of labels with their values", () => {
  const berth = { id: 12, name: "North 4" };

  it("are told beside a thing, where somebody filled them in", async () => {
    const message = await messageOf({
      event: "berth.requested",
      berth,
      custom_fields: [
        { name: "Boat", value: "Sloop" },
        { name: "Nights", value: 3 },
      ],
    });
    expect(message).toContain("Berth **North 4** was requested:\n* **Boat**: Sloop");
    expect(message).toContain("* **Nights**: 3");
  });

  it("are told where each answer is a list", async () => {
    const message = await messageOf({
      form_name: "Berths",
      field_data: [
        { name: "Boat", values: ["Sloop"] },
        { name: "Days", values: ["Monday", "Tuesday"] },
      ],
    });
    expect(message).toContain("* **Boat**: Sloop\n* **Days**: Monday, Tuesday");
  });

  it("are left out where only machines read them", async () => {
    const cookies = [
      { name: "session", value: "open" },
      { name: "theme", value: "dark" },
    ];
    const message = await messageOf({ event: "berth.requested", berth, cookies });
    expect(message).not.toContain("session");
  });
});

it("reads an event below several objects", async () => {
  const { events, messages } = await planFor({
    body: { data: { event: "berth.freed", berth: { name: "North 4" } } },
  });
  expect(events).toEqual(["berth.freed"]);
  expect(messages[0]?.content).toBe("Berth **North 4** was freed.");
});

it("calls somebody without a name by the address", async () => {
  const performedBy = { type: "user", mail: "ada@boats.example" };
  const payload = { event: "berth.freed", berth: { name: "North 4" }, performedBy };
  expect(await messageOf(payload)).toContain("**ada@boats.example** freed berth **North 4**");
});
