/** What strangers may try against `dev`, and what happens: the table of docs/security.md. */
import { createHmac } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import { rawConnection } from "../support/raw-http.ts";
import { soak } from "../support/soak.ts";
import { fingerprint } from "../support/tree.ts";
import { type Ask, devForFile, FOREIGN_HEADERS, fixturesOf } from "./dev-server.ts";

const dev = devForFile();

// Nothing of all this may end in an error of ours.
afterAll(() => expect(dev.errors).toEqual([]));

const bearer = (): Record<string, string> => ({ Authorization: `Bearer ${dev.server.token}` });
const JSON_TYPE = { "Content-Type": "application/json" };

describe("DNS rebinding", () => {
  const PLACES = ["/", "/app.js", "/frame/message", "/_/state", "/_/events", "/_/requests"];

  it.each(PLACES)("%s answers no other host", async (path) => {
    const hosts = [
      "evil.example.com",
      `evil.example.com:${dev.port}`,
      "127.0.0.1",
      "127.0.0.1:1",
      `127.0.0.1.nip.io:${dev.port}`,
    ];
    for (const host of hosts) {
      const { status, body } = await dev.ask(path, { host, headers: bearer() });
      expect([host, status]).toEqual([host, 421]);
      expect(body).not.toContain("integrations");
    }
  });

  it("answers a request without a host neither", async () => {
    const connection = rawConnection(dev.port, "GET /_/state HTTP/1.0\r\n\r\n");
    expect(await connection.all).toMatch(/^HTTP\/1\.1 421 /);
  });

  it("answers all names of this machine", async () => {
    for (const name of ["127.0.0.1", "localhost", "[::1]"]) {
      expect((await dev.ask("/", { host: `${name}:${dev.port}` })).status).toBe(200);
    }
  });
});

describe("other pages", () => {
  const DRAFT = {
    method: "POST",
    path: "/",
    parameters: [],
    headers: [],
    body: "",
    encoding: "utf8",
  };
  const post = (headers: Record<string, string>): Ask => ({
    method: "POST",
    headers: { ...JSON_TYPE, ...bearer(), ...headers },
    body: JSON.stringify(DRAFT),
  });

  it.each([
    ["another origin", { Origin: "https://evil.example.com" }, 403],
    ["no origin at all (a sandboxed frame)", { Origin: "null" }, 403],
    ["another port", { Origin: "http://127.0.0.1:1" }, 403],
    ["another site, by the browser's word", { "Sec-Fetch-Site": "cross-site" }, 403],
    ["another port, by the browser's word", { "Sec-Fetch-Site": "same-site" }, 403],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }, 415],
    ["text", { "Content-Type": "text/plain" }, 415],
  ])("a write from %s is refused", async (_case, headers, status) => {
    for (const path of ["send", "try", "curl", "fixtures", "requests/clear"]) {
      expect([path, (await dev.ask(`/_/${path}`, post(headers))).status]).toEqual([path, status]);
    }
    expect(JSON.parse((await dev.page("/_/requests")).body)).toEqual([]);
  });

  it.each([
    ["none", undefined],
    ["an old one", "Bearer abcdefghijklmnopqrstuvwxyz012345"],
    ["one as a password", "Basic dG9rZW46dG9rZW4="],
    ["a part of it", "Bearer "],
  ])("without the token (%s) nothing is read or written", async (_case, authorization) => {
    const headers = { ...JSON_TYPE, ...(authorization && { Authorization: authorization }) };
    for (const path of [
      "state",
      "requests",
      "requests/1",
      "events",
      "integrations/echo",
      "nothing",
    ]) {
      expect([path, (await dev.ask(`/_/${path}`, { headers })).status]).toEqual([path, 401]);
    }
    for (const path of ["send", "try", "fixtures", "integrations/echo/messages"]) {
      const { status } = await dev.ask(`/_/${path}`, { method: "POST", headers, body: "{}" });
      expect([path, status]).toEqual([path, 401]);
    }
  });

  it("the server proves that it knows the token, for its own port and each question anew", async () => {
    const ask = async (nonce: string) => dev.ask(`/_/proof?nonce=${nonce}`);
    const [nonce, other] = ["a".repeat(36), "b".repeat(36)];
    const { status, body } = await ask(nonce);
    const proof = createHmac("sha256", dev.server.token)
      .update(`server ${dev.port} ${nonce}`)
      .digest("hex");
    expect([status, body]).toEqual([200, proof]);
    expect((await ask(other)).body).not.toBe(proof);
    for (const wrong of ["", "short", "x".repeat(65), "%00".repeat(20), "a%20b".repeat(10)])
      expect([wrong, (await ask(wrong)).status]).toEqual([wrong, 400]);
    const elsewhere = await dev.ask(`/_/proof?nonce=${nonce}`, { host: "evil.example.com" });
    expect(elsewhere.status).toBe(421);
  });

  it("get no permission to read answers, and cannot frame them", async () => {
    const answers = [
      await dev.page("/_/state"),
      await dev.ask("/"),
      await dev.ask("/api/v1/external/x", { headers: { Origin: "https://evil.example.com" } }),
    ];
    const preflight = await dev.ask("/_/send", {
      method: "OPTIONS",
      headers: { Origin: "https://evil.example.com", "Access-Control-Request-Method": "POST" },
    });
    expect(preflight.status).toBe(403);
    for (const { headers } of [...answers, preflight]) {
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
    for (const { headers } of answers) {
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
  });
});

