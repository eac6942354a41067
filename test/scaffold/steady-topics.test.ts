/** Topics are what stays the same over the events of a thing: what holds it, whom it is about, and what is watched. */
import { expect, it } from "vitest";
import { planningForFile } from "./support.ts";

const { planFor } = planningForFile();
const topicsOf = async (...payloads: readonly unknown[]): Promise<string[]> =>
  (await planFor(...payloads)).messages.map(({ topic }) => topic);

it("is the thing that the payloads of all events have", async () => {
  const regatta = { name: "Spring Cup", id: "r-1" };
  const topics = await topicsOf(
    { event: "regatta.created", regatta },
    { event: "protest.filed", regatta, protest: { title: "Mark was touched" } },
    { event: "announcement.posted", regatta, announcement: { title: "Start at noon" } },
  );
  expect(topics).toEqual(["Spring Cup", "Spring Cup", "Spring Cup"]);
});

it("is no project that all payloads have", async () => {
  const project = { name: "Harbour" };
  const topics = await topicsOf(
    { event: "ticket.opened", project, ticket: { number: 4, title: "Crane is stuck" } },
    { event: "ticket.closed", project, ticket: { number: 4, title: "Crane is stuck" } },
  );
  expect(topics).toEqual(Array(2).fill("Harbour / ticket #4 Crane is stuck"));
});

it("is what mail is about, rather than to whom it went", async () => {
  const mail = { recipient: "ada@boats.example", subject: "Your berth", message_id: "m-1" };
  expect(await topicsOf({ event: "delivered", ...mail })).toEqual(["Your berth"]);
});

it("is the device, rather than the application that it belongs to", async () => {
  const device = { device_name: "Tide gauge 3", device_id: 3, application_name: "Harbour" };
  expect(await topicsOf({ event: "device.joined", info: device })).toEqual(["Tide gauge 3"]);
});

it("is the host in a title that says what happened to it", async () => {
  const alert = { title: "Host crane-2 is down since noon", host: "crane-2", state: "DOWN" };
  expect(await topicsOf(alert)).toEqual(["crane-2"]);
});

it("has no state that a title begins with", async () => {
  const alert = (title: string): object => ({ action: "changed", alert: { title } });
  expect(await topicsOf(alert("Triggered: Bilge is full"), alert("Resolved: Pump runs"))).toEqual([
    "Bilge is full",
    "Pump runs",
  ]);
  expect(await topicsOf(alert("[FIRING:2] Bilge is full"))).toEqual(["Bilge is full"]);
});

it("is an identifier that people can read, where there is no name", async () => {
  expect(await topicsOf({ event: "chat.started", chat: { id: "K7QM2X" } })).toEqual([
    "Chat K7QM2X",
  ]);
});

it("is whom it is about, where nothing has a name or a number", async () => {
  const payload = { event: "push.skipped", email: "ada@boats.example", reason: "Muted" };
  expect(await topicsOf(payload)).toEqual(["ada@boats.example"]);
});

it("is the form that somebody went through", async () => {
  const payload = { flow_label: "Berth request", answers: { boat: "Sloop", length: "9 m" } };
  expect(await topicsOf(payload)).toEqual(["Berth request"]);
});
