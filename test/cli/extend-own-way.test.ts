/** `extend` in views that have ways of their own to name the event and to make the topic. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
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
import { temporaryWorkspace } from "../support/tree.ts";

const VIEW = "zerver/webhooks/acme/view.py";

it("takes the event that the view's fixture_to_headers makes of the file's own name", async () => {
  const root = await acme(`${HEAD}
from zerver.lib.webhooks.common import validate_extract_webhook_http_header


def fixture_to_headers(name: str) -> dict[str, str]:
    return {"HTTP_X_ACME_EVENT": name.replace("_", ":")}


def get_door_opened_body(payload: WildValue) -> str:
    return "Opened."


BODIES = {
    "door:opened": get_door_opened_body,
    "door:locked": get_door_opened_body,
    "door:shut": get_door_opened_body,
}

${endpoint(`    event = validate_extract_webhook_http_header(request, "X-Acme-Event", "Acme")
    if event not in BODIES:
        raise UnsupportedWebhookEventTypeError(event)
    body = BODIES[event](payload)
    check_send_webhook_message(request, user_profile, payload["project"].tame(check_string), body)`)}`);
  for (const name of ["door_opened", "door_locked", "door_shut"])
    write(root, `zerver/webhooks/acme/fixtures/${name}.json`, { project: "press" });
  rmSync(join(root, "zerver/webhooks/acme/fixtures/opened.json"));
  const payload = write(root, "windows_pause.json", { project: "press" });
  const plain = await extend(root, "acme", "--payload", payload, "--dry-run");
  expect(plain.report.payloads).toMatchObject([
    { fixture: "windows_pause.json", state: "added", event: "windows:pause" },
  ]);
  expect(plain.stderr).toContain('says that its event header was "windows:pause"');
  const words = ["acme", "--payload", payload, "--event-name", `${payload}=windows:pause`];
  const said = await extend(root, ...words, "--yes");
  expect(said.report.payloads).toMatchObject([{ state: "added", event: "windows:pause" }]);
  expect(said.stderr).not.toContain("its event header was");
  // A file of any name becomes the fixture of that name.
  const body = write(root, "body.json", { project: "press", why: "wind" });
  const other = ["acme", "--payload", body, "--event-name", `${body}=windows:stop`, "--dry-run"];
  expect((await extend(root, ...other)).report.payloads).toMatchObject([
    { fixture: "windows_stop.json", state: "added", event: "windows:stop" },
  ]);
});

const KEYED = (names: string): string => `${HEAD}
def get_door_body(payload: WildValue) -> str:
    return "Moved."


BODIES = {"door_opened": get_door_body, "door_locked": get_door_body}

${endpoint(`    event = ${names}
    if event not in BODIES:
        raise UnsupportedWebhookEventTypeError(event)
    body = BODIES[event](payload)
    check_send_webhook_message(request, user_profile, payload["project"].tame(check_string), body)`)}`;

it("enters the key by which a view tells events apart, and never the word for what it does not know", async () => {
  const root = await acme(KEYED('next((key for key in BODIES if key in payload), "unknown")'));
  const fixtures = "zerver/webhooks/acme/fixtures";
  write(root, `${fixtures}/opened.json`, { project: "press", door_opened: { by: "Ada" } });
  write(root, `${fixtures}/locked.json`, { project: "press", door_locked: { by: "Bo" } });
  const files = ["bell_rung", "lamp_lit"].map((key) =>
    write(root, `${key}.json`, { project: "press", [key]: { by: "Ada" } }),
  );
  const { exitCode, report } = await extend(root, "acme", "--payload", ...files, "--yes");
  expect({ exitCode, payloads: report.payloads }).toMatchObject({
    exitCode: 0,
    payloads: [
      { state: "added", event: "bell_rung" },
      { state: "added", event: "lamp_lit" },
    ],
  });
  expect(read(root, VIEW)).not.toContain('"unknown":');
});

it("leaves a view to its author that only says that it knows no event", async () => {
  const view = KEYED('"door_opened" if "door_opened" in payload else "unknown"');
  const root = await acme(view);
  const payload = write(root, "bell_rung.json", { project: "press", bell_rung: { by: "Ada" } });
  const { exitCode, report } = await extend(root, "acme", "--payload", payload, "--yes");
  expect({ exitCode, payloads: report.payloads }).toMatchObject({
    exitCode: 1,
    payloads: [{ state: "refused", event: "unknown" }],
  });
  expect(report.payloads[0].reason).toContain('it says "unknown" of what it does not know');
  expect(read(root, VIEW)).toBe(view);
});

it("has the branch make the topic that makes it of the same fields for other events", async () => {
  const root = await acme(`${HEAD}
def get_topic(payload: WildValue, event: str) -> str:
    if event == "door.locked":
        return "Locks"
    if event == "lamp.lit":
        return payload["lamp"].tame(check_string)
    if event in ("door.opened", "door.shut"):
        project = payload["project"].tame(check_string)
        door = payload["door"].tame(check_string)
        return f"{project} / {door}"
    return payload["server"].tame(check_string)


def get_door_body(payload: WildValue) -> str:
    return "Moved."


BODIES = {"door.opened": get_door_body, "door.shut": get_door_body}

${endpoint(`    event = payload["type"].tame(check_string)
    if event not in BODIES:
        raise UnsupportedWebhookEventTypeError(event)
    body = BODIES[event](payload)
    check_send_webhook_message(request, user_profile, get_topic(payload, event), body)`)}`);
  const payload = write(root, "closed.json", CLOSED);
  const { report } = await extend(root, "acme", "--payload", payload, "--yes");
  expect(report.messages[0].topic).toBe("press / north");
  expect(read(root, VIEW)).toContain('if event in ("door.opened", "door.shut", "door.closed"):');
});

it("makes the topic by the statements by which the other functions make it", async () => {
  const made = `    project = payload["project"].tame(check_string)
    topic = TOPIC.format(project=project)`;
  const root = await acme(`${HEAD}
TOPIC = "Doors of {project}"


def opened(payload: WildValue) -> tuple[str, str]:
    name = payload["user"]["name"].tame(check_string)
${made}
    body = f"Opened by {name}."
    return topic, body


def locked(payload: WildValue) -> tuple[str, str]:
${made}
    body = "Locked."
    return topic, body


HANDLERS = {"door.opened": opened, "door.locked": locked}

${endpoint(`    event = payload["type"].tame(check_string)
    if event not in HANDLERS:
        raise UnsupportedWebhookEventTypeError(event)
    topic, body = HANDLERS[event](payload)
    check_send_webhook_message(request, user_profile, topic, body)`)}`);
  const payload = write(root, "closed.json", CLOSED);
  const { report } = await extend(root, "acme", "--payload", payload, "--yes");
  expect(report.messages[0].topic).toBe("Doors of press");
  expect(read(root, VIEW).split(made)).toHaveLength(4);
});

it("declares the whole name of an event of which the view compares a part", async () => {
  const root = await acme(`${HEAD}
ALL_EVENT_TYPES = ["door.opened", "lamp.lit"]

${endpoint(
  `    event = payload["type"].tame(check_string)
    kind, _, _ = event.partition(".")
    if kind == "door":
        body = "Opened by " + payload["user"]["name"].tame(check_string) + "."
    elif kind == "lamp":
        body = "Lit."
    else:
        raise UnsupportedWebhookEventTypeError(event)
    topic_name = payload["project"].tame(check_string)
    check_send_webhook_message(request, user_profile, topic_name, body, event)`,
  ", all_event_types=ALL_EVENT_TYPES",
)}`);
  const payload = write(root, "bell_rung.json", { ...CLOSED, type: "bell.rung" });
  const { exitCode } = await extend(root, "acme", "--payload", payload, "--yes");
  expect(exitCode).toBe(0);
  expect(read(root, VIEW)).toContain('["door.opened", "lamp.lit", "bell.rung"]');
  expect(await testsOf(root, "acme")).toMatchObject({ failed: 0 });
});

it("sets the topic that only some branches set, where it would stay empty", async () => {
  const root = await acme(`${HEAD}
${endpoint(`    event = payload["type"].tame(check_string)
    topic_name = ""
    body = ""
    if event == "door.opened":
        if "project" in payload:
            topic_name = payload["project"].tame(check_string)
        body = "Opened by " + payload["user"]["name"].tame(check_string) + "."
    if event == "ping":
        body = "Ping."
    if body == "":
        raise UnsupportedWebhookEventTypeError(event)
    check_send_webhook_message(request, user_profile, topic_name, body)`)}`);
  const payload = write(root, "closed.json", CLOSED);
  const { report } = await extend(root, "acme", "--payload", payload, "--yes");
  expect(report.messages[0].topic).toBe("press");
});

it("prints the view's topic beside the function, and praises no tests where nothing is in place", async () => {
  const root = await acme(`${HEAD}
${endpoint(`    event = payload["type"].tame(check_string)
    body = "The door "
    if event == "door.opened":
        body += "was opened by " + payload["user"]["name"].tame(check_string)
    elif event == "door.locked":
        body += "is locked"
    else:
        raise UnsupportedWebhookEventTypeError(event)
    topic_name = payload["project"].tame(check_string).title()
    check_send_webhook_message(request, user_profile, topic_name, body + ".")`)}`);
  const payload = write(root, "closed.json", CLOSED);
  const line = ["extend", "acme", "--payload", payload, "--dry-run"];
  const { stdout, stderr } = await cli(line, { cwd: root });
  expect(stdout).toContain(
    '# The topic stays:\ntopic_name = payload["project"].tame(check_string).title()',
  );
  expect(stderr).toContain("its branches neither give a whole text nor call functions that do");
  expect(stderr).not.toContain("With this in place");
});

it("names a new function after its event where the others share the first word of theirs", async () => {
  const root = temporaryWorkspace();
  const events = ["door_opened", "door_shut"].map((event) =>
    write(root, `${event}.json`, { event, project: "press" }),
  );
  const made = ["acme", "--category", "misc", "--yes", "--no-screenshot", "--payload", ...events];
  await cli(["new", ...made], { cwd: root });
  const payload = write(root, "lamp_lit.json", { event: "lamp_lit", project: "press" });
  const { report } = await extend(root, "acme", "--payload", payload, "--yes");
  expect(report.payloads[0].function).toBe("get_lamp_lit_body");
  expect(await testsOf(root, "acme")).toMatchObject({ failed: 0 });
});
