import { describe, expect, it } from "vitest";
import {
  type EventContent,
  findContent,
  type Leaf,
  leavesOf,
  parseJson,
} from "../../src/payload/index.ts";

const pathOf = ({ path }: Leaf): string => path.join(".");

/** What was found in payloads, as `role: path`. */
function storyOf(values: unknown[], event = ""): Record<string, unknown> {
  const parsed = values.map((value) => parseJson(JSON.stringify(value)));
  const words = event.split(/[._ ]/).filter((word) => word !== "");
  const { actor, details, changes, list, ...rest }: EventContent = findContent(
    leavesOf(parsed),
    parsed,
    {
      words,
      making: undefined,
    },
  );
  const found: Record<string, unknown> = {};
  for (const [role, value] of Object.entries(rest)) {
    if (role === "said") continue;
    if (typeof value === "object" && "path" in value) found[role] = pathOf(value as Leaf);
    else if (typeof value === "object") {
      for (const [part, leaf] of Object.entries(value as object)) {
        if (typeof leaf === "object") found[`${role} ${part}`] = pathOf(leaf as Leaf);
      }
    } else found[role] = value;
  }
  if (actor.length > 0) found.actor = actor.map(pathOf).join(" + ");
  if (details.length > 0)
    found.details = details.map(({ label, meaning }) => `${label}: ${meaning}`);
  if (changes.length > 0) found.changes = changes.map(({ label }) => label);
  if (list) found.list = list.path.join(".");
  return found;
}