/** A question for all messages of an integration. */
const ALL = { against: "seen", known: { ["__proto__"]: "x", "%00": "" }, styles: "" };

describe("paths that lead elsewhere", () => {
  const WAYS = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "/etc/passwd",
    "..\\..\\view.py",
    "view.py%00.json",
    "%ff",
    "constructor",
    "__proto__",
  ];

  it.each(WAYS)("%s is nowhere", async (way) => {
    for (const path of [
      `/${way}`,
      `/frame/${way}`,
      `/fonts/${way}`,
      `/_/integrations/${way}`,
      `/_/integrations/${way}/documentation`,
      `/_/integrations/${way}/checklist`,
      `/_/integrations/echo/draft/${way}`,
      `/_/requests/${way}`,
    ]) {
      const { status, body } = await dev.page(path);
      expect([path, [400, 404].includes(status)]).toEqual([path, true]);
      expect(body).not.toMatch(/root:|webhook_view/);
    }
    const { status } = await dev.ask(`/api/v1/external/${way}`);
    expect(status).toBe(404);
    for (const path of ["messages", "messages/seen"]) {
      const answer = await dev.page(`/_/integrations/${way}/${path}`, ALL);
      expect([path, [400, 404].includes(answer.status)]).toEqual([path, true]);
    }
  });

  it("a fixture that is a link out of the tree is not read", async () => {
    mkdirSync(fixturesOf(dev.root, "echo"), { recursive: true });
    symlinkSync("/etc/passwd", join(fixturesOf(dev.root, "echo"), "leak.json"));
    const { status, body } = await dev.page("/_/integrations/echo/draft/leak.json");
    expect(status).toBe(400);
    expect(body).not.toContain("root:");
    const all = async () => (await dev.page("/_/integrations/echo/messages", ALL)).body;
    await expect.poll(async () => JSON.parse(await all()).isUnderWay).toBe(false);
    const { rows } = JSON.parse(await all());
    expect(rows).toContainEqual(expect.objectContaining({ fixture: "leak.json", fails: true }));
    expect(await all()).not.toContain("root:");
  });

  it("documentation reads macros and images of the tree only", async () => {
    const page = [
      "{!../../../../../../etc/passwd!}",
      "{!/etc/passwd!}",
      "![](/static/../../../etc/passwd)",
      "![](/static/images/integrations/../../../zerver/webhooks/echo/view.png)",
      "![](file:///etc/passwd)",
      "![](http://evil.example.com/x.png)",
      "[x](javascript:alert(1))",
      '<script>alert(1)</script><img src=x onerror="alert(1)">',
    ];
    writeFileSync(join(dev.root, "zerver/webhooks/echo/doc.md"), page.join("\n\n"));
    const { html } = JSON.parse((await dev.page("/_/integrations/echo/documentation")).body);
    expect(html).not.toContain("root:");
    expect(html).not.toMatch(/<script|<img|javascript:[^<]*"/i);
    expect(html).toContain("&lt;script&gt;");
  });

  it("a macro or an image that is a link out of the tree is missing, and the rest of the page is shown", async () => {
    const { macroDirectory } = (await openCheckout(dev.root)).dialect.docs;
    symlinkSync("/etc/passwd", join(dev.root, macroDirectory, "outside.md"));
    symlinkSync("/etc/passwd", join(dev.root, "static/images/integrations/outside.png"));
    const page = "{!outside.md!}\n\n![](/static/images/integrations/outside.png)\n\nThe rest.\n";
    writeFileSync(join(dev.root, "zerver/webhooks/echo/doc.md"), page);
    const { html } = JSON.parse((await dev.page("/_/integrations/echo/documentation")).body);
    expect(html).toContain("There is no macro outside.md.");
    expect(html).toContain("The rest.");
    expect(html).not.toMatch(/root:|<img/);
  });

  it.each([
    "../evil.json",
    "a/b.json",
    ".hidden.json",
    "view.py",
    "x.json\n",
    "x\u0000.json",
    "",
    "con.json/..",
    `${"a".repeat(300)}.json`,
  ])("%j is no name for a fixture, and nothing is written", async (file) => {
    const before = fingerprint(dev.root);
    const plan = { integration: "echo", file, body: "{}", encoding: "utf8" };
    expect((await dev.page("/_/fixtures", plan)).status).toBe(400);
    expect(fingerprint(dev.root)).toBe(before);
  });

  it("a fixtures folder that is a link out of the tree is not written to", async () => {
    const outside = fixturesOf(dev.root, "headers");
    symlinkSync("/tmp", outside);
    const plan = {
      integration: "headers",
      file: "evil_by_link.json",
      body: "{}",
      encoding: "utf8",
    };
    expect((await dev.page("/_/fixtures", plan)).status).toBe(400);
  });

  it("an existing fixture is not overwritten", async () => {
    const before = fingerprint(dev.root);
    const plan = {
      integration: "echo",
      file: "hello.json",
      body: "{}",
      encoding: "utf8",
      allowSecrets: true,
    };
    const { status, body } = await dev.page("/_/fixtures", plan);
    expect([status, JSON.parse(body).code]).toEqual([400, "file-exists"]);
    expect(fingerprint(dev.root)).toBe(before);
  });
});

