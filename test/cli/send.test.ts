/** `send` and `url`, against a server that writes down what it gets. */

import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { HttpHeaders, HttpResponse } from "../../src/host/http-exchange.ts";
import { listen } from "../../src/host/http-server.ts";
import { sign, signatureSchemes } from "../../src/remote/index.ts";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const name = "harbourline";
const fixtures = `zerver/webhooks/${name}/fixtures`;
const key = "k3yOfTheBot".padEnd(32, "0");
const env = { CONNECT_WEBHOOK_API_KEY: key };

interface Got {
  url: URL;
  headers: HttpHeaders;
  body: Buffer;
}

async function server(
  answer: HttpResponse = { status: 200, body: '{"result":"success","msg":""}' },
): Promise<{ site: string; got: Got[] }> {
  const got: Got[] = [];
  const running = await listen({
    port: 0,
    async handler(request) {
      const url = new URL(request.rawTarget, "http://x");
      got.push({ url, headers: request.rawHeaders, body: await request.bytes() });
      return answer;
    },
  });
  onTestFinished(() => running.close(0));
  return { site: running.url, got };
}

const header = ({ headers }: Got, wanted: string): string | undefined =>
  headers.find(([found]) => found.toLowerCase() === wanted)?.[1];

describe("send", () => {
  it("posts every fixture as the service would", async () => {
    const root = temporaryWorkspace();
    const { site, got } = await server();
    const args = ["send", name, "--all", "--site", site, "--stream", "harbour & sea"];
    const { exitCode, stdout, stderr } = await cli(args, { cwd: root, env });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/✓ \S+\.json {2}200 {2}\d+ ms\n/);
    expect(stdout).toMatch(/\d+ fixtures taken, 0 refused\.\n$/);
    expect(stdout + stderr).not.toContain(key);
    for (const one of got) {
      expect(one.url.pathname).toBe(`/api/v1/external/${name}`);
      expect(one.url.searchParams.get("stream")).toBe("harbour & sea");
      expect(one.url.searchParams.get("api_key")).toBe(key);
      expect(header(one, "content-type")).toBe("application/json");
    }
    const started = got.find((one) => header(one, "x-harbourline-event") === "deployment_started");
    expect(started?.body).toEqual(readFileSync(join(root, fixtures, "deployment_started.json")));
  });

  it("says what the server said against it, and never the key, even when the server does", async () => {
    const root = temporaryWorkspace();
    const body = JSON.stringify({
      result: "error",
      msg: `Bad key ${key}\u001b[2J`,
      code: "BAD_KEY",
    });
    const { site } = await server({ status: 401, body });
    const args = ["send", name, "--site", site, "--json", "-v"];
    const { exitCode, stdout, stderr } = await cli(args, { cwd: root, env });
    expect(exitCode).toBe(1);
    expect(stdout + stderr).not.toContain(key);
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { total: 1, sent: 0, failed: 1 },
      fixtures: [{ status: 401, ok: false, code: "BAD_KEY", message: "Bad key …\u001b[2J" }],
    });
    const text = await cli(["send", name, "--site", site], { cwd: root, env });
    expect(text.stdout).toContain("Bad key …\\x1b[2J");
  });

  it("shows no credentials of the bot that a server repeats", async () => {
    const coded = Buffer.from(`bot@example.com:${key}`).toString("base64");
    const { site } = await server({ status: 400, body: JSON.stringify({ msg: `Basic ${coded}` }) });
    const args = ["send", name, "ping", "--site", site, "--bot-email", "bot@example.com"];
    for (const more of [[], ["--json"]]) {
      const { stdout, stderr } = await cli([...args, ...more], { cwd: temporaryWorkspace(), env });
      expect(stdout).toContain("Basic …");
      expect(stdout + stderr).not.toContain(coded);
    }
  });

  it("shows no secret of a signature that a server repeats", async () => {
    const { site } = await server({ status: 400, body: JSON.stringify({ msg: "Not s3cret" }) });
    const args = ["send", name, "ping", "--site", site, "--sign", "gitlab", "--secret", "s3cret"];
    for (const more of [[], ["--json"]]) {
      const { stdout, stderr } = await cli([...args, ...more], { cwd: temporaryWorkspace(), env });
      expect(stdout).toContain("Not …");
      expect(stdout + stderr).not.toContain("s3cret");
    }
  });

  it("takes no key to another address", async () => {
    const root = temporaryWorkspace();
    const other = await server();
    const headers: HttpHeaders = [["Location", `${other.site}/api?api_key=${key}`]];
    const { site } = await server({ status: 301, headers });
    const { exitCode, stdout, stderr } = await cli(["send", name, "--site", site], {
      cwd: root,
      env,
    });
    expect(exitCode).toBe(1);
    expect(other.got).toEqual([]);
    expect(stdout).toContain(`it points to ${other.site}, and nothing was sent there`);
    expect(stdout + stderr).not.toContain(key);
  });

  it("ends with 3 and without the key when nobody answers", async () => {
    const root = temporaryWorkspace();
    const { exitCode, stdout, stderr } = await cli(
      ["send", name, "--site", "http://127.0.0.1:9", "-v"],
      { cwd: root, env },
    );
    expect(exitCode).toBe(3);
    expect(stderr).toContain("127.0.0.1:9 could not be reached: nothing listens there.");
    expect(stdout + stderr).not.toContain(key);
  });

  it("signs, and sends forms and multipart as they are", async () => {
    const root = temporaryWorkspace();
    const multipart = '--b\nContent-Disposition: form-data; name="a"\n\n1\n--b--\n';
    writeFileSync(join(root, fixtures, "form.txt"), "a=1&b=%C3%A9");
    writeFileSync(join(root, fixtures, "upload.multipart"), multipart);
    const { site, got } = await server();
    const signed = ["--sign", "github", "--secret", "s3cret", "--header", "X-Own: yes"];
    for (const fixture of ["form", "upload"]) {
      const args = ["send", name, fixture, "--site", site, ...signed];
      const { exitCode, stdout, stderr } = await cli(args, { cwd: root, env });
      expect({ exitCode, leaks: (stdout + stderr).includes("s3cret") }).toEqual({
        exitCode: 0,
        leaks: false,
      });
    }
    const [form, upload] = got as [Got, Got];
    expect(form.body.toString()).toBe("a=1&b=%C3%A9");
    expect(header(form, "content-type")).toBe("application/x-www-form-urlencoded");
    expect(header(form, "x-own")).toBe("yes");
    const expected = createHmac("sha256", "s3cret").update(form.body).digest("hex");
    expect(header(form, "x-hub-signature-256")).toBe(`sha256=${expected}`);
    expect(upload.body.toString()).toBe(multipart.replaceAll("\n", "\r\n"));
    expect(header(upload, "content-type")).toBe("multipart/form-data; boundary=b");
  });
});

