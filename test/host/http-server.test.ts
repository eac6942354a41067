import { describe, expect, it, onTestFinished } from "vitest";
import { type HttpHandler, HttpRefusal } from "../../src/host/http-exchange.ts";
import { type HttpServer, type ListenOptions, listen } from "../../src/host/http-server.ts";
import { rawConnection } from "../support/raw-http.ts";

const post = (headers: string, body = ""): string =>
  `POST /x HTTP/1.1\r\nHost: a\r\n${headers}\r\n${body}`;

async function serve(
  handler: HttpHandler,
  options: Partial<ListenOptions> = {},
): Promise<HttpServer> {
  const server = await listen({ port: 0, handler, ...options });
  onTestFinished(() => server.close(0));
  return server;
}

const echo: HttpHandler = async (request) => ({
  status: 200,
  body: JSON.stringify({
    method: request.method,
    target: request.rawTarget,
    headers: request.rawHeaders,
    body: (await request.bytes()).toString("base64"),
  }),
});

describe("http server", () => {
  it("hands over what came, not what it means", async () => {
    const { port } = await serve(echo);
    const body = Buffer.from([0, 0xff, 0x0d, 0x0a, 0x80]);
    const connection = rawConnection(port, "PUT /../a/%2e%2e//b?x=%20&x HTTP/1.1\r\nHost: a\r\n");
    connection.send("X-bEta: \xe9\r\nx-alpha: 1\r\nX-bEta: 2\r\nContent-Length: 5\r\n\r\n");
    connection.send(body);
    const latin1 = await connection.until(/\}$/);
    const answer = Buffer.from(latin1, "latin1").toString("utf8");
    expect(JSON.parse(answer.slice(answer.indexOf("{")))).toEqual({
      method: "PUT",
      target: "/../a/%2e%2e//b?x=%20&x",
      headers: [
        ["Host", "a"],
        ["X-bEta", "Ã©"],
        ["x-alpha", "1"],
        ["X-bEta", "2"],
        ["Content-Length", "5"],
      ],
      body: body.toString("base64"),
    });
    connection.socket.destroy();
  });

  it("takes a body of the limit, announced, in chunks, or after 100-continue", async () => {
    const { port } = await serve(echo, { limits: { bodyBytes: 8 } });
    const cases = [
      post("Content-Length: 8\r\n", "12345678"),
      post("Transfer-Encoding: chunked\r\n", "4\r\n1234\r\n4\r\n5678\r\n0\r\n\r\n"),
      post("Expect: 100-continue\r\nContent-Length: 8\r\n", "12345678"),
    ];
    for (const text of cases) {
      const connection = rawConnection(port, text);
      expect(await connection.until(/\}$/)).toContain(Buffer.from("12345678").toString("base64"));
      connection.socket.destroy();
    }
  });

  const refusals: [what: string, status: number, bytes: string][] = [
    ["an announced body that is too large", 413, post("Content-Length: 9\r\n")],
    ["one that asks first", 413, post("Expect: 100-continue\r\nContent-Length: 9\r\n")],
    [
      "chunks that are too large",
      413,
      post("Transfer-Encoding: chunked\r\n", "9\r\n123456789\r\n"),
    ],
    ["headers that are too large", 431, post(`X: ${"x".repeat(2000)}\r\n`)],
    ["a broken chunk", 400, post("Transfer-Encoding: chunked\r\n", "zz\r\n")],
    ["two lengths", 400, post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab")],
    ["a length and chunks", 400, post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0")],
    ["no HTTP at all", 400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["no host", 400, "GET / HTTP/1.1\r\n\r\n"],
    ["headers that never end", 408, "GET / HTTP/1.1\r\nX: "],
    ["a body that never ends", 408, post("Content-Length: 8\r\n", "1234")],
  ];

  it.each(refusals)("refuses %s by %i, and goes on", async (_what, status, bytes) => {
    const limits = { bodyBytes: 8, headerBytes: 1000, headersMs: 300, requestMs: 600 };
    const refused: number[] = [];
    const { port } = await serve(echo, { limits, onRefused: (r) => refused.push(r.status) });
    const answer = await rawConnection(port, bytes).all;
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    // Node itself answers a request without a host.
    expect(refused).toEqual(bytes.includes("Host") || !bytes.endsWith("\r\n\r\n") ? [status] : []);
    const next = rawConnection(port, post("Content-Length: 1\r\n", "1"));
    expect(await next.until(/\}$/)).toMatch(/^HTTP\/1.1 200 /);
    next.socket.destroy();
  });

  it("holds bodies and answers of all clients within one limit, and goes on when they are gone", async () => {
    const handler: HttpHandler = async (request) => {
      const { length } = await request.bytes();
      return { status: 200, body: length === 0 ? "z".repeat(40_000_000) : `took ${length}` };
    };
    const { port } = await serve(handler, { limits: { bodyBytes: 100, heldBytes: 40_000_100 } });
    const half = (first: string) => rawConnection(port, post("Content-Length: 90\r\n", first));
    const small = () =>
      rawConnection(port, post("Connection: close\r\nContent-Length: 9\r\n", "123456789"));
    const answer = rawConnection(port, post("Content-Length: 0\r\n"));
    answer.socket.pause();
    const waiting = half("x".repeat(80));
    expect(await small().all).toContain("took 9");
    const tooMuch = half("x".repeat(80));
    expect(await tooMuch.until(/once/)).toMatch(/^HTTP\/1\.1 503 [\s\S]*Too much at once/);
    waiting.send("x".repeat(10));
    expect(await waiting.until(/took/)).toContain("took 90");
    answer.socket.destroy();
    for (let index = 0; index < 3; index += 1) {
      const again = half("y".repeat(90));
      expect(await again.until(/took|once/)).toContain("took 90");
    }
  });

  it("tells the handler of a body that breaks off", async () => {
    const reasons: string[] = [];
    const { port } = await serve(echo, { onRefused: ({ reason }) => reasons.push(reason) });
    const head = "Content-Length: 8\r\nExpect: 100-continue\r\n";
    const connection = rawConnection(port, post(head, "1234"));
    // By then the server has read the head.
    await connection.until(/100 Continue/);
    connection.socket.destroy();
    await expect.poll(() => reasons).toEqual(["The request broke off"]);
  });

  it("closes connections past the limit at once", async () => {
    const { port } = await serve(echo, { limits: { connections: 2 } });
    const held = [rawConnection(port, "GET "), rawConnection(port, "GET ")];
    await Promise.all(
      held.map(({ socket }) => new Promise((done) => socket.once("connect", done))),
    );
    expect(await rawConnection(port, post("")).all).toBe("");
    for (const { socket } of held) socket.destroy();
  });

  it("says nothing of what a handler threw, and tells it to the program", async () => {
    const errors: unknown[] = [];
    const { port } = await serve(
      async ({ rawTarget }) => {
        throw rawTarget === "/x" ? new Error("secret") : new HttpRefusal(404, "Not here");
      },
      { onError: (error) => errors.push(error) },
    );
    const [broken, missing] = [
      await rawConnection(port, post("Connection: close\r\n")).all,
      await rawConnection(port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").all,
    ];
    expect(broken).toMatch(/^HTTP\/1.1 500 [\s\S]*\r\n\r\nInternal error\n$/);
    expect(missing).toMatch(/^HTTP\/1.1 404 [\s\S]*\r\n\r\nNot here\n$/);
    expect(errors).toHaveLength(1);
  });

  it("answers what it has in hand when it closes, and takes no more", async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((done) => {
      open = done;
    });
    let inHand = false;
    const server = await serve(async () => {
      inHand = true;
      await gate;
      return { status: 200, body: "kept" };
    });
    const idle = rawConnection(server.port);
    const connection = rawConnection(server.port, post(""));
    await expect.poll(() => inHand).toBe(true);
    const closing = server.close();
    expect(await rawConnection(server.port, post("")).all).toBe("");
    open();
    await closing;
    expect(await connection.all).toMatch(/^HTTP\/1.1 200 [\s\S]*Connection: close[\s\S]*kept$/);
    expect(await idle.all).toBe("");
  });

  it("streams as things happen, and stops when the client goes or the server closes", async () => {
    const ended: string[] = [];
    async function* ticks(): AsyncGenerator<string> {
      try {
        yield "data: 1\n\n";
        await new Promise((done) => setTimeout(done, 100));
        yield "data: 2\n\n";
        for (;;) {
          await new Promise((done) => setTimeout(done, 20));
          yield ":\n\n";
        }
      } finally {
        ended.push("stream");
      }
    }
    const server = await serve(async ({ signal }) => {
      signal.addEventListener("abort", () => ended.push("client"));
      return { status: 200, headers: [["Content-Type", "text/event-stream"]], body: ticks() };
    });
    const first = rawConnection(server.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await first.until(/data: 2/);
    first.socket.destroy();
    await expect.poll(() => [...ended].sort()).toEqual(["client", "stream"]);
    const second = rawConnection(server.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await second.until(/data: 1/);
    await server.close();
    expect(await second.all).toMatch(/0\r\n\r\n$/);
  });

  it("says which port is taken, and which address is not of this machine", async () => {
    const { port } = await serve(echo);
    await expect(listen({ port, handler: echo })).rejects.toMatchObject({
      code: "port-taken",
      exitCode: 2,
    });
    await expect(listen({ port: 0, host: "192.0.2.1", handler: echo })).rejects.toMatchObject({
      code: "bad-address",
    });
  });

  it("closes with its signal", async () => {
    const stop = new AbortController();
    const server = await serve(echo, { signal: stop.signal });
    stop.abort();
    await server.closed;
    expect(await rawConnection(server.port, post("")).all).toBe("");
  });
});