describe("HTML and scripts", () => {
  it("in payloads come out as text", async () => {
    const text =
      "<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1)) ![](http://evil.example.com/p.png)";
    const draft = {
      method: "POST",
      path: "/",
      parameters: [],
      headers: [["Content-Type", "application/json"]],
      body: JSON.stringify({ text }),
      encoding: "utf8",
    };
    const [path = "", query] = (await dev.hook("echo")).split("?");
    const parameters = [...new URLSearchParams(query)];
    const { html } = JSON.parse((await dev.page("/_/try", { ...draft, path, parameters })).body);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toMatch(/<script|<[^>]*onerror|href="javascript|src="http/i);
  });

  it("in the answer of a view have no origin and no rights", async () => {
    const { status, headers, body } = await dev.ask(await dev.hook("html"));
    expect([status, body]).toEqual([200, expect.stringContaining("<script>")]);
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; frame-ancestors 'none'; sandbox",
    );
    expect(headers["set-cookie"]).toBeUndefined();
    for (const name of FOREIGN_HEADERS) expect(headers[name.toLowerCase()]).toBeUndefined();
    expect(headers["content-type"]).toContain("text/html");
  });

  it("lets only the page's own scripts write styles, by a word that is new for each answer", async () => {
    const nonces: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const { headers, body } = await dev.ask("/");
      const nonce = /name="style-nonce" content="([\w-]{20,})"/.exec(body)?.[1] ?? "";
      expect(headers["content-security-policy"]).toContain(`style-src 'self' 'nonce-${nonce}';`);
      expect(headers["content-security-policy"]).not.toMatch(/unsafe|script-src [^;]*nonce/);
      nonces.push(nonce);
    }
    expect(nonces[0]).not.toBe(nonces[1]);
    for (const path of ["/index.html", "/manifest.json", "/LICENSES.txt", "/documentation.css.map"])
      expect((await dev.ask(path)).status).toBe(404);
    expect(String((await dev.ask("/app.js")).headers["content-security-policy"])).toContain(
      "style-src 'self';",
    );
  });

  it("run in neither frame", async () => {
    for (const path of ["/frame/message", "/frame/messages", "/frame/documentation"]) {
      const policy = String((await dev.ask(path)).headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("sandbox allow-same-origin allow-popups");
      expect(policy).not.toMatch(/allow-scripts|script-src/);
    }
  });
});

