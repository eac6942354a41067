/** What drafts of services that nobody has looked at say: the event, the thing, and the facts that matter. */
import { describe, expect, it } from "vitest";
import { planningForFile } from "./support.ts";

const { planFor, messageOf } = planningForFile();

describe("the event", () => {
  it("may stand under a key with a word before it", async () => {
    const message = await messageOf({ boat_event: "mooring_confirmed", payload: { berth: "B7" } });
    expect(message).toContain("Mooring was confirmed");
  });

  it("may be the type of a trigger", async () => {
    const message = await messageOf({ triggerType: "form_submitted", payload: { name: "Hire" } });
    expect(message).toContain("Form **Hire** was submitted");
  });

  it("may be the identifier of what says only that it is an event", async () => {
    const made = { data: { type: "event", id: "regatta-created", regatta: { name: "Spring" } } };
    const ended = { data: { type: "event", id: "regatta-ended", regatta: { name: "Spring" } } };
    const { messages } = await planFor(made, ended);
    expect(messages.map(({ content }) => content)).toEqual([
      "Regatta **Spring** was created.",
      "Regatta **Spring** ended.",
    ]);
  });

  it("may be a verb behind a thing, under any key", async () => {
    const data = { object: "mooring", number: 12 };
    expect(await messageOf({ key: "mooring.destroy", data })).toMatch(/^Mooring .*was destroyed/);
  });

  it("is read beside others from payloads of another shape", async () => {
    const nested = (event: string): object => ({
      "event-data": { event, recipient: "a@b.example" },
    });
    const flat = { event: "clicked", recipient: "a@b.example", url: "https://nets.example/7" };
    const { events } = await planFor(nested("delivered"), nested("rejected"), flat);
    expect(events).toEqual(["delivered", "rejected", "clicked"]);
  });

  it("is not called after a key whose text says which thing it is", async () => {
    const boat = { boat_name: "Nellie", boat_length: "9 m", boat_id: "b7", berth: "North" };
    const note = { text: "The harbour is closed.", sent_by: "Ada" };
    const { messages } = await planFor(boat, note);
    expect(messages[0]?.content).not.toContain("Boat name:");
  });

  it("is no verb where it is the key of a thing", async () => {
    const build = { name: "Tides", slug: "tides", build: { id: 314, state: "finished" } };
    const note = { notice: { text: "Hello" } };
    const { messages } = await planFor(build, note);
    expect(messages[0]?.content).toMatch(/^Build .*\*\*finished\*\*/);
    expect(messages[0]?.topic).toContain("Tides");
  });
});

describe("the sentence", () => {
  it("has a verb from the middle of a name", async () => {
    const task = { id: 4, title: "Mend the net" };
    expect(await messageOf({ event: "task.move.column", task })).toContain(
      "› Task **#4 Mend the net**: moved column.",
    );
  });

  it("says whose status changed, where only the payload knows", async () => {
    const payload = { event: "statusChange", status: "FINISHED", summary: "Mended three nets" };
    expect(await messageOf(payload)).toContain("Status of **Mended three nets** was changed");
  });

  it("says who completed what no machine runs", async () => {
    const payload = { event: "completed", survey: { name: "Catch" }, user: { name: "Ada" } };
    expect(await messageOf(payload)).toContain("› **Ada** completed **Catch**");
  });

  it("names what changed of a thing that is told as it was before", async () => {
    const berth = (priority: number) => ({ name: "North", priority, depth: 4 });
    const payload = { event: "berth.changed", berth: berth(1), previousBerth: berth(3) };
    expect(await messageOf(payload)).toContain("Changed priority from **3** to **1**");
  });

  it("says that a login succeeded", async () => {
    const payload = { event: { type: "user.login.success", user: { name: "Ada" } } };
    expect(await messageOf(payload)).toContain("User login by **Ada** succeeded");
  });

  it("does not call a thing new that only stands beside what is", async () => {
    const berth = { title: "North quay", url: "https://quay.example/7" };
    const payload = { event: "guest.created", data: { berth, fee: "none" } };
    expect(await messageOf(payload)).toContain("Guest of berth [North quay]");
  });

  it("tells an action in capitals", async () => {
    const payload = { action: "Open", event: { title: "High water" } };
    expect(await messageOf(payload)).toContain("**High water** was opened");
  });
});

describe("what it is about", () => {
  it("has its kind beside its event, wherever that stands", async () => {
    const event = { action: "deleted", object_type: "berth", data: { name: "North" } };
    expect(await messageOf({ subscription: "s1", event })).toContain("Berth **North** was deleted");
  });

  it("is not who changed it last", async () => {
    const data = { updated_by: "u_12", updated_by_name: "Ada Byron", berth_name: "North" };
    const message = await messageOf({ event: { action: "updated", object_type: "berth", data } });
    expect(message).toContain("› **Ada Byron** updated berth **North**");
  });

  it("is what a comment is on, not who wrote it", async () => {
    const comment = { id: 1, comment: "Too wet.", username: "ada" };
    const task = { id: 5, title: "Mend the net" };
    expect(await messageOf({ event: "comment.create", data: { comment, task } })).toContain(
      "**ada** commented on task **#5 Mend the net**",
    );
  });

  it("is what runs, and not the project around it", async () => {
    const build = { number: 314, status: "FAILURE", url: "https://ci.example/job/tides/314/" };
    const message = await messageOf({ name: "Tides", url: "job/tides", build });
    expect(message).toBe("Tides › Build [#314](https://ci.example/job/tides/314/): **failure**.");
  });

  it("may be a part that the event names, such as a vulnerability", async () => {
    const vulnerability = { id: "CVE-2030-5678", priority: "Critical" };
    const found = { name: "nets", tags: ["latest", "dry"], vulnerability };
    const pushed = { name: "nets", updated: { tag: "latest", title: "Wet" } };
    const { messages } = await planFor(found, pushed);
    expect(messages[0]?.content).toContain("Vulnerability **CVE-2030-5678**");
  });

  it("is in the topic by its own name, where its title is a sentence with that", async () => {
    const payload = { title: "Alert for High water cleared", name: "High water", severity: "low" };
    const { messages } = await planFor(payload);
    expect(messages[0]?.topic).toBe("High water");
  });

  it("was not signed by who sent it to somebody", async () => {
    const payload = {
      event: "contract.signed",
      contract: { name: "Berth B7", sender: { name: "Ada" }, recipient: { name: "Hale" } },
    };
    expect(await messageOf(payload)).toContain("› Contract **Berth B7** was signed");
  });

  it("did not enrol itself", async () => {
    const data = { name: "Ada Byron", username: "ada-b", email: "ada@byron.example" };
    const message = await messageOf({ event: "partner.enrolled", data });
    expect(message).toContain("Partner **Ada Byron** was enrolled");
  });
});

