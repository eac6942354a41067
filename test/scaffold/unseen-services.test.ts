/** Shapes of payloads that many services share, and what a message makes of them. */
import { describe, expect, it } from "vitest";
import { fileOf, planningForFile } from "./support.ts";

const { drafted, messageOf } = planningForFile();

describe("labels of facts", () => {
  it("are written as people write them", async () => {
    const job = {
      name: "Nightly",
      owner_name: "Mona",
      org: "Tide",
      psp_code: "7f",
      files_count: 3,
    };
    const message = await messageOf({ event: "job.started", job });
    expect(message).toContain("* **Owner:** Mona");
    expect(message).toContain("* **Organization:** Tide");
    expect(message).toContain("* **PSP code:** 7f");
    expect(message).toContain("* **Files:** 3");
  });

  it("leave out what the event's name says", async () => {
    const payload = { event: "call.missed", resource: "call", data: { line: "Front desk" } };
    const message = await messageOf(payload);
    expect(message).toContain("Front desk");
    expect(message).not.toContain("Resource");
  });

  it("keep a page that the event's name speaks of", async () => {
    const parent = { title: "Question", html_url: "https://desk.example/q/4" };
    const recording = { title: "How high was the tide?", parent };
    const message = await messageOf({ event: "question_answer.created", recording });
    expect(message).toContain("* **Parent:** [Question](https://desk.example/q/4)");
  });
});

describe("people and times", () => {
  it("name a customer beside who acted", async () => {
    const contact = { first_name: "Ada", last_name: "Byron" };
    const data = { id: 12, user: { name: "Bo Lund" }, contact };
    expect(await messageOf({ event: "call.missed", data })).toContain("* **Contact:** Ada Byron");
  });

  it("find the unit of a duration by moments in seconds", async () => {
    const data = { id: 12, started_at: 1_690_799_400, ended_at: 1_690_799_580, duration: 175 };
    expect(await messageOf({ event: "call.finished", data })).toContain("175 seconds");
  });
});

describe("sums", () => {
  const totals = { subtotal: "39900", tax: "3541", total: "43441", currency_code: "USD" };

  it("count cents where a tax was rounded to them", async () => {
    const data = { invoice_number: "88-1", totals };
    expect(await messageOf({ event: "sale.completed", data })).toContain("for **434.41 USD**");
  });

  it("count cents for other events of the service as well", async () => {
    const refund = { event: "refund.created", data: { amount: "1050", currency: "USD" } };
    const sale = { event: "sale.completed", data: { totals } };
    expect(await messageOf(refund, sale)).toContain("for **10.50 USD**");
  });

  it("are told as they came where they only stand beside a currency", async () => {
    const data = { amount: { value: 10_100, currency: "EUR" } };
    expect(await messageOf({ event: "sale.completed", data })).not.toContain("101.00");
  });

  it.each([
    { subtotal: "10000", tax: "1900", total: "11900", currency_code: "EUR" },
    // 8.875 % of whole dollars, which happens to be whole.
    { subtotal: "1600", tax: "142", total: "1742", currency_code: "USD" },
  ])("are told as they came where a tax is a round share: $tax of $subtotal", async (round) => {
    const message = await messageOf({ event: "sale.completed", data: { totals: round } });
    expect(message).toContain(round.total);
  });

  it("are told as they came where another sum has a point", async () => {
    const sale = { event: "sale.completed", data: { totals } };
    const other = { event: "refund.created", data: { amount: "10.50", currency: "USD" } };
    expect(await messageOf(sale, other)).not.toContain("434.41");
  });
});

describe("changes", () => {
  it("name the field that the payload names, for each event of a list", async () => {
    const change = { subscriptionType: "contact.propertyChange", objectId: 7_036_839_888 };
    const named = { ...change, propertyName: "stage", propertyValue: "won" };
    const made = { subscriptionType: "contact.creation", objectId: 41 };
    const plan = await drafted({ changes: [named], made: [made] });
    expect(plan.messages.map(({ topic, content }) => `${topic} › ${content}`)).toEqual([
      "Contact #7036839888 › Contact **#7036839888** was changed.\n* Changed stage to **won**",
      "Contact #41 › Contact **#41** was created.",
    ]);
  });

  it("tell of any field whose former value is another one", async () => {
    const current = { name: "New roof", probability: "high", region: "north" };
    const previous = { name: "New roof", probability: "low", region: "north" };
    const message = await messageOf({ event: "deal.updated", data: { ...current, previous } });
    expect(message).toContain("* Changed probability from **low** to **high**");
    expect(message).not.toContain("Changed region");
  });
});

