/** The endpoint as Connect serves it: every clause of how a webhook's URL behaves. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine, Realm, WireDelivery, WireRequest } from "../../src/engine/index.ts";
import { openSharedEngine } from "../support/pools.ts";
import { workspaceForFile } from "../support/tree.ts";
import { ECHO_VIEW, workspaceWith } from "./tree.ts";

const EVENT_VIEW = ECHO_VIEW.replace(
  '@webhook_view("Echo")',
  '@webhook_view("Echo", all_event_types=["a_opened", "a_closed"])',
).replace('"greetings", text)', '"greetings", text, request.headers["X-Event"])');
const BASIC_VIEW = ECHO_VIEW.replace(
  "import webhook_view",
  "import authenticated_rest_api_view",
).replace('@webhook_view("Echo")', '@authenticated_rest_api_view(webhook_client_name="Echo")');
const HEADER_VIEW = ECHO_VIEW.replace(
  'text = payload["text"].tame(check_string)',
  'text = validate_extract_webhook_http_header(request, "X-Event", "Echo")',
).replace(
  "import check_send_webhook_message",
  "import check_send_webhook_message, validate_extract_webhook_http_header",
);
const RAISING_VIEW = ECHO_VIEW.replace(
  "text = payload",
  "raise ValueError('secret detail')\n    text = payload",
);
const LOOPING_VIEW = ECHO_VIEW.replace(
  "text = payload",
  "while True:\n        pass\n    text = payload",
);
const WIRE_VIEW = ECHO_VIEW.replace(
  "payload: JsonBodyPayload[WildValue]",
  'mark: str = ""',
).replace(
  'text = payload["text"].tame(check_string)',
  'text = f"{request.method} {request.path} {mark} {request.body!r} {request.content_type}"\n' +
    "    text += f\" {request.headers.get('X-Twice')} {request.headers.get('X-Under-Score')} {request.get_host()}\"",
);

const realm = { secret: "a secret", streams: ["lobby & bar"] };
const root = workspaceForFile();
let engine: Engine;
let known: Realm;

beforeAll(async () => {
  const views = {
    echo: {},
    events: { view: EVENT_VIEW },
    basic: { view: BASIC_VIEW },
    headers: { view: HEADER_VIEW },
    raising: { view: RAISING_VIEW },
    looping: { view: LOOPING_VIEW },
    wire: { view: WIRE_VIEW },
  };
  workspaceWith(views, root);
  engine = await openSharedEngine({ root, targets: [], testTimeoutMs: 2_000 });
  known = await engine.describeRealm(realm);
});
afterAll(() => engine.close());

const keyOf = (name: string): string => botOf(name).apiKey;
function botOf(name: string): Realm["bots"][number] {
  const bot = known.bots.find(({ integration }) => integration === name);
  if (!bot) throw new Error(`no bot for ${name}`);
  return bot;
}

type Parameters = Record<string, string>;

/** Sends JSON to an integration's URL, with its own key unless `query` says otherwise. */
async function post(
  name: string,
  query: Parameters = {},
  change: Partial<WireRequest> = {},
): Promise<WireDelivery & { json: Record<string, unknown> | undefined }> {
  const delivery = await engine.receive({
    method: "POST",
    path: `/api/v1/external/${name}`,
    query: new URLSearchParams({ api_key: keyOf(name), stream: "echo", ...query }).toString(),
    headers: [["Content-Type", "application/json"]],
    body: Buffer.from('{"text": "Hi ☃"}'),
    realm,
    isolated: true,
    ...change,
  });
  const text = Buffer.from(delivery.response.body).toString();
  return { ...delivery, json: text.startsWith("{") ? JSON.parse(text) : undefined };
}

describe("the realm", () => {
  it("has a bot with a key of its own and a stream for every integration", () => {
    const names = known.bots.map(({ integration }) => integration);
    expect(names).toEqual(expect.arrayContaining(["echo", "basic", "harbourline"]));
    const keys = known.bots.map(({ apiKey }) => apiKey);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[a-z0-9]{32}$/);
    const streams = known.streams.map(({ name }) => name);
    expect(streams).toEqual(expect.arrayContaining(["echo", "deployments", "lobby & bar"]));
  });

  it("makes the same keys of the same secret, and others of another", async () => {
    expect(await engine.describeRealm(realm)).toEqual(known);
    const other = await engine.describeRealm({ ...realm, secret: "another" });
    expect(other.bots.map(({ apiKey }) => apiKey)).not.toContain(keyOf("echo"));
  });
});

