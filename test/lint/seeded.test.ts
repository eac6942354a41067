/** Seeded defects: the workspace's own example is broken in one way at a time, and the right rule must say so. */
import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { LintResult } from "../../src/lint/index.ts";
import { temporaryWorkspace } from "../support/tree.ts";
import { asText, lintTree, replaceIn } from "./trees.ts";

const folder = "zerver/webhooks/harbourline";
const [view, tests, doc] = [`${folder}/view.py`, `${folder}/tests.py`, `${folder}/doc.md`];
const ping = `${folder}/fixtures/ping.json`;
const registry = "zerver/lib/integrations.py";
const images = "static/images/integrations";
const logo = `${images}/logos/harbourline.svg`;
const avatar = `${images}/bot_avatars/harbourline.png`;

type Defect = (root: string) => void;

const remove =
  (path: string): Defect =>
  (root) =>
    rmSync(join(root, path), { recursive: true });
const write =
  (path: string, content: string | Uint8Array): Defect =>
  (root) =>
    writeFileSync(join(root, path), content);
const replace =
  (path: string, text: string, by: string): Defect =>
  (root) =>
    replaceIn(root, path, text, by);
const change =
  (path: string, by: (text: string) => string): Defect =>
  (root) => {
    const before = readFileSync(join(root, path), "utf8");
    const after = by(before);
    expect(after).not.toBe(before);
    writeFileSync(join(root, path), after);
  };

