/** What other years' trees and forks do differently, each in a workspace that does the same. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { IntegrationRun } from "../../src/engine/index.ts";
import { ECHO_VIEW, engineOn, TESTS_HEAD, workspaceWith } from "./tree.ts";

const HELLO = { "hello.json": '{"text": "Hello *you*"}' };
const CHECK = `
    def test_hello(self) -> None:
        self.check_webhook("hello", "greetings", "Hello *you*")
`;

function edit(root: string, path: string, change: (source: string) => string): void {
  const file = join(root, path);
  const source = readFileSync(file, "utf8");
  const changed = change(source);
  expect(changed).not.toBe(source);
  writeFileSync(file, changed);
}

function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** What failed of a run, with the reason. */
function failuresOf({ tests }: IntegrationRun): string[] {
  return tests.flatMap(({ name, error }) => (error ? [`${name}: ${error.message}`] : []));
}

async function failures(root: string, name = "echo"): Promise<string[]> {
  const engine = await engineOn(root, [name]);
  const { integrations, summary } = await engine.runTests({ names: [name] });
  expect(summary.total).toBeGreaterThan(0);
  return integrations.flatMap(failuresOf);
}

describe("what a test replaces", () => {
  const patching = (body: string): string =>
    `from unittest.mock import patch\nfrom django.test import override_settings\n\n${TESTS_HEAD}${body}${CHECK}`;

  it.each([
    [
      "a function of the webhook library",
      `
    @patch("zerver.lib.webhooks.common.check_send_webhook_message")
    def test_a_first(self, sender) -> None:
        self.client_post(self.url, '{"text": "x"}', content_type="application/json")
        self.assertFalse(sender.called)
`,
    ],
    [
      "a function that the library imports itself",
      `
    @patch("zerver.actions.message_send.check_send_stream_message")
    def test_a_first(self, sender) -> None:
        self.client_post(self.url, '{"text": "x"}', content_type="application/json")
`,
    ],
    [
      "a method, by an object, for as long as a block runs",
      `
    def test_a_first(self) -> None:
        from zerver.lib.validator import WildValue

        with patch.object(WildValue, "tame", create=True, side_effect=ValueError):
            with self.assertRaises(ValueError):
                self.client_post(self.url, '{"text": "x"}', content_type="application/json")
`,
    ],
  ])("does not stay in a view that is imported meanwhile: %s", async (_what, first) => {
    // Without the folder's name nothing imports the view before the first request.
    const tests = patching(first).replace(/\n {4}WEBHOOK_DIR_NAME = .*\n/, "\n");
    const wholeTests = tests.replace(
      'self.check_webhook("hello", "greetings", "Hello *you*")',
      'self.subscribe(self.test_user, "%name%")\n        self.client_post(self.url, \'{"text": "Hi"}\', content_type="application/json")\n        self.assertEqual(self.get_last_message().content, "Hi")',
    );
    expect(await failures(workspaceWith({ echo: { wholeTests, fixtures: HELLO } }))).toEqual([]);
  });

  it("does not stay in what a view reads of the settings and the environment at its import", async () => {
    const view = `import os\n\nfrom django.conf import settings\n${ECHO_VIEW}
LIMIT = settings.MAX_MESSAGE_LENGTH
PLACE = os.environ.get("PLACE", "nowhere")
`;
    const wholeTests = patching(`
    @patch.dict("os.environ", PLACE="elsewhere")
    def test_a_first(self) -> None:
        with override_settings(MAX_MESSAGE_LENGTH=7):
            from zerver.webhooks.echo import view
            self.assertEqual((view.LIMIT, view.PLACE), (10000, "nowhere"))
            from django.conf import settings
            self.assertEqual(settings.MAX_MESSAGE_LENGTH, 7)
        import os
        self.assertEqual(os.environ["PLACE"], "elsewhere")
`).replace(/\n {4}WEBHOOK_DIR_NAME = .*\n/, "\n");
    const root = workspaceWith({ echo: { view, wholeTests, fixtures: HELLO } });
    const found = await failures(root);
    expect(found.filter((line) => line.startsWith("test_a_first"))).toEqual([]);
  });
});

