import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Checkout } from "../../src/checkout/model.ts";
import type { Note } from "../../src/transfer/convert/notes.ts";
import type { Destination } from "../../src/transfer/convert/python.ts";
import { TravellingSource } from "../../src/transfer/convert/source.ts";
import { convertTests } from "../../src/transfer/convert/tests.ts";
import { TreeNames } from "../../src/transfer/convert/tree-names.ts";
import { convertView } from "../../src/transfer/convert/view.ts";
import { temporaryDirectory } from "../support/tree.ts";

function tree(files: Record<string, string>): string {
  const root = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const COMMON = `def check_send_webhook_message(request, user_profile, topic, body, event=None): ...
def validate_extract_webhook_http_header(request, header, integration_name): ...
`;
const TEST_BASE = (word: string, topic: string): string => `class WebhookTestCase:
    def check_webhook(self, fixture_name, expected_${topic}=None, expected_message=None): ...
    def assert_${word}_message(self, *, message, ${word}_name, topic_name, content): ...
`;
const older = {
  "zerver/models.py": "class UserProfile: ...\ndef get_user(): ...\n",
  "zerver/lib/request.py": "REQ = 1\ndef has_request_variables(view): ...\n",
  "zerver/lib/validator.py": "class WildValue: ...\ndef to_wild_value(): ...\n",
  "zerver/lib/webhooks/common.py": COMMON,
  "zerver/lib/test_classes.py": TEST_BASE("stream", "topic"),
};
const newer = {
  "zerver/models/__init__.py": "from zerver.models.users import UserProfile as UserProfile\n",
  "zerver/models/users.py": "class UserProfile: ...\ndef get_user(): ...\n",
  "zerver/lib/typed_endpoint.py": "JsonBodyPayload = 1\ndef typed_endpoint(view): ...\n",
  "zerver/lib/validator.py": "class WildValue: ...\ndef to_wild_value(): ...\n",
  "zerver/lib/webhooks/common.py": COMMON.replace(
    "validate_extract_webhook_http_header",
    "get_event_header",
  ).replace("event=None", "event=None, no_previews=False"),
  "zerver/lib/test_classes.py": TEST_BASE("channel", "topic_name"),
};

interface Kind {
  files: Record<string, string>;
  typing: "legacy" | "modern";
  topicVariable: string;
  streamAttribute: string;
  topicParameter: string;
  minimumPython: number;
}
const OLDER: Kind = {
  files: older,
  typing: "legacy",
  topicVariable: "topic",
  streamAttribute: "STREAM_NAME",
  topicParameter: "expected_topic",
  minimumPython: 8,
};
const NEWER: Kind = {
  files: newer,
  typing: "modern",
  topicVariable: "topic_name",
  streamAttribute: "CHANNEL_NAME",
  topicParameter: "expected_topic_name",
  minimumPython: 10,
};

const testsOf = ({ streamAttribute, topicParameter }: Kind) =>
  ({ streamAttribute, topicParameter, streamRequired: true }) as Checkout["dialect"]["tests"];

function destination(kind: Kind): Destination {
  const { typing, topicVariable, files, minimumPython } = kind;
  const dialect = {
    view: { typing, topicVariable },
    tests: testsOf(kind),
    registry: { lineLength: 100 },
  };
  return {
    checkout: { dialect } as unknown as Checkout,
    names: new TreeNames(tree(files)),
    typingModules: new Map(),
    packages: new Set(),
    minimumPython,
    ownModule: "zerver.webhooks.lamp",
  };
}

async function view(text: string, to: Kind): Promise<{ text: string; notes: Note[] }> {
  const source = new TravellingSource("view.py", text, []);
  await convertView(source, destination(to));
  return { text: source.text, notes: source.notes };
}

async function tests(text: string, from: Kind, to: Kind) {
  const source = new TravellingSource("tests.py", text, []);
  const integration = { name: "lamp", directoryName: "lamp", streamName: "lamp", url: "x/lamp" };
  const names = new TreeNames(tree(from.files));
  await convertTests(source, { dialect: testsOf(from), names, integration }, destination(to));
  return { text: source.text, notes: source.notes };
}

const OLD_VIEW = `from typing import Callable, Dict, Optional

from zerver.lib.request import REQ, has_request_variables
from zerver.lib.validator import WildValue, to_wild_value
from zerver.lib.webhooks.common import (
    check_send_webhook_message,
    validate_extract_webhook_http_header,
)
from zerver.models import UserProfile, get_user


@has_request_variables
def api_lamp_webhook(
    request: object,
    user_profile: UserProfile,
    payload: WildValue = REQ(argument_type="body", converter=to_wild_value),
    room: Optional[str] = REQ(default=None),
) -> object:
    topic = f"{room} lamp"  # a topic for each room
    event = validate_extract_webhook_http_header(request, "X-Lamp", "Lamp")
    functions: Dict[str, Callable[[], str]] = {}
    get_user()
    return check_send_webhook_message(request, user_profile, topic=topic, body=functions[event]())
`;

const NEW_VIEW = `from collections.abc import Callable

from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue
from zerver.lib.webhooks.common import check_send_webhook_message, get_event_header
from zerver.models import UserProfile
from zerver.models.users import get_user


@typed_endpoint
def api_lamp_webhook(
    request: object,
    user_profile: UserProfile,
    *, payload: JsonBodyPayload[WildValue],
    room: str | None = None,
) -> object:
    topic_name = f"{room} lamp"  # a topic for each room
    event = get_event_header(request, "X-Lamp", "Lamp")
    functions: dict[str, Callable[[], str]] = {}
    get_user()
    return check_send_webhook_message(request, user_profile, topic=topic_name, body=functions[event]())
`;

describe("convertView", () => {
  it("writes an older view as a newer tree does", async () => {
    expect(await view(OLD_VIEW, NEWER)).toEqual({ text: NEW_VIEW, notes: [] });
  });

  it("writes a newer view as an older tree does", async () => {
    const { text, notes } = await view(NEW_VIEW, OLDER);
    expect(notes).toEqual([]);
    expect(text).toBe(OLD_VIEW);
  });

  it("changes nothing where the trees are alike", async () => {
    expect(await view(NEW_VIEW, NEWER)).toEqual({ text: NEW_VIEW, notes: [] });
  });

  it("keeps the name of a parameter that is a part of the URL", async () => {
    const text = "@f\ndef api(request, user_profile, topic):\n    send(topic)\n";
    expect((await view(text, NEWER)).text).toBe(text);
  });

  it.each<[string, string, Kind, number, string]>([
    [
      "a helper the tree does not have",
      "from zerver.lib.webhooks.git import get_tag\n",
      NEWER,
      1,
      "zerver.lib.webhooks.git of this tree has no get_tag",
    ],
    [
      "an argument the tree's helper does not take",
      "from zerver.lib.webhooks.common import check_send_webhook_message\n\ncheck_send_webhook_message(1, no_previews=True)\n",
      OLDER,
      3,
      "check_send_webhook_message of this tree takes no no_previews",
    ],
    [
      "match",
      "x = 1\nmatch x:\n    case 1:\n        pass\n",
      OLDER,
      2,
      "`match` needs Python 3.10",
    ],
    ["a union at run time", "isinstance(1, int | str)\n", OLDER, 1, "the union `int | str` needs"],
    [
      "a parameter that has no other form",
      "@typed_endpoint\ndef api(request, user_profile, *, lamps: Json[int]): ...\n",
      OLDER,
      2,
      "the parameter lamps: Json[int] has to be written with REQ",
    ],
  ])("names %s, with the line", async (_what, text, to, line, message) => {
    const { notes } = await view(text, to);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({ path: "view.py", line });
    expect(notes[0]?.message).toContain(message);
  });
});

const OLD_TESTS = `class LampHookTests(WebhookTestCase):
    STREAM_NAME = "lamp"

    def test_on(self) -> None:
        expected_topic = "hall"
        self.check_webhook("on", expected_topic=expected_topic, expected_message="on")
        self.assert_stream_message(
            message=1, stream_name=self.STREAM_NAME, topic_name=expected_topic, content=""
        )
`;

describe("convertTests", () => {
  const NEW_TESTS = OLD_TESTS.replaceAll("STREAM_NAME", "CHANNEL_NAME")
    .replaceAll("expected_topic", "expected_topic_name")
    .replace("assert_stream_message", "assert_channel_message")
    .replace("stream_name", "channel_name");

  it("writes older tests as a newer tree does, and back", async () => {
    expect(await tests(OLD_TESTS, OLDER, NEWER)).toEqual({ text: NEW_TESTS, notes: [] });
    expect(await tests(NEW_TESTS, NEWER, OLDER)).toEqual({ text: OLD_TESTS, notes: [] });
  });

  it("states what the other test base needs", async () => {
    const text = OLD_TESTS.replace('    STREAM_NAME = "lamp"\n\n', "").replace(
      "self.STREAM_NAME",
      '"lamp"',
    );
    const converted = await tests(text, OLDER, NEWER);
    expect(converted.text).toContain('(WebhookTestCase):\n    CHANNEL_NAME = "lamp"\n\n    def');
  });

  it("names a method that the other test base does not have", async () => {
    const from = {
      ...OLDER,
      files: { ...older, "zerver/lib/test_classes.py": "class A:\n    def lamp(self): ...\n" },
    };
    const { notes } = await tests("self.lamp()\n", from, NEWER);
    expect(notes).toEqual([
      { path: "tests.py", line: 1, message: "the test base of this tree has no lamp" },
    ]);
  });
});
