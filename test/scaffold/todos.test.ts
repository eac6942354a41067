/** What no payload tells is left to the author, who is told where, instead of being passed over. */
import { describe, expect, it } from "vitest";
import { todosIn } from "../../src/scaffold/index.ts";
import { fileOf, planningForFile } from "./support.ts";

const { planFor } = planningForFile();

const EVENT = "The payloads do not say in a verb or a state what happened.";

async function missing(...payloads: readonly object[]): Promise<string[]> {
  const plan = await planFor(...payloads);
  return todosIn(plan.changes).map(({ text }) => text);
}

describe("what happened", () => {
  it.each([
    ["a name and a person", { harbour: { name: "North" }, author: { name: "Ada" } }],
    ["a noun for an event", { event: "CAPTAIN", captain: { name: "Ada", rank: "first mate" } }],
  ])("is missing where there is %s", async (_, payload) => {
    expect(await missing(payload)).toEqual([EVENT]);
  });

  it.each([
    ["a verb", { event: "captain.hired", captain: { name: "Ada" } }],
    ["a state", { berth: { name: "B7", state: "flooded" } }],
    ["a change", { berth: { name: "B7", depth: 4 }, previous: { depth: 5 } }],
    ["a text", { title: "Storm", message: "The harbour closes at noon because of the storm." }],
    ["an event's name that the message shows", { event: "harbour_notice", berth: { name: "B7" } }],
  ])("is told by %s", async (_, payload) => {
    expect(await missing(payload)).toEqual([]);
  });
});

it("stands in the function of its own message", async () => {
  const hired = { event: "hired", captain: { name: "Ada" } };
  const other = { event: "CAPTAIN", captain: { name: "Ada" } };
  const plan = await planFor(hired, other);
  const view = fileOf(plan, "view.py");
  expect(view).toContain(
    `def get_captain_body(payload: WildValue) -> str:\n    # TODO: ${EVENT}\n`,
  );
  const [todo] = todosIn(plan.changes);
  expect(view.split("\n")[(todo?.line ?? 0) - 1]).toBe(`    # TODO: ${EVENT}`);
  expect(todo?.path).toBe("zerver/webhooks/acmedeploy/view.py");
});