describe("mail", () => {
  it("is told with whom it went to", async () => {
    const data = { message_id: "m1", subject: "Tides today", to: ["ada@byron.example"] };
    expect(await messageOf({ type: "email.delivery_delayed", data })).toContain(
      "* **To:** ada@byron.example",
    );
  });

  it("is not what somebody subscribes to", async () => {
    const message = await messageOf({ event: "unsubscribed", email: "ada@byron.example" });
    expect(message).toContain("› **ada@byron.example** unsubscribed");
  });

  it("is opened, however that was noticed", async () => {
    const payload = { event: "unique_proxy_open", email: "ada@byron.example", subject: "Tides" };
    expect(await messageOf(payload)).toContain("Email to **ada@byron.example** was opened");
  });
});

describe("the topic of what has no name", () => {
  it("is whom it belongs to, by both names", async () => {
    const customer = { first_name: "Ada", last_name: "Byron", email: "ada@byron.example" };
    const payload = {
      event_type: "subscription_renewed",
      subscription: { plan_id: "p" },
      customer,
    };
    const { messages } = await planFor(payload);
    expect(messages[0]?.topic).toBe("Ada Byron");
  });
});

describe("facts", () => {
  it("leave out programs, addresses of machines and what nobody set", async () => {
    const message = await messageOf({
      event: "sale.created",
      sale: { id: 7, priority: 0, log_level: "info", wallet: "0xb7c3d09c20708b9311b762963c30614b" },
      click: { city: "Ostend", ua: "Lynx/2.8 (Amiga)" },
      store_pass: "hunter",
    });
    expect(message).toMatch(/› Sale \*\*#7\*\* was created\.$/);
  });

  it("say that it did not go well, also where other payloads do not say how it went", async () => {
    const build = (more: object): object => ({ event: "build", build: { number: 3, ...more } });
    const { messages } = await planFor(build({ success: false }), build({}));
    expect(messages[0]?.content).toContain("* **Success:** no");
    expect(messages[1]?.content).not.toContain("Success");
  });

  it("are no parts of a sum that is told", async () => {
    const order = { id: 12, total_amount: "24.50", currency: "EUR", subtotal_amount: "20.00" };
    const message = await messageOf({ event: "order.paid", order });
    expect(message).toContain("**24.50 EUR**");
    expect(message).not.toContain("20.00");
  });

  it("are no numbers that stand for a label", async () => {
    const gauge = { name: "North", grade: 3, grade_label: "GREEN" };
    const message = await messageOf({ event: "gauge.read", gauge });
    expect(message).toContain("* **Grade label:** GREEN");
    expect(message).not.toContain("**Grade:** 3");
  });

  it("have identifiers that people can read", async () => {
    const subscription = { id: "16BHbhF4s42tO2lJ", plan_id: "basic-monthly" };
    expect(await messageOf({ event: "subscription_renewed", subscription })).toContain(
      "* **Plan:** basic-monthly",
    );
  });

  it("keep the underscores of names and tags", async () => {
    const data = { id: "t1", tag: "wet_net", username: "ada_b" };
    const message = await messageOf({ event: "thread_untagged", data });
    expect(message).toContain("wet_net");
  });

  it("have the name of a list that stands in no other", async () => {
    const data = { type: "boat", id: 205, properties: ["sails", "oars"] };
    expect(await messageOf({ scope: "boat/updated", data })).toContain(
      "* **Properties:** sails, oars",
    );
  });

  it("have the only page that the payload knows", async () => {
    const target = { url: "https://nets.example/pull/12", branch: "mend" };
    expect(await messageOf({ event: "job.finished", status: "ok", target })).toContain(
      "[Target](https://nets.example/pull/12)",
    );
  });

  it("take no state of a part, and no number, for the thing's", async () => {
    const message = { subject: "Tides today", spam_status: "NotSpam" };
    const told = await messageOf({ status: "Sent", message, output: "Given to the mail server" });
    expect(told).toContain("**Sent**");
    expect(await messageOf({ title: "High water", status: "1" })).not.toContain("**1**");
  });

  it("have every line of what somebody wrote in a list", async () => {
    const items = [{ kind: "Note", body: "From: Ada\nThe net is torn." }];
    const visitor = { fullName: "Ada Moss", country: "Iceland" };
    expect(await messageOf({ kind: "Talk", id: "t1", items, visitor })).toContain(
      "From: Ada The net is torn.",
    );
  });

  it("do not group by where something runs", async () => {
    const event = { type: "RENEWAL", environment: "SANDBOX", price: 2.49, currency: "USD" };
    const { messages } = await planFor({ event });
    expect(messages[0]?.topic).not.toContain("SANDBOX");
  });
});
