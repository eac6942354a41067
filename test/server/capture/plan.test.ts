/** What becomes a fixture, under which name. */
import { describe, expect, it } from "vitest";
import type { EventSource } from "../../../src/payload/index.ts";
import { type CapturePlan, planFixtures, Spool } from "../../../src/server/capture/index.ts";
import { temporaryDirectory } from "../../support/tree.ts";

interface Sent {
  body: string | Buffer;
  headers?: Record<string, string>;
}

async function planOf(
  sent: Sent[],
  existing: Record<string, string> = {},
  source?: EventSource,
): Promise<CapturePlan> {
  const spool = new Spool(temporaryDirectory(), "x");
  for (const { body, headers = {} } of sent) {
    const request = {
      method: "POST",
      target: "/",
      headers: Object.entries(headers),
      body: Buffer.from(body),
    };
    await spool.take(request, "test");
  }
  return planFixtures({
    requests: await spool.list(),
    body: (request) => spool.body(request),
    existing: Object.entries(existing).map(([file, text]) => ({ file, bytes: Buffer.from(text) })),
    source,
  });
}

const files = ({ fixtures }: CapturePlan): string[] => fixtures.map(({ file }) => file);
const form = { "Content-Type": "application/x-www-form-urlencoded" };

const inParts = { "Content-Type": "multipart/form-data; boundary=q7" };

/** A form in parts with JSON and, where it is given, a file. */
function parts(json: string, picture?: string): Buffer {
  const head = 'Content-Disposition: form-data; name="';
  const file = `--q7\r\n${head}thumb"; filename="t.jpg"\r\n\r\n${picture}\r\n`;
  const text = `--q7\r\n${head}payload"\r\n\r\n${json}\r\n${picture === undefined ? "" : file}--q7--\r\n`;
  return Buffer.from(text, "latin1");
}

describe("names", () => {
  it.each([
    [
      "a header of a known service",
      [{ body: '{"action":"opened","n":1}', headers: { "X-GitHub-Event": "issues" } }],
      ["issues__opened.json"],
    ],
    [
      "a header nobody knows yet",
      [{ body: '{"n":1}', headers: { "Acme-Webhook-Event": "lampOn" } }],
      ["lampOn.json"],
    ],
    [
      "a key",
      [{ body: '{"event_type":"lamp.on"}' }, { body: '{"event_type":"lamp.off","by":1}' }],
      ["lamp_on.json", "lamp_off.json"],
    ],
    [
      "a state",
      [{ body: '{"event":"build.done","status":"failed"}' }],
      ["build_done__failed.json"],
    ],
    ["a field of a form", [{ body: "event=paid&sum=3", headers: form }], ["paid.txt"]],
    [
      "a key of the JSON in a form in parts",
      [{ body: parts('{"event":"ship.moored"}') }, { body: parts('{"event":"ship.left"}') }].map(
        (sent) => ({ ...sent, headers: inParts }),
      ),
      ["ship_moored.multipart", "ship_left.multipart"],
    ],
    [
      "a key of the JSON in a form of several fields",
      ["moored", "left"].map((event) => ({
        body: new URLSearchParams({
          payload: JSON.stringify({ event: `ship.${event}`, ship: "Aurora" }),
          v: "2",
        }).toString(),
        headers: form,
      })),
      ["ship_moored.txt", "ship_left.txt"],
    ],
    [
      "the outermost element of XML",
      [
        {
          body: '<?xml version="1.0"?><activity><id>1</id></activity>',
          headers: { "Content-Type": "text/xml" },
        },
      ],
      ["activity.xml"],
    ],
    ["nothing", [{ body: '{"n":1}' }, { body: '{"m":1}' }], ["captured.json", "captured_2.json"]],
    [
      "one event in two shapes",
      [
        { body: '{"n":1}', headers: { "X-Acme-Event": "on" } },
        { body: '{"n":"x"}', headers: { "X-Acme-Event": "on" } },
      ],
      ["on.json", "on__2.json"],
    ],
  ] as [string, Sent[], string[]][])("come from %s", async (_what, sent, expected) => {
    expect(files(await planOf(sent))).toEqual(expected);
  });

  it("come from the request itself where it says more than most do", async () => {
    const sent = [
      { body: '{"n":1}', headers: { "X-Acme-Event": "on" } },
      { body: '{"n":true}', headers: { "X-Acme-Event": "off" } },
      { body: '{"event":"ping.sent","zen":"x"}' },
    ];
    const plan = await planOf(sent);
    expect(plan.source).toEqual({ kind: "header", header: "X-Acme-Event" });
    expect(files(plan)).toEqual(["on.json", "off.json", "ping_sent.json"]);
  });

  it("come from where the user says", async () => {
    const sent = [
      { body: '{"kind":"a","meta":{"what":"lamp.on"}}', headers: { "X-Acme-Event": "no" } },
    ];
    const byKey = { kind: "key", path: ["meta", "what"] } as const;
    expect(files(await planOf(sent, {}, byKey))).toEqual(["lamp_on.json"]);
  });
});

