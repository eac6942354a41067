/** What other tools recorded, as they write it. */
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { contentOf } from "../../../src/server/capture/body.ts";
import { readImport } from "../../../src/server/capture/imports/index.ts";

const body = '{"action":"opened","text":"a \'quoted\' ü"}';
const event = ["X-Acme-Event", "ticket"];

interface Read {
  format: string;
  method: string;
  target: string;
  headers: readonly (readonly [string, string])[];
  body: string;
}

function read(content: string | object): Read[] {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const { format, requests } = readImport("x", Buffer.from(text));
  return requests.map((one) => ({ ...one, format, body: Buffer.from(one.body).toString("utf8") }));
}

const raw = `POST /hook?a=1 HTTP/1.1\r\nHost: x\r\nX-Acme-Event: ticket\r\n\r\n${body}`;
const site = {
  uuid: "u",
  token_id: "t",
  method: "POST",
  content: body,
  url: "https://webhook.site/t/hook?a=1",
  headers: { "x-acme-event": ["ticket"], "content-length": ["9"] },
  created_at: "2024-05-01 10:00:00",
};

it("refuses commands within a quote that does not end, which no tool writes", () => {
  const text = `curl 'a${"\ncurl a".repeat(50_000)}`;
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "bad-import" }));
});

it("refuses a body nested as deep as no tool writes it, or reads it whole where the stack allows", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  let body: string | undefined;
  try {
    body = read(`{"body":${deep},"timestamp":1,"user-agent":"a"}`)[0]?.body;
  } catch (error) {
    expect(error).toMatchObject({ code: "bad-import" });
    return;
  }
  expect(body).toBe(deep);
});

it("reads a query whose values are objects", () => {
  const query = { a: { toString: 1, valueOf: 1 }, b: "c" };
  const [request] = read({ body: {}, timestamp: 1, "user-agent": "a", query });
  expect(request).toMatchObject({ target: "/?b=c" });
});

const cases: [format: string, content: string | object][] = [
  [
    "a curl command",
    `curl -X POST 'https://x.example/hook?a=1' \\\n  -H 'X-Acme-Event: ticket' \\\n  --compressed --data-raw '${body.replaceAll("'", "'\\''")}'`,
  ],
  [
    "a curl command",
    `$ curl --url=https://x.example/hook?a=1 -H "X-Acme-Event: ticket" -s -o /dev/null -d $'${body.replaceAll("'", "\\'")}'`,
  ],
  [
    "a HAR file",
    {
      log: {
        version: "1.2",
        entries: [
          { request: { method: "GET", url: "https://x.example/", headers: [] } },
          {
            startedDateTime: "2024-05-01T10:00:00.000Z",
            request: {
              method: "POST",
              url: "https://x.example/hook?a=1",
              headers: [
                { name: ":method", value: "POST" },
                { name: "X-Acme-Event", value: "ticket" },
              ],
              postData: { mimeType: "application/json", text: body },
            },
          },
        ],
      },
    },
  ],
  ["webhook.site's JSON", { data: [site], total: 1 }],
  ["webhook.site's JSON", site],
  [
    "webhook.site's CSV",
    `uuid,method,url,headers,content,created_at\r\nu,POST,https://webhook.site/t/hook?a=1,"${JSON.stringify(site.headers).replaceAll('"', '""')}","${body.replaceAll('"', '""')}",2024-05-01 10:00:00\r\n`,
  ],
  [
    "ngrok's inspector",
    {
      uri: "/api/requests/http",
      requests: [
        {
          id: "airt_1",
          start: "2024-05-01T10:00:00Z",
          request: {
            method: "POST",
            uri: "/hook?a=1",
            headers: { "X-Acme-Event": ["ticket"] },
            raw: Buffer.from(raw).toString("base64"),
          },
        },
      ],
    },
  ],
];

