import { describe, expect, it } from "vitest";
import { ECHO_VIEW, sharedEngineOn, workspaceWith } from "./tree.ts";

const FORM_VIEW = ECHO_VIEW.replace(
  "payload: JsonBodyPayload[WildValue]",
  'text: str, note: str = "none"',
).replace('text = payload["text"].tame(check_string)', 'text = f"{text} / {note}"');

const HEADER_VIEW = `${ECHO_VIEW}
fixture_to_headers = lambda name: {"X_EVENT": name}
`.replace(
  'text = payload["text"].tame(check_string)',
  'text = f\'{request.headers["X-Event"]} {request.headers.get("X-Extra")}\'',
);

describe("deliver", () => {
  it("sends a fixture and returns the message", async () => {
    const root = workspaceWith({ echo: { fixtures: { "a.json": '{"text": "Hi ☃"}' } } });
    const engine = await sharedEngineOn(root, ["echo"]);
    const delivery = await engine.deliver({ integration: "echo", fixture: "a.json" });
    expect(delivery.response.status).toBe(200);
    expect(JSON.parse(delivery.response.body)).toMatchObject({ result: "success" });
    expect(delivery.messages).toEqual([
      { type: "stream", stream: "echo", topic: "greetings", sender: "Echo Bot", content: "Hi ☃" },
    ]);
  });

  it("answers more requests than a process can have files open", async () => {
    const root = workspaceWith({ echo: { fixtures: { "a.json": '{"text": "Hi"}' } } });
    const engine = await sharedEngineOn(root, ["echo"]);
    const request = { integration: "echo", fixture: "a.json", onlyEvents: ["none"] };
    for (let number = 0; number < 4200; number += 1) await engine.deliver(request);
    expect((await engine.deliver(request)).response.status).toBe(200);
  });

  it("takes a stream, a topic, a bot's name, or no stream at all", async () => {
    const root = workspaceWith({ echo: {} });
    const engine = await sharedEngineOn(root, ["echo"]);
    const body = Buffer.from('{"text": "Hi"}');
    const named = await engine.deliver({
      integration: "echo",
      body,
      stream: "lobby & bar",
      topic: "mine",
      botName: "Greeter",
    });
    expect(named.messages).toMatchObject([
      { stream: "lobby & bar", topic: "mine", sender: "Greeter" },
    ]);
    const direct = await engine.deliver({ integration: "echo", body, stream: null });
    expect(direct.messages).toMatchObject([{ type: "direct", to: "Iago", content: "Hi" }]);
  });

  it("sends the fixture's own headers and those on top", async () => {
    const root = workspaceWith({
      headers: { view: HEADER_VIEW, fixtures: { "opened.json": "{}" } },
    });
    const engine = await sharedEngineOn(root, ["headers"]);
    const { messages } = await engine.deliver({
      integration: "headers",
      fixture: "opened.json",
      headers: { "X-Extra": "yes" },
    });
    expect(messages[0]?.content).toBe("opened yes");
  });

  it("sends forms, and payloads as parameters, as Connect's tool does", async () => {
    const root = workspaceWith({
      form: { view: FORM_VIEW, fixtures: { "a.txt": "text=from+a+form&note=kept" } },
      query: { view: FORM_VIEW, fixtures: { "a.json": '{"x": 1}' } },
    });
    const engine = await sharedEngineOn(root, ["form", "query"]);
    const form = await engine.deliver({ integration: "form", fixture: "a.txt" });
    expect(form.messages[0]?.content).toBe("from a form / kept");
    const query = await engine.deliver({
      integration: "query",
      fixture: "a.json",
      payloadAsQueryParam: true,
      payloadParamName: "text",
      query: { note: "added" },
    });
    expect(query.messages[0]?.content).toBe('{"x": 1} / added');
  });

  it("sends a form in the body alone, as services do", async () => {
    const view = ECHO_VIEW.replace("@typed_endpoint\n", "")
      .replace(/\*,\s*payload: JsonBodyPayload\[WildValue\],?/, "")
      .replace(
        'text = payload["text"].tame(check_string)',
        "text = f'{request.POST[\"text\"]} {sorted(request.GET)}'",
      );
    const fixtures = {
      "a.txt": "text=hi&topic=theirs",
      "b.txt": "stream=elsewhere&text=a%26b&none=",
    };
    const root = workspaceWith({ form: { view, fixtures } });
    const engine = await sharedEngineOn(root, ["form"]);
    const { messages } = await engine.deliver({ integration: "form", fixture: "a.txt" });
    expect(messages[0]?.content).toBe("hi ['api_key', 'stream']");
    // The URL's stream is there; the fixture's is not, and the bot would tell its owner so.
    const other = await engine.deliver({ integration: "form", fixture: "b.txt" });
    expect(other.messages).toMatchObject([
      { stream: "form", content: "a&b ['api_key', 'stream']" },
    ]);
  });

  it("returns what the view answers and raises", async () => {
    const root = workspaceWith({
      echo: { fixtures: { "bad.json": '{"text": 5}', "none.json": "not json" } },
      raises: {
        view: ECHO_VIEW.replace("text = payload", "raise ValueError('no')\n    text = payload"),
        fixtures: { "a.json": "{}" },
      },
    });
    const engine = await sharedEngineOn(root, ["echo", "raises"]);
    const refused = await engine.deliver({ integration: "echo", fixture: "none.json" });
    expect(refused.response.status).toBe(400);
    const raised = await engine.deliver({ integration: "raises", fixture: "a.json" });
    expect(raised).toMatchObject({
      response: { status: 500 },
      messages: [],
      error: { type: "ValueError", message: "no", path: "zerver/webhooks/raises/view.py" },
    });
  });

  it("lets Python's clocks tell the moment that is asked for, and the real one after it", async () => {
    const view = ECHO_VIEW.replace(
      'text = payload["text"].tame(check_string)',
      "text = f'{time.time():.3f} {datetime.now(timezone.utc).isoformat()} {date.today()} {now()}'",
    ).replace(
      "\nfrom django",
      "\nimport time\nfrom datetime import date, datetime, timezone\nfrom django.utils.timezone import now\nfrom django",
    );
    const engine = await sharedEngineOn(workspaceWith({ clock: { view } }), ["clock"]);
    const body = Buffer.from("{}");
    const moment = Date.UTC(2024, 1, 29, 12, 30);
    const fixed = await engine.deliver({ integration: "clock", body, now: moment });
    expect(fixed.messages[0]?.content).toBe(
      "1709209800.000 2024-02-29T12:30:00+00:00 2024-02-29 2024-02-29 12:30:00+00:00",
    );
    const real = await engine.deliver({ integration: "clock", body });
    expect(Number(real.messages[0]?.content.split(" ")[0])).toBeGreaterThan(1_750_000_000);
  });

  it("stops a view that does not end", async () => {
    const loop = "while True:\n        pass\n    text = payload";
    const deaf = `while True:
        try:
            while True:
                pass
        except BaseException:
            pass
    text = payload`;
    const root = workspaceWith({
      loop: { view: ECHO_VIEW.replace("text = payload", loop) },
      deaf: { view: ECHO_VIEW.replace("text = payload", deaf) },
    });
    const engine = await sharedEngineOn(root, ["loop", "deaf"], { testTimeoutMs: 2_000 });
    const body = Buffer.from("{}");
    const stopped = await engine.deliver({ integration: "loop", body });
    expect(stopped.error).toMatchObject({
      type: "TestTimeout",
      path: "zerver/webhooks/loop/view.py",
    });
    await expect(engine.deliver({ integration: "deaf", body })).rejects.toMatchObject({
      code: "view-ends-python",
    });
    expect((await engine.deliver({ integration: "loop", body })).response.status).toBe(500);
  });

  it("refuses an unknown integration and a fixture that is not there", async () => {
    const engine = await sharedEngineOn(workspaceWith({ echo: {} }), ["echo"]);
    for (const request of [{ integration: "nobody" }, { integration: "echo", fixture: "x.json" }]) {
      await expect(engine.deliver(request)).rejects.toMatchObject({ code: "cannot-deliver" });
    }
  });
});
