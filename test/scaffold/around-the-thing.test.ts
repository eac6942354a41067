/** What drafts find around the thing that an event is about: its kind, its page, its commit, what became of it. */
import { describe, expect, it } from "vitest";
import { planningForFile } from "./support.ts";

const { planFor, messageOf } = planningForFile();

describe("what an event is about", () => {
  it("stands under another key than what was done", async () => {
    const skipper = { object_type: "skipper", metric: "licensed", data: { name: "Bo Lund" } };
    const boat = { object_type: "boat", metric: "painted", data: { name: "Nellie" } };
    const { messages } = await planFor(skipper, boat);
    expect(messages.map(({ content }) => content)).toEqual([
      "Skipper **Bo Lund** was licensed.",
      "Boat **Nellie** was painted.",
    ]);
  });

  it("may be told by the resource beside an action that all have", async () => {
    const course = { resource: "course", action: "completed", payload: { name: "Knots" } };
    const lesson = { resource: "lesson", action: "completed", payload: { name: "The bowline" } };
    const { messages } = await planFor(course, lesson);
    expect(messages[1]?.content).toContain("Lesson **The bowline** was completed");
  });

  it("is what stands in an envelope below its name", async () => {
    const entity = { id: "pay_9X", amount: 12_500, currency: "INR", method: "netbanking" };
    const message = await messageOf({
      event: "payment.captured",
      payload: { payment: { entity } },
    });
    expect(message).toContain("* **Amount:** 12500\n* **Currency:** INR");
  });

  it("is not called by an address of e-mail, unless it is somebody", async () => {
    const data = { email: "ada@byron.example", method: "card by phone" };
    expect(await messageOf({ event: "payment.failed", payment: data })).toMatch(/Payment failed/);
    expect(await messageOf({ event: "customer.created", customer: data })).toContain(
      "Customer **ada@byron.example** was created",
    );
  });

  it("has a page, even where it has no name", async () => {
    const fault = { url: "https://faults.example/7", people_affected: 3 };
    const message = await messageOf({ event: "HourlyFollowUp", fault, app: { name: "Tides" } });
    expect(message).toContain("[Fault](https://faults.example/7)");
  });

  it("is a push where a payload without an event says so", async () => {
    const commits = [
      {
        id: "9921e45e570db8e57e544650baf837932fb2100f",
        message: "Mend the net",
        url: "https://nets.example/c/9",
      },
    ];
    const push = {
      ref: "refs/heads/main",
      before: "6168d9dae737b47f00c59fafca10c913a6850c3a",
      after: "9921e45e570db8e57e544650baf837932fb2100f",
      head_commit: commits[0],
      commits,
      sender: { name: "Ada" },
      repository: { name: "nets" },
    };
    const repository = { name: "nets" };
    const issue = {
      action: "open",
      issue: { title: "A hole" },
      sender: { name: "Ada" },
      repository,
    };
    const closed = { ...issue, action: "close" };
    const { messages } = await planFor(push, issue, closed);
    expect(messages[0]?.content).toMatch(/^\*\*Ada\*\* pushed .*to branch `main`/);
  });

  it("is a run where its state says how it went", async () => {
    const build = { event: "build", build_number: 314, result: "passed", project_name: "tides" };
    expect(await messageOf(build)).toMatch(/Build \*\*#314\*\*: \*\*passed\*\*/);
  });
});

describe("links", () => {
  it("lead to what the event is about, and not to settings", async () => {
    const message = await messageOf({
      notification_configuration_url: "https://infra.example/settings/3",
      run_url: "https://infra.example/runs/12",
      run_message: "Add two buoys",
      trigger: "run:failed",
    });
    expect(message).toContain("[Add two buoys](https://infra.example/runs/12)");
    expect(message).not.toContain("settings");
  });

  it("are found where the key says for whom they are", async () => {
    const ship = {
      name: "Nellie",
      url_api: "https://x.example/api/7",
      url_ui: "https://x.example/7",
    };
    expect(await messageOf({ event: "ship.added", ship })).toContain(
      "[Nellie](https://x.example/7)",
    );
    const boat = { title: "Bea", permalinks: { chat: null, web: "https://x.example/8" } };
    expect(await messageOf({ event: "boat.added", boat })).toContain("[Bea](https://x.example/8)");
  });

  it("stand behind each name of a list whose items have pages", async () => {
    const assignees = [
      { name: "Ada_B", html_url: "https://people.example/a_b" },
      { name: "Bo", html_url: "https://people.example/bo" },
    ];
    const message = await messageOf({ event: "job.opened", job: { title: "Tar", assignees } });
    expect(message).toContain(
      "**Assignees:** [Ada_B](https://people.example/a_b), [Bo](https://people.example/bo)",
    );
  });

  it("in a sentence that is ready to be shown make it no name", async () => {
    const title = "[Ada](mailto:ada@byron.example) lit [the lamp](https://lamps.example/4)";
    const message = await messageOf({ event: "lamp.lit", data: { title, name: "North lamp" } });
    expect(message).toContain("**North lamp**");
    expect(message).not.toContain("mailto");
  });
});

describe("facts", () => {
  it("have the commit and the branch whose keys begin with another word", async () => {
    const meta = {
      gitCommitMessage: "Round the tide table",
      gitCommitAuthorName: "Ada Byron",
      gitCommitRef: "main",
      gitCommitSha: "2f1ab0c0d3",
    };
    const message = await messageOf({
      event: "deployment.failed",
      deployment: { name: "tides", meta },
    });
    expect(message).toContain("on branch `main`");
    expect(message).toContain("* **Commit:** Round the tide table by Ada Byron");
  });

  it("leave out words and numbers that only who built the service understands", async () => {
    const data = {
      name: "Tide table",
      source: "webhook",
      operation_type: 1,
      challenge_indicator: "no_challenge",
      rule: "*",
      harbour: "Ostend",
    };
    const message = await messageOf({ event: "table.sent", data });
    expect(message.match(/\n\* .*/g)).toEqual(["\n* **Harbour:** Ostend"]);
  });

  it("tell the whole of a sum, with the currency of its own", async () => {
    const invoice = {
      number: "EBB-12",
      amount_cents: 100,
      amount_currency: "EUR",
      total_amount_cents: 120,
      total_amount_currency: "EUR",
    };
    expect(await messageOf({ event: "invoice.sent", invoice })).toContain("for **1.20 EUR**");
  });

  it("show a name as it is written", async () => {
    const data = { title: "Lamps", feature: { id: 7, name: "north_lamp" } };
    expect(await messageOf({ event: "plan.changed", data })).toContain("**Feature:** north_lamp");
  });

  it("leave out a sum that is told with its currency already", async () => {
    const first_item = { title: "Twine", price: 999 };
    const attributes = { total_formatted: "$11.99", subtotal_formatted: "$9.99", first_item };
    const message = await messageOf({ event: "order_created", data: { attributes } });
    expect(message).toContain("$9.99");
    expect(message).not.toMatch(/\b999\b/);
  });

  it("name people of two names in a list", async () => {
    const recipients = [
      {
        id: "r1",
        first_name: "Bo",
        last_name: "Lund",
        role: "client",
        order: 1,
        email: "b@x.example",
      },
      {
        id: "r2",
        first_name: "Ada",
        last_name: "Byron",
        role: "client",
        order: 2,
        email: "a@x.example",
      },
    ];
    const message = await messageOf({ event: "contract.sent", data: { name: "Hire", recipients } });
    expect(message).toContain("**Recipients:** Bo Lund, Ada Byron");
  });

  it("leave out the letters that a service puts before its keys", async () => {
    const data = {
      name: "Nellie",
      tx_berth: "north 7",
      tx_master: "Bo Lund",
      tx_rig: "gaff cutter",
      tx_hull: "oak on elm",
    };
    const message = await messageOf({ event: "boat.added", data });
    expect(message).toContain("* **Berth:** north 7");
    expect(message).not.toContain("Tx");
  });

  it("tell a change of two objects with the same key", async () => {
    const change = {
      field: "status",
      before: { status: "to do", order: 1 },
      after: { status: "in progress", order: 2 },
    };
    const message = await messageOf({
      event: "taskStatusUpdated",
      history_items: [change],
      task: { name: "Tar the hull" },
    });
    expect(message).toContain("from **to do** to **in progress**");
  });
});

describe("sentences", () => {
  it("leave out the last word of the service's name", async () => {
    const data = { title: "North 7", berth: "seven of the north quay" };
    const { messages } = await planFor({ event: "deploy.berth_plan.created", data });
    expect(messages[0]?.content).toMatch(/^Berth plan \*\*North 7\*\* was created/);
  });

  it("do not say of what was cancelled that it is confirmed", async () => {
    const data = { title: "Night ferry", status: "confirmed" };
    expect(await messageOf({ event: "crossing.cancelled", data })).toBe(
      "Night ferry › Crossing **Night ferry** was cancelled.",
    );
  });

  it("say what a thing needs", async () => {
    const run = { trigger: "run:needs_attention", run_url: "https://infra.example/runs/12" };
    expect(await messageOf(run)).toContain("needs attention");
  });

  it("name the event by a text that can be nothing else", async () => {
    const parcel = {
      description: "tracker.updated",
      object: "Event",
      result: { tracking_code: "EZ1000000001", carrier_detail: { service: "NORTH_SEA_EXPRESS" } },
    };
    expect(await messageOf(parcel)).toContain(
      "Tracker EZ1000000001 › Tracker **EZ1000000001** was updated.",
    );
  });

  it("do not say of what was resolved that it goes on", async () => {
    const alert = { name: "High water", status: "firing" };
    expect(await messageOf({ event: "alert.resolved", alert })).toMatch(/was resolved\.$/);
  });

  it("have a sign before a number that came as a text", async () => {
    const data = { number: "52881", title: "High water" };
    expect(await messageOf({ event: "incident.started", incident: data })).toContain(
      "Incident **#52881 High water**",
    );
  });

  it("do not quote what only repeats the event's name", async () => {
    const run = { trigger: "run:errored", name: "Tides", message: "Run errored" };
    expect(await messageOf(run)).not.toContain("quote");
  });
});
