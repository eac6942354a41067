/** Defects of tests and fixtures. */
import { DoesNotApply } from "../broken-tree.ts";
import {
  type Apply,
  imports,
  inTests,
  inView,
  type Seeds,
  withKey,
  withTest,
  writes,
} from "./places.ts";

/** The first test with a single call of `check_webhook`: its head, its name, its body. */
const test = /^( {4}def )(test_\w+)(\(self[^)]*\) -> None:\n)((?: {8}.*\n|\n)+)/gm;

interface Parts {
  readonly head: string;
  readonly name: string;
  readonly signature: string;
  readonly body: string;
}

/** Rewrites one test that compares a message; of several the one at `place`. */
function inTest(by: (parts: Parts) => string | undefined, place = 0): Apply {
  return inTests((text) => {
    const found = [...`${text}\n`.matchAll(test)].filter(
      ([, , , , body = ""]) =>
        (body.match(/self\.check_webhook\(/g) ?? []).length === 1 && !body.includes("expect_noop"),
    );
    const one = found[Math.min(place, found.length - 1)];
    if (!one || found.length <= place) throw new DoesNotApply();
    const [whole, head = "", name = "", signature = "", body = ""] = one;
    const changed = by({ head, name, signature, body });
    return changed === undefined
      ? text
      : `${text}\n`
          .replace(whole, () => changed)
          .trimEnd()
          .concat("\n");
  });
}

const call = /^( +)self\.check_webhook\((?:[^()]|\([^()]*\))*\)\n/m;

/** The call that compares is replaced by something else. */
const instead = (line: string): Apply =>
  inTest(({ head, name, signature, body }) =>
    call.test(body) ? `${head}${name}${signature}${body.replace(call, `$1${line}\n`)}` : undefined,
  );

/** The fixture that the test names in words, and no other test does. */
const own = (text: string, body: string): boolean => {
  const fixture = /self\.check_webhook\(\s*("[\w-]+")/.exec(body)?.[1];
  return fixture !== undefined && text.split(fixture).length === 2;
};

/** Rewrites a test whose fixture no other test uses. */
const inOwner = (by: (parts: Parts) => string): Apply =>
  inTests((text) => {
    for (const [whole, head = "", name = "", signature = "", body = ""] of `${text}\n`.matchAll(
      test,
    )) {
      if (!own(text, body)) continue;
      return `${text}\n`
        .replace(whole, () => by({ head, name, signature, body }))
        .trimEnd()
        .concat("\n");
    }
    throw new DoesNotApply();
  });

const commented = (text: string): string => text.replace(/^(?=.*\S) {4}/gm, "    # ");

export const testSeeds: Seeds = {
  "test-asserts": {
    "a test without its prefix": inTest(
      ({ head, name, signature, body }) =>
        `${head}${name.replace("test_", "check_")}${signature}${body}`,
    ),
    "a test with a misspelt prefix": inTest(
      ({ head, name, signature, body }) =>
        `${head}${name.replace("test_", "tets_")}${signature}${body}`,
      1,
    ),
    "a test whose prefix has no underline and no meaning": inTest(
      ({ head, name, signature, body }) => `${head}_${name}${signature}${body}`,
    ),
    "a skipped test": inTests((text) => {
      const marked = text.replace(/^( {4})(def test_)/m, '$1@skip("later")\n$1$2');
      return marked === text ? text : `from unittest import skip\n\n${marked}`;
    }),
    "a test that skips itself": inTest(
      ({ head, name, signature, body }) =>
        `${head}${name}${signature}        self.skipTest("later")\n${body}`,
    ),
    "a test that returns at once": inTest(
      ({ head, name, signature, body }) => `${head}${name}${signature}        return\n${body}`,
    ),
    "a test that only reads its fixture": instead('self.get_body("x")'.replace('"x"', '"berth"')),
    "a test that always passes": instead("self.assertTrue(True)"),
    "a test that compares a constant with itself": instead("self.assertEqual(1, 1)"),
    "a test that compares the expectation with itself": instead(
      "self.assertEqual(expected_message, expected_message)",
    ),
    "a test that only passes": instead("pass"),
    "a message that is never compared": instead(
      'self.client_post(self.url, self.get_body("berth"), content_type="application/json")',
    ),
    "a comparison whose result nobody looks at": instead(
      "expected_message == self.get_last_message().content",
    ),
    "a failure that is swallowed": inTest(({ head, name, signature, body }) => {
      const nested = body.replace(
        call,
        (whole) =>
          `        try:\n${whole.replace(/^/gm, "    ").trimEnd()}\n        except Exception:\n            pass\n`,
      );
      return nested === body ? undefined : `${head}${name}${signature}${nested}`;
    }),
    "a patch that replaces nothing": inTest(
      ({ head, name, signature, body }) =>
        `    @patch("zerver.lib.webhooks.common.check_send_webhook_message")\n${head}${name}${signature.replace("(self", "(self, sender: object")}${body}`,
    ),
    "a patch of a name that is not there": inTest(
      ({ head, name, signature, body }) =>
        `    @patch("zerver.lib.webhooks.common.check_send_message")\n${head}${name}${signature.replace("(self", "(self, sender: object")}${body}`,
    ),
  },
  "test-asserts|ruff": {
    "two tests of one name": inTest(
      ({ head, name, signature, body }) =>
        `${head}${name}${signature}${body}\n${head}${name}${signature}${body}`,
    ),
  },
  "fixtures-used": {
    "the test of a fixture is commented out": inOwner(
      ({ head, name, signature, body }) =>
        `    # ${head.trim()} ${name}${signature}${commented(body)}`,
    ),
    "the test of a fixture is gone": inOwner(() => ""),
    "the fixture shows in a comment only": inOwner(
      ({ body }) =>
        `    # ${/"[\w-]+"/.exec(body.slice(body.indexOf("check_webhook")))?.[0]} has no test yet.\n`,
    ),
    "the fixture shows in a doc string only": inOwner(({ head, body }) => {
      const fixture = /self\.check_webhook\(\s*"([\w-]+)"/.exec(body)?.[1];
      return `${head}helper(self) -> None:\n        "${fixture}"\n`;
    }),
  },
  "fixtures-used|test-asserts": {
    "the test of a fixture has lost its prefix": inOwner(
      ({ head, name, signature, body }) => `${head}${name.replace("test_", "")}${signature}${body}`,
    ),
    "the test of a fixture is skipped": inOwner(
      ({ head, name, signature, body }) =>
        `    @unittest.skip("flaky")\n${head}${name}${signature}${body}`,
    ),
  },
  "topic-length": {
    "a cut topic in a variable": withTest(
      "def test_long(self) -> None:",
      `    expected_topic = "${"harbour ".repeat(7)}b..."`,
      '    self.check_webhook("berth", expected_topic, "message")',
    ),
    "a cut topic by the newer name": withTest(
      "def test_long(self) -> None:",
      `    expected_topic_name = "${"harbour ".repeat(7)}b..."`,
      '    self.check_webhook("berth", expected_topic_name, "message")',
    ),
    "a cut topic by name": withTest(
      "def test_long(self) -> None:",
      `    topic = "${"harbour ".repeat(7)}b..."`,
      '    self.check_webhook("berth", topic, "message")',
    ),
    "a cut topic in a message that is looked up": withTest(
      "def test_long(self) -> None:",
      `    self.assertEqual(self.get_last_message().topic_name(), "${"harbour ".repeat(7)}b...")`,
    ),
  },
  "library-calls": {
    "a misspelt method of the test base": inTests((text) =>
      text.replace("self.check_webhook(", "self.check_webhooks("),
    ),
    "an assertion that is not there": withTest(
      "def test_more(self) -> None:",
      '    result = self.client_post(self.url, "{}", content_type="application/json")',
      "    self.assert_json_succes(result)",
    ),
    "too many arguments of the test base": withTest(
      "def test_more(self) -> None:",
      '    self.check_webhook("berth", "topic", "message", "application/json", False, "more")',
    ),
    "an argument that is missing": withTest(
      "def test_more(self) -> None:",
      '    result = self.client_post(self.url, "{}", content_type="application/json")',
      "    self.assert_json_error(result)",
    ),
  },
  "library-names": {
    "a misspelt test base": inTests((text) =>
      text.replaceAll("WebhookTestCase", "WebHookTestCase"),
    ),
    "a helper for tests that is not there": inTests((text) =>
      imports("from zerver.lib.test_helpers import mock_clock")(`${text}\n\nCLOCK = mock_clock\n`),
    ),
    "a name of the own view that is not there": (tree) =>
      tree.change(tree.tests, (text) =>
        imports(`from zerver.webhooks.${tree.integration.directoryName}.view import BERTHS`)(
          `${text}\n\nKNOWN = BERTHS\n`,
        ),
      ),
  },
  "foreign-import": {
    "another integration's tests": inTests(
      imports("from zerver.webhooks.helloworld.tests import HelloWorldHookTests"),
    ),
    "another integration's view in a test": inTests(
      (text) =>
        `${text.trimEnd()}\n\n    def test_other(self) -> None:\n        from zerver.webhooks.helloworld.view import api_helloworld_webhook\n\n        self.assertIsNotNone(api_helloworld_webhook)\n`,
    ),
  },
  "conflict-markers|python-syntax": {
    "half a merge in the tests": inTests((text) =>
      text.replace(/^( {4}def test_\w+.*)$/m, "<<<<<<< HEAD\n$1\n=======\n$1\n>>>>>>> berths"),
    ),
  },
  "conflict-markers|fixtures-valid": {
    "half a merge in a fixture": (tree) =>
      tree.change(tree.fixture.path, (text) =>
        text.replace(
          /^.*\n/,
          (line) => `${line}<<<<<<< HEAD\n  "berth": 1,\n=======\n  "berth": 2,\n>>>>>>> berths\n`,
        ),
      ),
  },
  "source-secrets": {
    "a Stripe key in the tests": inTests(
      (text) => `${text.trimEnd()}\n\n    KEY = "sk_live_${"a1B2".repeat(6)}"\n`,
    ),
    "a header that signs in, in the tests": withTest(
      "def test_auth(self) -> None:",
      '    self.check_webhook("berth", "t", "m", HTTP_AUTHORIZATION="Basic YWRhOnF1YXktV2luY2gtNzc=")',
    ),
    "a secret by its name in the tests": inTests(
      (text) => `${text.trimEnd()}\n\n    WEBHOOK_SECRET = "d8f1c0a97be24410b6e2f0c3"\n`,
    ),
  },
  "fixture-secrets": {
    "a client's secret by its key": withKey("client_secret", "d8f1c0a97be24410b6e2f0c3"),
    "an API key by its key": withKey("api_key", "9f8e7d6c5b4a39281706f5e4"),
    "a password by its key": withKey("password", "quay-Winch-77"),
    "an access token by its key": withKey("accessToken", "d8f1c0a97be24410b6e2f0c3aa"),
    "a header that signs in": withKey("Authorization", "Bearer d8f1c0a97be24410b6e2f0c3"),
    "a Shopify token": withKey("shop", `shpat_${"0a1b2c3d".repeat(4)}`),
    "a Telegram token": withKey(
      "bot",
      `48${"1029384756".slice(0, 8)}:AAH${"dqTcvCH1vGWJxfSeofSAs0K5PA".slice(0, 26)}LDsaw1`,
    ),
    "a DigitalOcean token": withKey("ocean", `dop_v1_${"0a1b2c3d".repeat(8)}`),
    "a Discord webhook": withKey(
      "url",
      `https://discord.com/api/webhooks/987654321098765432/${"aB3_d-".repeat(11)}ab`,
    ),
    "an OpenAI key": withKey("model", `sk-proj-${"aB3dE".repeat(10)}`),
    "a Hugging Face token": withKey("hub", `hf_${"aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH"}`),
    "a PyPI token": withKey("pypi", `pypi-AgEIcHlwaS5vcmc${"aB3dE".repeat(10)}`),
    "a Google client secret": withKey("google", `GOCSPX-${"aB3dE6_".repeat(4)}`),
    "an Atlassian token": withKey("jira", `ATATT3xFfGF0${"aB3dE".repeat(20)}`),
    "a Linear key": withKey("linear", `lin_api_${"aB3dE".repeat(8)}`),
    "a New Relic key": withKey("relic", `NRAK-${"A1B2C3D4E5".repeat(3).slice(0, 27)}`),
    "a Teams webhook": withKey(
      "teams",
      "https://harbour.webhook.office.com/webhookb2/1b7c9f52-3f0a-4a0e-9d7a-5d1f2b3c4d5e@6f7a8b9c-1d2e-4f5a-8b7c-9d0e1f2a3b4c/IncomingWebhook/0a1b2c3d4e5f60718293a4b5c6d7e8f9/1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f",
    ),
  },
  "stray-files": {
    "an environment file": writes(".env", "KEY=1\n"),
    "a copy of the view": writes("view copy.py", "X = 1\n"),
    "an old view": writes("view_old.py", "X = 1\n"),
    "a backup of the tests": writes("tests_backup.py", "X = 1\n"),
    "a second view": writes("view2.py", "X = 1\n"),
    "a file of an editor's": writes("view.py.swp", "x"),
    "macOS's own": writes(".DS_Store", "x"),
    "a notebook": writes("explore.ipynb", "{}\n"),
    notes: writes("notes.txt", "later\n"),
    "a fixture beside the folder": writes("berth_freed.json", "{}\n"),
    "a shell script": writes("send.sh", "curl x\n"),
  },
  "fixture-name": {
    "blanks in a fixture's name": writes("fixtures/Berth freed.json", "{}\n"),
    "a fixture with two endings": writes("fixtures/berth_freed.json.txt", "{}\n"),
    "a fixture with large letters at the end": writes("fixtures/berth_freed.JSON", "{}\n"),
    "a copy of a fixture": writes("fixtures/berth_freed (1).json", "{}\n"),
    "a fixture without an ending": writes("fixtures/berth_freed", "{}\n"),
  },
  "screenshot-parameters": {
    "a parameter that the view does not know": (tree) => {
      if (!tree.text(tree.view).includes("typed_endpoint")) throw new DoesNotApply();
      if (
        /extra_params/.test(
          tree
            .text(tree.registry)
            .slice(
              tree.integration.screenshots[0]?.range.from,
              tree.integration.screenshots[0]?.range.to,
            ),
        )
      )
        throw new DoesNotApply();
      tree.changePicture((entry) => entry.replace(/,?\s*\)\s*$/, ', extra_params={"berth": "7"})'));
    },
    "a payload as a parameter that the view does not take": (tree) => {
      if (!tree.text(tree.view).includes("JsonBodyPayload")) throw new DoesNotApply();
      tree.changePicture((entry) => entry.replace(/,?\s*\)\s*$/, ", payload_as_query_param=True)"));
    },
  },
  "event-declared": {
    "a type that the fixture states is not declared": inView((text) => {
      const table = /^([A-Z_]*EVENTS?_?[A-Z_]* *(?::[^=\n]*)?= *\[)\s*("[\w.]+"),/m;
      const [, , type = ""] = table.exec(text) ?? [];
      if (!text.includes("all_event_types=") || text.split(type).length !== 2) return text;
      return text.replace(table, "$1");
    }),
  },
};