describe("a registry that looks at files", () => {
  const look = (source: string): string =>
    source.replace(
      "\nWEBHOOK_INTEGRATIONS",
      `
import os

HERE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
for name in ("echo", "other"):
    assert os.path.isfile(os.path.join(HERE, "static/images/integrations/logos", name + ".svg")), name

WEBHOOK_INTEGRATIONS`,
    );

  it("finds the logos of the tree, also one that is added while the engine is kept", async () => {
    const root = workspaceWith({ echo: { tests: CHECK, fixtures: HELLO } });
    edit(root, "zerver/lib/integrations.py", look);
    put(root, "static/images/integrations/logos/echo.svg", "<svg/>");
    const said: string[] = [];
    const engine = await engineOn(root, ["echo"], { onWarning: (line) => void said.push(line) });
    await engine.runTests({ names: ["echo"] });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("AssertionError: other (zerver/lib/integrations.py, line ");
    const added = "static/images/integrations/logos/other.svg";
    put(root, added, "<svg/>");
    await engine.refresh({ edited: [added] });
    const { summary } = await engine.runTests({ names: ["echo"] });
    expect(summary.passed).toBe(1);
    expect(said).toHaveLength(1);
  });
});

describe("people and bots", () => {
  const RENAME: [RegExp, string][] = [
    [/zulip\.com/g, "harbourline.example"],
    [/get_realm\("zulip"\)/g, 'get_realm("harbour")'],
    [/"zulip"/g, '"harbour"'],
  ];
  const renamed = (source: string): string =>
    RENAME.reduce((text, [from, to]) => text.replace(from, to), source);

  it("are those that the test base knows, called as the tree's own command calls them", async () => {
    const wholeTests = `${TESTS_HEAD}${CHECK}
    def test_names(self) -> None:
        self.assertEqual(self.test_user.full_name, "Quay Webhook Bot")
        self.assertEqual(self.test_user.realm.string_id, "harbour")
        self.assertEqual(self.example_user("hamlet").full_name, "Old Hamlet")
`;
    const root = workspaceWith({ echo: { wholeTests, fixtures: HELLO } });
    edit(root, "zerver/lib/test_base.py", renamed);
    edit(root, "zerver/lib/test_classes.py", renamed);
    // The domain was forgotten here: the test base is right, and the names are found all the same.
    put(
      root,
      "zilencer/management/commands/populate_db.py",
      `
realm = do_create_realm(string_id="zulip", name="Zulip Dev")
names = [("Old Hamlet", "hamlet@zulip.com")]
bots = [("Quay Webhook Bot", "webhook-bot@zulip.com")]
create_users(realm, bots, bot_type=UserProfile.INCOMING_WEBHOOK_BOT)
`,
    );
    expect(await failures(root)).toEqual([]);
    const engine = await engineOn(root, ["echo"]);
    const { messages } = await engine.deliver({ integration: "echo", fixture: "hello.json" });
    expect(messages).toMatchObject([{ type: "stream", content: "Hello *you*" }]);
  });
});

