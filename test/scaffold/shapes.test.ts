/** More payloads never make a draft worse, and a drafted view takes whatever its own payloads lack. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Engine } from "../../src/engine/index.ts";
import { openSharedEngine } from "../support/pools.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";
import { fileOf, plan } from "./support.ts";

/** What a service sends, and what each message has to tell. */
type Service = readonly (readonly [payload: object, facts: readonly string[]])[];

const services: Record<string, Service> = {
  // Type and action together name the event, and parts come and go.
  trackway: [
    [
      {
        type: "ticket",
        action: "opened",
        ticket: { number: 4, title: "Sleeper is loose", url: "https://t.example/4" },
        sender: { login: "ada" },
      },
      ["opened", "Sleeper is loose", "https://t.example/4", "ada", "4"],
    ],
    [
      {
        type: "ticket",
        action: "closed",
        ticket: { number: 4, title: "Sleeper is loose" },
        sender: null,
      },
      ["closed", "Sleeper is loose"],
    ],
    [
      {
        type: "release",
        action: "published",
        release: { name: "2.1", url: "https://t.example/r/2.1" },
        sender: { login: "bo" },
      },
      ["published", "2.1", "https://t.example/r/2.1", "bo"],
    ],
    [
      { type: "ticket", action: "pinned", ticket: { number: 5, title: "Read me", url: "" } },
      ["pinned", "Read me"],
    ],
  ],
  // One event about different things.
  notewell: [
    [
      {
        event: "note.created",
        user: { name: "Ida" },
        note: { body: "Agreed." },
        issue: { title: "Leaking roof", number: 3 },
      },
      ["Ida", "Agreed.", "Leaking roof"],
    ],
    [
      {
        event: "note.created",
        user: { name: "Ole" },
        note: { body: "Nice." },
        document: { title: "House rules", number: 8 },
      },
      ["Ole", "Nice.", "House rules"],
    ],
    [
      {
        event: "note.created",
        user: { name: "Ida" },
        note: { body: "Where?" },
        meeting: { title: "Monday round", number: 1 },
      },
      ["Ida", "Where?", "Monday round"],
    ],
  ],
  // Versions of one service that share nothing.
  alarmist: [
    [{ alarm: { name: "Boiler", level: "high" }, at: 1700000000 }, ["Boiler", "high"]],
    [{ event: "alarm.cleared", data: { title: "Boiler", by: "Kim" } }, ["cleared", "Boiler"]],
    [{ alarm: { name: "Pump", level: null }, at: 1700000000 }, ["Pump"]],
  ],
  // Containers that are null where others have them.
  buildery: [
    [
      {
        event: "build.finished",
        build: {
          number: 7,
          status: "failed",
          report: { summary: "2 tests failed" },
          job: { name: "unit" },
        },
      },
      ["7", "failed"],
    ],
    [
      { event: "build.finished", build: { number: 8, status: "passed", report: null, job: null } },
      ["8", "passed"],
    ],
    [{ event: "build.finished", build: { number: 9, status: "passed" } }, ["9", "passed"]],
    [{ event: "build.queued", build: null, queue: { name: "slow" } }, ["slow"]],
  ],
  // The event's name is the one fact that matters.
  levelbox: [
    [
      { event: "level_high", station: { name: "Pier 4" }, reading: { level: 3.2 }, by: "Ada" },
      ["Level high", "Pier 4", "3.2"],
    ],
    [
      { event: "level_low", station: { name: "Pier 5" }, reading: { level: 1 }, by: "Bo" },
      ["Level low", "Pier 5"],
    ],
    [{ event: "battery_low", station: { name: "Pier 5" } }, ["Battery low", "Pier 5"]],
  ],
  // A text in one event, a number in the other.
  tollgate: [
    [
      { event: "toll.paid", data: { amount: "12.50", currency: "EUR", lane: { name: "North" } } },
      ["paid", "12.50", "North"],
    ],
    [
      { event: "toll.refunded", data: { amount: 12000, currency: "EUR", lane: { name: "North" } } },
      ["refunded", "12000", "EUR", "North"],
    ],
    [
      { event: "gate.customer.created", data: { customer: { name: "Eli Vance" } } },
      ["customer", "Eli Vance"],
    ],
  ],
  // Two generations that share little: one says what was measured, the other lists alarms, a third has a text alone.
  gaugeworks: [
    [
      {
        gaugeId: 1,
        conditions: [
          { metric: "Steam pressure", value: 9 },
          { metric: "Water level", value: 0.4 },
        ],
        ruleName: "Boiler rule",
        status: "alerting",
        port: "443",
      },
      ["Boiler rule", "alerting", "Steam pressure", "Water level", "443"],
    ],
    [
      {
        receiver: "Night crew",
        alerts: [{ labels: { name: "Pump" }, title: "Pump stands still", status: "firing" }],
        version: "2",
        externalUrl: "https://g.example/alarms",
        tenant: "west",
        title: "FIRING: Pump",
      },
      ["Pump stands still", "firing"],
    ],
    [{ text: "Hello! This tries out the webhook." }, ["This tries out the webhook."]],
    [
      {
        gaugeId: 2,
        conditions: [{ metric: "Draught", value: 2 }],
        ruleName: "Chimney rule",
        status: "normal",
        port: 8080,
      },
      ["Chimney rule", "normal", "Draught", "8080"],
    ],
  ],
  // One event from two versions, in lists that may hold several.
  callout: [
    [
      {
        messages: [
          { event: "call.assigned", call: { title: "Lift is stuck", number: 12 }, log: [] },
        ],
      },
      ["assigned", "Lift is stuck", "12"],
    ],
    [
      { messages: [{ type: "call.resolved", data: { call: { title: "No light", number: 3 } } }] },
      ["resolved", "No light", "3"],
    ],
    [
      {
        messages: [
          { type: "call.assigned", data: { call: { title: "No light", number: 3 } } },
          { type: "call.accepted", data: { call: { title: "No light", number: 3 } } },
        ],
      },
      ["assigned", "accepted", "No light", "3"],
    ],
  ],
  // What ran for a push says how it went.
  stoker: [
    [
      {
        type: "push",
        state: "failed",
        branch: "main",
        build_url: "https://ci.example/b/7",
        repository: { name: "stoker" },
      },
      ["failed", "main", "https://ci.example/b/7"],
    ],
    [
      { type: "pull_request", state: "passed", branch: "main", number: 4, title: "New grate" },
      ["passed", "New grate"],
    ],
  ],
  // Who sent it to people is not who declined it, and a field in several languages is a field.
  letterbox: [
    [
      {
        event: "letter-declined",
        data: {
          letterSummary: {
            emailSubject: "Order of 400 wicks",
            sender: { userName: "Mirelle Roux" },
            recipients: {
              count: "1",
              signers: [{ name: "Mads Holm", status: "declined", declinedReason: "Too dear." }],
            },
          },
        },
      },
      ["Order of 400 wicks** by **Mirelle Roux** was declined", "Mads Holm", "Too dear."],
    ],
    [
      { event: "complained", message: { subject: "Spring catalogue" } },
      ["Somebody complained about", "Spring catalogue"],
    ],
    [
      { event: "page.published", fields: { title: { "en-US": "How we mend lanterns" } } },
      ["published", "How we mend lanterns"],
    ],
  ],
  // What is said is spread over keys that begin alike.
  helpline: [
    [
      {
        ticket_id: 31,
        ticket_subject: "No tone",
        ticket_status: "open",
        ticket_url: "https://h.example/31",
        agent_name: "Uma",
      },
      ["31", "No tone", "https://h.example/31"],
    ],
    [
      {
        ticket_id: 32,
        ticket_subject: "Echo",
        ticket_status: "closed",
        ticket_url: null,
        agent_name: null,
      },
      ["32", "Echo", "closed"],
    ],
    [
      { survey_id: 2, survey_name: "After the call", survey_status: "sent" },
      ["After the call", "sent"],
    ],
  ],
};