describe("mail", () => {
  const mail = { recipient: "ada@byron.example", subject: "Your tide table" };

  it("is told by whom it went to, with its subject", async () => {
    const message = await messageOf({ event: "bounced", ...mail, status: "5.1.1" });
    expect(message).toContain("Your tide table › Email to **ada@byron.example** bounced");
    expect(message).toContain("* **Subject:** Your tide table");
    expect(message).not.toContain("**5.1.1**");
  });

  it("does not link to what was clicked as if it were the mail", async () => {
    const url = "https://tide.example/table";
    expect(await messageOf({ event: "email.clicked", ...mail, url })).toContain(
      `A link was clicked in the email to **ada@byron.example**.\n* **Subject:** Your tide table\n* [Clicked link](${url})`,
    );
  });
});

describe("topics", () => {
  it("are those of what a note is on", async () => {
    const note = { id: 3, call_id: 456, content: "Call her back" };
    const message = await messageOf({ event: "note.created", data: note });
    expect(message).toContain("Call #456 › Somebody commented on call **#456**:");
    expect(message).toContain("Call her back");
  });

  it("do not change with values that a summary tells", async () => {
    const incident = { summary: "Load is 28.5 on tide-1", policy_name: "Load", state: "open" };
    expect(await messageOf({ incident })).toMatch(/^Load › .*Load is 28\.5 on tide-1/);
  });
});

describe("JSON in a text", () => {
  const alarm = {
    AlarmName: "Disk full",
    NewStateValue: "ALARM",
    NewStateReason: "3 MB are left.",
  };
  const wrapped = (message: unknown) => ({
    Type: "Notification",
    Message: JSON.stringify(message),
    SigningCertURL: "https://queue.example/cert.pem",
  });

  it("is read where it is what the request is about", async () => {
    const plan = await drafted({ alarm: wrapped(alarm) });
    const [{ topic, content } = { topic: "", content: "" }] = plan.messages;
    expect(topic).toBe("Disk full");
    expect(content).toContain("Alarm **Disk full**: **alarm**");
    expect(content).toContain("3 MB are left.");
    expect(fileOf(plan, "view.py")).toContain(
      'payload = to_wild_value("Message", payload["Message"].tame(check_string))',
    );
  });

  it("tells from what to what the state went", async () => {
    const plan = await drafted({ alarm: wrapped({ ...alarm, OldStateValue: "OK" }) });
    expect(plan.messages[0]?.content).toContain(
      "Alarm **Disk full** changed from **OK** to **alarm**:",
    );
  });

  it("is asked for an event inside of it, in the test too", async () => {
    const plan = await drafted({
      alarm: wrapped({ event: "alarm.raised", alarm: { name: "Disk full" }, zone: "north" }),
      calm: wrapped({ event: "alarm.ended", alarm: { name: "Disk full" }, zone: "north" }),
    });
    expect(plan.events).toEqual(["alarm.raised", "alarm.ended"]);
    expect(fileOf(plan, "tests.py")).toContain(
      `'{"Message":"{\\\\"event\\\\":\\\\"unsupported_event\\\\"}"}'`,
    );
  });

  it("stays a text where some payloads have none", async () => {
    const plan = await drafted({ alarm: wrapped(alarm), plain: { ...wrapped({}), Message: "Hi" } });
    expect(fileOf(plan, "view.py")).not.toContain("to_wild_value");
  });
});

describe("lists", () => {
  it("are left out where a type is all that their items say", async () => {
    const data = { title: "Refund", items: [{ type: "full", amount: "1050" }] };
    expect(await messageOf({ event: "refund.created", data })).not.toContain("* full");
  });

  it("are told of answers whose type is all that they share", async () => {
    const answers = [
      { type: "text", text: "Ada Byron" },
      { type: "boolean", boolean: true },
    ];
    const definition = { title: "Visit", fields: [{ title: "Name" }, { title: "Is it hers?" }] };
    const payload = { event: "form_response", form_response: { definition, answers } };
    expect(await messageOf(payload)).toContain("Ada Byron");
  });
});