const defects: [rule: string, what: string, defect: Defect][] = [
  ["registry-entry", "the entry is gone", change(registry, (text) => withoutEntry(text))],
  ["registry-directory", "the folder is gone", remove(folder)],
  ["package-file", "no __init__.py", remove(`${folder}/__init__.py`)],
  ["package-empty", "code in __init__.py", write(`${folder}/__init__.py`, "EVENTS = []\n")],
  ["python-syntax", "an open bracket in the view", replace(view, "raise Unsup", "raise (Unsup")],
  ["python-syntax", "a stray indent in the tests", replace(tests, "COMMITS_URL", "  COMMITS_URL")],
  ["view-file", "no view", remove(view)],
  ["view-function", "a misspelt view", replace(view, "def api_harbourline", "def api_harborline")],
  [
    "view-function",
    "another function in the registry",
    replace(
      registry,
      '"deployment"],',
      '"deployment"], function="zerver.webhooks.harbourline.view.api",',
    ),
  ],
  ["view-decorator", "no decorator", change(view, (text) => text.replace(/@webhook_view.*\n/, ""))],
  [
    "view-decorator",
    "no client name",
    replace(view, '@webhook_view("Harbourline", ', "@webhook_view("),
  ],
  [
    "consistent-names",
    "another client name",
    replace(view, '@webhook_view("Harbourline"', '@webhook_view("GitHub"'),
  ],
  [
    "name-spelling",
    "other capitals",
    replace(view, '@webhook_view("Harbourline"', '@webhook_view("HarbourLine"'),
  ],
  ["tests-file", "no tests", remove(tests)],
  ["test-class", "another base", replace(tests, "(WebhookTestCase)", "(object)")],
  [
    "test-class",
    "no test methods",
    change(tests, (text) => text.replaceAll("def test_", "def check_")),
  ],
  [
    "test-attributes",
    "the URL of another integration",
    replace(tests, "external/harbourline?", "external/github?"),
  ],
  [
    "test-attributes",
    "the folder of another integration",
    replace(tests, 'NAME = "harbourline"', 'NAME = "github"'),
  ],
  [
    "test-attributes",
    "a view that is not there",
    replace(tests, "    TOPIC =", '    VIEW_FUNCTION_NAME = "api_view"\n    TOPIC ='),
  ],
  [
    "test-class-name",
    "another class name",
    replace(tests, "HarbourlineHookTests", "TestHarbourline"),
  ],
  ["fixture-exists", "a fixture is gone", remove(ping)],
  [
    "fixture-exists",
    "a misspelt fixture",
    replace(tests, '"rollback_finished"', '"rollback_finnished"'),
  ],
  ["fixture-exists", "a renamed fixture", rename(ping, `${folder}/fixtures/ping.txt`)],
  [
    "fixture-exists",
    "a fixture read by name",
    replace(tests, 'self.get_body("ping")', 'self.webhook_fixture_data("harbourline", "pong")'),
  ],
  ["fixture-encoding", "Latin-1", write(ping, Buffer.from('{"actor": "Zoë"}', "latin1"))],
  ["fixture-encoding", "a byte order mark", change(ping, (text) => `\uFEFF${text}`)],
  ["fixtures-valid", "a torn fixture", change(ping, (text) => text.slice(0, -10))],
  ["fixtures-valid", "an empty fixture", write(ping, "")],
  [
    "fixtures-used",
    "a fixture without a test",
    write(`${folder}/fixtures/deployment_paused.json`, "{}\n"),
  ],
  [
    "fixtures-used",
    "a test is gone",
    change(tests, (text) => text.replace(/ {4}def test_rollback_finished[\s\S]*?\n\n/, "")),
  ],
  ["logo-file", "no logo", remove(logo)],
  [
    "logo-file",
    "a misspelt logo",
    replace(registry, '"deployment"],', '"deployment"], logo="images/logo.svg",'),
  ],
  ["logo-safe", "a script", replace(logo, "</svg>", "<script>alert(1)</script></svg>")],
  ["logo-safe", "no SVG at all", write(logo, "Harbourline")],
  [
    "logo-square",
    "a wide logo",
    write(logo, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"/>'),
  ],
  [
    "logo-placeholder",
    "the placeholder",
    write(
      logo,
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" data-connect-webhook="placeholder"/>',
    ),
  ],
  ["avatar-file", "no avatar", remove(avatar)],
  ["avatar-size", "a torn avatar", (root) => truncateSync(join(root, avatar), 60)],
  [
    "avatar-size",
    "an SVG as avatar",
    (root) => writeFileSync(join(root, avatar), readFileSync(join(root, logo))),
  ],
  [
    "screenshot-entry",
    "no screenshot entry",
    change(registry, (text) => text.replace(/ {4}"harbourline": \[.*\],\n/, "")),
  ],
  [
    "screenshot-fixture",
    "a misspelt fixture",
    replace(registry, '"deployment_finished__failed.json"', '"failed.json"'),
  ],
  [
    "screenshot-image",
    "another picture",
    replace(registry, '__failed.json"', '__failed.json", "002.png"'),
  ],
  ["doc-file", "no page", remove(doc)],
  ["doc-format", "trailing blanks", replace(doc, "{start_tabs}", "{start_tabs} ")],
  ["doc-format", "a tab", replace(doc, "   Click", "\tClick")],
  ["doc-format", "no last line break", change(doc, (text) => text.trimEnd())],
  ["doc-format", "blank lines at the end", change(doc, (text) => `${text}\n`)],
  ["doc-format", "a blank first line", change(doc, (text) => `\n${text}`)],
  [
    "doc-includes",
    "a misspelt macro",
    replace(doc, "generate-webhook-url-basic", "generate-webhook-url"),
  ],
  [
    "doc-images",
    "a picture that is not there",
    replace(doc, "{!congrats.md!}", "![](/static/images/harbour.png)\n\n{!congrats.md!}"),
  ],
  [
    "doc-https",
    "plain http",
    replace(doc, "open your project", "open [your project](http://harbourline.example)"),
  ],
  ["doc-structure", "no tabs", change(doc, (text) => text.replace("{start_tabs}\n\n", ""))],
  ["doc-structure", "nothing related", replace(doc, "### Related documentation", "### More")],
  ["doc-product", "another product", replace(doc, "select the\n", "select Zulip's\n")],
  [
    "doc-product",
    "an opening without the product",
    replace(doc, "Get Connect notifications", "Get messages"),
  ],
  ["doc-steps", "counted steps", replace(doc, "1. In Harbourline", "3. In Harbourline")],
  ["doc-steps", "another first step", replace(doc, "1. {!create-an-incoming-webhook.md!}\n\n", "")],
  ["doc-congrats", "no congratulations", replace(doc, "{!congrats.md!}\n\n", "")],
  ["doc-picture", "no picture", change(doc, (text) => text.replace(/!\[\].*\n\n/, ""))],
  ["doc-picture", "a described picture", replace(doc, "![](", "![A message](")],
  [
    "registry-category",
    "a misspelt category",
    replace(registry, '"harbourline", ["deployment"]', '"harbourline", ["deploiment"]'),
  ],
  [
    "registry-category",
    "no category",
    replace(registry, '"harbourline", ["deployment"]', '"harbourline", []'),
  ],
  ["stray-files", "an editor's copy", write(`${folder}/view.py~`, "")],
  ["stray-files", "what a merge left", write(`${folder}/tests.py.orig`, "")],
  ["stray-files", "a huge file", write(`${folder}/fixtures/all.txt`, "x".repeat(1_100_000))],
  [
    "event-declared",
    "an event that is not declared",
    replace(view, "get_body(payload), event)", 'get_body(payload), "paused")'),
  ],
  [
    "event-declared",
    "no event is declared",
    change(view, (text) => text.replace(/, all_event_types=\w+/, "")),
  ],
  [
    "event-tested",
    "an event without a test",
    change(view, (text) =>
      text.replace(
        '    "ping": get_ping_body',
        '    "berth_freed": get_ping_body,\n    "ping": get_ping_body',
      ),
    ),
  ],
  [
    "event-unknown",
    "a bare lookup",
    change(view, (text) =>
      text
        .replace(/.*import UnsupportedWebhookEventTypeError\n/, "")
        .replace(/\.get\(event\)\n.*\n.*raise Unsupported.*\n/, "[event]\n"),
    ),
  ],
  [
    "payload-validated",
    "a payload as it comes",
    replace(view, "JsonBodyPayload[WildValue]", "JsonBodyPayload[dict[str, object]]"),
  ],
  ["message-care", "a log between backticks", replace(view, ":\n{log}", ":\n``` text\n{log}\n```")],
  ["message-care", "a mention", replace(view, "**{approver}**", "@**{approver}**")],
  [
    "topic-stable",
    "a commit in the topic",
    change(view, (text) => `${text}\nTOPIC_TEMPLATE = "{project} {sha}"\n`),
  ],
  [
    "foreign-import",
    "another integration's function",
    replace(
      view,
      "from zerver.models",
      "from zerver.webhooks.github.view import get_body\nfrom zerver.models",
    ),
  ],
  [
    "ruff",
    "an unused import",
    replace(view, "from collections.abc", "import os\nfrom collections.abc"),
  ],
  [
    "topic-length",
    "a topic that is cut",
    change(tests, (text) =>
      text.replace(
        / {4}TOPIC = .*/,
        `    TOPIC = "x"\n\n    def test_long(self) -> None:\n        self.check_webhook("ping", "${"harbour ".repeat(8)}...")`,
      ),
    ),
  ],
  [
    "fixture-headers",
    "no headers from names",
    change(view, (text) => text.replace(/fixture_to_headers = .*\n/, "")),
  ],
  ["fixture-name", "a name that says nothing", rename(ping, `${folder}/fixtures/payload1.json`)],
  [
    "fixture-secrets",
    "a token",
    change(ping, (text) => text.replace("{", `{\n  "token": "ghp_${"Ab3".repeat(12)}",`)),
  ],
  [
    "fixture-secrets",
    "a private key",
    change(ping, (text) => text.replace("{", '{\n  "key": "-----BEGIN PRIVATE KEY-----",')),
  ],
  [
    "fixture-people",
    "a mail address",
    change(ping, (text) => text.replace("{", '{\n  "mail": "ada.quay@harbourline.dev",')),
  ],
  [
    "image-size",
    "an editor's data in the logo",
    replace(logo, "</svg>", "<metadata>by hand</metadata></svg>"),
  ],
  [
    "doc-events",
    "no word about filters",
    replace(doc, "{!event-filtering-additional-feature.md!}\n\n", ""),
  ],
  [
    "doc-events",
    "filters without events",
    change(view, (text) => text.replace(/, all_event_types=\w+/, "")),
  ],
  ["doc-vendor", "another spelling", replace(doc, "1. In Harbourline", "1. In HarbourLine")],
  ["doc-style", "a counted sentence", replace(doc, "1. In Harbourline", "1. Next, in Harbourline")],
];

function withoutEntry(text: string): string {
  return text
    .replace(/ {4}WebhookIntegration\("harbourline".*\n/, "")
    .replace(/ {4}"harbourline": \[.*\],\n/, "");
}

function rename(from: string, to: string): Defect {
  return (root) => renameSync(join(root, from), join(root, to));
}

let clean: Promise<LintResult> | undefined;

/** The untouched workspace's result, found once. */
function beforehand(): Promise<LintResult> {
  clean ??= lintTree(temporaryWorkspace());
  return clean;
}

it("the untouched workspace has no problems", async () => {
  expect(asText((await beforehand()).problems)).toBe("");
});

it.each(defects)("%s: %s", async (rule, _what, defect) => {
  expect((await beforehand()).problems.map((problem) => problem.rule)).not.toContain(rule);
  const root = temporaryWorkspace();
  defect(root);
  const { problems } = await lintTree(root);
  expect(problems.map((problem) => problem.rule)).toContain(rule);
});
