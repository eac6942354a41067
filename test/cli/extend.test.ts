/** `extend` as a user runs it: views of several styles, in a workspace, on the real engine. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatPython } from "../../src/scaffold/python/format.ts";
import {
  acme,
  CLOSED,
  endpoint,
  extend,
  HEAD,
  read,
  testsOf,
  write,
} from "../support/acme-view.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { fingerprint, temporaryWorkspace } from "../support/tree.ts";

const folder = "zerver/webhooks/harbourline";

/** A payload of an event that harbourline's view does not know, in its service's shape. */
const LOCKED = {
  actor: { name: "Ada" },
  project: { name: "press" },
  environment: "production",
  lock: { reason: "Freeze for the release" },
};

/** What is not in a text that was before it: nothing, where lines were only put in. */
function lost(before: string, after: string): string[] {
  const lines = after.split("\n");
  let at = 0;
  return before.split("\n").filter((line) => {
    const found = lines.indexOf(line, at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}

describe("extend", () => {
  it("adds an event to a table of functions, in its order and the view's style, and every other line stays", async () => {
    const root = temporaryWorkspace();
    const before = {
      view: read(root, `${folder}/view.py`),
      tests: read(root, `${folder}/tests.py`),
    };
    const payload = write(root, "environment_locked.json", LOCKED);
    const { exitCode, report } = await extend(root, "harbourline", "--payload", payload, "--yes");
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: {
        version: 1,
        name: "harbourline",
        created: [`${folder}/fixtures/environment_locked.json`],
        updated: [`${folder}/view.py`, `${folder}/tests.py`],
        removed: [],
        dryRun: false,
        payloads: [
          {
            fixture: "environment_locked.json",
            state: "added",
            event: "environment_locked",
            function: "get_environment_locked_body",
          },
        ],
        messages: [{ fixture: "environment_locked.json", topic: "press / production" }],
      },
    });
    expect(report.messages[0].content).toMatch(/Ada.*locked/);
    const after = {
      view: read(root, `${folder}/view.py`),
      tests: read(root, `${folder}/tests.py`),
    };
    expect(after.view).toMatch(
      /"deployment_started": .*,\n {4}"environment_locked": get_environment_locked_body,\n {4}"ping"/,
    );
    expect(lost(before.view, after.view)).toEqual([]);
    expect(lost(before.tests, after.tests)).toEqual([]);
    expect(read(root, `${folder}/fixtures/environment_locked.json`)).toBe(
      `${read(root, payload)}\n`,
    );
    expect(await testsOf(root, "harbourline")).toEqual({ passed: 12, failed: 0 });
    const lint = await cli(["lint", "harbourline"], { cwd: root });
    expect(lint.stdout).toContain("nothing found");
  });

  it("reads what stands in a text of the payload, where the view takes it from there", async () => {
    const head = HEAD.replace("WildValue, check_string", "WildValue, check_string, to_wild_value");
    const root = await acme(`${head}

def get_opened_body(payload: WildValue) -> str:
    return "Opened by {name}.".format(name=payload["user"]["name"].tame(check_string))


BODIES = {
    "door.opened": get_opened_body,
}
ALL_EVENT_TYPES = list(BODIES)

${endpoint(
  `    payload = to_wild_value("Message", payload["Message"].tame(check_string))
    event = payload["type"].tame(check_string)
    if event not in BODIES:
        raise UnsupportedWebhookEventTypeError(event)
    body = BODIES[event](payload)
    topic_name = payload["project"].tame(check_string)
    check_send_webhook_message(request, user_profile, topic_name, body, event)`,
  ", all_event_types=ALL_EVENT_TYPES",
)}`);
    const handedOn = (message: unknown) => ({ Type: "Notice", Message: JSON.stringify(message) });
    const opened = { type: "door.opened", project: "press", user: { name: "Ada" } };
    write(root, "zerver/webhooks/acme/fixtures/opened.json", handedOn(opened));
    const payload = write(root, "closed.json", handedOn(CLOSED));
    const { exitCode, report } = await extend(root, "acme", "--payload", payload, "--yes");
    expect({ exitCode, state: report.payloads[0].state }).toEqual({ exitCode: 0, state: "added" });
    expect(report.messages[0].content).toMatch(/\*\*Ada\*\* closed/);
    expect(report.messages[0].content).not.toContain("door.closed");
    expect(await testsOf(root, "acme")).toEqual({ passed: 2, failed: 0 });
  });

  it("adds a branch to a chain, a topic to the view's own, and the type to a list that declares them", async () => {
    const root = await acme(`${HEAD}
ALL_EVENT_TYPES = ["door.opened", "door.locked"]


def get_body_for_opened_event(payload: WildValue) -> str:
    return "Opened by {name}.".format(name=payload["user"]["name"].tame(check_string))


def get_body_for_locked_event(payload: WildValue) -> str:
    return "Locked."


def get_topic(payload: WildValue) -> str:
    event = payload["type"].tame(check_string)
    if event == "door.opened":
        topic = payload["project"].tame(check_string)
    else:
        topic = payload["lock"]["name"].tame(check_string)
    return topic


def get_body(payload: WildValue, event: str) -> str:
    if event == "door.opened":
        return get_body_for_opened_event(payload)
    elif event == "door.locked":
        return get_body_for_locked_event(payload)
    else:
        raise UnsupportedWebhookEventTypeError(event)

${endpoint(
  `    event = payload["type"].tame(check_string)
    body = get_body(payload, event)
    check_send_webhook_message(request, user_profile, get_topic(payload), body, event)`,
  ", all_event_types=ALL_EVENT_TYPES",
)}`);
    const payload = write(root, "closed.json", CLOSED);
    const { exitCode, report } = await extend(root, "acme", "--payload", payload, "--yes");
    const view = read(root, "zerver/webhooks/acme/view.py");
    expect({ exitCode, states: report.payloads }).toMatchObject({
      exitCode: 0,
      states: [{ state: "added", function: "get_body_for_door_closed_event" }],
    });
    expect(view).toContain(
      '    elif event == "door.closed":\n        return get_body_for_door_closed_event(payload)\n    else:\n        raise',
    );
    expect(view).toContain('ALL_EVENT_TYPES = ["door.opened", "door.locked", "door.closed"]');
    expect(view).toContain('    if event in ("door.opened", "door.closed"):\n        topic =');
    expect(await testsOf(root, "acme")).toEqual({ passed: 2, failed: 0 });
  });

  it("writes a function of topic and text as the others are written, with the topic as they make it", async () => {
    const root = await acme(`${HEAD}
def get_topic(payload: WildValue) -> str:
    return payload["project"].tame(check_string)


def opened_message(payload: WildValue) -> tuple[str, str]:
    name = payload["user"]["name"].tame(check_string)
    topic = get_topic(payload)
    body = f"Opened by {name}."
    return (topic, body)


def locked_message(payload: WildValue) -> tuple[str, str]:
    topic = get_topic(payload)
    body = "Locked."
    return (topic, body)


HANDLERS = {
    "door.opened": opened_message,
    "door.locked": locked_message,
}

${endpoint(`    event = payload["type"].tame(check_string)
    if event not in HANDLERS:
        raise UnsupportedWebhookEventTypeError(event)
    topic, body = HANDLERS[event](payload)
    check_send_webhook_message(request, user_profile, topic, body)`)}`);
    const payload = write(root, "closed.json", CLOSED);
    const { exitCode, report } = await extend(root, "acme", "--payload", payload, "--yes");
    const view = read(root, "zerver/webhooks/acme/view.py");
    expect({ exitCode, topic: report.messages[0].topic }).toEqual({ exitCode: 0, topic: "press" });
    expect(view).toMatch(
      /def \w+\(payload: WildValue\) -> tuple\[str, str\]:\n {4}topic = get_topic\(payload\)\n(.*\n)* {4}return \(topic, body\)\n/,
    );
    expect(view).toMatch(/"door\.locked": locked_message,\n {4}"door\.closed": \w+,\n\}/);
    expect(await testsOf(root, "acme")).toEqual({ passed: 2, failed: 0 });
  });

  it("keeps the quotes, line breaks and gaps of a view that has others, and reads a match", async () => {
    const source = `${HEAD}
def opened(payload: WildValue) -> str:
    return 'Opened by ' + payload['user']['name'].tame(check_string) + '.'

def locked(payload: WildValue) -> str:
    return 'Locked.'

def text_for(payload: WildValue, kind: str) -> str:
    match kind:
        case 'door.opened':
            return opened(payload)
        case 'door.locked':
            return locked(payload)
        case _:
            raise UnsupportedWebhookEventTypeError(kind)
${endpoint(`    kind = payload['type'].tame(check_string)
    topic = payload['project'].tame(check_string)
    check_send_webhook_message(request, user_profile, topic, text_for(payload, kind))`)}`;
    const root = await acme(source.replaceAll("\n", "\r\n"));
    const payload = write(root, "closed.json", CLOSED);
    const { exitCode } = await extend(root, "acme", "--payload", payload, "--yes");
    const view = read(root, "zerver/webhooks/acme/view.py");
    expect(exitCode).toBe(0);
    expect(view.replaceAll("\r\n", "")).not.toContain("\n");
    expect(view).toMatch(/case 'door\.closed':\r\n {12}return \w+\(payload\)\r\n {8}case _:/);
    expect(await testsOf(root, "acme")).toEqual({ passed: 2, failed: 0 });
  });

  it("shows in the new message what the author chose, and refuses what no new message is for", async () => {
    const root = temporaryWorkspace();
    const locked = write(root, "deployment_locked.json", LOCKED);
    const line = ["extend", "harbourline", "--payload", locked, "--yes", "--json"];
    const chosen = [
      ...["--show", "deployment_locked=environment", "--hide", "actor"],
      ...["--headline", "{lock.reason}"],
    ];
    const { exitCode, stdout } = await cli([...line, ...chosen, "--dry-run"], { cwd: root });
    expect(exitCode).toBe(0);
    const { messages } = JSON.parse(stdout);
    expect(messages).toEqual([
      {
        fixture: "deployment_locked.json",
        topic: "press / production",
        content: "Freeze for the release.\n* **Environment:** production",
      },
    ]);
    const other = await cli([...line, "--show", "deployment_done=environment"], { cwd: root });
    expect(other.exitCode).toBe(2);
    expect(JSON.parse(other.stdout).error.hint).toContain("deployment_locked");
  });

  it("says of an event that the view handles that it does, and adds fixture and test only", async () => {
    const root = temporaryWorkspace();
    const view = read(root, `${folder}/view.py`);
    const ping = read(root, `${folder}/fixtures/ping.json`);
    const payload = write(root, "ping__again.json", ping);
    const { exitCode, report, stderr } = await extend(
      root,
      "harbourline",
      "--payload",
      payload,
      "--yes",
    );
    expect({ exitCode, states: report.payloads, updated: report.updated }).toEqual({
      exitCode: 0,
      states: [{ fixture: "ping__again.json", state: "handled" }],
      updated: [`${folder}/tests.py`],
    });
    expect(stderr).toContain("already handles this event");
    expect(read(root, `${folder}/view.py`)).toBe(view);
    expect(await testsOf(root, "harbourline")).toEqual({ passed: 12, failed: 0 });
  });

  it("names the field that a function needs and another payload of its event lacks", async () => {
    const root = await acme(`${HEAD}
def get_opened_body(payload: WildValue) -> str:
    name = payload["user"]["name"].tame(check_string)
    return f"Opened by {name}."


BODIES = {"door.opened": get_opened_body}

${endpoint(`    event = payload["type"].tame(check_string)
    if event not in BODIES:
        raise UnsupportedWebhookEventTypeError(event)
    body = BODIES[event](payload)
    check_send_webhook_message(request, user_profile, payload["project"].tame(check_string), body)`)}`);
    const before = read(root, "zerver/webhooks/acme/view.py");
    const less = { type: "door.opened", project: "press", user: { id: 3 } };
    const payload = write(root, "opened__by_itself.json", less);
    const line = ["acme", "--payload", payload, "--yes"];
    const { exitCode, report, stderr } = await extend(root, ...line);
    const at = before.split("\n").findIndex((text) => text.startsWith("    name =")) + 1;
    expect({ exitCode, states: report.payloads, updated: report.updated }).toEqual({
      exitCode: 1,
      states: [
        {
          fixture: "opened__by_itself.json",
          state: "failed",
          event: "door.opened",
          function: "get_opened_body",
          path: "zerver/webhooks/acme/view.py",
          line: at,
          missing: "user.name",
        },
      ],
      updated: [],
    });
    expect(stderr).toContain(
      `the view knows the event "door.opened", but get_opened_body (zerver/webhooks/acme/view.py:${at}) needs user.name, which this payload lacks. Make it optional there.`,
    );
    expect(read(root, "zerver/webhooks/acme/view.py")).toBe(before);
    // What it says to do leads to a test of the new fixture.
    const optional = before.replace(
      / {4}name = .*/,
      '    name = payload["user"].get("name", "nobody").tame(check_string)',
    );
    write(root, "zerver/webhooks/acme/view.py", optional);
    const recorded = await cli(["test", "acme", "--record", "--yes"], { cwd: root });
    expect({ recorded: recorded.exitCode, tests: await testsOf(root, "acme") }).toEqual({
      recorded: 0,
      tests: { passed: 2, failed: 0 },
    });
  });

  it("prints the function where a view is not understood, and changes no code", async () => {
    const view = `${HEAD}
${endpoint(`    if payload["type"].tame(check_string).endswith("closed"):
        raise UnsupportedWebhookEventTypeError(payload["type"].tame(check_string))
    body = "Opened by " + payload["user"]["name"].tame(check_string) + "."
    check_send_webhook_message(request, user_profile, payload["project"].tame(check_string), body)`)}`;
    const root = await acme(view);
    const payload = write(root, "closed.json", CLOSED);
    const { exitCode, stdout, stderr } = await cli(
      ["extend", "acme", "--payload", payload, "--yes"],
      {
        cwd: root,
      },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('does not handle the event "door.closed", and it is left to you');
    expect(stderr).toContain(
      "Only fixtures were added to acme: its view and its tests are unchanged",
    );
    expect(stderr).not.toContain("acme is extended");
    expect(stderr).toContain("connect-webhook test acme --record");
    expect(stdout).toContain("def get_door_closed_body(payload: WildValue) -> str:");
    expect(read(root, "zerver/webhooks/acme/view.py")).toBe(view);
    expect(existsSync(join(root, "zerver/webhooks/acme/fixtures/closed.json"))).toBe(true);
    expect(await testsOf(root, "acme")).toEqual({ passed: 1, failed: 0 });
    // Until then, the way leads on from here and not back: the command is the one that prints the function.
    const early = await cli(["test", "acme", "--record", "--yes"], { cwd: root });
    expect(early.stdout).toContain(
      `the view does not handle the event "door.closed"; \`connect-webhook extend acme --payload zerver/webhooks/acme/fixtures/closed.json\` adds it, or prints the function to insert.`,
    );
    const again = ["extend", "acme", "--payload", "zerver/webhooks/acme/fixtures/closed.json"];
    const repeated = await cli([...again, "--yes"], { cwd: root });
    expect(repeated.stdout).toContain("def get_door_closed_body(payload: WildValue) -> str:");
    expect(repeated.stderr).toContain("once the view calls the function for this event");
    // Who pastes the function and calls it gets the test of the fixture that has come already.
    const call = view
      .replace(/raise Unsupported.*/, "body = get_door_closed_body(payload)")
      .replace('    body = "Opened', '    else:\n        body = "Opened');
    const [, pasted = ""] = /(def get_door_closed_body[\s\S]*?)\n# The topic/.exec(stdout) ?? [];
    write(root, "zerver/webhooks/acme/view.py", call.replace(/(?=@webhook_view)/, `${pasted}\n\n`));
    const recorded = await cli(["test", "acme", "--record", "--yes"], { cwd: root });
    expect({ recorded: recorded.exitCode, tests: await testsOf(root, "acme") }).toEqual({
      recorded: 0,
      tests: { passed: 2, failed: 0 },
    });
  });

  it("prints a function under a name that the view does not have, without what it imports", async () => {
    const own = "def get_door_closed_body(text: str) -> str:\n    return text\n\n\n";
    const root = await acme(`${HEAD}
${own}${endpoint(`    if payload["type"].tame(check_string).endswith("closed"):
        raise UnsupportedWebhookEventTypeError(payload["type"].tame(check_string))
    body = get_door_closed_body(payload["user"]["name"].tame(check_string))
    check_send_webhook_message(request, user_profile, payload["project"].tame(check_string), body)`)}`);
    const payload = write(root, "closed.json", CLOSED);
    const { stdout } = await cli(["extend", "acme", "--payload", payload, "--yes"], { cwd: root });
    expect(stdout).toContain("def get_event_door_closed_body(payload: WildValue) -> str:");
    expect(stdout).not.toContain("import WildValue");
  });

  it("writes nothing with --dry-run, and the same afterwards; a captured fixture needs no second name", async () => {
    const root = temporaryWorkspace();
    const fixture = write(root, `${folder}/fixtures/environment_locked.json`, LOCKED);
    const before = fingerprint(root);
    const recorded = await cli(["test", "harbourline", "--record", "--dry-run"], { cwd: root });
    expect(recorded.stdout).toContain(
      `the view does not handle the event "environment_locked"; \`connect-webhook extend harbourline --payload ${fixture}\` adds it, or prints the function to insert`,
    );
    expect(recorded.stdout).not.toContain("expect_noop");
    const planned = await extend(root, "harbourline", "--payload", fixture, "--dry-run");
    expect(fingerprint(root)).toBe(before);
    const { report } = await extend(root, "harbourline", "--payload", fixture, "--yes");
    expect(report.created).toEqual([]);
    const { diff, fields } = planned.report;
    expect({ ...planned.report, dryRun: false }).toEqual({ ...report, diff, fields });
    expect(await testsOf(root, "harbourline")).toEqual({ passed: 12, failed: 0 });
  });

  it("names a fixture that is there and that git does not have among what to add", async () => {
    const root = temporaryWorkspace();
    git(root, "init", "--quiet");
    git(root, "add", ".");
    git(root, "commit", "--quiet", "--message", "all");
    const fixture = write(root, `${folder}/fixtures/environment_locked.json`, LOCKED);
    const words = ["harbourline", "--payload", fixture, "--yes"];
    const { stderr } = await extend(root, ...words);
    expect(stderr).toContain(`git add ${fixture} ${folder}/view.py ${folder}/tests.py`);
    git(root, "add", ".");
    const { stderr: again } = await extend(root, ...words);
    expect(again).not.toContain("git add");
  });

  it("enters the event header's value where no fixture's name can hold it", async () => {
    const root = temporaryWorkspace();
    const payload = write(root, "push.json", { repository: "press", user: { name: "Ada" } });
    const other = write(root, "tag.json", {
      repository: "press",
      user: { name: "Ada" },
      tag: "v1",
    });
    await cli(
      [
        "new",
        "acme",
        "--category",
        "misc",
        "--yes",
        "--no-screenshot",
        "--payload",
        payload,
      ].concat(["--event-header", "X-Acme-Event", "--event-name", "push.json=repo:push"]),
      { cwd: root },
    );
    const words = ["acme", "--payload", other, "--event-name", "tag.json=repo:tag", "--yes"];
    const { exitCode, report } = await extend(root, ...words);
    expect({ exitCode, payloads: report.payloads }).toMatchObject({
      exitCode: 0,
      payloads: [{ state: "added", event: "repo:tag" }],
    });
    expect(read(root, "zerver/webhooks/acme/view.py")).toContain('"tag": "repo:tag",');
    expect(await testsOf(root, "acme")).toEqual({ passed: 3, failed: 0 });
  });

  it("warns where only a file's name says what the event header was", async () => {
    const root = temporaryWorkspace();
    const names = ["push.json", "tag.json"];
    const [first = "", other = ""] = names.map((name) =>
      write(root, name, { repository: "press" }),
    );
    const words = ["acme", "--category", "misc", "--no-screenshot", "--payload", first];
    await cli(["new", ...words, "--yes", "--event-header", "X-Acme-Event"], { cwd: root });
    const guessed = await cli(["extend", "acme", "--payload", other, "--dry-run"], { cwd: root });
    expect(guessed.stderr).toContain('says that its event header was "tag"');
    const said = [
      "extend",
      "acme",
      "--payload",
      other,
      "--event-name",
      "tag.json=tag",
      "--dry-run",
    ];
    expect((await cli(said, { cwd: root })).stderr).not.toContain("its event header was");
  });

  it("puts the event into the page's list of events", async () => {
    const root = temporaryWorkspace();
    const doc = `${folder}/doc.md`;
    write(
      root,
      doc,
      `${read(root, doc)}\n* **Deployment started**\n* **Deployment finished**\n\nThe end.\n`,
    );
    const payload = write(root, "environment_locked.json", LOCKED);
    await extend(root, "harbourline", "--payload", payload, "--yes");
    expect(read(root, doc)).toContain(
      "* **Deployment finished**\n* **Environment locked**\n\nThe end.\n",
    );
  });
});

describe("the format of what extend writes", () => {
  const EVENTS = ["door.opened", ...[1, 2, 3, 4, 5].map((number) => `door.event_${number}`)];
  const listed = `EVENTS = [${EVENTS.map((event) => `"${event}"`).join(", ")}]\n`;
  const chain = (head: string): string =>
    `${HEAD}${head}\n${listed}\n${endpoint(
      `    event_type = payload["type"].tame(check_string)
    user = payload["user"]["name"].tame(check_string)
    if event_type == "door.opened":
        topic_name = payload["project"].tame(check_string)
        body = f"Opened by {user}."
    else:
        raise UnsupportedWebhookEventTypeError(event_type)
    check_send_webhook_message(request, user_profile, topic_name, body, event_type)`,
      ", all_event_types=EVENTS",
    )}`;
  const long = { ...CLOSED, type: "door.closed_for_the_night", reason: "a ".repeat(60) };

  async function extended(view: string, linter: string): Promise<[string, string]> {
    const root = await acme(view);
    write(root, "tools/lint", linter);
    const tests = read(root, "zerver/webhooks/acme/tests.py");
    const payload = write(root, "closed_for_the_night_in_winter_and_in_summer.json", long);
    const { exitCode } = await extend(root, "acme", "--payload", payload, "--yes");
    expect(exitCode).toBe(0);
    expect(lost(tests, read(root, "zerver/webhooks/acme/tests.py"))).toEqual([]);
    return [
      read(root, "zerver/webhooks/acme/view.py"),
      read(root, "zerver/webhooks/acme/tests.py"),
    ];
  }

  it.each([
    ["ruff", 'format = ["ruff", "format", "--quiet"]\n'],
    ["black", 'linter_config.external_linter("black", ["black"], ["py"])\n'],
  ])("is that of %s, where the tree runs it", async (_name, linter) => {
    for (const text of await extended(chain(""), linter)) {
      expect(await formatPython(text, 100)).toBe(text);
    }
  });

  it("is that of the formatter where the author has another one, in new lines only", async () => {
    const odd = "\nDOORS  =  { 'north' : 1 }\n";
    const before = chain(odd);
    const [view, tests] = await extended(before, 'format = ["ruff", "format", "--quiet"]\n');
    expect(view).toContain(odd);
    expect(lost(before, view)).toEqual([listed.trim()]);
    expect(await formatPython(tests, 100)).toBe(tests);
  });
});

describe("bad input of extend", () => {
  const cases: {
    what: string;
    words: string[];
    code: string;
    says: string;
    file?: [string, string];
    spoil?: [string, string];
  }[] = [
    {
      what: "an unknown integration",
      words: ["nosuch", "--payload", "p.json"],
      code: "unknown-integration",
      says: "connect-webhook list",
    },
    {
      what: "a misspelt name",
      words: ["harborline", "--payload", "p.json"],
      code: "unknown-integration",
      says: "Did you mean harbourline?",
    },
    { what: "no payload", words: ["harbourline"], code: "missing-answers", says: "--payload" },
    {
      what: "a payload that is not there",
      words: ["harbourline", "--payload", "none.json"],
      code: "no-such-file",
      says: "none.json",
    },
    {
      what: "a broken payload",
      words: ["harbourline", "--payload", "p.json"],
      code: "payload-not-json",
      says: "p.json is not JSON",
      file: ["p.json", '{\n  "a": }'],
    },
    {
      what: "a fixture that exists",
      words: ["harbourline", "--payload", "ping.json"],
      code: "fixture-exists",
      says: "Rename ping.json",
      file: ["ping.json", "{}"],
    },
    {
      what: "an event name for no payload",
      words: ["harbourline", "--payload", "p.json", "--event-name", "x.json=y"],
      code: "bad-event-name",
      says: "--event-name",
      file: ["p.json", "{}"],
    },
    {
      what: "a value that no fixture can have",
      words: ["harbourline", "--payload", "p.json", "--event-name", "p.json=a:b"],
      code: "no-event-header",
      says: "Make it give that value to a fixture called p",
      file: ["p.json", "{}"],
    },
    {
      what: "a broken view",
      words: ["harbourline", "--payload", "p.json"],
      code: "broken-view",
      says: "Repair",
      file: ["p.json", "{}"],
      spoil: [`${folder}/view.py`, "def (:\n"],
    },
    {
      what: "broken tests",
      words: ["harbourline", "--payload", "p.json"],
      code: "cannot-record",
      says: "Repair",
      file: ["p.json", "{}"],
      spoil: [`${folder}/tests.py`, "def (:\n"],
    },
    {
      what: "a broken library",
      words: ["harbourline", "--payload", "p.json"],
      code: "cannot-deliver",
      says: "zerver/lib/response.py, line 1",
      file: ["p.json", "{}"],
      spoil: ["zerver/lib/response.py", "def (:\n"],
    },
  ];
  it.each(cases)("$what", async ({ words, code, says, file, spoil }) => {
    const root = temporaryWorkspace();
    if (file) write(root, ...file);
    if (spoil) write(root, ...spoil);
    const before = fingerprint(root);
    const { exitCode, report } = await extend(root, ...words, "--yes");
    expect({ exitCode, code: report.error?.code }).toEqual({ exitCode: 2, code });
    expect(`${report.error.message} ${report.error.hint}`).toContain(says);
    expect(report.error.message).toMatch(/\.$/);
    expect(fingerprint(root)).toBe(before);
  });

  it("says that the header is not known where nothing names it", async () => {
    const root = temporaryWorkspace();
    const payload = write(root, "push.json", { repository: "press" });
    const other = write(root, "tag.json", { repository: "press", tag: "v1" });
    await cli(
      [
        "new",
        "acme",
        "--category",
        "misc",
        "--yes",
        "--no-screenshot",
        "--payload",
        payload,
      ].concat(["--event-header", "X-Acme-Event", "--event-name", "push.json=repo:push"]),
      { cwd: root },
    );
    const before = fingerprint(root);
    const { exitCode, report } = await extend(root, "acme", "--payload", other, "--yes");
    expect({ exitCode, code: report.error?.code }).toEqual({
      exitCode: 2,
      code: "no-event-header",
    });
    expect(report.error.hint).toContain("--event-name");
    expect(fingerprint(root)).toBe(before);
  });
});
