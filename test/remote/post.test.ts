/** What a server says when it does not take a fixture. The server is a stranger. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type PostResult, postFixture } from "../../src/remote/index.ts";

const open: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function answerOf(page: string): Promise<PostResult> {
  const server = createServer((_request, response) => response.writeHead(502).end(page));
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

  it("reads a page of nothing but open tags", async () => {
    const { status, message } = await answerOf("<script ".repeat(120_000));
    expect(status).toBe(502);
    expect(message?.length).toBeLessThanOrEqual(300);
  });
});
