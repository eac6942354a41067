import { describe, expect, it } from "vitest";
import { commonLeaves, type Fields, findFields, parseJson } from "../../src/payload/index.ts";

/** The fields found, as `role: path`. */
function fieldsOf(values: unknown[], subject?: string): Record<string, string> {
  const leaves = commonLeaves(values.map((value) => parseJson(JSON.stringify(value))));
  const { details, ...fields }: Fields = findFields(leaves, subject);
  const entries = Object.entries(fields).map(([role, leaf]) => [role, leaf.path.join(".")]);
  if (details.length > 0) entries.push(["details", details.map(({ key }) => key).join(" ")]);
  return Object.fromEntries(entries);
}

describe("findFields", () => {
  it("finds who did what to which thing", () => {
    const issue = {
      id: 7,
      number: 41,
      title: "Leak",
      html_url: "https://t.example/41",
      state: "open",
    };
    const payload = {
      action: "opened",
      issue: { ...issue, body: "It drips.", url: "https://api.t.example/41" },
      repository: { name: "press", full_name: "orchard/press", html_url: "https://t.example" },
      sender: { login: "mira", html_url: "https://t.example/mira", type: "User" },
    };
    expect(fieldsOf([payload])).toEqual({
      action: "action",
      actor: "sender.login",
      group: "repository.full_name",
      title: "issue.title",
      link: "issue.html_url",
      state: "issue.state",
      text: "issue.body",
    });
  });

  it("looks through envelopes, and reads other ways to write keys", () => {
    const payload = {
      data: { attributes: { Subject: "Refund", webUrl: "https://s.example/1", createdBy: "ola" } },
    };
    expect(fieldsOf([payload])).toEqual({
      title: "data.attributes.Subject",
      link: "data.attributes.webUrl",
      actor: "data.attributes.createdBy",
    });
  });

  it("prefers the object that the event is about", () => {
    const payload = { title: "Weekly digest", build: { name: "nightly" } };
    expect(fieldsOf([payload])).toMatchObject({ title: "title" });
    expect(fieldsOf([payload], "build")).toMatchObject({ title: "build.name" });
  });

  it("takes only what all payloads have, of one type and with something in it", () => {
    const first = { title: "One", summary: "A", status: "ok", url: "https://x.example/1" };
    const second = { title: null, summary: "B", status: "  ", url: 5 };
    expect(fieldsOf([first, second])).toEqual({ title: "summary" });
  });

  it.each([
    ["a control character", "bell\u0007"],
    ["a null byte", "a\u0000b"],
    ["nothing visible", " \u200b "],
    ["a byte order mark", "\ufefftitle"],
    ["more than a title", "t".repeat(201)],
    ["two lines", "one\ntwo"],
  ])("passes over a title with %s", (_case, title) => {
    expect(fieldsOf([{ title }])).toEqual({});
  });

  it.each([
    ["brackets, which end the link early", "https://x.example/a)b"],
    ["another scheme", "javascript:alert(1)"],
    ["a space", "https://x.example/a b"],
  ])("passes over a link with %s", (_case, url) => {
    expect(fieldsOf([{ title: "T", url }])).toEqual({ title: "title" });
  });

  it("passes over addresses for machines, and of other things", () => {
    const payload = {
      title: "T",
      avatar_url: "https://x.example/a.png",
      callback_url: "https://x.example/hook",
      repository: { name: "r", url: "https://x.example/r" },
    };
    expect(fieldsOf([payload])).toEqual({ title: "title", group: "repository.name" });
  });

  it("shows a number where there is no title", () => {
    expect(fieldsOf([{ number: 12 }])).toEqual({ number: "number" });
    expect(fieldsOf([{ title: 12, id: 3.5 }])).toEqual({});
  });

  it("does not take a number that may have a fraction the next time for a detail", () => {
    expect(fieldsOf([{ title: "T", duration: 12, priority: 2 }])).toMatchObject({
      details: "priority",
    });
  });

  it("does not quote text that would end the quote", () => {
    expect(fieldsOf([{ title: "T", description: "a\n~~~\nb" }])).toEqual({ title: "title" });
  });
});
