/** Event types that a view computes, held against what Python makes of the same lines. */
import { expect, it } from "vitest";
import { declaredEventsIn } from "../../src/lint/index.ts";
import { parseModule } from "../../src/python/parse-module.ts";

const declared = (value: string) =>
  declaredEventsIn(
    parseModule(
      [
        'TABLE = {"lamp.street.lit": 1, "lamp.quay.out": 2, "gate.north": 3}',
        'MORE = ["Lamp Dim", "Lamp-Out"]',
        `ALL_EVENT_TYPES = ${value}`,
        "",
        '@webhook_view("Lamp", all_event_types=ALL_EVENT_TYPES)',
        "def api_lamp_webhook(request, user_profile):",
        "    pass",
        "",
      ].join("\n"),
    ),
    "api_lamp_webhook",
  )?.names;

it.each([
  ['sorted({name.rsplit(".", 1)[0] for name in TABLE})', ["lamp.street", "lamp.quay", "gate"]],
  ['[name.split(".")[-1] for name in TABLE.keys()]', ["lit", "out", "north"]],
  [
    'list(name.replace(".", "_") for name in TABLE)',
    ["lamp_street_lit", "lamp_quay_out", "gate_north"],
  ],
  ['[f"on_{name.lower()}" for name in MORE]', ["on_lamp dim", "on_lamp-out"]],
  ['["x:" + (name.removeprefix("Lamp")) for name in MORE]', ["x: Dim", "x:-Out"]],
  ['[name.partition(" ")[0] for name in MORE]', ["Lamp", "Lamp-Out"]],
  ['list(set(MORE).union(set(["Lamp"])))', ["Lamp Dim", "Lamp-Out", "Lamp"]],
])("%s", (value, names) => {
  expect(declared(value)).toEqual(names);
});

it.each([
  '[name for name in TABLE if name != "gate.north"]',
  "[TABLE[name] for name in TABLE]",
  "[made(name) for name in MORE]",
  'list(f"{name!r}" for name in MORE)',
  "[a + b for a in MORE for b in MORE]",
  "[a for a, b in TABLE.items()]",
])("%s is not understood", (value) => {
  expect(declared(value)).toBeUndefined();
});
