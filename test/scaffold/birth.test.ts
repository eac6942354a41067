/** The tests of a new integration pass as soon as they are written, whatever it was made from. */
import { expect, it, onTestFinished } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import { applyChanges } from "../../src/host/changes.ts";
import type { NewOptions } from "../../src/scaffold/index.ts";
import { openSharedEngine } from "../support/pools.ts";
import { temporaryWorkspace } from "../support/tree.ts";
import { plan, samplePayload } from "./support.ts";

const review = ["reviewbay/push__two_commits.json", "reviewbay/merge_request__opened.json"];
const births: Record<string, [files: string[], options: Partial<NewOptions>]> = {
  events: [["acmedeploy/deploy_finished.json", "acmedeploy/deploy_failed.json"], {}],
  event_key: [["shopfront/order_paid.json"], { eventKey: "data.object.status" }],
  header: [review, { eventHeader: "X-Review-Event" }],
  header_and_basic: [review, { eventHeader: "X-Review-Event", auth: "basic" }],
  basic: [["shopfront/order_paid.json"], { auth: "basic" }],
  list: [["pulsecheck/alerts_firing.json"], { displayName: 'Zoë\'s "C++" & Co.' }],
  outer_list: [["odd/top_level_array.json"], { streamName: "Ünï & co #1" }],
  hostile: [["odd/hostile_strings.json"], {}],
  long: [["odd/long_strings.json"], {}],
  poor: [["odd/nothing_to_show.json", "odd/scalar.json"], {}],
  number: [["odd/number_title.json"], {}],
  unknown: [["odd/unknown_keys.json"], { displayName: "日本" }],
  event_tickets: [
    [
      "ticketgrove/ticket_created.json",
      "ticketgrove/ticket_updated.json",
      "ticketgrove/comment_created.json",
    ],
    {},
  ],
  event_money: [
    [
      "payriver/invoice_paid.json",
      "payriver/charge_failed.json",
      "payriver/subscription_updated.json",
      "payriver/webhook_test.json",
    ],
    {},
  ],
  event_cards: [
    ["boardly/card_create.json", "boardly/card_update.json", "boardly/comment_create.json"],
    {},
  ],
  event_builds: [
    [
      "buildmill/pipeline.json",
      "buildmill/push.json",
      "buildmill/merge_request.json",
      "buildmill/merge_request__close.json",
    ],
    {},
  ],
  event_shapes: [["statuslamp/incident.json", "statuslamp/component.json"], {}],
  event_survey: [["surveynest/response_created.json", "surveynest/response_updated.json"], {}],
  event_people: [
    [
      "helpharbor/conversation_replied.json",
      "helpharbor/conversation_assigned.json",
      "helpharbor/ping.json",
    ],
    {},
  ],
  header_members: [
    ["membergarden/members-create.json", "membergarden/members-delete.json"],
    { eventHeader: "X-Garden-Event" },
  ],
  event_nets: [
    [
      "driftnet/repo_push.json",
      "driftnet/issue_created.json",
      "driftnet/issue_deleted.json",
      "driftnet/status_changed.json",
      "driftnet/haul_started.json",
      "driftnet/haul_annotated.json",
      "driftnet/job_error.json",
      "driftnet/customer_added.json",
      "driftnet/order_placed.json",
    ],
    { displayName: "Driftnet" },
  ],
  event_form: [["bodies/opened.txt", "bodies/closed.txt"], {}],
  event_parts: [["bodies/backup.multipart"], {}],
  event_xml: [["bodies/story_create.xml", "bodies/story_update.xml"], {}],
  field: [["bodies/build.txt"], {}],
  other_field: [["bodies/builddata.txt"], {}],
  sample: [[], {}],
};

it("passes its own tests", async () => {
  const root = temporaryWorkspace();
  const drafts = await openSharedEngine({ root, targets: [] });
  onTestFinished(() => drafts.close());
  for (const [name, [files, options]] of Object.entries(births)) {
    const payloads = files.map(samplePayload);
    const checkout = await openCheckout(root);
    const { changes } = await plan(checkout, { name, payloads, ...options }, drafts);
    await applyChanges(root, changes);
  }
  const names = Object.keys(births);
  const targets = names.map((name) => ({ name, directory: `zerver/webhooks/${name}` }));
  const engine = await openSharedEngine({ root, targets });
  try {
    const { integrations } = await engine.runTests({ names });
    const failures = integrations
      .flatMap(({ tests }) => tests)
      .filter(({ status }) => status !== "passed");
    expect(failures).toEqual([]);
    expect(integrations.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const { name, total } of integrations) {
      const [files, options] = births[name] ?? [[], {}];
      // One for each fixture, one for an event that the view does not know, and one for a body that it cannot read.
      const knowsEvents = "eventHeader" in options || /^event|basic/.test(name);
      const readsXml = files.some((file) => file.endsWith(".xml"));
      expect({ name, total }).toEqual({
        name,
        total: Math.max(1, files.length) + (knowsEvents ? 1 : 0) + (readsXml ? 1 : 0),
      });
    }
  } finally {
    await engine.close();
  }
});
