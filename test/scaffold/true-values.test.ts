/** A value is told as it came, unless it is a word that the service chooses from a few. */
import { expect, it } from "vitest";
import { fileOf, planningForFile } from "./support.ts";

const { messageOf, planFor } = planningForFile();

it("changes no paths, commands, tables and other names", async () => {
  const berth = { name: "Lint of tides", url: "https://boats.example/1" };
  const named = [
    { file: "src/tide_gauge/test_low.py", command: "make test_low", table: "berth_orders" },
    { function: "on_tide_low", pool: "crane_replica", queue: "MAIL_OUT", location: "NORTH" },
  ];
  for (const facts of named) {
    const message = await messageOf({ event: "berth.failed", berth, ...facts });
    for (const value of Object.values(facts)) expect(message).toContain(`:** ${value}`);
  }
});

it("changes no name in a change or in a list", async () => {
  const changes = [{ field: "tide_gauge_id", from: "a", to: "b" }];
  const berth = { title: "North", items: [{ place: "quay_two", colour: "red" }] };
  expect(await messageOf({ event: "berth.updated", berth, changes })).toContain("tide_gauge_id");
  expect(await messageOf({ event: "berth.created", berth })).toContain("quay_two");
});

it("tells the codes of a state, a reason and the like as words", async () => {
  const berth = { name: "North", failure_reason: "crane_out_of_order", severity: "VERY_HIGH" };
  const message = await messageOf({ event: "berth.failed", berth });
  expect(message).toContain("crane out of order");
  expect(message).toContain("very high");
});

it("leaves a state alone where one value is no chain of letters", async () => {
  const payloads = ["closed_by_tide", "shut_at_9"].map((status) => ({
    event: "berth.checked",
    berth: { name: "North", status },
  }));
  expect(await messageOf(...payloads)).toContain("closed_by_tide");
});

it("tells a text that is neither true nor false as it comes", async () => {
  const plan = await planFor({
    event: "berth.checked",
    berth: { name: "North", reviewed: "True" },
  });
  expect(plan.messages[0]?.content).toContain("**Reviewed:** yes");
  const view = fileOf(plan, "view.py");
  expect(view).toContain('"True": "yes"');
  expect(view).toContain("YES_OR_NO.get(reviewed, reviewed)");
});

it("takes the least of something for no minutes", async () => {
  const berth = { name: "North", depth_min: 4, time_min: 30 };
  const message = await messageOf({ event: "berth.measured", berth });
  expect(message).toContain("**Time:** 30 minutes");
  expect(message).toContain("**Depth min:** 4");
  expect(message).not.toContain("4 minutes");
});
