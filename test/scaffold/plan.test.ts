import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { stringsIn } from "../../src/python/module.ts";
import { parseModule } from "../../src/python/parse-module.ts";
import { syntaxProblems } from "../../src/python/source.ts";
import { openSharedEngine } from "../support/pools.ts";
import { fingerprint, temporaryDirectory } from "../support/tree.ts";
import { anyPayload } from "./payloads.ts";
import { fileOf, openLegacy, openWorkspace, plan, samplePayload } from "./support.ts";

const deploy = [samplePayload("acmedeploy/deploy_finished.json")];
const review = ["push__two_commits", "merge_request__opened"].map((name) =>
  samplePayload(`reviewbay/${name}.json`),
);

describe("a planned integration", () => {
  it("is every file, the registry's entries, and nothing on disk", async () => {
    const checkout = await openWorkspace();
    const before = fingerprint(checkout.root);
    const { changes, registry } = await plan(checkout, { payloads: deploy });
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "create zerver/webhooks/acmedeploy/__init__.py",
      "create zerver/webhooks/acmedeploy/view.py",
      "create zerver/webhooks/acmedeploy/tests.py",
      "create zerver/webhooks/acmedeploy/doc.md",
      "create zerver/webhooks/acmedeploy/fixtures/deploy_finished.json",
      "create static/images/integrations/logos/acmedeploy.svg",
      "create static/images/integrations/bot_avatars/acmedeploy.png",
      "update zerver/lib/integrations.py",
    ]);
    expect(registry.after).toContain('"acmedeploy", ["deployment"], display_name="Acme Deploy"');
    expect(registry.after).toContain('"acmedeploy": [ScreenshotConfig("deploy_finished.json")]');
    expect(fingerprint(checkout.root)).toBe(before);
  });

  it("keeps the payload's bytes", async () => {
    const planned = await plan(await openWorkspace(), { payloads: review, eventHeader: "X-Event" });
    const fixture = planned.changes.find(({ path }) => path.endsWith("push__two_commits.json"));
    expect(Buffer.from(fixture?.content ?? [])).toEqual(readFileSync(review[0] ?? ""));
  });

  it("has a sample payload when none was given", async () => {
    const planned = await plan(await openWorkspace());
    expect(planned.samplePayload).toBe(true);
    expect(fileOf(planned, "fixtures/notification.json")).toContain("Nightly build");
  });
});