describe("imports", () => {
  it.each(cases)("reads %s", (format, content) => {
    const requests = read(content);
    expect(requests).toMatchObject([
      { format, method: "POST", target: expect.stringContaining("/hook?a=1"), body },
    ]);
    const names = requests[0]?.headers.map(([name, value]) => [name.toLowerCase(), value]);
    expect(names).toContainEqual(["x-acme-event", "ticket"]);
    expect(names?.map(([name]) => name)).not.toContain("content-length");
  });

  it.each([
    [
      "smee's events",
      {
        "x-acme-event": "ticket",
        "content-type": "application/json",
        timestamp: 1714557600000,
        body: JSON.parse(body),
        query: { a: "1" },
      },
    ],
    [
      "smee's events",
      `event: ready\ndata: {}\n\nid: 1\ndata: ${JSON.stringify({ "x-acme-event": "ticket", "user-agent": "a", timestamp: 1, body: JSON.parse(body), query: { a: "1" } })}\n`,
    ],
    [
      "GitHub's deliveries",
      {
        id: 1,
        delivered_at: "2024-05-01T10:00:00Z",
        event: "x",
        request: { headers: { "X-Acme-Event": "ticket" }, payload: JSON.parse(body) },
      },
    ],
  ] as [string, string | object][])("reads %s, whose JSON is written anew", (format, content) => {
    const [request] = read(content);
    expect(request).toMatchObject({ format, method: "POST" });
    expect(JSON.parse(request?.body ?? "")).toEqual(JSON.parse(body));
    const names = request?.headers.map(([name, value]) => [name.toLowerCase(), value]);
    expect(names).toContainEqual(
      event.map((text, index) => (index === 0 ? text.toLowerCase() : text)),
    );
  });

  it("reads what Chromium copies for the command line of Windows", () => {
    const escaped = (text: string): string =>
      `^"${text
        .replace(/["\\]/g, "\\$&")
        .replace(/[^\w\s:=+~'/.,?;()*`-]/g, "^$&")
        .replace(/%(?=\w)/g, "%^")
        .replaceAll("\n", "^\n\n")}^"`;
    for (const sent of [body, '{"a":"50% & more^2","b":"C:\\\\x","c":"<y>|z"}', "one\ntwo=%41"]) {
      const text = `curl ${escaped("https://x.example/hook?a=1&b=2")} ^\n  -H ${escaped("X-Acme-Event: ticket")} ^\n  --data-raw ${escaped(sent)}`;
      expect(read(text)).toMatchObject([
        { target: "/hook?a=1&b=2", headers: [event, expect.anything()], body: sent },
      ]);
    }
  });

  it("makes the parts of a form, with quotes and types as curl reads them", () => {
    const [form] = read(
      `curl x.example -H 'Content-Type: multipart/form-data' --form 'event="a \\"b\\""' -F 'payload={"a":1};type=application/json' --form-string 'at=@home'`,
    );
    const type = form?.headers.find(([name]) => name === "Content-Type")?.[1] ?? "";
    const [, boundary = ""] = /^multipart\/form-data; boundary=(.+)$/.exec(type) ?? [];
    const parts = form?.body.split(`--${boundary}`).slice(1, -1) ?? [];
    expect(form?.method).toBe("POST");
    expect(parts).toEqual([
      '\r\nContent-Disposition: form-data; name="event"\r\n\r\na "b"\r\n',
      '\r\nContent-Disposition: form-data; name="payload"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n',
      '\r\nContent-Disposition: form-data; name="at"\r\n\r\n@home\r\n',
    ]);
    expect(form?.body.endsWith(`--${boundary}--\r\n`)).toBe(true);
  });

  it("reads each request of a command that makes several", () => {
    const found = read("curl a.example -d 1 --next -X PUT b.example -d 2 -: c.example");
    expect(found.map(({ method, body: sent }) => [method, sent])).toEqual([
      ["POST", "1"],
      ["PUT", "2"],
      ["GET", ""],
    ]);
  });

  it("reads options of curl that share a dash", () => {
    const [one, two] = readImport(
      "c.txt",
      Buffer.from(
        "curl -sSX PUT 'https://h.example/a?b=1' -d x\ncurl -kLsXPATCH https://h.example/c -d y\n",
      ),
    ).requests;
    expect(one).toMatchObject({ method: "PUT", target: "/a?b=1", body: Buffer.from("x") });
    expect(two).toMatchObject({ method: "PATCH", target: "/c", body: Buffer.from("y") });
  });

  it("reads what curl's options mean", () => {
    expect(read("curl x.example -d a=1 -d 'b=2 3'")).toMatchObject([
      {
        method: "POST",
        target: "/",
        body: "a=1&b=2 3",
        headers: [["Content-Type", "application/x-www-form-urlencoded"]],
      },
    ]);
    expect(read(`curl x.example/y --json '{"a":1}' -u u:p`)).toMatchObject([
      {
        headers: [
          ["Authorization", "Basic dTpw"],
          ["Content-Type", "application/json"],
        ],
      },
    ]);
    expect(read("curl x.example --data-urlencode 'payload={\"a\": 1}'")).toMatchObject([
      { body: "payload=%7B%22a%22%3A%201%7D" },
    ]);
    expect(read("curl a.example -d 1\ncurl b.example -XPUT -d 2")).toMatchObject([
      { body: "1" },
      { method: "PUT", body: "2" },
    ]);
    expect(read("curl -G 'x.example/y?a=1' -d b=2 --data-urlencode 'c=d e'")).toMatchObject([
      { method: "GET", target: "/y?a=1&b=2&c=d%20e", body: "" },
    ]);
  });

  it("takes no word or line of a body for another command", () => {
    expect(read("curl a.example -d curl")).toMatchObject([{ body: "curl" }]);
    expect(read("curl a.example -d 'try\ncurl this'\n$ curl b.example -d 2")).toMatchObject([
      { body: "try\ncurl this" },
      { target: "/", body: "2" },
    ]);
  });

  it.each([
    "curl x -d @file",
    "curl x -F a=@file",
    "curl x -K config",
    "curl x -H",
    "curl x -d 'open",
    "curl x --data-urlencode a@file",
  ])("refuses `%s`, which does not hold the request", (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: "bad-import" }));
  });

  it.each(["curl x -d \"$(touch hacked)\" -H 'a: `id`'"])("runs nothing of `%s`", (text) => {
    expect(read(text)).toMatchObject([
      {
        body: "$(touch hacked)",
        headers: [
          ["a", "`id`"],
          ["Content-Type", expect.anything()],
        ],
      },
    ]);
  });

  it.each([
    "",
    "hello",
    "{}",
    "[]",
    "null",
    '{"log":1}',
    "a,b\n1,2",
    '{"request":{}}',
  ])("knows no format for %j", (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: "unknown-import" }));
  });

  it("says when a recording holds no request with a body", () => {
    expect(() => read({ log: { entries: [] } })).toThrow(
      expect.objectContaining({ code: "empty-import" }),
    );
  });
});