describe("api_key", () => {
  it("lets the right one in", async () => {
    const { response, json, messages } = await post("echo");
    expect(response.status).toBe(200);
    expect(json).toEqual({ result: "success", msg: "" });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "Content-Type": "application/json",
    });
    expect(messages).toEqual([
      { type: "stream", stream: "echo", topic: "greetings", sender: "Echo Bot", content: "Hi ☃" },
    ]);
  });

  it("lets in the key of any other incoming webhook bot, which is then the sender", async () => {
    const { messages } = await post("echo", { api_key: keyOf("events") });
    expect(messages).toMatchObject([{ sender: "Events Bot", content: "Hi ☃" }]);
  });

  it.each([
    ["missing", undefined, 400, "REQUEST_VARIABLE_MISSING"],
    ["of the wrong length", "short", 401, "INVALID_API_KEY"],
    ["nobody's", "0".repeat(32), 401, "INVALID_API_KEY"],
  ])("refuses one that is %s", async (_case, key, status, code) => {
    const query = new URLSearchParams(key === undefined ? {} : { api_key: key }).toString();
    const { response, json, messages, error } = await post("echo", {}, { query });
    expect([response.status, json?.result, json?.code]).toEqual([status, "error", code]);
    expect([messages, error]).toEqual([[], undefined]);
  });
});

describe("stream and topic", () => {
  it("takes a stream by its name, whatever the case, and by its ID", async () => {
    const id = known.streams.find(({ name }) => name === "lobby & bar")?.id;
    for (const stream of ["lobby & bar", "LOBBY & bar", String(id)]) {
      const { messages } = await post("echo", { stream });
      expect(messages).toMatchObject([{ type: "stream", stream: "lobby & bar", content: "Hi ☃" }]);
    }
  });

  it("tells the bot's owner when there is no such stream, which is an error for an ID only", async () => {
    for (const [stream, status] of [
      ["nowhere", 200],
      ["999999", 400],
    ] as const) {
      const { response, messages } = await post("echo", { stream });
      expect([stream, response.status]).toEqual([stream, status]);
      expect(messages).toMatchObject([{ type: "direct", to: "Iago", sender: "Notification Bot" }]);
      expect(messages[0]?.content).toContain(stream);
    }
  });

  it("sends a direct message to the bot's owner without a stream", async () => {
    const query = new URLSearchParams({ api_key: keyOf("echo"), topic: "ignored" }).toString();
    const { messages } = await post("echo", {}, { query });
    expect(messages).toEqual([{ type: "direct", to: "Iago", sender: "Echo Bot", content: "Hi ☃" }]);
  });

  it("lets the URL's topic win", async () => {
    const { messages } = await post("echo", { topic: "mine & yours" });
    expect(messages).toMatchObject([{ topic: "mine & yours" }]);
  });
});

describe("event filters", () => {
  const send = (query: Parameters, event = "a_opened"): ReturnType<typeof post> =>
    post("events", query, {
      headers: [
        ["Content-Type", "application/json"],
        ["X-Event", event],
      ],
    });

  it.each([
    [{ only_events: '["a_opened"]' }, 1],
    [{ only_events: '["a_*"]' }, 1],
    [{ only_events: '["b_*"]' }, 0],
    [{ exclude_events: '["a_opened"]' }, 0],
    [{ exclude_events: '["*_closed"]' }, 1],
    [{ only_events: '["a_*"]', exclude_events: '["a_opened"]' }, 0],
  ])("%j lets %i messages through", async (query, count) => {
    const { response, messages } = await send(query);
    expect([response.status, messages.length]).toEqual([200, count]);
  });

  it("refuses a filter that is no JSON list", async () => {
    const { response, json } = await send({ only_events: "a_opened" });
    expect([response.status, json?.result]).toEqual([400, "error"]);
  });
});

describe("errors", () => {
  it("answers a body that is not JSON with 400", async () => {
    const { response, json, messages } = await post("echo", {}, { body: Buffer.from("not json") });
    expect([response.status, json?.result, messages]).toEqual([400, "error", []]);
    expect(json?.msg).toContain("JSON");
  });

  it("names the header that is missing, and tells the bot's owner", async () => {
    const { response, json, messages } = await post("headers");
    expect(response.status).toBe(400);
    expect(json).toMatchObject({ code: "MISSING_HTTP_EVENT_HEADER", header: "X-Event" });
    expect(messages).toMatchObject([{ type: "direct", to: "Iago", sender: "Notification Bot" }]);
  });

  it("tells the owner once and not again right after, as long as the realm stays", async () => {
    const own = { ...realm, secret: "of this test" };
    const { bots } = await engine.describeRealm(own);
    const key = bots.find(({ integration }) => integration === "headers")?.apiKey ?? "";
    const counts: number[] = [];
    for (const isolated of [false, false, true, false]) {
      const { messages } = await post("headers", { api_key: key }, { realm: own, isolated });
      counts.push(messages.length);
    }
    expect(counts).toEqual([1, 0, 1, 0]);
  });

  it("answers what a view raises with 500, and shows the traceback to us only", async () => {
    const { response, json, error } = await post("raising");
    expect(response.status).toBe(500);
    expect(json).toEqual({ result: "error", msg: "Internal server error" });
    expect(Buffer.from(response.body).toString()).not.toContain("secret detail");
    expect(error).toMatchObject({ type: "ValueError", path: "zerver/webhooks/raising/view.py" });
  });

  it("stops a view that does not end, and serves the next request", async () => {
    const { response, error } = await post("looping");
    expect([response.status, error?.type]).toEqual([500, "TestTimeout"]);
    expect((await post("echo")).response.status).toBe(200);
  });

  it.each([
    "/api/v1/external/nothing",
    "/api/v1/external/",
    "/api/v1/external/echo/",
    "/api/v1/external/../external/echo",
    "//api/v1/external/echo",
    "/",
  ])("knows no %s", async (path) => {
    const { response, messages } = await post("echo", {}, { path });
    expect([response.status, messages]).toEqual([404, []]);
  });
});

