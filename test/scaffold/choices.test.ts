/** What an author says that drafted messages tell: fields, the first line and the topic. */
import { describe, expect, it } from "vitest";
import type { DraftChoices, NewPlan } from "../../src/scaffold/index.ts";
import { draftsForFile, fileOf } from "./support.ts";

const drafted = draftsForFile();

const berths = [
  { name: "North", length: 12, warden: { name: "Bo Lund" } },
  { name: "South", length: 9 },
];
const booking = (event: string, more: object = {}) => ({
  event,
  sent: "2026-03-04T05:06:07Z",
  booking: {
    number: "B-7",
    url: "https://quay.example/b/7",
    nights: 3,
    paid: true,
    berths,
    remarks: "Arrives late.\nNeeds power.",
  },
  skipper: { name: "Ada Byron", club: "Tern", mobile: "none" },
  source: "kiosk",
  ...more,
});
const confirmed = booking("booking_confirmed");
const { club: _, ...clubless } = confirmed.skipper;
const cancelled = booking("booking_cancelled", { skipper: clubless, reason: "storm" });

const planFor = (choices: Partial<DraftChoices>): Promise<NewPlan> =>
  drafted({ confirmed, cancelled }, choices);

/** Topic and lines of the message for each of the two payloads. */
async function messagesOf(choices: Partial<DraftChoices>) {
  const { messages, untold } = await planFor(choices);
  expect(untold).toEqual([]);
  const [first, second] = messages.map(({ topic, content }) => [topic, ...content.split("\n")]);
  return { confirmed: first ?? [], cancelled: second ?? [] };
}

describe("fields to show", () => {
  it("are told on a line each, where a payload has them, whatever they are", async () => {
    const plain = await messagesOf({});
    const wanted = ["skipper.club", "sent", "booking.paid", "source", "skipper.mobile"];
    const { confirmed: told, cancelled: other } = await messagesOf({ show: wanted });
    const lines = [
      "* **Sent:** <time:2026-03-04T05:06:07Z>",
      "* **Paid:** yes",
      "* **Source:** kiosk",
      "* **Mobile:** none",
    ];
    expect(plain.confirmed).not.toEqual(expect.arrayContaining(lines));
    expect(told).toEqual(expect.arrayContaining([...lines, "* **Club:** Tern"]));
    expect(other).toEqual(expect.arrayContaining(lines));
    expect(other.join()).not.toContain("Club");
    // What is told anyway is told once.
    expect(told.filter((line) => line.includes("Tern"))).toHaveLength(1);
  });

  it("are those of one event, where it is named", async () => {
    const show = ["booking_confirmed=sent"];
    const { confirmed: told, cancelled: other } = await messagesOf({ show });
    expect(told).toContain("* **Sent:** <time:2026-03-04T05:06:07Z>");
    expect(other).not.toContain("* **Sent:** <time:2026-03-04T05:06:07Z>");
  });

  it("may stand in the items of a list, of which some lack them", async () => {
    const show = ["booking.berths.length", "booking.berths.warden.name"];
    const { confirmed: told } = await messagesOf({ show });
    expect(told).toContain("* **Berth length:** 12, 9");
    expect(told).toContain("* **Berths:** Bo Lund");
  });

  it("may be a whole list, a page, and a longer text, which is quoted", async () => {
    const crew = [
      {
        name: "Ida",
        role: "cook",
        since: 4,
        page: "https://quay.example/p/1",
        note: "Sails well.",
      },
    ];
    const payload = booking("booking_updated", { crew, manual: "https://quay.example/m" });
    const show = ["crew", "manual", "booking.remarks"];
    const { messages } = await drafted({ payload }, { show });
    const content = messages[0]?.content ?? "";
    expect(content).toMatch(/^\* .*Ida/m);
    expect(content).toContain("* [Manual](https://quay.example/m)");
    expect(content).toContain("~~~ quote\nArrives late.\nNeeds power.\n~~~");
  });

  it("are read with what they need, also numbers of a list alone", async () => {
    const payload = {
      event: "tide_turned",
      tides: [
        { at: 4, name: "low" },
        { at: 9, name: "high" },
      ],
    };
    const made = await drafted({ payload }, { show: ["tides.at"], hide: ["tides.name"] });
    expect(made.messages[0]?.content).toContain(":** 4, 9");
    expect(fileOf(made, "/view.py")).toMatch(/^from zerver\.lib\.validator import .*check_int/m);
  });

  it("keep the tests of every payload and of every line", async () => {
    const plan = await planFor({ show: ["skipper.club", "booking.berths.warden.name"] });
    expect(fileOf(plan, "/tests.py")).toContain("Tern");
    expect(fileOf(plan, "/view.py")).toContain(
      'if item.get("warden") and item["warden"].get("name")',
    );
  });
});

describe("fields to hide", () => {
  it("are used for nothing, also where an object or a part of a list's items is named", async () => {
    const items = [
      { title: "Shore power", quantity: 2 },
      { title: "Laundry", quantity: 1 },
    ];
    const payload = booking("booking_invoiced", { items });
    const plain = JSON.stringify((await drafted({ payload })).messages);
    for (const text of ["Ada Byron", "Laundry"]) expect(plain).toContain(text);
    const hide = ["skipper", "items.title"];
    const told = JSON.stringify((await drafted({ payload }, { hide })).messages);
    for (const text of ["Ada Byron", "Laundry"]) expect(told).not.toContain(text);
    expect(told).toContain("B-7");
  });

  it("may name the key that tells events apart, which still does", async () => {
    const { messages, events } = await planFor({ hide: ["event"] });
    expect(events).toEqual(["booking_confirmed", "booking_cancelled"]);
    expect(messages).toHaveLength(2);
  });
});

