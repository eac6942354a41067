/** What a message makes of payloads whose keys nobody has thought of. */
import { describe, expect, it } from "vitest";
import { fileOf, planningForFile } from "./support.ts";

const { planFor, messageOf } = planningForFile();

describe("a thing without a name or a number", () => {
  it("is called by its code", async () => {
    const data = { code: "HIGHTIDE", discount: "15 percent off" };
    expect(await messageOf({ event: "coupon.created", data })).toMatch(
      /^Coupon HIGHTIDE › Coupon \*\*HIGHTIDE\*\* was created/,
    );
  });

  it("is called by a code that bears its name", async () => {
    const data = { voucher_code: "EBB-TWO", note: "For two boats" };
    expect(await messageOf({ event: "voucher.redeemed", data })).toContain("Voucher **EBB-TWO**");
  });

  it("is not called by what only machines read", async () => {
    const data = { code: "5f0c8d2e-1b7a-4c55-9d0e-7aa1c2b3d4e5", amount_text: "two boats" };
    expect(await messageOf({ event: "coupon.created", data })).toMatch(/^Coupon › Coupon was/);
  });

  it("is called by its short identifier", async () => {
    const event = { type: "move_crate_into_hold", crateId: 48_211, destHold: { title: "Aft" } };
    expect(await messageOf({ event })).toContain("Crate **#48211** was moved");
  });
});

describe("topics", () => {
  it("are of who sent a message, not of the message", async () => {
    const data = { id: 77, content: "The ebb is late", from: "Ada Byron" };
    expect(await messageOf({ event: "message.received", data })).toMatch(
      /^Ada Byron › Message was received/,
    );
  });

  it("are of the card that a column belongs to", async () => {
    const data = {
      card_name: "Mend the net",
      column_id: "status",
      column_type: "color",
      column_title: "Status",
      previous_value: "ashore",
      value: "at sea",
    };
    const message = await messageOf({ event: "update_column_value", data });
    expect(message).toMatch(/^Mend the net › Value of column \*\*Status\*\* was updated/);
  });
});

describe("facts", () => {
  it("leave out a sentence that says what the message says", async () => {
    const data = { name: "Harbour plan", summary: "A billing plan was created", berths: "forty" };
    const message = await messageOf({ event: "billing_plan.created", data });
    expect(message).toContain("forty");
    expect(message).not.toContain("Summary");
  });

  it("leave out defaults and what is for machines", async () => {
    const place = { city: "Ostend", latitude: 51.23, country_iso_code: "BE" };
    const data = {
      name: "Buoy",
      backorders: "no",
      auth_code: "651587",
      colour_of_hull: "red",
      place,
    };
    const message = await messageOf({ event: "item.sold", data });
    expect(message).toContain("red");
    expect(message).not.toMatch(/Backorders|Deposit|Auth code|51\.23|BE\b/);
  });

  it("are five at most", async () => {
    const words = ["one", "two", "three", "four", "five", "six", "seven"];
    const data = Object.fromEntries(words.map((word) => [`berth_${word}`, `Boat ${word}`]));
    const message = await messageOf({ event: "tide.turned", data: { name: "Ebb", ...data } });
    expect(message.match(/\n\* /g)).toHaveLength(5);
  });

  it("say whether it worked, and that it is only a test", async () => {
    const data = { name: "Night ferry", success: false, test_mode: true, is_archived: false };
    const [first, second] = [data, { ...data, success: true, test_mode: false }];
    const { messages } = await planFor(
      { event: "crossing.booked", data: first },
      { event: "crossing.booked", data: second },
    );
    expect(messages[0]?.content).toContain("* **Success:** no\n* **Test mode:** yes");
    expect(messages[1]?.content).toContain("* **Success:** yes");
    expect(messages[1]?.content).not.toContain("Test mode");
  });

  it("say yes and no for texts as well", async () => {
    const data = { name: "Night ferry", paid_in_full: "true" };
    expect(await messageOf({ event: "crossing.booked", data })).toContain("Paid in full:** yes");
  });

  it("have the unit of their key behind the value", async () => {
    const data = { name: "Log book", size_bytes: 5120, full_percent: 81 };
    const message = await messageOf({ event: "book.filled", data });
    expect(message).toContain("* **Size:** 5120 bytes");
    expect(message).toContain("* **Full:** 81%");
  });

  it("name the things of a small list on one line", async () => {
    const harbours = [
      { id: 1, name: "Ostend" },
      { id: 2, name: "Dover" },
    ];
    const data = { name: "Night ferry", harbours };
    expect(await messageOf({ event: "ferry.added", data })).toContain("Harbours:** Ostend, Dover");
  });

  it("are read where each is kept with its history", async () => {
    const kept = (value: string) => ({ value, timestamp: 1_690_000_000, versions: [{ value }] });
    const properties = { shipname: kept("Nellie"), cargo: kept("salt") };
    const message = await messageOf({ event: "ship.created", data: { properties } });
    expect(message).toBe("Nellie › Ship **Nellie** was created.\n* **Cargo:** salt");
  });
});