describe("methods", () => {
  // No webhook of Connect restricts its method: the view's own parameters decide.
  it.each(["GET", "PUT", "PATCH", "DELETE"])("%s reaches the view", async (method) => {
    const { response, messages } = await post(
      "wire",
      { mark: "m" },
      { method, body: Buffer.alloc(0), headers: [] },
    );
    expect(response.status).toBe(200);
    expect(messages[0]?.content).toContain(`${method} /api/v1/external/wire m b''`);
  });

  it("HEAD is answered without a body", async () => {
    const { response } = await post("wire", {}, { method: "HEAD", body: Buffer.alloc(0) });
    expect([response.status, response.body.length]).toEqual([200, 0]);
  });

  it("a GET without the payload is refused as Connect refuses it", async () => {
    const { response, json } = await post("echo", {}, { method: "GET", body: Buffer.alloc(0) });
    expect([response.status, json?.result]).toEqual([400, "error"]);
  });
});

describe("Basic auth", () => {
  const send = (authorization?: string): ReturnType<typeof post> =>
    post(
      "basic",
      {},
      {
        query: "stream=echo",
        headers: [
          ["Content-Type", "application/json"],
          ...(authorization === undefined ? [] : [["Authorization", authorization] as const]),
        ],
      },
    );
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

  it("lets the bot's address and key in", async () => {
    const { email, apiKey } = botOf("basic");
    const { response, messages } = await send(basic(`${email}:${apiKey}`));
    expect([response.status, messages.length]).toEqual([200, 1]);
  });

  it("refuses all else with 401", async () => {
    const { email, apiKey } = botOf("basic");
    const wrong = [
      undefined,
      "Basic !",
      basic(apiKey),
      basic(`${email}:${"0".repeat(32)}`),
      basic(`x@example.com:${apiKey}`),
    ];
    for (const authorization of wrong) {
      const { response, json, messages } = await send(authorization);
      expect([authorization, response.status, json?.result, messages]).toEqual([
        authorization,
        401,
        "error",
        [],
      ]);
      expect(response.headers.map(([name]) => name.toLowerCase())).toContain("www-authenticate");
    }
  });
});

describe("the wire", () => {
  it("hands over bytes, repeated headers and percent-encoding as a server does", async () => {
    const { messages } = await post(
      "wire",
      { mark: "a b+ü" },
      {
        body: Buffer.from([0xff, 0x00, 0x41]),
        headers: [
          ["content-type", "text/plain; charset=x"],
          ["X-Twice", "1"],
          ["x-twice", "2"],
          ["X_Under_Score", "smuggled"],
          ["Host", "evil.example.com"],
        ],
      },
    );
    expect(messages[0]?.content).toBe(
      "POST /api/v1/external/wire a b+ü b'\\xff\\x00A' text/plain 1,2 None zulip.testserver",
    );
  });
});

describe("preparing", () => {
  it("makes the request that a fixture stands for, to the realm's bot", async () => {
    const body = Buffer.from('{"text": "prepared"}');
    const wanted = { integration: "basic", body, fixtureName: "a.json", useBasicAuth: true };
    const request = await engine.prepare({ ...wanted, headers: { "X-Extra": "1" } }, realm);
    expect(request).toMatchObject({
      method: "POST",
      path: "/api/v1/external/basic",
      parameters: [
        ["api_key", keyOf("basic")],
        ["stream", "basic"],
      ],
    });
    const { apiKey, email } = botOf("basic");
    const credentials = Buffer.from(`${email}:${apiKey}`).toString("base64");
    expect(request.headers).toEqual([
      ["Content-Type", "application/json"],
      ["X-Extra", "1"],
      ["Authorization", `basic ${credentials}`],
    ]);
    expect(request.eventTypes).toBeNull();
    const { parameters, eventTypes: _, ...rest } = request;
    const query = new URLSearchParams(parameters).toString();
    const { messages } = await engine.receive({ ...rest, query, realm, isolated: true });
    expect(messages).toMatchObject([{ stream: "basic", content: "prepared", sender: "Basic Bot" }]);
  });

  it("says which events the view declares", async () => {
    const { eventTypes } = await engine.prepare({ integration: "events" }, realm);
    expect(eventTypes).toEqual(["a_opened", "a_closed"]);
  });

  it("refuses an integration that is not there", async () => {
    const nobody = engine.prepare({ integration: "nobody" }, realm);
    await expect(nobody).rejects.toMatchObject({ code: "cannot-deliver" });
  });
});