describe("folding", () => {
  it("takes lists of any length, order of keys and own names of keys as one shape", async () => {
    const plan = await planOf([
      { body: '{"event":"a.b","l":[{"x":1},{"x":2}],"by":{"9f8e7d6c":1}}' },
      { body: '{"by":{"00aa11bb":2},"l":[{"x":7}],"event":"a.b"}' },
      { body: '{"event":"a.b","l":["x"],"by":{"00aa11bb":2}}' },
    ]);
    expect(files(plan)).toEqual(["a_b.json", "a_b__2.json"]);
  });

  it("counts fixtures that are there, whatever their names say beyond the event", async () => {
    const sent = [
      { body: '{"status":"running","n":2}', headers: { "X-Acme-Event": "build" } },
      { body: '{"status":"done","n":2}', headers: { "X-Acme-Event": "build" } },
    ];
    const plan = await planOf(sent, { "build.json": '{"status":"running","n":1}' });
    expect(files(plan)).toEqual(["build__done.json"]);
    expect([...plan.outcomes.values()]).toContainEqual({ kind: "folded", into: "build.json" });
  });

  it("does not write over a fixture that has its name", async () => {
    const plan = await planOf([{ body: '{"event":"a.b","n":1}' }], {
      "A_B.json": '{"other":true}',
    });
    expect(files(plan)).toEqual(["a_b__2.json"]);
  });
});

describe("contents", () => {
  it.each([
    [
      "JSON in a form's field",
      `payload=${encodeURIComponent('{"a": "ü"}')}`,
      form,
      "json",
      '{"a": "ü"}',
    ],
    ["a form", "a=1&b=%C3%BC+x", form, "txt", "a=1&b=%C3%BC+x"],
    ["JSON under the type of a form", '{"a":"b=c"}', form, "json", '{"a":"b=c"}'],
    ["JSON without a type", ' {"a":1}\n', {}, "json", ' {"a":1}\n'],
    [
      "a multipart body",
      "--b\r\nX: y\r\n\r\n1\r\n--b--\r\n",
      { "Content-Type": "multipart/form-data; boundary=b" },
      "multipart",
      "--b\r\nX: y\r\n\r\n1\r\n--b--\r\n",
    ],
    ["text", "hello\r\n", { "Content-Type": "text/plain" }, "txt", "hello\r\n"],
  ] as const)("of %s are what a view reads", async (_what, body, headers, extension, expected) => {
    const [fixture] = (await planOf([{ body, headers }])).fixtures;
    expect(fixture?.content.extension).toBe(extension);
    expect(Buffer.from(fixture?.content.bytes ?? []).toString()).toBe(expected);
  });

  it("with a file in one of their parts keep the others, with a word about it", async () => {
    const json = '{"event":"ship.moored"}';
    const body = parts(json, "\xff\xd8\r\n--q\xff");
    const { fixtures } = await planOf([
      { body, headers: inParts },
      { body: parts(json), headers: inParts },
    ]);
    expect(fixtures).toHaveLength(1);
    expect(Buffer.from(fixtures[0]?.content.bytes ?? [])).toEqual(parts(json));
    expect(fixtures[0]?.content.notes).toEqual([
      "is kept without the part thumb, which is no text, as a fixture has to be",
    ]);
  });

  it("that are no UTF-8 stay byte for byte, with a word about it", async () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d]);
    const [fixture] = (await planOf([{ body, headers: { "Content-Type": "application/json" } }]))
      .fixtures;
    expect(Buffer.from(fixture?.content.bytes ?? []).equals(body)).toBe(true);
    expect(fixture?.content.notes).toEqual(["is not UTF-8, which Connect's parser refuses"]);
  });

  it.each([
    ['{"event":"a","value":NaN}', "NaN and Infinity are no JSON"],
    ["[1, -Infinity]", "NaN and Infinity are no JSON"],
    [`${"[".repeat(600)}${"]".repeat(600)}`, "it is nested more than 500 levels deep"],
    ['\ufeff{"event":"a"}', "it begins with a byte order mark"],
    ['{"n":1}\n{"n":2}\n', "another value follows the first one"],
    ['{"n":1,\n "m":2,}', "it is broken at line 2, column 8"],
    ['{"text":"one\ntwo"}', "it is broken at line 1, column 13"],
  ])("that are no JSON say why: %j", async (body, reason) => {
    const headers = { "Content-Type": "application/json" };
    const [fixture] = (await planOf([{ body, headers }])).fixtures;
    expect(fixture?.content.notes).toEqual([`is not JSON as Connect's parser takes it: ${reason}`]);
  });
});