describe("the first line", () => {
  const headline = [
    "booking_confirmed=**{skipper.name}** of {skipper.club} booked [{booking.number}]({booking.url})!",
    "booking_cancelled={skipper.name} stays away: {reason}",
  ];

  it("is the author's, with links and marks, and is not told again below", async () => {
    const { confirmed: told, cancelled: other } = await messagesOf({ headline });
    expect(told[1]).toBe("**Ada Byron** of Tern booked [B-7](https://quay.example/b/7)!");
    expect(other[1]).toMatch(/^Ada Byron stays away: storm[.:]$/);
    expect(told.slice(2).join()).not.toMatch(/Ada Byron|Tern/);
  });

  it("goes without what a payload lacks, and the words before it", async () => {
    const text = "{booking.number} for {skipper.name}, {skipper.club}";
    const messages = (
      await drafted({ a: confirmed, b: { ...confirmed, skipper: clubless } }, { headline: [text] })
    ).messages.map(({ content }) => content.split("\n")[0]);
    expect(messages).toEqual([
      expect.stringMatching(/^B-7 for Ada Byron, Tern[.:]$/),
      expect.stringMatching(/^B-7 for Ada Byron[.:]$/),
    ]);
  });

  it("leaves no TODO about what happened", async () => {
    const payload = { event: "applicant", applicant: { name: "Ada Byron", city: "Hale" } };
    const open = await drafted({ payload });
    expect(fileOf(open, "/view.py")).toContain("TODO");
    const said = await drafted({ payload }, { headline: ["{applicant.name} wants to join"] });
    expect(fileOf(said, "/view.py")).not.toContain("TODO");
    expect(said.messages[0]?.content).toMatch(/^Ada Byron wants to join[.:]/);
  });

  it("takes braces, quotes and backslashes of the payload's keys and of the text as they are", async () => {
    const key = 'odd"key\\n';
    const payload = { event: "tide_turned", tide: { [key]: "low", number: 4 } };
    const { messages } = await drafted(
      { payload },
      { headline: [`It's \\ "{tide.${key}}" 100%`], topic: ["Tide #{tide.number}"] },
    );
    expect(messages[0]?.content).toMatch(/^It's \\ "low" 100%[.:]?/);
    expect(messages[0]?.topic).toBe("Tide #4");
  });
});

describe("the topic", () => {
  it("is the author's text for the events that have one of its fields", async () => {
    const topic = ["{skipper.club} / {booking.number}"];
    const { confirmed: told, cancelled: other } = await messagesOf({ topic });
    expect([told[0], other[0]]).toEqual(["Tern / B-7", "B-7"]);
  });

  it("goes without what some payloads of an event lack", async () => {
    const other = { ...confirmed, skipper: clubless };
    const { messages } = await drafted(
      { a: confirmed, b: other },
      { topic: ["{skipper.club}: {booking.number}"] },
    );
    expect(messages.map(({ topic }) => topic)).toEqual(["Tern: B-7", "B-7"]);
  });

  it("may be the same for all, or a number alone", async () => {
    const fixed = await messagesOf({ topic: ["Harbour"] });
    expect([fixed.confirmed[0], fixed.cancelled[0]]).toEqual(["Harbour", "Harbour"]);
    const counted = await messagesOf({ topic: ["{booking.nights}"] });
    expect(counted.confirmed[0]).toBe("3");
  });
});

describe("choices that cannot be", () => {
  const mixed = { ...confirmed, reason: { code: 4 } };
  it.each([
    ["a misspelt field", { show: ["skipper.clbu"] }, "Did you mean skipper.club"],
    ["an object", { show: ["skipper"] }, "skipper.name, skipper.club"],
    ["an unknown event", { show: ["bookin_confirmed=sent"] }, "booking_confirmed"],
    ["a field of another event", { show: ["booking_confirmed=reason"] }, "The payloads have"],
    ["what is hidden too", { show: ["skipper.name"], hide: ["skipper"] }, "once only"],
    ["a slot for nothing", { headline: ["{nobody} came"] }, "The payloads have"],
    [
      "a topic of a list that may be empty",
      { topic: ["{booking.berths.warden.name}"] },
      "yourself",
    ],
  ] as const)("%s", async (_, choices, hint) => {
    await expect(planFor(choices)).rejects.toMatchObject({ hint: expect.stringContaining(hint) });
  });

  it("a field that is a text in one payload and an object in another", async () => {
    const payloads = { confirmed, mixed, other: { ...confirmed, reason: "storm" } };
    await expect(drafted(payloads, { show: ["reason"] })).rejects.toMatchObject({
      code: "unshowable-field",
    });
  });
});

it("lists the fields that can be chosen, by event, and whether they are told", async () => {
  const { fields } = await planFor({ show: ["booking_cancelled=sent"] });
  const of = (name: string) => fields.filter((field) => field.name === name);
  const sent = { name: "sent", sample: "2026-03-04T05:06:07Z" };
  expect(of("sent")).toEqual([
    { event: "booking_confirmed", ...sent, shown: false },
    { event: "booking_cancelled", ...sent, shown: true },
  ]);
  expect(of("booking.berths")[0]).toMatchObject({ sample: "2 items" });
  expect(of("booking.berths.warden.name")[0]).toMatchObject({ sample: "Bo Lund" });
});