describe("signatures", () => {
  const body = Buffer.from('{"a":1}');
  const input = { body, secret: "s", seconds: 1700000000, id: "msg_1", header: "X-Sig" };
  const hex = (text: string): string => createHmac("sha256", "s").update(text).digest("hex");

  it("are what the services document", () => {
    expect(sign("stripe", input)).toEqual([
      ["Stripe-Signature", `t=1700000000,v1=${hex('1700000000.{"a":1}')}`],
    ]);
    expect(sign("slack", input)).toContainEqual([
      "X-Slack-Signature",
      `v0=${hex('v0:1700000000:{"a":1}')}`,
    ]);
    const base64 = createHmac("sha256", "s").update(body).digest("base64");
    expect(sign("shopify", input)).toEqual([["X-Shopify-Hmac-Sha256", base64]]);
    expect(sign("hmac", input)).toEqual([["X-Sig", hex('{"a":1}')]]);
  });

  it("agree with the example of the Standard Webhooks specification", () => {
    const example = {
      body: Buffer.from('{"test": 2432232314}'),
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      seconds: 1614265330,
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      header: "",
    };
    expect(sign("standard", example)).toContainEqual([
      "webhook-signature",
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ]);
  });

  it.each(signatureSchemes)("%s gives headers that can be sent", (scheme) => {
    const headers = sign(scheme, input);
    expect(headers.length).toBeGreaterThan(0);
    for (const [header, value] of headers)
      expect(new Headers([[header, value]]).get(header)).toBe(value);
  });
});

describe("url", () => {
  it("encodes every parameter", async () => {
    const stream = "a&b=c #1 ü/50% 'x' (y)*";
    const args = [
      "url",
      name,
      "--site",
      "chat.example.com/",
      "--stream",
      stream,
      "--topic",
      "t+u?",
    ];
    const { exitCode, stdout } = await cli([...args, "--only-events", "ping", "deploy*"], {
      env,
      cwd: temporaryWorkspace(),
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^https:\/\/chat\.example\.com\/api\/v1\/external\/harbourline\?[\w%.~&=-]+\n$/,
    );
    const { searchParams } = new URL(stdout.trim());
    expect(Object.fromEntries(searchParams)).toEqual({
      api_key: key,
      stream,
      topic: "t+u?",
      only_events: '["ping","deploy*"]',
    });
  });

  it("warns of a site without https, but not of this machine", async () => {
    const cwd = temporaryWorkspace();
    const far = await cli(["url", name, "--site", "http://chat.example.com"], { env, cwd });
    const near = await cli(["url", name, "--site", "http://localhost:9991", "--json"], {
      env,
      cwd,
    });
    expect(far.stderr).toMatch(/^! chat\.example\.com is not https/);
    expect(near.stderr).toBe("");
    expect(JSON.parse(near.stdout)).toEqual({
      version: 1,
      url: `http://localhost:9991/api/v1/external/harbourline?api_key=${key}`,
    });
  });
});
