/** What payloads of shops, payments and mail say of a thing, and what only seems to be said of it. */
import { describe, expect, it } from "vitest";
import { fileOf, planningForFile } from "./support.ts";

const { planFor, messageOf } = planningForFile();

const order = { scope: "shop/order/created", data: { type: "order", id: 250 } };

describe("the name of an event", () => {
  it("speaks of a part of the thing", async () => {
    const refund = { scope: "shop/order/refund/created", data: { type: "order", id: 250 } };
    expect(await messageOf(refund, order)).toBe(
      "Order 250 › Refund of order **#250** was created.",
    );
  });

  it("speaks of the state of a thing that is only named", async () => {
    const payload = { type: "document_status_updated", payload: { name: "Tide table" } };
    expect(await messageOf(payload)).toContain("Status of document **Tide table** was updated.");
  });

  it("speaks of a state that was another one before", async () => {
    const data = {
      control_name: "Fire drill",
      previous_status: "failed",
      current_status: "passed",
    };
    expect(await messageOf({ type: "control.status.changed", data })).toContain(
      "Status of control **Fire drill** was changed from **failed** to **passed**.",
    );
  });

  it("is all that is known of a thing without a name", async () => {
    const payload = { event: "bot.call_ended", data: { bot: { id: "b_1" }, code: "call_ended" } };
    expect(await messageOf(payload)).toBe("Bot call › Bot call ended.");
  });

  it("leaves the word event out, and the place where a thing was moved to", async () => {
    const joined = {
      event: "guest_events.join",
      data: { guest: { id: 3, name: "Eli Vance", seat: "A" }, guest_events: { id: "e_1" } },
    };
    expect(await messageOf(joined)).toContain("Guest **Eli Vance** joined.");
    const moved = {
      event: { type: "move_card_into_list", cardId: 3, destList: { title: "Done", id: "d" } },
    };
    expect(await messageOf(moved)).toContain("Card **#3** was moved.");
  });

  it("speaks of one thing where its type counts many", async () => {
    const payload = { event: "payments.create", data: { type: "payments", name: "Rent" } };
    expect(await messageOf(payload)).toContain("Payment **Rent** was created.");
  });
});

describe("what a resource is called", () => {
  const ofPlan = (summary: string) => ({
    event_type: "BOAT.PLAN.ACTIVATED",
    resource_type: "plan",
    summary,
    resource: {
      id: "pl-7",
      name: "Winter berth",
      shipping_amount: { value: "10.00", currency_code: "EUR" },
    },
  });

  it("is no sentence that says what happened", async () => {
    for (const summary of ["A boat plan was activated.", "Plan activated"])
      expect(await messageOf(ofPlan(summary))).toContain("plan **Winter berth** was activated.");
  });

  it("costs no partial sum", async () => {
    const message = await messageOf(ofPlan("Plan activated"));
    expect(message).not.toContain(" for **");
    expect(message).toContain("* **Shipping amount:** 10.00 EUR");
  });

  it("is an address where a thing is watched", async () => {
    const payload = { event: "check.down", check: { url: "https://tide.example", token: "x1" } };
    expect(await messageOf(payload)).toBe(
      "https://tide.example › Check [https://tide.example](https://tide.example) is down.",
    );
  });
});

describe("what happens to mail", () => {
  it("is said of the mail that an address got, and not of who sent it", async () => {
    const opened = { RecordType: "Open", Recipient: "ida@tide.example", Platform: "Desktop" };
    const bounced = { RecordType: "Bounce", Email: "bo@tide.example", Subject: "Tide table" };
    expect(await messageOf(opened, bounced)).toContain("Email to **ida@tide.example** was opened.");
    expect(await messageOf(bounced, opened)).toContain(
      "Email to **bo@tide.example** bounced.\n* **Subject:** Tide table",
    );
    const delivered = {
      event: "delivered",
      envelope: { sender: "post@tide.example" },
      recipient: "ida@tide.example",
      message: { headers: { subject: "Offer" } },
    };
    const message = await messageOf(delivered);
    expect(message).toContain("Email to **ida@tide.example** was delivered.");
    expect(message).not.toContain("post@tide.example");
  });

  it("was not done by the program that opened it", async () => {
    const client = { name: "Firefox 144", family: "Firefox", company: "Mozilla" };
    const opened = { RecordType: "Open", Recipient: "ida@tide.example", Client: client };
    const clicked = { ...opened, RecordType: "Click" };
    expect(await messageOf(opened, clicked)).toMatch(/^ida@tide.example › /);
  });
});

