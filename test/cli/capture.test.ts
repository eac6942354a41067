/** `capture` as a service and its user see it. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { capturing, post, spooled } from "../support/capturing.ts";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const name = "harbourline";
const fixtures = `zerver/webhooks/${name}/fixtures`;

const event = (root: string, file: string): string =>
  readFileSync(join(root, fixtures, file), "utf8");

describe("capture", () => {
  it("makes fixtures of what comes, with a line break at the end, and folds what is alike", async () => {
    const root = temporaryWorkspace();
    const before = readdirSync(join(root, fixtures));
    const { url, ended } = await capturing(root, name, "--json", "--count", "8");
    const odd = '{ "action":"opened",\r\n\t"title" : "caf\\u00e9 ☕" }\n';
    const answer = await post(`${url}/any/path?x=1`, odd, { "X-Acme-Event": "ticket" });
    expect([answer.status, await answer.text()]).toEqual([200, '{"result":"success","msg":""}\n']);
    // The same keys with other values, the same bytes again, the same delivery, another action, another event.
    await post(url, '{"action":"opened","title":"other"}', { "X-Acme-Event": "ticket" });
    await post(url, odd, { "X-Acme-Event": "ticket" });
    await post(url, '{"action":"closed","title":"other"}', {
      "X-Acme-Event": "ticket",
      "Webhook-Id": "m1",
    });
    await post(url, '{"action":"closed","title":"now"}', {
      "X-Acme-Event": "ticket",
      "Webhook-Id": "m1",
    });
    await post(url, gzipSync('{"on":true}'), {
      "X-Acme-Event": "lamp/on",
      "Content-Encoding": "gzip",
    });
    await post(url, '{"type":"url_verification","challenge":"c1"}');
    await post(url, "", { "X-Acme-Event": "empty" });
    const { exitCode, stdout } = await ended;
    const report = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    const added = readdirSync(join(root, fixtures)).filter((file) => !before.includes(file));
    expect(added).toEqual(["lamp_on.json", "ticket__closed.json", "ticket__opened.json"]);
    expect(event(root, "ticket__opened.json")).toBe(odd);
    expect(event(root, "lamp_on.json")).toBe('{"on":true}\n');
    expect(report.requests.map((one: { outcome: { kind: string } }) => one.outcome.kind)).toEqual([
      "fixture",
      "folded",
      "retry",
      "fixture",
      "retry",
      "fixture",
      "challenge",
      "empty",
    ]);
    const [first] = spooled(root, name);
    expect(first).toMatchObject({
      method: "POST",
      target: "/any/path?x=1",
      bytes: Buffer.byteLength(odd),
    });
    expect(first?.headers).toContainEqual(["X-Acme-Event", "ticket"]);
  });

  it("does not tell requests without a body to several paths as one that came again", async () => {
    const args = [name, "--dry-run", "--count", "3"];
    const { url, ended } = await capturing(temporaryWorkspace(), ...args);
    for (const path of ["a", "b", "b"]) await post(`${url}/${path}`, "");
    expect((await ended).stderr.match(/#\d+ .*\/\w|#\d again/g)).toEqual([
      expect.stringMatching(/^#1 /),
      expect.stringMatching(/^#2 /),
      expect.stringMatching(/^#3 /),
      "#2 again",
    ]);
  });

  it("holds back what must not be published, and replaces it when told to", async () => {
    const root = temporaryWorkspace();
    const { url, ended } = await capturing(root, name, "--count", "2");
    const token = `ghp_${"aB3d".repeat(9)}`;
    const mail = "octo.cat@github.com";
    await post(url, `{"type":"user.made","who":{"email":"${mail}"},"token":"${token}"}`);
    await post(url, `{"type":"user.gone","by":"${mail}","link":"https://x.example/?t=${token}"}`);
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toContain("who.email  a mail address");
    expect(stdout + stderr).not.toMatch(new RegExp(`${mail}|${token.slice(0, 12)}`));
    expect(existsSync(join(root, fixtures, "user_made.json"))).toBe(false);

    const again = await cli(["capture", name, "--finish", "--redact"], { cwd: root });
    expect(again.exitCode).toBe(0);
    const fake = `ghp_${"xXxx".repeat(9)}`.replace(/.$/, "1");
    expect(event(root, "user_made.json")).toBe(
      `{"type":"user.made","who":{"email":"user1@example.com"},"token":"${fake}"}\n`,
    );
    expect(event(root, "user_gone.json")).toBe(
      `{"type":"user.gone","by":"user1@example.com","link":"https://x.example/?t=${fake}"}\n`,
    );
    const [made] = spooled(root, name);
    expect(made?.replaced).toEqual([
      { what: "a mail address", where: "who.email", by: "user1@example.com" },
      { what: "a GitHub token", where: "token", by: fake },
    ]);
    expect(made?.body.toString()).toContain(mail);
    const idle = await cli(["capture", name, "--finish", "--json"], { cwd: root });
    expect(JSON.parse(idle.stdout)).toMatchObject({ fixtures: [], held: [], requests: [] });
  });

  it("writes what the tree's exceptions allow", async () => {
    const root = temporaryWorkspace();
    const exception = { rule: "fixture-people", integration: name, reason: "A made-up person." };
    const settings = JSON.stringify({ lint: { exceptions: [exception] } });
    writeFileSync(join(root, "connect-webhook.config.json"), settings);
    const { url, ended } = await capturing(root, name, "--count", "1");
    await post(url, '{"event":"a.b","mail":"octo.cat@github.com"}');
    expect((await ended).exitCode).toBe(0);
    expect(event(root, "a_b.json")).toContain("octo.cat@github.com");
  });

  it("captures for an integration that is not there yet, and says how to make it", async () => {
    const root = temporaryWorkspace();
    const { url, ended } = await capturing(root, "lighthouse", "--count", "2");
    await post(url, '{"lamp":1}', { "X-Light-Event": "lamp" });
    await post(url, '{"fog":1}', { "X-Light-Event": "fog" });
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(0);
    // The view that `new` writes has it.
    expect(stdout).not.toContain("fixture_to_headers");
    const line = /connect-webhook (new lighthouse .*)/.exec(stderr)?.[1] ?? "";
    expect(line).toMatch(/--payload \S+lamp\.json \S+fog\.json --event-header X-Light-Event$/);
    const options = ["--category", "misc", "--yes", "--no-screenshot", "--dry-run"];
    const made = await cli([...line.split(" "), ...options], { cwd: root });
    expect(made).toMatchObject({ exitCode: 0 });
  });

  it("names forms and XML for `new`, and says what of another format is left out", async () => {
    const root = temporaryWorkspace();
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const kinds = [
      ["tidegauge", "station=Pier+4&level=3.2", form, /--payload \S+captured\.txt$/],
      ["tidefield", `payload=${encodeURIComponent('{"level":3}')}`, form, /captured\.json$/],
      ["tidexml", "<gauge><level>3</level></gauge>", { "Content-Type": "text/xml" }, /gauge\.xml$/],
    ] as const;
    for (const [service, body, headers, files] of kinds) {
      const { url, ended } = await capturing(root, service, "--count", "1");
      await post(url, body, headers);
      const { stderr } = await ended;
      const line = new RegExp(`connect-webhook (new ${service} .*)`).exec(stderr)?.[1] ?? "";
      expect(line).toMatch(files);
      const options = ["--category", "misc", "--yes", "--no-screenshot", "--dry-run"];
      expect(await cli([...line.split(" "), ...options], { cwd: root })).toMatchObject({
        exitCode: 0,
      });
    }
    const mixed = await capturing(root, "tidemix", "--count", "3");
    await post(mixed.url, '{"level":3}');
    await post(mixed.url, "station=Pier+4&level=3.2", form);
    await post(mixed.url, "calm", { "Content-Type": "text/plain" });
    const { stderr, stdout } = await mixed.ended;
    expect(stdout).not.toMatch(/ $/m);
    expect(stderr).toMatch(
      /! The payload \S+captured\.txt is a form, and \S+captured\.json is JSON\./,
    );
    expect(stderr).toMatch(/! The payload \S+captured_2\.txt is not JSON: /);
    expect(stderr).toMatch(/new tidemix --payload \S+captured\.json$/m);
    const plain = await capturing(root, "tidetext", "--count", "1");
    await post(plain.url, "calm", { "Content-Type": "text/plain" });
    expect((await plain.ended).stderr).toMatch(
      /^`new` cannot make a view [^\n]*\n {2}connect-webhook new tidetext$/m,
    );
  });

  it("names events in a function where a file's name cannot tell the header", async () => {
    const root = temporaryWorkspace();
    const view = join(root, `zerver/webhooks/${name}/view.py`);
    const withoutHeaders = readFileSync(view, "utf8").replace(/^fixture_to_headers = .*\n/m, "");
    writeFileSync(view, withoutHeaders);
    const { url, ended } = await capturing(root, name, "--count", "1");
    await post(url, '{"order":1}', { "X-Shopify-Topic": "orders/create" });
    const { stdout } = await ended;
    expect(stdout).toContain("so that each fixture comes with its X-Shopify-Topic header:");
    expect(stdout).toContain('    "orders_create": "orders/create",');
    expect(stdout).toContain('{"HTTP_X_SHOPIFY_TOPIC": event}');
  });

  it("keeps what was acknowledged through a kill, and finishes it later", async () => {
    const root = temporaryWorkspace();
    const { url, kill, ended } = await capturing(root, name);
    await post(url, '{"event":"night.fell","n":1}');
    kill("SIGKILL");
    await ended;
    const { exitCode } = await cli(["capture", name, "--finish"], { cwd: root });
    expect(exitCode).toBe(0);
    expect(event(root, "night_fell.json")).toBe('{"event":"night.fell","n":1}\n');
  });

  it("imports what other tools recorded, and takes the same file twice as once", async () => {
    const root = temporaryWorkspace();
    writeFileSync(join(root, "a.sh"), `curl x.example -H 'X-Acme-Event: lamp' -d '{"on":true}'`);
    const request = {
      method: "POST",
      url: "https://x.example/",
      headers: [],
      postData: { text: '{"event":"a.b"}' },
    };
    writeFileSync(join(root, "b.har"), JSON.stringify({ log: { entries: [{ request }] } }));
    for (const expected of [["lamp.json", "a_b.json"], []]) {
      const { exitCode, stdout } = await cli(
        ["capture", name, "--from", "a.sh", "b.har", "--json"],
        { cwd: root },
      );
      const { fixtures: written } = JSON.parse(stdout) as { fixtures: { path: string }[] };
      expect(exitCode).toBe(0);
      expect(written.map(({ path }) => path.split("/").at(-1))).toEqual(expected);
    }
    expect(event(root, "lamp.json")).toBe('{"on":true}\n');
  });

  it("says what a tool that recorded forms did not keep of them", async () => {
    const cwd = temporaryWorkspace();
    const form = {
      uuid: "u",
      method: "POST",
      url: "https://webhook.site/t",
      headers: { "content-type": ["multipart/form-data; boundary=cut"] },
      content: "",
      request: { title: "x" },
      files: { photo: { id: "1", filename: "a.png", size: 300 } },
    };
    const bare = { ...form, request: [], files: null };
    writeFileSync(join(cwd, "forms.json"), JSON.stringify({ data: [form, bare] }));
    const { stderr } = await cli(["capture", "harbourline", "--from", "forms.json", "--dry-run"], {
      cwd,
    });
    expect(stderr).toContain("! The body of 1 of them was lost by the tool that recorded it");
    expect(stderr).toContain("! The files in 1 form were lost by the tool that recorded them");
  });

  it("ends by SIGINT with its fixtures written, and --dry-run writes none", async () => {
    const root = temporaryWorkspace();
    const { url, kill, ended } = await capturing(root, name, "--dry-run");
    await post(url, '{"event":"day.broke","n":1}');
    kill("SIGINT");
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(stdout).toContain("1 fixture would be written");
    expect(existsSync(join(root, fixtures, "day_broke.json"))).toBe(false);
    expect(spooled(root, name)).toHaveLength(1);
  });

  it("is ignored by git and closed to others", async () => {
    const root = temporaryWorkspace();
    const { url, kill, ended } = await capturing(root, name);
    await post(url, "{}");
    kill("SIGTERM");
    await ended;
    expect(readFileSync(join(root, ".connect-webhook/.gitignore"), "utf8")).toMatch(/^\*$/m);
    const folder = join(root, ".connect-webhook/captures", name);
    const modes = [folder, ...readdirSync(folder).map((file) => join(folder, file))].map(
      (path) => statSync(path).mode & 0o077,
    );
    expect(modes).toEqual([0, 0, 0]);
  });
});
