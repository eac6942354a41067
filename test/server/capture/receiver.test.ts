import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { HttpRefusal } from "../../../src/host/http-exchange.ts";
import { listen } from "../../../src/host/http-server.ts";
import { challenges } from "../../../src/server/capture/challenges.ts";
import { receiving } from "./receiving.ts";

const post = (url: string, body: RequestInit["body"], headers = {}): Promise<Response> =>
  fetch(url, { method: "POST", ...(body != null && { body }), headers });

describe("receiver", () => {
  it("keeps every byte of what it acknowledged, from many connections at once", async () => {
    const { url, kept } = await receiving();
    const bodies = Array.from({ length: 200 }, (_, index) => {
      const kinds = [
        Buffer.from(JSON.stringify({ index, text: "ü".repeat(index) })),
        Buffer.concat([Buffer.from([0xff, 0, 0x80, 0x0d, 0x0a]), randomBytes(index)]),
        gzipSync(`{"index":${index}}`),
        Buffer.from(`--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${index}\r\n--b--\r\n`),
        index === 4 ? randomBytes(10_000_000) : Buffer.alloc(0),
      ];
      return kinds[index % kinds.length] as Buffer<ArrayBuffer>;
    });
    const sent = bodies.map(async (body, index) => {
      // A stream is sent in chunks, without a length.
      const content = index % 2 === 0 ? body : new Blob([body]).stream();
      const init = { method: "POST", body: content, duplex: "half" } as RequestInit;
      return (await fetch(`${url}/${index}`, init)).status;
    });
    expect(new Set(await Promise.all(sent))).toEqual(new Set([200]));
    const requests = await kept();
    expect(requests.size).toBe(bodies.length);
    for (const [index, body] of bodies.entries()) {
      const found = requests.get(`/${index}`);
      expect(found?.body.equals(body), `request ${index}`).toBe(true);
      const sha256 = createHash("sha256").update(body).digest("hex");
      expect(found?.request).toMatchObject({ bytes: body.length, sha256 });
    }
  });

  it("answers with the status and after the time it was told to", async () => {
    const { url, kept } = await receiving({ status: 503, delayMs: 300 });
    const started = performance.now();
    expect((await post(url, "{}")).status).toBe(503);
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
    expect((await kept()).size).toBe(1);
  });

  it("finishes what it has in hand when it closes", async () => {
    const { url, close, kept, events } = await receiving({ delayMs: 300 });
    const answer = post(url, "{}");
    await expect.poll(() => events.map(({ kind }) => kind)).toContain("received");
    await close();
    expect((await answer).status).toBe(200);
    expect((await kept()).size).toBe(1);
  });
});

describe("forwarding", () => {
  it("passes bytes, headers and parameters on, and the answer back", async () => {
    const got: unknown[] = [];
    const target = await listen({
      port: 0,
      async handler(request) {
        got.push({
          target: request.rawTarget,
          type: request.header("content-type"),
          own: request.header("x-own"),
          body: (await request.bytes()).toString("latin1"),
        });
        return { status: 418, headers: [["X-Back", "yes"]], body: "teapot" };
      },
    });
    onTestFinished(() => target.close(0));
    const forwardTo = new URL(`${target.url}/api?api_key=k&stream=s`);
    const { url, kept } = await receiving({ forwardTo });
    const body = Buffer.from([0xff, 0x41, 0]);
    const headers = { "X-Own": "1", "Content-Type": "application/x-odd", Connection: "keep-alive" };
    const answer = await post(`${url}/hook?a=%20b&stream=other&api_key=stolen`, body, headers);
    expect([answer.status, answer.headers.get("x-back"), await answer.text()]).toEqual([
      418,
      "yes",
      "teapot",
    ]);
    expect(got).toEqual([
      {
        target: "/api?api_key=k&stream=s&a=+b",
        type: "application/x-odd",
        own: "1",
        body: "\u00ffA\0",
      },
    ]);
    expect((await kept()).size).toBe(1);
  });

  it("keeps and acknowledges a request that cannot be passed on", async () => {
    const { url, kept, events } = await receiving({
      forwardTo: new URL("http://127.0.0.1:9/?k=secret"),
    });
    expect((await post(url, "{}")).status).toBe(200);
    expect((await kept()).size).toBe(1);
    const failed = events.find(({ kind }) => kind === "forward-failed");
    expect(failed).toMatchObject({ reason: expect.stringContaining("127.0.0.1:9") });
    expect(JSON.stringify(failed)).not.toContain("secret");
  });

  it("hands the target's own refusals back", async () => {
    const target = await listen({
      port: 0,
      handler: async () => {
        throw new HttpRefusal(400, "no");
      },
    });
    onTestFinished(() => target.close(0));
    const { url } = await receiving({ forwardTo: new URL(target.url) });
    expect((await post(url, "{}")).status).toBe(400);
  });
});