it("does not link to what changes something when it is opened", async () => {
  const payload = {
    event: "plan.created",
    plan: {
      name: "Berth",
      update_url: "https://pay.example/plan/1",
      url: "https://pay.example/p?hash=2f",
    },
  };
  expect(await messageOf(payload)).not.toContain("https:");
});

it("names what is in the items of a list", async () => {
  const items = [
    { quantity: 2, restock: "no", line_item: { title: "Oil lamp" } },
    { quantity: 1, restock: "no", line_item: { title: "Wick" } },
  ];
  const message = await messageOf({ event: "refund.created", items });
  expect(message).toContain("* 2 x Oil lamp\n* 1 x Wick");
});

it("links to what a deed was done to", async () => {
  const click = { link: "https://tide.example/offer", browser: "Firefox" };
  const message = await messageOf({ type: "email.clicked", data: { subject: "Offer", click } });
  expect(message).toContain("* [Click](https://tide.example/offer)");
});

it("calls nobody's payment an approval of the payer", async () => {
  const payer = { name: { given_name: "Ida", surname: "Holm" }, payer_id: "Q1" };
  const payload = { event_type: "CHECKOUT.ORDER.APPROVED", resource: { intent: "CAPTURE", payer } };
  expect(await messageOf(payload)).toContain("Checkout order was approved.\n* **Payer:** Ida Holm");
});

it("lists of several sums whose unit nobody knows only the whole", async () => {
  const totals = { fee: "553", tax: "887", total: "10887", currency_code: "USD" };
  const message = await messageOf({
    event: "bill.paid",
    data: { origin: "web", details: { totals } },
  });
  expect(message).toContain("* **Amount:** 10887\n* **Currency:** USD");
  expect(message).not.toMatch(/553|887\b(?<!10887)/);
});

it("takes the sum that the service has written out, and names others as people write them", async () => {
  const basket = {
    number: 12,
    currency: "EUR",
    currency_rate: "1.0421",
    subtotal: 2000,
    total: 2380,
    subtotal_formatted: "€20.00",
    total_formatted: "€23.80",
  };
  const message = await messageOf({ event: "basket.paid", data: { type: "basket", ...basket } });
  expect(message).toContain("Basket **#12** for **€23.80** was paid.");
  expect(message).toContain("* **Subtotal:** €20.00");
  expect(message).not.toMatch(/2380|formatted|rate/);
});

it("says who ended an alert behind what they did, where nobody need have done it", async () => {
  const alert = (type: string, by: string | null) => ({
    type,
    alert: { name: "Pump 4", resolved_by: by },
  });
  const message = await messageOf(
    alert("alert.resolved", "Ida Holm"),
    alert("alert.resolved", null),
    alert("alert.opened", null),
  );
  expect(message).toContain("Alert **Pump 4** was resolved by **Ida Holm**.");
});

it("takes the key of what a payload is about for a thing, whatever it sounds like", async () => {
  const owner = { associated_owner: { id: 4, name: "Ida Holm", desk: "north" } };
  const boat = { boat: { id: 7, name: "Heron", berth: "B 12" } };
  expect(await messageOf(owner, boat)).not.toContain("was associated");
});

it("does not say of who changed the state that they did what leaves it", async () => {
  const call = (type: string) => ({
    type,
    data: {
      call: {
        title: "Lift is stuck",
        last_status_change_by: { name: "Uma Lind" },
        assigned_to_user: { name: "Bo Holm" },
      },
    },
  });
  expect(await messageOf(call("call.assigned"), call("call.closed"))).toContain(
    "Call **Lift is stuck** was assigned to **Bo Holm**.",
  );
  expect(await messageOf(call("call.closed"), call("call.assigned"))).toContain(
    "**Uma Lind** closed",
  );
});

describe("several events in a request", () => {
  const paid = { type: "invoice.paid", invoice: { number: 12, title: "Hosting" } };
  const sent = { type: "invoice.sent", invoice: { number: 13, title: "Domains" } };

  it.each([
    ["the payload itself", [paid, sent], "for item in payload:"],
    ["a list in it", { account: "north", events: [paid, sent] }, 'for item in payload["events"]:'],
  ])("are all told, where %s holds them", async (_case, payload, loop) => {
    const made = await planFor(payload);
    expect(made.messages[0]?.content).toBe(
      "Invoice **#12 Hosting** was paid.\nInvoice **#13 Domains** was sent.",
    );
    expect(fileOf(made, "view.py")).toContain(loop);
    expect(made.events).toEqual(["invoice.paid", "invoice.sent"]);
  });
});
