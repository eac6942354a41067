/** What drafts make of what somebody filled in. */
import { describe, expect, it } from "vitest";
import { fileOf, planningForFile } from "./support.ts";

const { planFor, messageOf } = planningForFile();

const fields = [
  { key: "f1", label: "Your boat", type: "TEXT", value: "Nellie\nof Ostend" },
  { key: "f2", label: "Oars", type: "NUMBER", value: 4 },
  { key: "f3", label: "With a sail", type: "CHECKBOX", value: false },
  {
    key: "f4",
    label: "Berths",
    type: "CHOICES",
    value: ["b7", "b9"],
    options: [
      { id: "b7", text: "North quay" },
      { id: "b8", text: "South quay" },
      { id: "b9", text: "Anywhere" },
    ],
  },
  { key: "f5", label: "Remarks", type: "TEXT", value: null },
];

describe("answers of several types under one key", () => {
  it("are told in words, choices by their names", async () => {
    const message = await messageOf({ event: "form_response", data: { formName: "Hire", fields } });
    expect(message).toContain(
      "* **Your boat**: Nellie of Ostend\n* **Oars**: 4\n* **With a sail**: no\n" +
        "* **Berths**: North quay, Anywhere\n* **Remarks**: no answer",
    );
  });

  it("may be lists of texts", async () => {
    const answers = [{ question: "Anything else?", position: 0, answer: ["First", "Second"] }];
    const message = await messageOf({ event: "form.sent", data: { title: "Hire", answers } });
    expect(message).toContain("* **Anything else?** First, Second");
  });

  it("are read by one function of the view", async () => {
    const planned = await planFor({ event: "form_response", data: { formName: "Hire", fields } });
    const view = fileOf(planned, "view.py");
    expect(view).toContain('get_answer(field.get("value").tame(check_anything), names)');
    expect(view.match(/def get_answer\(/g)).toHaveLength(1);
  });

  it("leave things with a value alone", async () => {
    const items = [
      { name: "Twine", value: 12 },
      { name: "Tar", value: 7.5 },
    ];
    const message = await messageOf({ event: "store.counted", data: { title: "Shed", items } });
    expect(message).not.toContain("**Twine**");
  });
});

it("tells that a box was not ticked where the question stands elsewhere", async () => {
  const form = {
    name: "Hire",
    definition: {
      fields: [
        { id: "q1", title: "With a sail?" },
        { id: "q2", title: "Which?" },
      ],
    },
    answers: [
      { type: "boolean", boolean: false, field: { id: "q1" } },
      { type: "text", text: "The red one", field: { id: "q2" } },
    ],
  };
  expect(await messageOf({ event: "form_response", form })).toContain("* **With a sail?** no");
});

it("tells what was filled in by its own name where each field has a label and a value", async () => {
  const responses = {
    name: { label: "your_name", value: "Ada Byron" },
    notes: { label: "additional_notes" },
    boat: { label: "which_boat", value: "Nellie" },
  };
  const message = await messageOf({ event: "berth.booked", data: { title: "North 7", responses } });
  expect(message).toContain("**Name:** Ada Byron");
  expect(message).toContain("**Boat:** Nellie");
  expect(message).not.toMatch(/your name|additional notes|which boat/);
});