describe("headers", () => {
  it("with a line break never leave a view", async () => {
    const path = await dev.hook("headers");
    const sent = {
      method: "POST",
      headers: JSON_TYPE,
      body: JSON.stringify({ text: "a\r\nX-Evil: 1" }),
    };
    const { status, headers } = await dev.ask(path, sent);
    expect([status, headers["x-evil"]]).toEqual([500, undefined]);
    const fine = await dev.ask(path, { ...sent, body: '{"text": "fine"}' });
    expect([fine.status, fine.headers["content-language"]]).toEqual([200, "fine"]);
    // As Django writes what is not in latin-1.
    const odd = await dev.ask(path, { ...sent, body: '{"text": "☃"}' });
    expect([odd.status, odd.headers["content-language"]]).toEqual([200, "=?utf-8?b?4piD?="]);
  });

  it("of a draft with a line break are not sent", async () => {
    const [path = "", query] = (await dev.hook("echo")).split("?");
    const draft = {
      method: "POST",
      path,
      parameters: [...new URLSearchParams(query)],
      headers: [
        ["Content-Type", "application/json"],
        ["X-A", "b\r\nX-Evil: 1"],
        ["bad name", "x"],
      ],
      body: '{"text": "x"}',
      encoding: "utf8",
    };
    const { command } = JSON.parse((await dev.page("/_/curl", draft)).body);
    expect(command).not.toContain("Evil");
  });
});