describe("findContent", () => {
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
      issue: { ...issue, body: "It drips.", url: "https://api.t.example/41", user: { login: "o" } },
      repository: { name: "press", full_name: "orchard/press", html_url: "https://t.example" },
      sender: { login: "mira", html_url: "https://t.example/mira", type: "User" },
    };
    expect(storyOf([payload])).toEqual({
      noun: "issue",
      action: "action",
      actor: "sender.login",
      actorLink: "sender.html_url",
      "group name": "repository.name",
      "group link": "repository.html_url",
      title: "issue.title",
      number: "issue.number",
      link: "issue.html_url",
      state: "issue.state",
      text: "issue.body",
    });
  });

  it("looks through envelopes, and reads other ways to write keys", () => {
    const attributes = { Subject: "Refund", webUrl: "https://s.example/1", createdBy: "ola" };
    expect(storyOf([{ data: { attributes } }])).toMatchObject({
      title: "data.attributes.Subject",
      link: "data.attributes.webUrl",
      actor: "data.attributes.createdBy",
    });
  });

  it("prefers the object that the event is about", () => {
    const payload = { title: "Weekly digest", build: { name: "nightly" } };
    expect(storyOf([payload])).toMatchObject({ title: "title" });
    expect(storyOf([payload], "build.failed")).toMatchObject({ title: "build.name" });
  });

  it("does not take who made a thing for who changed it", () => {
    const payload = (action: string) => ({ action, issue: { title: "T", user: { login: "ola" } } });
    expect(storyOf([payload("opened")])).toMatchObject({ actor: "issue.user.login" });
    expect(storyOf([payload("closed")])).not.toHaveProperty("actor");
  });

  it("takes the two names of a person", () => {
    const user = { first_name: "Ola", last_name: "Nordmann", email: "ola@example.com" };
    expect(storyOf([{ user }])).toMatchObject({ actor: "user.first_name + user.last_name" });
  });

  it("never takes who something is assigned to for who did it", () => {
    expect(storyOf([{ task: { title: "T", assignee: { name: "Ruth" } } }])).not.toHaveProperty(
      "actor",
    );
  });

  it("takes for the sentence what all payloads have, and knows what some lack", () => {
    const first = {
      title: "One",
      summary: "A",
      status: "ok",
      url: "https://x.example/1",
      body: "B",
    };
    const second = { title: null, summary: "B", status: "", url: null };
    expect(storyOf([first, second])).toMatchObject({
      title: "summary",
      text: "body",
      link: "url",
      state: "status",
    });
    const leaves = leavesOf([first, second].map((value) => parseJson(JSON.stringify(value))));
    expect(leaves.find(({ key }) => key === "body")?.optional).toEqual([["body"]]);
  });

  it("takes what services leave empty for optional, though these payloads all have it", () => {
    const assignee = { name: "Ines Holt" };
    const leaves = leavesOf([
      parseJson(JSON.stringify({ ticket: { id: 7, assignee, reporter: assignee } })),
    ]);
    expect(leaves.map(({ path, optional }) => [path.join("."), optional.map(String)])).toEqual([
      ["ticket.id", []],
      ["ticket.assignee.name", ["ticket,assignee"]],
      ["ticket.reporter.name", []],
    ]);
  });

  it("passes over fields that are of one type here, and of another there", () => {
    expect(storyOf([{ title: "T" }, { title: 5 }])).not.toHaveProperty("title");
  });

  it.each([
    ["a control character", "bell\u0007"],
    ["a null byte", "a\u0000b"],
    ["nothing visible", " \u200b "],
    ["a byte order mark", "\ufefftitle"],
    ["more than a title", "t".repeat(251)],
    ["two lines", "one\ntwo"],
    ["an address", "https://x.example/"],
    ["an identifier", "0d9c8b77-2a3f-4e44-9c8b-7d6e5f4a3b21"],
    ["a moment", "2024-11-14T08:00:00Z"],
  ])("passes over a title with %s", (_case, title) => {
    expect(storyOf([{ title }])).toEqual({});
  });

  it.each([
    ["brackets, which end the link early", "https://x.example/a)b"],
    ["another scheme", "javascript:alert(1)"],
    ["a space", "https://x.example/a b"],
    ["an API's path", "https://x.example/api/things/4"],
    ["an API's host", "https://api.x.example/things/4"],
    ["a picture", "https://x.example/a.png"],
  ])("passes over a link with %s", (_case, url) => {
    expect(storyOf([{ title: "T", url }])).toEqual({ title: "title" });
  });

  it("passes over addresses for machines, and of other things", () => {
    const payload = {
      title: "T",
      avatar_url: "https://x.example/a",
      callback_url: "https://x.example/hook",
      repository: { name: "r", url: "https://x.example/r" },
    };
    expect(storyOf([payload])).toEqual({
      title: "title",
      "group name": "repository.name",
      "group link": "repository.url",
    });
  });

  it("finds links where services that follow HAL keep them", () => {
    const links = {
      self: { href: "https://x.example/api/1" },
      html: { href: "https://x.example/1" },
    };
    expect(storyOf([{ task: { title: "T", links } }])).toMatchObject({
      link: "task.links.html.href",
    });
  });

  it("tells remarks from what they are about", () => {
    const payload = {
      comment: { body: "Fine.", html_url: "https://x.example/1#c" },
      issue: { title: "T", number: 4 },
    };
    expect(storyOf([payload], "issue_comment")).toMatchObject({
      title: "issue.title",
      "remark text": "comment.body",
      "remark link": "comment.html_url",
    });
    expect(storyOf([payload], "issues")).not.toHaveProperty("remark text");
  });

  it("looks at the version of a thing that holds now, and calls the thing by its key", () => {
    const post = {
      current: { title: "A slower web", status: "published" },
      previous: { status: "draft" },
    };
    expect(storyOf([{ post }])).toMatchObject({
      noun: "post",
      title: "post.current.title",
      changes: ["status"],
    });
  });

  it("knows people by their handles, and things by their aliases", () => {
    const found = storyOf([{ check: { alias: "Shop" }, triggered_by: { id: "1", handle: "emi" } }]);
    expect(found).toMatchObject({ title: "check.alias", actor: "triggered_by.handle" });
  });

  it("reads sums, and knows whether they count cents", () => {
    expect(storyOf([{ data: { object: { amount: 500, currency: "eur" } } }])).toMatchObject({
      "money amount": "data.object.amount",
      "money currency": "data.object.currency",
    });
    expect(storyOf([{ total: "49.90" }])).not.toHaveProperty("money amount");
  });

  it("knows what times and durations mean", () => {
    const task = {
      title: "T",
      due_at: "2024-12-01T12:00:00Z",
      expires_at: 1_734_163_200,
      duration_ms: 1200,
      priority: 2,
      elapsed: 12.5,
    };
    expect(storyOf([{ task }]).details).toEqual([
      "priority: text",
      "due_at: iso time",
      "expires_at: seconds since 1970",
      "duration: milliseconds",
      "elapsed: duration",
    ]);
  });

  it.each([
    [75, "minutes"],
    [4600, "seconds"],
    [4_500_000, "milliseconds"],
    [9, "duration"],
    [0, "duration"],
  ])("reads the unit of a duration of %d from the moments around it: %s", (duration, meaning) => {
    const meeting = { start_time: "2024-12-01T12:00:00Z", end_time: "2024-12-01T13:16:00Z" };
    expect(
      storyOf([{ meeting: { topic: "Weekly planning", ...meeting, duration } }]),
    ).toMatchObject({
      title: "meeting.topic",
      details: expect.arrayContaining([`duration: ${meaning}`]),
    });
  });

  it("takes for a detail a number that may have a fraction the next time", () => {
    expect(storyOf([{ title: "T", environment: 12, priority: 2 }]).details).toEqual([
      "priority: text",
      "environment: text",
    ]);
    const [leaf] = findContent(leavesOf([parseJson('{"title": "T", "environment": 12}')]), [], {
      words: [],
      making: undefined,
    }).details.map((fact) => fact.leaf);
    expect(leaf?.kind).toBe("number");
  });

  it.each([
    [
      "pairs",
      { changes: { status: { from: "new", to: "done" }, updated_at: { from: "1", to: "2" } } },
    ],
    ["former values", { previous_attributes: { status: "new", etag: "x" } }],
  ])("finds changes in %s", (_case, changes) => {
    expect(storyOf([{ title: "T", status: "done", ...changes }]).changes).toEqual(["status"]);
  });

  it("finds the lists that deserve a line for each item, and leaves out others", () => {
    const commits = [{ message: "One" }, { message: "Two" }];
    expect(storyOf([{ labels: [{ name: "a" }], push: { commits } }]).list).toBe("push.commits");
    expect(storyOf([{ labels: [{ name: "a" }] }])).not.toHaveProperty("list");
    const events = [{ action: "changed", resource: { name: "Write the report" } }];
    expect(storyOf([{ events }]).list).toBe("events");
    expect(storyOf([{ hook: { events: ["push"] }, events: ["push"] }])).not.toHaveProperty("list");
    const questions = [{ question: "Which size?", answer: "M", position: 0 }];
    expect(storyOf([{ name: "Order", payload: { questions } }]).list).toBe("payload.questions");
  });
});
