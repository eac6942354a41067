/** What a server says when it does not take a fixture. The server is a stranger. */
import { createServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type PostResult, postFixture } from "../../src/remote/index.ts";

/** Made for this test, signed by itself, and used nowhere else. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgE7EIuhpd3hfkDLML
5FvsarW8MJtRQTJrIB2O9pWrqIWhRANCAATj99uo2g2gBxi3fshewPy9IeOa/f3u
P0TRWtzyDIoPcYjzUfdJvSGLJmOBjOyjYz+yzKckK3UUpLDsxYuEqvRh
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBkTCCATagAwIBAgIUOYAQ/z6ZjJX1EZej/HFKuTow7EIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTE5Mjg0OFoYDzIxMjYxMTA1
MTkyODQ4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATj99uo2g2gBxi3fshewPy9IeOa/f3uP0TRWtzyDIoPcYjzUfdJvSGL
JmOBjOyjYz+yzKckK3UUpLDsxYuEqvRho2QwYjAdBgNVHQ4EFgQUEhoMKd7l81rN
JagqVWrvjxM8XicwHwYDVR0jBBgwFoAUEhoMKd7l81rNJagqVWrvjxM8XicwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0kAMEYC
IQDpAV2mT5lf+hIcw1zCB+WesWG8T50aISrJolIsnl4W2AIhAIKoh/tpou1n7Vrq
2h0b5fTncOYNysAyyhHDx3bQlUyx
-----END CERTIFICATE-----`;

const open: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function answerOf(page: string, status = 502): Promise<PostResult> {
  const server = createServer((_request, response) => response.writeHead(status).end(page));
  open.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const signal = new AbortController().signal;
  return postFixture({ url, headers: [], body: Buffer.from("{}"), timeoutMs: 20_000, signal });
}

describe("postFixture", () => {
  it("tells what a page says without its markup", async () => {
    const page = "<style>p { color: red }</style><h1>Bad\ngateway</h1><p>Try later.</p>";
    expect(await answerOf(page)).toMatchObject({ ok: false, message: "Bad gateway Try later." });
  });

  it("takes nothing but Connect's own word for success", async () => {
    const success = '{"result":"success","msg":""}';
    expect(await answerOf(success, 200)).toMatchObject({ ok: true, status: 200 });
    const page = "<title>Log in</title><p>Log in first.</p>";
    const notOurs = {
      ok: false,
      status: 200,
      message: "no answer of Connect's: Log in Log in first.",
    };
    expect(await answerOf(page, 200)).toMatchObject(notOurs);
    const error = '{"result":"error","msg":"Invalid API key","code":"INVALID_API_KEY"}';
    const refused = { ok: false, message: "Invalid API key", code: "INVALID_API_KEY" };
    expect(await answerOf(error, 200)).toMatchObject(refused);
  });

  it("reads a page of nothing but open tags", async () => {
    const { status, message } = await answerOf("<script ".repeat(120_000));
    expect(status).toBe(502);
    expect(message?.length).toBeLessThanOrEqual(300);
  });

  it("sends nothing to a server whose certificate nobody vouches for", async () => {
    let asked = 0;
    const server = createHttpsServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => {
      asked += 1;
      response.end();
    });
    open.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/?api_key=k3y`);
    const signal = new AbortController().signal;
    const sent = postFixture({
      url,
      headers: [],
      body: Buffer.from("{}"),
      timeoutMs: 20_000,
      signal,
    });
    await expect(sent).rejects.toMatchObject({
      code: "no-answer",
      message: expect.stringMatching(/certificate is self-signed\.$/),
    });
    expect(asked).toBe(0);
  });
});