describe("too much, too slow, too broken", () => {
  it("a body that is too large is refused, announced or not", async () => {
    const path = await dev.hook("echo");
    const large = Buffer.alloc(26 * 1024 * 1024 + 1);
    const answer = await dev
      .ask(path, { method: "POST", body: large })
      .catch(() => ({ status: 413 }));
    expect(answer.status).toBe(413);
    const chunked = rawConnection(
      dev.port,
      `POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = Buffer.alloc(1024 * 1024, 97);
    for (let count = 0; count < 27; count += 1) {
      chunked.send(`${chunk.length.toString(16)}\r\n`);
      chunked.send(chunk);
      chunked.send("\r\n");
    }
    expect(await chunked.all).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("bodies that never end are held up to 256 MB, those for the page among them", async () => {
    const path = await dev.hook("echo");
    const body = Buffer.alloc(24_000_000, 97);
    const unfinished = Array.from({ length: soak ? 45 : 12 }, (_, index) => {
      const target = index % 2 === 0 ? "/_/try" : path;
      const names = { ...JSON_TYPE, ...bearer(), "Content-Length": `${body.length + 1}` };
      const headers = Object.entries({ Host: `127.0.0.1:${dev.port}`, ...names });
      const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
      const connection = rawConnection(dev.port, `POST ${target} HTTP/1.1\r\n${lines}\r\n`);
      connection.send(body);
      return connection;
    });
    const { length } = unfinished;
    const refused = unfinished.map(({ until }) => until(/^HTTP\/1\.1 503 /).catch(() => "cut off"));
    // Each that is refused says so or is cut off; the ten that fit wait for their end.
    let count = 0;
    await new Promise<void>((done) => {
      for (const one of refused) void one.then(() => ++count === length - 10 && done());
    });
    for (const { socket } of unfinished) socket.destroy();
    await Promise.all(refused);
    expect(count).toBe(length);
    const answer = await dev.ask(path, {
      method: "POST",
      headers: JSON_TYPE,
      body: '{"text": "x"}',
    });
    expect(answer.status).toBe(200);
  });

  it("what is no HTTP, and half requests, harm nobody", async () => {
    const path = await dev.hook("echo");
    expect(await rawConnection(dev.port, "\u0000\u0001 nonsense\r\n\r\n").all).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(
      await rawConnection(
        dev.port,
        "GET http://evil.example.com/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      ).all,
    ).toMatch(/^HTTP\/1\.1 400 /);
    for (const head of [
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"te`,
      `POST ${path} HTTP/1.1\r\nHo`,
    ]) {
      const connection = rawConnection(dev.port, head);
      await new Promise((done) => setTimeout(done, 50));
      connection.socket.destroy();
    }
    expect(
      (await dev.ask(path, { method: "POST", headers: JSON_TYPE, body: '{"text": "still here"}' }))
        .status,
    ).toBe(200);
  });

  it("hundreds at once are all answered, each with its own answer", async () => {
    await dev.page("/_/requests/clear", {});
    const path = await dev.hook("headers");
    const count = 300;
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        dev.ask(path, {
          method: "POST",
          headers: JSON_TYPE,
          body: JSON.stringify({ text: `number ${index}` }),
        }),
      ),
    );
    expect(answers.map(({ status, headers }) => [status, headers["content-language"]])).toEqual(
      Array.from({ length: count }, (_, index) => [200, `number ${index}`]),
    );
    expect(JSON.parse((await dev.page("/_/requests")).body)).toHaveLength(200);
  });

  it("clients that hang up while they wait leave nothing behind", async () => {
    await dev.page("/_/requests/clear", {});
    const path = await dev.hook("echo");
    const body = '{"text": "gone"}';
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const connections = Array.from({ length: 100 }, () => rawConnection(dev.port, head));
    await new Promise((done) => setTimeout(done, 30));
    for (const { socket } of connections) socket.destroy();
    const last = await dev.ask(path, {
      method: "POST",
      headers: JSON_TYPE,
      body: '{"text": "last"}',
    });
    expect(last.status).toBe(200);
    const served: unknown[] = JSON.parse((await dev.page("/_/requests")).body);
    expect(served.length).toBeLessThanOrEqual(101);
  });

  it("what the page sends is checked as well", async () => {
    const wrong: unknown[] = [
      [],
      5,
      {},
      { method: "post" },
      { method: "POST", path: "no slash" },
      { method: "POST", path: "/a b" },
    ];
    for (const value of wrong) {
      for (const path of ["try", "send", "curl"]) {
        expect([value, (await dev.page(`/_/${path}`, value)).status]).toEqual([value, 400]);
      }
    }
    expect(
      (
        await dev.ask("/_/try", {
          method: "POST",
          headers: { ...bearer(), ...JSON_TYPE },
          body: "{",
        })
      ).status,
    ).toBe(400);
    expect((await dev.ask("/", { method: "POST", body: "x" })).status).toBe(405);
    expect((await dev.ask("/_/try", { headers: bearer() })).status).toBe(405);
  });
});
