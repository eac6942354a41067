/** A sentence about something that stands beside it by its own name is neither its name nor its topic. */
import { expect, it } from "vitest";
import { planningForFile } from "./support.ts";

const { messageOf, planFor } = planningForFile();
const crane = { success: false, crane_name: "Crane North", crane_uuid: "b7c1d9" };

it("names the thing by its name, and gives all its events one topic", async () => {
  const { messages } = await planFor(
    { event: "crane_unreachable", message: "Crane unreachable", ...crane },
    { event: "crane_reachable", message: "Crane is back", ...crane },
    { event: "lift_failed", message: "The lift failed", ...crane },
  );
  expect(messages.map(({ topic }) => topic)).toEqual(Array(3).fill("Crane North"));
  expect(messages[0]?.content).toBe("Crane **Crane North** is unreachable.");
});

it("quotes such a sentence where it says more than the event's name", async () => {
  const message = await messageOf({
    event: "crane_stopped",
    message: "The crane stopped in heavy wind",
    ...crane,
  });
  expect(message).toContain("Crane North › Crane **Crane North** was stopped.");
  expect(message).toContain("~~~ quote\nThe crane stopped in heavy wind\n~~~");
});

it("keeps a message that is the thing's title", async () => {
  const alert = { event: "alert.opened", message: "Water in the engine room", boat_name: "Nellie" };
  expect(await messageOf(alert)).toMatch(/^Water in the engine room ›/);
});

it("tells what a program printed, and not the same sentence again", async () => {
  const output = "winch: rope 2 is frayed\nwinch: stopped\n";
  const failed = { event: "lift_failed", message: "Crane lift failed", error_output: output };
  const message = await messageOf({ ...failed, ...crane });
  expect(message).toContain("~~~ quote\nwinch: rope 2 is frayed\nwinch: stopped\n~~~");
  expect(message).not.toContain("Crane lift failed");
});

it("does not say by a flag what the sentence says", async () => {
  const lift = { success: false, lift: { name: "Lift 2" } };
  expect(await messageOf({ event: "lift.failed", ...lift })).toBe(
    "Lift 2 › Lift **Lift 2** failed.",
  );
  expect(await messageOf({ event: "lift.finished", ...lift })).toContain("**Success:** no");
});

it("tells nobody's address on the internet, but a machine's", async () => {
  const viewed = { event: "film.played", film: { title: "Tides" } };
  const player = { name: "Screen 2", public_address: "203.0.113.7" };
  const gauge = { gauge_ip: "203.0.113.8" };
  expect(await messageOf({ ...viewed, player })).not.toContain("203.0.113.7");
  expect(await messageOf({ ...viewed, ...gauge })).toContain("203.0.113.8");
  expect(await messageOf({ ...viewed, client_address: "203.0.113.7" })).not.toContain("203.0.113");
});

it("takes no state that somebody lives in for the state of a call", async () => {
  const caller = { CallerCity: "Oban", CallerState: "Argyll", ToState: "Fife", ToCountry: "GB" };
  const message = await messageOf({ CallSid: "CA1", CallStatus: "completed", ...caller });
  expect(message).toContain("**completed**");
});
