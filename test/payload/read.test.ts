import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readPayloads } from "../../src/payload/index.ts";
import { fixtureNameOf } from "../../src/payload/naming.ts";
import { temporaryDirectory } from "../support/tree.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryDirectory();
});

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function subfolder(name: string): string {
  mkdirSync(join(folder, name));
  return name;
}

const notJson = "payload-not-json";

describe("readPayloads", () => {
  it("keeps the bytes, whatever the white space and escapes", async () => {
    const text = '{ "a" :\t"\\u00e9\\/" ,\r\n "b": 1.0 }  \r\n\n';
    const [payload] = await readPayloads([file("Deploy Done.JSON", text)], folder);
    expect(Buffer.from(payload?.bytes ?? []).toString()).toBe(text);
    expect(payload?.fixture).toBe("deploy_done.json");
  });

  it.each<[string, () => string, string, string | RegExp]>([
    ["not there", () => "gone.json", "no-such-file", "gone.json does not exist"],
    ["a folder", () => subfolder("sub"), "not-a-file", "is a folder"],
    ["empty", () => file("a.json", ""), "empty-payload", "The payload a.json is empty."],
    ["blank", () => file("a.json", " \n\t"), "empty-payload", "The payload a.json is empty."],
    [
      "no JSON",
      () => file("a.json", "event: push"),
      "payload-not-json",
      /^The payload a\.json is not JSON: .*\.$/,
    ],
    ["XML that ends early", () => file("a.xml", "<a><b>"), "broken-xml", /XML in a\.xml .*line 1/],
    [
      "XML with entities of its own",
      () => file("a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
      "broken-xml",
      "it declares a document type",
    ],
    ["nested XML without end", () => file("a.xml", "<a>".repeat(300)), "broken-xml", "200 levels"],
    ["a page", () => file("a.json", "<!doctype html><p>"), notJson, "it is HTML"],
    ["in parts", () => file("a.json", "--x\r\nA: b\r\n"), notJson, "it is a form in parts"],
    [
      "a value a line",
      () => file("a.json", '{"a":1}\n{"a":2}\r\n\n{"a":3}\n'),
      notJson,
      "it holds 3 JSON values, one a line",
    ],
    ["cut off", () => file("a.json", '{"a":'), notJson, /is not JSON: \S/],
    ["Python's", () => file("a.json", "{'a': None}"), notJson, /is not JSON: \S/],
    [
      "compressed",
      () => file("a.json", Buffer.from([0x1f, 0x8b, 8, 0])),
      "payload-not-json",
      "it is compressed with gzip",
    ],
    [
      "not UTF-8",
      () => file("a.json", Buffer.from([0x22, 0xff, 0x22])),
      "payload-not-json",
      "is not UTF-8 text, as a fixture has to be",
    ],
    [
      "a form of files",
      () =>
        file(
          "a.multipart",
          Buffer.from(
            '--q\r\nContent-Disposition: form-data; name="p"\r\n\r\n\xff\r\n--q--\r\n',
            "latin1",
          ),
        ),
      "payload-not-text",
      "is a form in parts, of which none is text",
    ],
    [
      "behind a byte order mark, on which Connect's parser stumbles",
      () => file("a.json", "\ufeff{}"),
      "payload-not-json",
      "The payload a.json is not JSON",
    ],
    [
      "named without a letter",
      () => file("-.json", "{}"),
      "bad-fixture-name",
      "no letter or digit",
    ],
  ])("refuses a file that is %s", async (_case, make, code, message) => {
    const path = make();
    const error: Error & { hint?: string } = await readPayloads([path], folder).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code, exitCode: 2, hint: expect.stringMatching(/\.$/) });
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/[\n\r]/);
  });

  it.skipIf(process.getuid?.() === 0)("says that a file may not be read", async () => {
    chmodSync(join(folder, file("a.json", "{}")), 0);
    await expect(readPayloads(["a.json"], folder)).rejects.toMatchObject({ code: "no-permission" });
  });

  it("refuses two files that would become one fixture, and names both", async () => {
    subfolder("other");
    const paths = [file("push.json", "{}"), file("other/PUSH.txt", "{}")];
    await expect(readPayloads(paths, folder)).rejects.toMatchObject({
      code: "same-fixture",
      message: "push.json and other/PUSH.txt would both become the fixture push.json.",
    });
  });
});

describe("fixtureNameOf", () => {
  it.each([
    ["push.json", "push", "push"],
    ["Deploy finished (2).json", "deploy_finished_2", "Deploy finished (2)"],
    ["push__one-commit.json", "push__one_commit", "push"],
    [
      "Merge Request Hook__opened__by bot.json",
      "merge_request_hook__opened_by_bot",
      "Merge Request Hook",
    ],
    ["issue.created.json", "issue_created", "issue.created"],
    ["pullRequest.json", "pull_request", "pullRequest"],
    ["Élève.json", "eleve", "Élève"],
    ["../evil.json", "evil", "../evil"],
    ["noextension", "noextension", "noextension"],
  ])("makes of %s the fixture %s of the event %s", (fileName, name, event) => {
    expect(fixtureNameOf(fileName)).toEqual({ name, event });
  });

  it.each(["💥.json", "___.json", ".json"])("makes nothing of %s", (fileName) => {
    expect(fixtureNameOf(fileName)).toBeUndefined();
  });
});
