/** The name for a request that is kept by hand. */
import { describe, expect, it } from "vitest";
import { suggestName } from "../../../src/server/capture/index.ts";

type Headers = [name: string, value: string][];
const JSON_TYPE: Headers = [["Content-Type", "application/json"]];
const github = (event: string): Headers => [...JSON_TYPE, ["X-GitHub-Event", event]];
const bytes = (text: string): Uint8Array => Buffer.from(text);
const existing = (files: Record<string, string>) =>
  Object.entries(files).map(([file, text]) => ({ file, bytes: bytes(text) }));

const OPENED = '{"action": "opened", "issue": {"title": "Leak"}}';
const TICKETS = {
  "ticket_opened.json": '{"type": "ticket.opened", "id": 1}',
  "ticket_closed__by_hand.json": '{"type": "ticket.closed", "id": 2, "by": "Ada"}',
};

describe("the suggested name", () => {
  it.each<[string, Headers, string, Record<string, string>, string | undefined, string]>([
    ["is of the event header", github("issues"), OPENED, {}, undefined, "issues__opened.json"],
    [
      "is a free one",
      github("issues"),
      OPENED,
      { "issues__opened.json": "{}" },
      undefined,
      "issues__opened_2.json",
    ],
    [
      "is of the key that the fixtures have",
      JSON_TYPE,
      '{"type": "ticket.merged", "id": 3}',
      TICKETS,
      undefined,
      "ticket_merged.json",
    ],
    [
      "is like that of the fixture of the same event",
      JSON_TYPE,
      '{"type": "ticket.closed", "id": 9}',
      TICKETS,
      "ticket_closed__by_hand.json",
      "ticket_closed__by_hand_2.json",
    ],
    [
      "is not like it when the event is another",
      JSON_TYPE,
      '{"type": "ticket.opened", "id": 9}',
      TICKETS,
      "ticket_closed__by_hand.json",
      "ticket_opened__2.json",
    ],
    [
      "has the ending of what is in it",
      [["Content-Type", "text/plain"]],
      '<?xml version="1.0"?><alarm/>',
      {},
      undefined,
      "alarm.xml",
    ],
    [
      "is there for a form",
      [["Content-Type", "application/x-www-form-urlencoded"]],
      "a=1&b=2",
      {},
      undefined,
      "captured.txt",
    ],
    ["is there for nothing at all", [], "", {}, undefined, "captured.json"],
    [
      "is safe, whatever the header says",
      github("../../etc/passwd"),
      "{}",
      {},
      undefined,
      "etc_passwd.json",
    ],
  ])("%s", async (_case, headers, body, files, madeFrom, expected) => {
    const { file } = await suggestName(headers, bytes(body), existing(files), madeFrom);
    expect(file).toBe(expected);
  });

  it("comes with the fixture that has the same shape", async () => {
    const files = existing({ "issues__opened.json": OPENED });
    const other = bytes('{"action": "opened", "issue": {"title": "Other"}}');
    expect(await suggestName(github("issues"), other, files)).toEqual({
      file: "issues__opened_2.json",
      like: "issues__opened.json",
    });
    const richer = bytes('{"action": "opened", "issue": {"title": "Other", "by": "Ada"}}');
    expect((await suggestName(github("issues"), richer, files)).like).toBeUndefined();
  });
});