describe("the files", () => {
  it("are written as a tree of 2023 does", async () => {
    const planned = await plan(await openLegacy(), { payloads: deploy });
    expect(fileOf(planned, "view.py")).toMatchSnapshot();
    expect(fileOf(planned, "tests.py")).toMatchSnapshot();
    expect(fileOf(planned, "doc.md")).toMatchSnapshot();
  });

  it("are written as a tree of 2025 does", async () => {
    const planned = await plan(await openWorkspace(), { payloads: deploy });
    expect(fileOf(planned, "view.py")).toMatchSnapshot();
    expect(fileOf(planned, "tests.py")).toMatchSnapshot();
    expect(fileOf(planned, "doc.md")).toMatchSnapshot();
  });

  it("link the service's name to its own page about webhooks", async () => {
    const docsUrl = "https://acme.example/webhooks";
    const planned = await plan(await openWorkspace(), { payloads: deploy, docsUrl });
    expect(fileOf(planned, "doc.md")).toContain(`In [Acme Deploy](${docsUrl}), open **TODO: `);
  });

  it("read the event from a header, and tell tests which", async () => {
    const planned = await plan(await openWorkspace(), { payloads: review, eventHeader: "X-Event" });
    const view = fileOf(planned, "view.py");
    expect(view).toContain('fixture_to_headers = get_http_headers_from_filename("HTTP_X_EVENT")');
    expect(view).toContain(
      'event = validate_extract_webhook_http_header(request, "X-Event", "AcmeDeploy")',
    );
    expect(view).toContain('"merge_request": get_merge_request_body,');
    expect(fileOf(planned, "tests.py")).toContain('HTTP_X_EVENT="unsupported_event"');
    expect(planned.events).toEqual(["push", "merge_request"]);
  });

  it("keep a header's value that no fixture can be named after", async () => {
    const folder = temporaryDirectory();
    const payloads = ["Tag Push__v1.json", "issue.created.json"].map((name) => join(folder, name));
    for (const path of payloads) writeFileSync(path, '{"title": "T"}');
    const planned = await plan(await openLegacy(), { payloads, eventHeader: "X-Event" });
    const view = fileOf(planned, "view.py");
    expect(view).toContain('"tag_push": "Tag Push",');
    expect(view).toContain('event = FIXTURE_EVENTS.get(fixture_name.split("__")[0])');
    expect(view).toContain('return {} if event is None else {"HTTP_X_EVENT": event}');
    expect(view).not.toContain("get_http_headers_from_filename");
    expect(planned.events).toEqual(["Tag Push", "issue.created"]);
  });

  it("tell fixtures whose names begin alike by the whole name", async () => {
    const folder = temporaryDirectory();
    const payloads = ["push__a.json", "push__b.json"].map((name) => join(folder, name));
    for (const path of payloads) writeFileSync(path, '{"title": "T"}');
    const headerValue = ({ name }: { name: string }) =>
      name === "push__a" ? "repo:push" : undefined;
    const options = { payloads, eventHeader: "X-Event", headerValue };
    const planned = await plan(await openWorkspace(), options);
    const view = fileOf(planned, "view.py");
    expect(view).toContain('    "push__a": "repo:push",\n    "push__b": "push",\n');
    expect(view).toContain("event = FIXTURE_EVENTS.get(fixture_name)");
    expect(planned.unproven).toEqual([{ event: "push", file: "push__b.json" }]);
  });

  it("use Basic authentication when asked", async () => {
    const planned = await plan(await openLegacy(), { payloads: deploy, auth: "basic" });
    expect(fileOf(planned, "view.py")).toContain(
      '@authenticated_rest_api_view(webhook_client_name="AcmeDeploy")',
    );
    const tests = fileOf(planned, "tests.py");
    expect(tests).toContain('URL_TEMPLATE = "/api/v1/external/acmedeploy?stream={stream}"');
    expect(tests).toContain("HTTP_AUTHORIZATION=self.encode_user(self.test_user)");
    expect(planned.registry.after).toContain("use_basic_auth=True");
  });

  it("work where the tree has request variables instead of typed endpoints", async () => {
    const checkout = await openLegacy();
    const view = { ...checkout.dialect.view, typedEndpoint: false };
    const older = { ...checkout, dialect: { ...checkout.dialect, view } };
    const source = fileOf(await plan(older, { payloads: deploy }), "view.py");
    expect(source).toContain("from zerver.lib.request import REQ, has_request_variables");
    expect(source).toContain(
      'payload: WildValue = REQ(argument_type="body", converter=to_wild_value)',
    );
    expect(source).not.toContain("typed_endpoint");
  });

  it("leave out test attributes that the test base derives by itself", async () => {
    const checkout = await openWorkspace();
    const required = {
      streamRequired: false,
      urlTemplateRequired: false,
      directoryRequired: false,
    };
    const tests = { ...checkout.dialect.tests, ...required };
    const newer = { ...checkout, dialect: { ...checkout.dialect, tests } };
    const source = fileOf(await plan(newer, { payloads: deploy }), "tests.py");
    expect(source).toMatch(/class AcmeDeployHookTests\(WebhookTestCase\):\n {4}def test_/);
  });

  it("name a test's stream plainly where the stream's name would break its URL", async () => {
    const planned = await plan(await openWorkspace(), { streamName: "deploys & more" });
    expect(fileOf(planned, "tests.py")).toContain('CHANNEL_NAME = "acmedeploy"');
    expect(planned.registry.after).toContain('stream_name="deploys & more"');
  });

  it("say what they mean, whatever the payload", async () => {
    const checkout = await openWorkspace();
    const folder = temporaryDirectory();
    const engine = await openSharedEngine({ root: checkout.root, targets: [] });
    onTestFinished(() => engine.close());
    let count = 0;
    await fc.assert(
      fc.asyncProperty(anyPayload, async (value) => {
        const path = join(folder, `p${count++}.json`);
        writeFileSync(path, JSON.stringify(value));
        const planned = await plan(checkout, { payloads: [path] }, engine);
        const [message] = planned.messages;
        expect(syntaxProblems(fileOf(planned, "view.py"))).toEqual([]);
        const tests = fileOf(planned, "tests.py");
        expect(syntaxProblems(tests)).toEqual([]);
        if (planned.untold.length > 0) {
          // Connect takes no message with such a character.
          expect(JSON.stringify(value)).toContain("\\u0000");
          return;
        }
        const texts = stringsIn(tests, parseModule(tests).root).map((literal) => literal.value);
        expect(texts).toEqual(expect.arrayContaining([message?.topic, message?.content]));
        expect(message?.topic).toMatch(/\S/);
        expect([...(message?.topic ?? "")].length).toBeLessThanOrEqual(60);
        expect([...(message?.content ?? "")].length).toBeLessThanOrEqual(10_000);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what cannot be planned", () => {
  const svg = (text: string) => `<svg xmlns="http://www.w3.org/2000/svg" ${text}</svg>`;
  const missing = join(samplePayload(""), "gone.json");

  it.each([
    ["an existing name", { name: "harbourline" }, "already-registered"],
    ["an unknown category", { categories: ["deploymnt"] }, "unknown-category"],
    ["a display name of two lines", { displayName: "a\nb" }, "invalid-display-name"],
    ["an endless stream", { streamName: "a".repeat(61) }, "invalid-stream"],
    ["a payload that is not there", { payloads: [missing] }, "no-such-file"],
    ["an event key that is not there", { payloads: deploy, eventKey: "a.b" }, "no-event-key"],
    ["a strange event header", { payloads: deploy, eventHeader: "a b" }, "bad-event-header"],
    ["an event key without payloads", { eventKey: "event" }, "no-payload"],
    ["header and key", { payloads: deploy, eventKey: "event", eventHeader: "X" }, "usage"],
    ["a logo that is not there", { logo: missing }, "no-such-file"],
  ])("is %s", async (_case, options, code) => {
    await refused(options, code);
  });

  it.each([
    ["is no picture", "hello", "bad-logo"],
    ["is empty", "", "bad-logo"],
    ["runs a script", svg('viewBox="0 0 9 9"><script>1</script>'), "bad-logo"],
    [
      "fetches something",
      svg('viewBox="0 0 9 9"><image href="https://x.example/a.png"/>'),
      "bad-logo",
    ],
    ["is not square", svg('width="20" height="10">'), "logo-not-square"],
  ])("is a logo that %s", async (_case, content, code) => {
    const logo = join(temporaryDirectory(), "logo.svg");
    writeFileSync(logo, content);
    await refused({ logo }, code);
  });

  it("is a file that exists already", async () => {
    const checkout = await openWorkspace();
    const logos = join(checkout.root, "static/images/integrations/logos");
    mkdirSync(logos, { recursive: true });
    writeFileSync(join(logos, "acmedeploy.svg"), "theirs");
    await expect(plan(checkout)).rejects.toMatchObject({
      code: "file-exists",
      message: "static/images/integrations/logos/acmedeploy.svg exists already.",
    });
  });

  async function refused(options: object, code: string): Promise<void> {
    const checkout = await openWorkspace();
    const before = fingerprint(checkout.root);
    const error = await plan(checkout, options).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code, exitCode: 2, hint: expect.stringMatching(/[.?]$/) });
    expect(error.message).toMatch(/^[^\n]+\.$/);
    expect(fingerprint(checkout.root)).toBe(before);
  }
});

describe("a logo", () => {
  it("that is given is kept as it is, with an avatar of 100x100", async () => {
    const logo = join(temporaryDirectory(), "logo.svg");
    const text =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>\r\n';
    writeFileSync(logo, text);
    const planned = await plan(await openWorkspace(), { logo });
    expect(fileOf(planned, "logos/acmedeploy.svg")).toBe(text);
    expect(planned.placeholderLogo).toBe(false);
    const avatar = planned.changes.find(({ path }) => path.endsWith("acmedeploy.png"))?.content;
    expect(Buffer.from(avatar ?? []).readUInt32BE(16)).toBe(100);
  });

  it("that is drawn is the same each time", async () => {
    const hashes = await Promise.all(
      [1, 2].map(async () => {
        const { changes } = await plan(await openWorkspace());
        const images = changes.filter(({ path }) => /\.(svg|png)$/.test(path));
        return images.map(({ content }) =>
          createHash("sha256")
            .update(content ?? "")
            .digest("hex"),
        );
      }),
    );
    expect(hashes[0]).toEqual(hashes[1]);
  });
});