it.each(
  Object.entries(services),
)("tells every fact of %s, with each payload that is added", async (name, service) => {
  const root = temporaryWorkspace();
  const folder = temporaryDirectory();
  const checkout = await openCheckout(root);
  const engine: Engine = await openSharedEngine({ root, targets: [] });
  onTestFinished(() => engine.close());
  const payloads: string[] = [];
  for (const [at, [payload]] of service.entries()) {
    const path = join(folder, `${name}_${at}.json`);
    writeFileSync(path, JSON.stringify(payload));
    payloads.push(path);
    const displayName = "Signal Box";
    const made = await plan(checkout, { name, displayName, payloads }, engine);
    expect(made.untold).toEqual([]);
    const lost = made.messages.flatMap(({ topic, content }, index) => {
      const [, facts = []] = service[index] ?? [];
      const text = `${topic}\n${content}`.toLowerCase();
      return facts.filter((fact) => !text.includes(fact.toLowerCase()));
    });
    expect(
      { payloads: at + 1, lost },
      made.messages.map(({ content }) => content).join("\n"),
    ).toEqual({
      payloads: at + 1,
      lost: [],
    });
  }
  // Whatever was null here may be null wherever it was not.
  expect(payloads).toHaveLength(service.length);
});

it("asks of each object on the way whether it is there", async () => {
  const root = temporaryWorkspace();
  const folder = temporaryDirectory();
  const bodies = [
    {
      event: "build.done",
      build: { name: "b", report: { author: { name: "Ada" }, url: "https://x.example/1" } },
    },
    { event: "build.done", build: { name: "c", report: { author: null, url: null } } },
    { event: "build.done", build: { name: "d", report: null } },
    { event: "build.done", build: { name: "e" } },
  ];
  const payloads = bodies.map((body, at) => {
    const path = join(folder, `build_${at}.json`);
    writeFileSync(path, JSON.stringify(body));
    return path;
  });
  const made = await plan(await openCheckout(root), { payloads });
  expect(made.untold).toEqual([]);
  expect(fileOf(made, "view.py")).not.toMatch(
    /(?<!\.get\("report"\) and )payload\["build"\]\["report"\]\.get/,
  );
});