describe("a body that came compressed", () => {
  const gzip = gzipSync(body);
  const packed = { "x-acme-event": ["ticket"], "content-encoding": ["gzip"] };
  const told = { ...site, headers: packed };
  const entry = (postData: object) => ({
    log: {
      entries: [
        {
          request: {
            method: "POST",
            url: "https://x.example/",
            headers: [{ name: "Content-Encoding", value: "gzip" }],
            postData,
          },
        },
      ],
    },
  });
  const event = { timestamp: 1, "user-agent": "a", "content-encoding": "gzip" };

  it.each<[string, object]>([
    ["webhook.site, which unpacked it", told],
    ["webhook.site, a character for each byte", { ...told, content: gzip.toString("latin1") }],
    ["a HAR file, unpacked", entry({ text: body })],
    ["a HAR file, packed", entry({ text: gzip.toString("base64"), encoding: "base64" })],
    ["smee, unpacked", { ...event, body: JSON.parse(body) as unknown }],
    ["smee, unpacked, with the text kept", { ...event, body: {}, rawbody: body }],
  ])("is what the service sent: %s", async (_name, recording) => {
    const { requests } = readImport("x", Buffer.from(JSON.stringify(recording)));
    const [request] = requests;
    const content = request && (await contentOf(request.headers, request.body));
    expect(JSON.parse(Buffer.from(content?.bytes ?? []).toString("utf8"))).toEqual(
      JSON.parse(body),
    );
    expect(request?.lostBody).toBeFalsy();
  });

  it.each<[string, object]>([
    ["webhook.site", { ...told, content: gzip.toString("utf8") }],
    ["a HAR file", entry({ text: gzip.toString("utf8") })],
    ["smee", { ...event, body: gzip.toString("utf8") }],
  ])("is said to be lost where what is no text was replaced: %s", (_name, recording) => {
    const { requests } = readImport("x", Buffer.from(JSON.stringify(recording)));
    expect(requests).toMatchObject([{ lostBody: true }]);
    expect(requests[0]?.body.length).toBe(0);
  });
});

describe("a form that smee has parsed", () => {
  const event = (more: object): object => ({ "user-agent": "a", timestamp: 1, query: {}, ...more });
  const form = "application/x-www-form-urlencoded";

  it.each([
    ["is a form again", { "content-type": form, body: { a: "x & y", b: "2" } }, "a=x+%26+y&b=2"],
    [
      "keeps its JSON",
      { "content-type": `${form}; charset=utf-8`, body: { payload: '{"a":1}' } },
      "payload=%7B%22a%22%3A1%7D",
    ],
    [
      "has its brackets",
      { "content-type": form, body: { a: { b: "1" }, c: ["2", "3"] } },
      "a%5Bb%5D=1&c=2&c=3",
    ],
    [
      "or anything else has the bytes that smee kept",
      { "content-type": "application/json", rawbody: '{ "a" : 1.50 }', body: { a: 1.5 } },
      '{ "a" : 1.50 }',
    ],
    [
      "or anything else may be lost",
      { "content-type": "image/png", "content-length": "8", body: {} },
      "",
    ],
    ["may be nothing but braces", { "content-length": "2", body: {} }, "{}"],
    ["may be empty", { "content-type": form, "content-length": "0", body: {} }, ""],
    ["or no body at all", { body: {} }, ""],
  ])("%s", (_what, more, expected) => {
    expect(read(event(more))[0]?.body).toBe(expected);
  });
});