describe("sentences", () => {
  it("tell how a new thing starts in parentheses", async () => {
    const data = { name: "Buoy", status: "publish" };
    expect(await messageOf({ event: "product.created", data })).toBe(
      "Buoy › Product **Buoy** was created (status: publish).",
    );
  });

  it("lead to what follows where they only name a thing", async () => {
    const watch = { title: "Harbour mouth", water_level: "4.1 metres" };
    const message = await messageOf({ watch, reason_for_it: "Spring tide" });
    expect(message).toMatch(/\*\*Harbour mouth\*\*:\n\* /);
  });

  it.each([
    ["Delivery", "Email to **ada@byron.example** was delivered."],
    ["SpamComplaint", "Email to **ada@byron.example** was reported as spam."],
    ["Click", "A link was clicked in the email to **ada@byron.example**."],
  ])("say what became of mail after %s", async (event, sentence) => {
    const other = { RecordType: "Bounce", Email: "ada@byron.example" };
    const message = await messageOf({ RecordType: event, Email: "ada@byron.example" }, other);
    expect(message).toContain(sentence);
  });
});

describe("what an event is about", () => {
  it("is told where it is the new assignee", async () => {
    const job = { title: "Mend the net", assignees: [{ key: 7, display_name: "Bo Lund" }] };
    expect(await messageOf({ event: "job.assignee_updated", job })).toContain("Bo Lund");
  });

  it("is told where it is what a comment says", async () => {
    const job = { title: "Mend the net", comment: { content_text: "Bring more twine" } };
    expect(await messageOf({ event: "job.comment_updated", job })).toContain("Bring more twine");
  });
});

describe("events", () => {
  const mail = { to: "ada@byron.example", subject: "Your tide table" };

  it("are found under any key whose words all say what was done", async () => {
    const opened = { metric: "opened", data: mail };
    const delivered = { metric: "delivered", data: mail };
    expect(await messageOf(opened, delivered)).toContain(
      "Email to **ada@byron.example** was opened.",
    );
  });

  it("are not what a thing's state says", async () => {
    const { events } = await planFor(
      { crate_state: "opened", name: "North" },
      { crate_state: "closed", name: "South" },
    );
    expect(events).toEqual([]);
  });

  it.each([
    ["ALERT_RECOVERY", "**High water** recovered"],
    ["alert.clear", "**High water** was cleared"],
  ])("say what happened by a noun or a bare verb: %s", async (event, sentence) => {
    const alert = { event, alert: { name: "High water", gauge: "north" } };
    expect(await messageOf(alert)).toContain(sentence);
  });
});

describe("answers that only refer to their questions", () => {
  it("are told under them", async () => {
    const fields = [
      { id: "q1", title: "Which boat?" },
      { id: "q2", title: "How many oars?" },
      { id: "q3", title: "With a sail?" },
    ];
    const answers = [
      { type: "text", text: "The red one", field: { id: "q1" } },
      { type: "number", number: 4, field: { id: "q2" } },
      { type: "boolean", boolean: true, field: { id: "q3" } },
    ];
    const form = { name: "Hire", definition: { fields }, answers };
    const message = await messageOf({ event_type: "form_response", form_response: form });
    expect(message).toContain(
      "* **Which boat?** The red one\n* **How many oars?** 4\n* **With a sail?** yes",
    );
  });
});

describe("new issues", () => {
  it("are a list, be it one of one", async () => {
    const project = { name: "press", browseUrl: "https://watch.example/press" };
    const newIssues = [{ id: "i-1", issueData: { title: "Rust", severity: "low" } }];
    const message = await messageOf({ project, newIssues });
    expect(message).toContain("press");
    expect(message).toContain("\n* Rust, severity low");
  });
});

describe("sums of which the payload does not tell the unit", () => {
  it("are told as they came, and the view says what to look up", async () => {
    const data = { amount: 12_000, currency: "EUR", note_on_it: "Two boats" };
    const plan = await planFor({ event: "payment.captured", data });
    expect(plan.messages[0]?.content).toContain("* **Amount:** 12000");
    expect(fileOf(plan, "view.py")).toContain("# TODO: The payloads do not say whether");
  });

  it("do not raise where a text that was whole is not", async () => {
    const data = { subtotal: "39900", tax: "3541", total: "43441", currency_code: "USD" };
    const plan = await planFor({ event: "sale.completed", data: { totals: data } });
    const view = fileOf(plan, "view.py");
    expect(view).toContain("is_whole = amount.lstrip");
    expect(view).not.toMatch(/get_amount\(int\(payload/);
  });
});
