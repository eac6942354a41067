/** What somebody who means harm, or a broken client, can send to `capture`. docs/security.md has the same table. */
import { existsSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFixtures, planFixtures, type Unusable } from "../../../src/server/capture/index.ts";
import { rawConnection } from "../../support/raw-http.ts";
import { receiving } from "./receiving.ts";

const limits = {
  bodyBytes: 1_000,
  headerBytes: 2_000,
  headersMs: 400,
  requestMs: 800,
  connections: 50,
};
const head = (lines: string, target = "/x"): string =>
  `POST ${target} HTTP/1.1\r\nHost: a\r\n${lines}\r\n`;
const small = `${head("Content-Length: 2\r\n")}{}`;

const attacks: [attack: string, bytes: string, answer: RegExp][] = [
  [
    "a body that is announced too large",
    head("Content-Length: 99999999999\r\n"),
    /^HTTP\/1\.1 413 /,
  ],
  [
    "chunks without end",
    `${head("Transfer-Encoding: chunked\r\n")}${"100\r\n".concat("x".repeat(256), "\r\n").repeat(20)}`,
    /^HTTP\/1\.1 413 /,
  ],
  [
    "a chunk that lies about its length",
    `${head("Transfer-Encoding: chunked\r\n")}5\r\nabc\r\n0\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  ["headers past the limit", head("X: y\r\n".repeat(1_000)), /^HTTP\/1\.1 431 /],
  ["one byte of a header now and then", "POST / HTTP/1.1\r\nX", /^HTTP\/1\.1 408 /],
  ["one byte of a body now and then", `${head("Content-Length: 9\r\n")}x`, /^HTTP\/1\.1 408 /],
  [
    "a request within a request",
    `${head("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n")}0\r\n\r\nPOST /y HTTP/1.1\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  ["a header with a line break of its own", head("X: a\rY: b\r\n"), /^HTTP\/1\.1 400 /],
  ["something that is no HTTP", "\x16\x03\x01\x00\x00", /^HTTP\/1\.1 400 /],
];

describe("hostile clients", () => {
  it.each(attacks)("%s is refused, and nothing of it is kept", async (_attack, bytes, answer) => {
    const { port, kept, spool } = await receiving({ limits });
    expect(await rawConnection(port, bytes).all).toMatch(answer);
    expect((await kept()).size).toBe(0);
    await expect.poll(() => (existsSync(spool.path) ? readdirSync(spool.path) : [])).toEqual([]);
    // It goes on as if nothing had been.
    const next = rawConnection(port, small);
    expect(await next.until(/success/)).toMatch(/^HTTP\/1\.1 200 /);
    next.socket.destroy();
  });

  it("leaves nothing of a client that goes in the middle", async () => {
    const { port, kept, spool, events } = await receiving({ limits });
    const { socket } = rawConnection(port, `${head("Content-Length: 900\r\n")}${"x".repeat(500)}`);
    await expect.poll(() => existsSync(spool.path) && readdirSync(spool.path).length).toBe(1);
    socket.destroy();
    await expect.poll(() => events).toMatchObject([{ kind: "refused", status: 400 }]);
    await expect.poll(() => readdirSync(spool.path)).toEqual([]);
    expect((await kept()).size).toBe(0);
  });

  it("lives through thousands of connections that say nothing, and serves once they are gone", async () => {
    const { port } = await receiving({ limits });
    let closed = 0;
    const total = 2_000;
    // In waves: the system itself holds back more than some hundred at a moment.
    for (let wave = 0; wave < total; wave += 200) {
      await Promise.all(
        Array.from({ length: 200 }, () => {
          const socket = connect(port, "127.0.0.1")
            .on("error", () => undefined)
            .resume();
          socket.on("close", () => {
            closed += 1;
          });
          return new Promise((done) => socket.once("connect", done).once("close", done));
        }),
      );
    }
    // All but those of the limit are closed at once; those are closed when no header comes.
    await expect.poll(() => closed, { timeout: 20_000 }).toBe(total);
    const next = rawConnection(port, small);
    expect(await next.until(/success/)).toMatch(/^HTTP\/1\.1 200 /);
    next.socket.destroy();
  });

  const targets = [
    "/../../../etc/passwd",
    "/%2e%2e/%2e%2e/x",
    "//evil.example/x",
    "http://evil.example/x",
    "/\\..\\x",
    "*",
  ];

  it("keeps odd targets as text, and writes nowhere but into its folder", async () => {
    const { port, kept, spool } = await receiving();
    for (const target of targets) {
      const text = head("Content-Length: 2\r\nConnection: close\r\n", target);
      await rawConnection(port, `${text}{}`).all;
    }
    const requests = await kept();
    expect([...requests.keys()].sort()).toEqual([...targets].sort());
    for (const file of readdirSync(spool.path))
      expect(file).toMatch(/^[\dT]+-\d+-\d+-[0-9a-f]+\.(json|body)$/);
  });

  it.each([
    ["../../../etc/cron.d/x", "etc_cron_d_x.json"],
    ["/absolute", "absolute.json"],
    ["..\\windows\\system32", "windows_system32.json"],
    ["a\u0001b\u001b[31m", "a_b_31m.json"],
    ["CON", "CON_event.json"],
    ["<script>alert(1)</script>", "script_alert_1_script.json"],
    ["x".repeat(5_000), `${"x".repeat(60)}.json`],
    ["...", "captured.json"],
  ])("makes a plain file name of the event %j", async (event, file) => {
    const { spool } = await receiving();
    const body = Buffer.from('{"n":1}');
    const headers = [["X-Acme-Event", event]] as const;
    await spool.take({ method: "POST", target: "/", headers, body }, "test");
    const plan = await planFixtures({
      requests: await spool.list(),
      body: (request) => spool.body(request),
      existing: [],
      source: undefined,
    });
    expect(plan.fixtures.map((fixture) => fixture.file)).toEqual([file]);
  });

  it("does not unpack a small body into a huge one", async () => {
    const { gzipSync } = await import("node:zlib");
    const { spool } = await receiving();
    const body = gzipSync(Buffer.alloc(60_000_000));
    const headers = [["Content-Encoding", "gzip"]] as const;
    await spool.take({ method: "POST", target: "/", headers, body }, "test");
    const plan = await planFixtures({
      requests: await spool.list(),
      body: (request) => spool.body(request),
      existing: [],
      source: undefined,
    });
    expect(plan.fixtures[0]?.content.notes).toContainEqual(
      "is kept as it came: a body is too large unpacked",
    );
    expect(plan.fixtures[0]?.content.bytes.length).toBe(body.length);
  });

  it("makes no fixture of a body whose encoding hides a secret", async () => {
    const { spool } = await receiving();
    for (const password of ["hunter2hunter", "none"]) {
      const body = Buffer.from(JSON.stringify({ password }), "utf16le");
      await spool.take({ method: "POST", target: "/", headers: [], body }, "test");
    }
    const plan = await planFixtures({
      requests: await spool.list(),
      body: (request) => spool.body(request),
      existing: [],
      source: undefined,
    });
    const unusable: Unusable[] = [];
    const checked = checkFixtures(plan.fixtures, () => false, unusable);
    expect(checked).toHaveLength(1);
    expect(unusable.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("It holds a password in an encoding in which it cannot be replaced"),
    ]);
  });

  it("reads no file through a link in a spool that came with the tree", async () => {
    const { spool } = await receiving();
    const request = await spool.take(
      { method: "POST", target: "/", headers: [], body: Buffer.from("{}") },
      "test",
    );
    const body = join(spool.path, `${request.id}.body`);
    rmSync(body);
    symlinkSync("/etc/passwd", body);
    await expect(spool.body(request)).rejects.toMatchObject({ code: "outside-root" });
  });

  it("acknowledges nothing while the disk does not take it, and goes on when it does", async () => {
    const { url, spool, kept, events } = await receiving();
    const post = async (path: string): Promise<number> =>
      (await fetch(url + path, { method: "POST", body: "{}" })).status;
    expect(await post("/before")).toBe(200);
    const moved = `${spool.path}.moved`;
    renameSync(spool.path, moved);
    expect(await post("/while")).toBe(507);
    expect(events.at(-1)).toMatchObject({ kind: "refused", status: 507 });
    renameSync(moved, spool.path);
    expect(await post("/after")).toBe(200);
    expect([...(await kept()).keys()]).toEqual(["/before", "/after"]);
  });
});
