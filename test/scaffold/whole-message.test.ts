/** What a drafted message tells beside its sentence, and the functions that several events share. */
import { describe, expect, it } from "vitest";
import { draftsForFile, fileOf } from "./support.ts";

const drafted = draftsForFile();

const contentOf = async (payload: unknown): Promise<string | undefined> =>
  (await drafted({ payload })).messages[0]?.content;

const ticket = { number: 7, title: "Lamp flickers", html_url: "https://desk.example/t/7" };

describe("the drafted message", () => {
  it("names the people of a list on one line", async () => {
    const reviewers = [{ user: { name: "Bo Lund" } }, { user: { name: "Ada Byron" } }];
    const content = await contentOf({ event: "ticket.opened", ticket: { ...ticket, reviewers } });
    expect(content).toContain("* **Reviewers:** Bo Lund, Ada Byron");
  });

  it("tells labels and texts that come in pairs or as fields", async () => {
    const pairs = [
      ["Room", "Bay 3"],
      ["Found by", "Mona"],
    ];
    const asPairs = await contentOf({ event: "ticket.opened", ticket, additional_details: pairs });
    expect(asPairs).toContain("* **Room**: Bay 3\n* **Found by**: Mona");
    const fields = pairs.map(([name, value]) => ({ name, value, short: true }));
    const asFields = await contentOf({ event: "ticket.opened", ticket, fields });
    expect(asFields).toContain("* **Room**: Bay 3\n* **Found by**: Mona");
  });

  it("tells where the thing belongs, where neither sentence nor topic does", async () => {
    const application = { name: "Press room", url: "https://desk.example/apps/2" };
    const error = { message: "Out of ink", url: "https://desk.example/e/9" };
    const content = await contentOf({ event: "error.occurred", error, application });
    expect(content).toContain("* **Application:** [Press room](https://desk.example/apps/2)");
  });

  it("does not tell twice what the topic says", async () => {
    const repository = { name: "press", html_url: "https://desk.example/press" };
    const content = await contentOf({ event: "ticket.opened", ticket, repository });
    expect(content).not.toContain("Repository");
  });

  it("links to what helps, and not to addresses for programs", async () => {
    const alert = {
      title: "Disk full",
      html_url: "https://watch.example/a/1",
      runbook_url: "https://watch.example/books/disk",
      feed_url: "https://watch.example/a/1.json",
    };
    const content = await contentOf({ event: "alert.fired", alert });
    expect(content).toContain("(https://watch.example/books/disk)");
    expect(content).not.toContain("1.json");
  });

  it("takes the result for the state, where something is also done", async () => {
    const pipeline = { name: "Nightly", number: 4, state: "done", result: "failed" };
    expect(await contentOf({ event: "pipeline.updated", pipeline })).toContain("**failed**");
  });

  it("does not make a past of what is going on", async () => {
    const item = { ...ticket, action: "pending_cancellation" };
    const content = await contentOf({ action: "pending_cancellation", ticket: item });
    expect(content).not.toContain("pendinged");
  });
});

describe("functions that differ by a word", () => {
  it("become one, which each event gives its word", async () => {
    const planned = await drafted({
      opened: { event: "ticket.opened", ticket },
      closed: { event: "ticket.closed", ticket },
      moved: { event: "ticket.moved", ticket, room: "Bay 4" },
    });
    const view = fileOf(planned, "view.py");
    expect(view).toContain("def get_ticket_body(payload: WildValue, action: str) -> str:");
    expect(view).toContain('"ticket.opened": partial(get_ticket_body, action="opened"),');
    expect(view).toContain('"ticket.closed": partial(get_ticket_body, action="closed"),');
    expect(view).toContain('"ticket.moved": get_ticket_moved_body,');
    expect(view).toContain("from functools import partial");
    expect(planned.messages.map(({ content }) => content.split("\n")[0])).toEqual([
      "Ticket [#7 Lamp flickers](https://desk.example/t/7) was opened.",
      "Ticket [#7 Lamp flickers](https://desk.example/t/7) was closed.",
      "Ticket [#7 Lamp flickers](https://desk.example/t/7) was moved.",
    ]);
  });
});