describe("packages that only some years use", () => {
  it("answers what a test registers with responses, and refuses all else", async () => {
    const wholeTests = `import re

import requests
import responses

${TESTS_HEAD}
    @responses.activate
    def test_answers(self) -> None:
        responses.add(responses.GET, "https://api.example/users", json={"ok": True}, status=201)
        responses.add_callback(responses.POST, re.compile("https://api.example/.*"), callback=lambda r: (200, {}, r.body))
        response = requests.get("https://api.example/users", params={"limit": 3})
        self.assertEqual((response.status_code, response.json()), (201, {"ok": True}))
        self.assertEqual(requests.post("https://api.example/x", data={"a": 1}).text, "a=1")
        self.assertEqual([call.request.url for call in responses.calls][0], "https://api.example/users?limit=3")
        with self.assertRaises(requests.exceptions.ConnectionError):
            requests.get("https://other.example/")

    def test_without(self) -> None:
        self.assertEqual(len(responses.calls), 0)
        with self.assertRaisesRegex(RuntimeError, "Unavailable: requests.get over the network"):
            requests.get("https://api.example/users")

    def test_unused(self) -> None:
        with self.assertRaisesRegex(AssertionError, "Not all requests"):
            with responses.RequestsMock() as mocked:
                mocked.add("GET", "https://api.example/")
`;
    expect(await failures(workspaceWith({ echo: { wholeTests } }))).toEqual([]);
  });

  it("reads JSON as leniently as ujson", async () => {
    const wholeTests = `import ujson

${TESTS_HEAD}
    def test_json(self) -> None:
        self.assertEqual(ujson.loads(b'{"a": [1, 2,], "b": "x,}\\\\n",}'), {"a": [1, 2], "b": "x,}\\n"})
        self.assertEqual(ujson.dumps({"a": "é/"}), '{"a":"\\\\u00e9\\\\/"}')
        with self.assertRaises(ValueError):
            ujson.loads("{")
`;
    expect(await failures(workspaceWith({ echo: { wholeTests } }))).toEqual([]);
  });
});

it("gives a setting that asks the server's configuration its default", async () => {
  const wholeTests = `from django.conf import settings

${TESTS_HEAD}
    def test_settings(self) -> None:
        self.assertEqual(settings.SHARDS, 3)
        with self.assertRaisesRegex(RuntimeError, "settings.SECRET"):
            settings.SECRET
`;
  const root = workspaceWith({ echo: { wholeTests } });
  put(
    root,
    "zproject/config.py",
    "def get_config(section, key, default_value=None): ...\ndef get_mandatory_secret(key): ...\n",
  );
  put(
    root,
    "zproject/computed_settings.py",
    'SHARDS = int(get_config("server", "shards", "3"))\nSECRET = get_mandatory_secret("x")\n',
  );
  expect(await failures(root)).toEqual([]);
});

it("serves routes as the registry states them, and answers errors as the tree does", async () => {
  const view = ECHO_VIEW.replace(
    'text = payload["text"]',
    'text = {}["gone"] if "boom" in payload else payload["text"]',
  );
  const wholeTests = `${TESTS_HEAD.replace("/external/%name%?", "/external/%name%-with-more?")}${CHECK}
    def test_error(self) -> None:
        with self.assertLogs("zerver.middleware.json_error_handler", level="ERROR") as logged:
            response = self.client_post(self.url, '{"boom": 1}', content_type="application/json")
        self.assertEqual(response.status_code, 500)
        self.assertIn("KeyError", logged.output[0])

    def test_says_why(self) -> None:
        response = self.client_post(self.url, '{"boom": 1}', content_type="application/json")
        self.assertEqual(response.status_code, 200)
`;
  const root = workspaceWith({ echo: { view, wholeTests, fixtures: HELLO } });
  edit(root, "zerver/lib/integrations.py", (source) =>
    source.replace(
      "from django.urls import URLPattern, path",
      "from django.conf.urls import url as path\nfrom django.urls import URLPattern",
    ),
  );
  put(
    root,
    "zerver/middleware.py",
    `import logging
import traceback
from django.utils.deprecation import MiddlewareMixin
from zerver.lib.response import json_response


class TagRequests(MiddlewareMixin):
    def process_request(self, request):
        request.error_format = "JSON"


class JsonErrorHandler(MiddlewareMixin):
    def process_exception(self, request, exception):
        if request.error_format == "JSON":
            logging.getLogger("zerver.middleware.json_error_handler").error(traceback.format_exc())
            return json_response(res_type="error", msg="Internal server error", status=500)
`,
  );
  const engine = await engineOn(root, ["echo"]);
  const { integrations } = await engine.runTests({ names: ["echo"] });
  const [run] = integrations;
  expect(run?.tests.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "test_error passed",
    "test_hello passed",
    "test_says_why failed",
  ]);
  expect(run?.tests[2]?.error?.traceback).toContain("Caused by KeyError: 'gone'");
});
