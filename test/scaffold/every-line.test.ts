/** Connect's CI refuses a view of which its tests do not run every line: those of a draft run all of it. */
import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Checkout } from "../../src/checkout/model.ts";
import { applyChanges } from "../../src/host/changes.ts";
import { openSharedEngine } from "../support/pools.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";
import { plan, samplePayload } from "./support.ts";

const boat = (more: object): object => ({ id: 7, name: "Ebba", ...more });

/** Payloads by service; each leads to something that a view asks for and none of the payloads of another one has. */
const services: Record<string, readonly unknown[]> = {
  // What changed is the same before and after.
  changes: [
    {
      event: "boat.updated",
      boat: boat({ berth: "N4", length: 12, harbour: "Quay" }),
      previous: { berth: "N3", length: 12, harbour: "Quay" },
    },
    { event: "boat.deleted", boat: null, previous: boat({ berth: "N4" }) },
  ],
  // A reason is always given, and a sentence that ends in one ends otherwise without it.
  reasons: [
    { event: "letter.returned", email: "ida@quay.example", reason: "The mailbox is full." },
    { event: "letter.delivered", email: "ida@quay.example", letter: { name: "News" } },
  ],
  // The thing has a name in all payloads of its event, and none in those of another.
  names: [
    { event: "boat.moored", boat: boat({ url: "https://quay.example/b/7" }) },
    { event: "boat.sighted", boat: { id: 8, name: null, url: null, colour: "red" } },
  ],
  // Only their keys tell the kinds of payloads apart.
  kinds: [
    {
      date_created: "2026-03-01T08:00:00",
      name: "Rope",
      status: "sold",
      permalink: "https://quay.example/p/1",
    },
    { date_created: "2026-03-02T08:00:00", name: "", status: "sold", permalink: "" },
    { webhook_id: 12 },
  ],
  // Some name their event, and others have only a shape.
  shapes: [
    { event: "boat.moored", harbour: { name: "Quay" }, boat: boat({ berth: "N4" }) },
    { event: "boat.left", harbour: { name: "Quay" }, boat: boat({ berth: "N4" }) },
    { harbour: { name: "Quay" }, boat: boat({}), inspection: { id: 9, name: "Hull" } },
  ],
  sums: [
    {
      event: "sale.completed",
      data: { number: "8-1", total: "43441", currency_code: "USD", tax: "3541" },
    },
    { event: "charge.failed", data: { id: 4, amount: 1050, currency: "eur" } },
  ],
  answers: [
    {
      event: "form.answered",
      form: { name: "Berths" },
      answers: [
        { question: "What is your boat called?", answer: "Ebba" },
        { question: "How long is it?", answer: 12 },
        { question: "Which months?", answer: ["May", "June"] },
      ],
    },
  ],
};

const sampleFolders = ["boardly", "buildmill", "driftnet", "helpharbor", "manyshapes", "payriver"];
const sampleBodies: Record<string, readonly string[]> = {
  stories: ["story_create.xml", "story_update.xml"],
  readings: ["reading.xml"],
  tickets: ["opened.txt", "closed.txt"],
};

const pathsOf = (folder: string, payloads: readonly unknown[]): string[] =>
  payloads.map((payload, at) => {
    const path = join(folder, `payload_${at}.json`);
    writeFileSync(path, JSON.stringify(payload));
    return path;
  });

/** Lines of drafted views that the drafted tests do not run, by service, and how many tests failed. */
async function unrun(
  root: string,
  sets: Record<string, readonly string[]>,
  changed: (checkout: Checkout) => Checkout = (checkout) => checkout,
) {
  const engine = await openSharedEngine({ root, targets: [] });
  onTestFinished(() => engine.close());
  for (const [name, payloads] of Object.entries(sets)) {
    const checkout = changed(await openCheckout(root));
    const planned = await plan(checkout, { name, displayName: name, payloads }, engine);
    expect(planned.untold).toEqual([]);
    await applyChanges(root, planned.changes);
  }
  const { integrations } = await openCheckout(root);
  const targets = integrations.filter(({ name }) => name in sets);
  await engine.refresh({ edited: [], targets });
  const run = await engine.runTests({ names: Object.keys(sets), coverage: true });
  expect(run.summary).toMatchObject({ failed: 0 });
  expect(run.integrations).toHaveLength(Object.keys(sets).length);
  return run.integrations.map(({ name, coverage }) => [name, coverage?.missing]);
}

const all = (sets: Record<string, unknown>) => Object.keys(sets).map((name) => [name, []]);

it("is run by the drafted tests", async () => {
  const sets: Record<string, readonly string[]> = {
    ...Object.fromEntries(
      Object.entries(services).map(([name, payloads]) => [
        name,
        pathsOf(temporaryDirectory(), payloads),
      ]),
    ),
    ...Object.fromEntries(
      sampleFolders.map((name) => {
        const folder = samplePayload(name);
        return [name, readdirSync(folder).map((file) => join(folder, file))];
      }),
    ),
    ...Object.fromEntries(
      Object.entries(sampleBodies).map(([name, files]) => [
        name,
        files.map((file) => samplePayload(join("bodies", basename(file)))),
      ]),
    ),
  };
  const missing = await unrun(temporaryWorkspace(), sets);
  expect(missing.sort()).toEqual(all(sets).sort());
});

it("is run as well where the view itself reads JSON in a text", async () => {
  const withoutWildValue = (checkout: Checkout): Checkout => {
    const { view } = checkout.dialect;
    const library = { ...view.library, wildValue: false };
    return { ...checkout, dialect: { ...checkout.dialect, view: { ...view, library } } };
  };
  const tide = { event: "tide.turned", tide: { name: "Ebb" }, season: "spring" };
  const Message = JSON.stringify(tide);
  const sets = { tides: pathsOf(temporaryDirectory(), [{ Type: "Notification", Message }]) };
  expect(await unrun(temporaryWorkspace(), sets, withoutWildValue)).toEqual(all(sets));
});