interface Asked {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

describe("challenges", () => {
  const rows: [
    service: string,
    asked: Asked,
    status: number,
    text: string,
    header?: [string, string],
  ][] = [
    [
      "Slack, Lark and Feishu",
      { body: { type: "url_verification", token: "t", challenge: "c" } },
      200,
      '{"challenge":"c"}',
    ],
    [
      "Meta, WhatsApp and WebSub",
      { method: "GET", path: "/?hub.mode=subscribe&hub.challenge=12&hub.verify_token=v" },
      200,
      "12",
    ],
    ["Microsoft Graph", { path: "/?validationToken=a%20b%3Cx%3E" }, 200, "a b<x>"],
    [
      "Azure Event Grid",
      {
        headers: { "aeg-event-type": "SubscriptionValidation" },
        body: [{ data: { validationCode: "v" } }],
      },
      200,
      '{"validationResponse":"v"}',
    ],
    [
      "CloudEvents",
      { method: "OPTIONS", headers: { "WebHook-Request-Origin": "e.example" } },
      200,
      "",
      ["webhook-allowed-origin", "e.example"],
    ],
    [
      "Dropbox, Nylas and Adobe",
      { method: "GET", path: "/?challenge=abc" },
      200,
      "abc",
      ["x-content-type-options", "nosniff"],
    ],
    ["Asana", { headers: { "X-Hook-Secret": "s" } }, 200, "", ["x-hook-secret", "s"]],
    [
      "Zoom",
      { body: { event: "endpoint.url_validation", payload: { plainToken: "q" } } },
      200,
      '{"plainToken":"q","encryptedToken":"34310acc539febf218da61a5b5673ed69e5d264e3573798a867905ff0ea86f8d"}',
    ],
    [
      "X",
      { method: "GET", path: "/?crc_token=t" },
      200,
      '{"response_token":"sha256=5/y8FvgmrZZIXqzu/gOg2VRhbfq+H1I71ju3YhteC9U="}',
    ],
    [
      "Okta",
      { method: "GET", headers: { "X-Okta-Verification-Challenge": "o" } },
      200,
      '{"verification":"o"}',
    ],
    [
      "Twitch",
      {
        headers: { "Twitch-Eventsub-Message-Type": "webhook_callback_verification" },
        body: { challenge: "t" },
      },
      200,
      "t",
    ],
    [
      "Smartsheet",
      { headers: { "Smartsheet-Hook-Challenge": "s" } },
      200,
      '{"smartsheetHookResponse":"s"}',
      ["smartsheet-hook-response", "s"],
    ],
    ["monday.com", { body: { challenge: "m" } }, 200, '{"challenge":"m"}'],
    ["Notion", { body: { verification_token: "n" } }, 200, ""],
    [
      "Amazon SNS",
      {
        headers: { "x-amz-sns-message-type": "SubscriptionConfirmation" },
        body: { SubscribeURL: "x" },
      },
      200,
      "",
    ],
    ["somebody who looks whether it answers", { method: "HEAD" }, 200, ""],
  ];

  it("has a case here for each row of the table", () => {
    const tested = new Set(rows.map(([service]) => service));
    expect(challenges.map(({ service }) => service).filter((name) => !tested.has(name))).toEqual(
      [],
    );
  });

  it.each(rows)("answers %s", async (service, asked, status, text, header) => {
    const { url, kept, events } = await receiving({ secret: "k", status: 500 });
    const { method = "POST", path = "/", headers = {}, body } = asked;
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await fetch(url + path, init);
    const said = await answer.text();
    expect(answer.status).toBe(status);
    expect(said).toBe(text);
    if (header) expect(answer.headers.get(header[0])).toBe(header[1]);
    expect([...(await kept()).values()]).toMatchObject([{ request: { challenge: service } }]);
    expect(events[0]).toMatchObject({ kind: "received" });
  });

  it.each([
    [
      "a payload that has a challenge among other things",
      { body: { challenge: "c", event: "won" } },
    ],
    ["a GET with parameters of its own", { method: "GET", path: "/?event=x" }],
    [
      "a payload whose type is another one",
      { body: { type: "event_callback", challenge: "c", x: 1 } },
    ],
  ] as [string, Asked][])("takes %s as it is", async (_what, {
    method = "POST",
    path = "/",
    body,
  }) => {
    const { url, kept } = await receiving();
    await fetch(url + path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const [one] = (await kept()).values();
    expect(one?.request.challenge).toBeUndefined();
  });
});
