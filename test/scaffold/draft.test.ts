import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../support/tree.ts";
import { fileOf, openWorkspace, plan, samplePayload } from "./support.ts";

/** The messages that the drafted view sends, as `[topic] content`. */
async function messagesOf(files: string[], options = {}): Promise<string> {
  const payloads = files.map(samplePayload);
  const { messages } = await plan(await openWorkspace(), { payloads, ...options });
  return messages.map(({ topic, content }) => `[${topic}] ${content}`).join("\n---\n");
}

describe("the drafted message", () => {
  it("says who did what to which thing, for each event", async () => {
    const files = ["acmedeploy/deploy_finished.json", "acmedeploy/deploy_failed.json"];
    expect(await messagesOf(files)).toMatchInlineSnapshot(`
      "[checkout / main] Deployment [Checkout 2.14.0](https://deploy.acme.example/checkout/4182) on branch \`main\` by **Ana Lúcia Prado** finished: **succeeded**.
      * **Commit:** Retry card payments once
      * **Environment:** production
      * **Duration:** 183.5 seconds
      ---
      [checkout / fix/retry] Deployment [Checkout 2.14.1](https://deploy.acme.example/checkout/4183) on branch \`fix/retry\` by **Jonas "JB" Berg** failed.
      * **Environment:** staging
      * **Duration:** 12 seconds

      ~~~ quote
      Step 3 of 5 failed:
          npm run build
          exit code 1
      ~~~"
    `);
  });

  it("takes words that every object of JavaScript has for words", async () => {
    const payload = join(temporaryDirectory(), "constructor.created.json");
    const team = { name: "Red Arrow", url: "https://race.example/teams/4" };
    const body = { event: "constructor", action: "constructor", constructor: team };
    writeFileSync(payload, JSON.stringify(body));
    const made = await plan(await openWorkspace(), { payloads: [payload] });
    expect(made.messages).toMatchInlineSnapshot(`
      [
        {
          "content": "Constructor [Red Arrow](https://race.example/teams/4) was constructored.",
          "fixture": "constructor_created",
          "topic": "Red Arrow",
        },
      ]
    `);
    expect(fileOf(made, "view.py")).not.toContain("native code");
  });

  it("lists what came in a list", async () => {
    expect(await messagesOf(["pulsecheck/alerts_firing.json"])).toMatchInlineSnapshot(`
      "[High latency] Acme Deploy notification: **firing**.
      * **Receiver:** on-call

      **Alerts:**
      * [High latency](https://pulse.example/alerts/71): 2.41: **firing**, severity critical
      * [Disk almost full](https://pulse.example/alerts/72): 93: **firing**, severity warning"
    `);
  });

  it("takes events from file names when a header says them", async () => {
    const files = ["reviewbay/push__two_commits.json", "reviewbay/merge_request__opened.json"];
    expect(await messagesOf(files, { eventHeader: "X-Review-Event" })).toMatchInlineSnapshot(`
      "[orchard/press / main] **mira** [pushed](https://review.example/orchard/press/compare/1f3...8a2) 2 commits to branch \`main\`:
      * [Press the apples twice](https://review.example/c/1f39d0c)
      * [Label the bottles](https://review.example/c/8a2b6ee)
      ---
      [orchard/press / MR #41 Filter the juice [again]] **Mira Öztürk** opened merge request [#41 Filter the juice (again)](https://review.example/orchard/press/41):

      ~~~ quote
      Closes #40.

      * finer sieve
      * \`--slow\` by default
      ~~~"
    `);
  });

  it("shows a number where there is no title", async () => {
    expect(await messagesOf(["shopfront/order_paid.json"])).toMatchInlineSnapshot(
      `
      "[Order 100234] Order [#100234](https://shop.example/admin/orders/100234) for **49.90 EUR** was paid.
      * **Customer:** Ola Nordmann

      **Items:**
      * 2 x Blue mug"
    `,
    );
  });

  it.each([
    ["ticketgrove", ["ticket_created", "ticket_updated", "comment_created"], {}],
    ["payriver", ["invoice_paid", "charge_failed", "subscription_updated", "webhook_test"], {}],
    ["boardly", ["card_create", "card_update", "comment_create"], {}],
    ["buildmill", ["pipeline", "push", "merge_request", "merge_request__close"], {}],
    ["statuslamp", ["incident", "component"], {}],
    ["surveynest", ["response_created", "response_updated"], {}],
    ["helpharbor", ["conversation_replied", "conversation_assigned", "ping"], {}],
    [
      "driftnet",
      [
        "repo_push",
        "issue_created",
        "issue_deleted",
        "status_changed",
        "haul_started",
        "haul_annotated",
        "job_error",
        "customer_added",
        "order_placed",
      ],
      {},
    ],
    ["membergarden", ["members-create", "members-delete"], { eventHeader: "X-Garden-Event" }],
  ])("reads well for %s, and so does its view", async (service, files, options) => {
    const payloads = files.map((file) => samplePayload(`${service}/${file}.json`));
    const displayName = service.charAt(0).toUpperCase() + service.slice(1);
    const named = { name: service, displayName, payloads, ...options };
    const planned = await plan(await openWorkspace(), named);
    const messages = planned.messages.map(({ topic, content }) => `[${topic}] ${content}`);
    const folder = `__snapshots__/${service}`;
    await expect(messages.join("\n---\n")).toMatchFileSnapshot(`${folder}/messages.md`);
    await expect(fileOf(planned, "view.py")).toMatchFileSnapshot(`${folder}/view.py`);
  });

  it.each([
    "hostile_strings",
    "long_strings",
    "nothing_to_show",
    "number_title",
    "scalar",
    "top_level_array",
    "unknown_keys",
  ])("makes something of %s", async (name) => {
    expect(await messagesOf([`odd/${name}.json`])).toMatchSnapshot();
  });

  it("keeps what some payloads lack, and sorts shapes", async () => {
    const files = ["door_opened", "door_closed", "notice"].map((name) => `manyshapes/${name}.json`);
    expect(await messagesOf(files)).toMatchInlineSnapshot(`
      "[North gate] **Mira** opened door [North gate](https://gate.example/doors/1).
      * **Floor:** 2
      ---
      [North gate] Door **North gate** was closed.
      ---
      [Maintenance on Sunday] Notice **Maintenance on Sunday**:
      * **Level:** low"
    `);
  });

  it("is made of a sample when there is no payload", async () => {
    expect(await messagesOf([])).toMatchInlineSnapshot(
      `
      "[Nightly build of the handbook] [Nightly build of the handbook](https://example.com/builds/4211) by **Ada Byron**: **succeeded**.
      * **Project:** Handbook"
    `,
    );
  });
});
