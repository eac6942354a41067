/** More payloads make no message poorer: payloads are added one at a time. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openEngine } from "../../src/engine/index.ts";
import { temporaryDirectory } from "../support/tree.ts";
import { openWorkspace, plan } from "./support.ts";

const harbour = { name: "Harbour", url: "https://desk.example/p/harbour" };
const ticket = (more: object): object => ({
  ticket: { number: 7, title: "Lamp flickers", url: "https://desk.example/t/7", ...more },
  project: harbour,
});

const services: Record<string, Record<string, unknown>> = {
  desk: {
    opened: { event: "ticket.opened", ...ticket({ priority: "high", body: "It went dark." }) },
    opened_bare: { event: "ticket.opened", ...ticket({ priority: null }) },
    assigned: { event: "ticket.assigned", ...ticket({ assignee: { name: "Ida Moe" } }) },
    odd: { event: "export.ready", file: { name: "tickets.csv" } },
  },
  press: {
    push: {
      event: "push",
      repository: { name: "plates" },
      pusher: { name: "Ida Moe" },
      changes: [{ ref: { name: "main" }, commits: [{ hash: "4f5c6d7e8f9a0b1c", message: "Mix" }] }],
    },
    gone: {
      event: "push",
      repository: { name: "plates" },
      pusher: { name: "Ida Moe" },
      changes: [{ ref: { name: "main" } }],
    },
    alert: {
      event: "alert",
      name: "Ink is low",
      conditions: [
        { name: "cyan", value: 3, threshold: 10 },
        { name: "black", threshold: 20 },
      ],
    },
  },
};

/** The texts and numbers of a payload that a message shows. */
function factsIn(payload: unknown, message: string): string[] {
  if (payload === null || typeof payload !== "object") {
    const text = String(payload);
    return text.length > 1 && message.includes(text) ? [text] : [];
  }
  return Object.values(payload).flatMap((value) => factsIn(value, message));
}

it("loses no fact when payloads are added", async () => {
  const checkout = await openWorkspace();
  const engine = await openEngine({ root: checkout.root, targets: [] });
  onTestFinished(() => engine.close());
  for (const [name, payloads] of Object.entries(services)) {
    const folder = temporaryDirectory();
    const files = Object.entries(payloads).map(([fixture, payload]) => {
      const file = join(folder, `${fixture}.json`);
      writeFileSync(file, JSON.stringify(payload));
      return file;
    });
    let known = new Map<string, string[]>();
    for (const count of files.keys()) {
      const planned = await plan(checkout, { name, payloads: files.slice(0, count + 1) }, engine);
      expect(planned.untold).toEqual([]);
      const told = new Map(
        planned.messages.map(({ fixture, topic, content }) => [
          fixture,
          factsIn(payloads[fixture], `${topic}\n${content}`),
        ]),
      );
      for (const [fixture, facts] of known) {
        expect(facts.length).toBeGreaterThan(2);
        expect(told.get(fixture)).toEqual(expect.arrayContaining(facts));
      }
      known = told;
    }
  }
});