describe("a body that its recorder did not keep", () => {
  const event = (more: object): object => ({ "user-agent": "a", timestamp: 1, body: {}, ...more });
  const binary = { "content-type": ["application/octet-stream"] };
  const parts = { "content-type": ["multipart/form-data; boundary=b"] };
  const photo = { photo: { id: "1", filename: "a.png", size: 300, content_type: "image/png" } };

  it.each<[string, object, boolean]>([
    [
      "smee, in chunks",
      event({ "content-type": "image/png", "transfer-encoding": "chunked" }),
      true,
    ],
    ["smee, of an unknown length", event({ "content-type": "application/xml" }), true],
    ["smee, in chunks of no type", event({ "transfer-encoding": "chunked" }), true],
    [
      "smee, where there was none",
      event({ "content-type": "text/xml", "content-length": 0 }),
      false,
    ],
    ["webhook.site, by its length", { ...site, content: "" }, true],
    ["webhook.site, by its size", { ...site, content: null, headers: binary, size: 58 }, true],
    ["webhook.site, a file", { ...site, content: "", headers: parts, files: photo }, true],
    ["webhook.site, a form in parts", { ...site, content: "", headers: parts, request: [] }, true],
    ["webhook.site, replaced bytes", { ...site, content: "\ufffdPNG", headers: binary }, true],
    ["webhook.site, where it is a text", { ...site, content: "caf\ufffd", headers: {} }, false],
    ["webhook.site, a GET", { ...site, method: "GET", content: "", headers: {}, size: 0 }, false],
  ])("is said to be lost, and no other: %s", (_name, recording, isLost) => {
    const { requests } = readImport("x", Buffer.from(JSON.stringify(recording)));
    expect(requests.map(({ lostBody = false }) => lostBody)).toEqual([isLost]);
    if (isLost) expect(requests[0]?.body.length).toBe(0);
  });
});

it("says that the files of a form are lost of which webhook.site has the other fields", () => {
  const headers = { "content-type": ["multipart/form-data; boundary=cut"] };
  const files = { photo: { id: "1", filename: "a.png", size: 300, content_type: "image/png" } };
  const form = { ...site, content: "", headers, request: { a: "x" } };
  const lost = (recording: object) =>
    readImport("x", Buffer.from(JSON.stringify(recording))).requests.map((request) => [
      request.lostBody ?? false,
      request.lostFiles ?? false,
    ]);
  expect(lost({ ...form, files })).toEqual([[false, true]]);
  expect(lost(form)).toEqual([[false, false]]);
});

describe("a recording", () => {
  it("of webhook.site may hold mail and queries of names, which are no requests", () => {
    const rows = [
      { ...site, type: "email" },
      { ...site, type: "dns" },
      { ...site, type: "web" },
    ];
    expect(read({ data: rows, total: 3 })).toHaveLength(1);
  });

  it.each<[string, string, string, string]>([
    [
      "an answer of webhook.site without requests",
      JSON.stringify({ data: [], total: 0, is_last_page: true }),
      "empty-import",
      "x is webhook.site's JSON, but holds no request with a body.",
    ],
    [
      "a stream of smee without events",
      "id: 0\nevent: ready\ndata: {}\n\n",
      "empty-import",
      "x is smee's events, but holds no request with a body.",
    ],
    [
      "a stream of smee that is cut off",
      `data: ${JSON.stringify({ "user-agent": "a", timestamp: 1, body: { a: 1 } })}\n\ndata: {"user-ag`,
      "bad-import",
      "Line 3 of smee's events is cut off.",
    ],
    [
      "JSON that is cut off",
      JSON.stringify({ data: [site] }).slice(0, -9),
      "bad-import",
      "x begins as JSON does, and is broken or cut off.",
    ],
  ])("is refused by what it is: %s", (_name, text, code, message) => {
    expect(() => readImport("x", Buffer.from(text))).toThrow(
      expect.objectContaining({ code, message }),
    );
  });
});

it.each([
  ["application/x-www-form-urlencoded", "a=x+y&b=2"],
  [
    "multipart/form-data; boundary=cut",
    '--cut\r\nContent-Disposition: form-data; name="a"\r\n\r\nx y\r\n--cut\r\nContent-Disposition: form-data; name="b"\r\n\r\n2\r\n--cut--\r\n',
  ],
  ["text/plain", ""],
])("a form of which webhook.site has the fields alone is one again: %s", (type, expected) => {
  const headers = { "content-type": [type] };
  const [request] = read({ ...site, content: "", headers, request: { a: "x y", b: "2" } });
  expect(request?.body).toBe(expected);
});
