/** Fuzzing views whose faults are known, on the embedded Python. */
import { afterAll, describe, expect, it } from "vitest";
import type { DeliveryRequest, Engine } from "../../src/engine/index.ts";
import { type FuzzTarget, fuzz, fuzzOne } from "../../src/fuzz/index.ts";
import { renderMarkdown } from "../../src/markdown/index.ts";
import { ECHO_VIEW, workspaceWith } from "../engine/tree.ts";
import { openSharedEngine } from "../support/pools.ts";

/** A view that makes topic and text of the payload with these lines. */
const view = (lines: string) =>
  ECHO_VIEW.replace('    text = payload["text"].tame(check_string)\n', lines).replace(
    '"greetings", text)',
    "topic, text)",
  );

const CAREFUL = view(`    topic = "greetings"
    text = "A new event."
    if "title" in payload:
        text = "There is a title."
`);

const CARELESS = view(`    topic = "greetings"
    colours = {"red": 1, "blue": 2}
    text = str(colours[payload["colour"].tame(check_string)])
`);

const OPEN = view(`    topic = payload["title"].tame(check_string)
    title = payload["title"].tame(check_string)
    body = payload["body"].tame(check_string)
    text = f"[{title}](https://x.example)\\n\`\`\`quote\\n{body}\\n\`\`\`\\n"
    text += payload["note"].tame(check_string)
`);

const TRUSTING = view(`    topic = payload["colour"].tame(check_string)
    text = "A new event."
    if payload["by"].get("id") and payload.get("skip", "no").tame(check_string) != "yes":
        text = payload["by"]["name"].tame(check_string)
`);

const LABELLED = view(`    topic = "greetings"
    text = "".join(label.value["name"] for label in payload["labels"])
    text += __import__("json").loads(request.GET["more"])["by"]
`);

/** Lets null through, and writes it. */
const NULLABLE = view(`    topic = "greetings"
    none_or = __import__("zerver.lib.validator", fromlist=["validator"]).check_none_or
    text = "Assigned to " + str(payload["to"].tame(none_or(check_string)))
    text += " by " + str(payload.get("by").tame(none_or(check_string)))
`);

/** Keeps nothing of a title in another script. */
const LATIN =
  view(`    topic = payload["title"].tame(check_string).encode("ascii", "ignore").decode().strip()
    text = "A new event."
    if not topic:
        raise JsonableError("Topic can't be empty!")
`).replace(
    "from zerver.lib.response",
    "from zerver.lib.exceptions import JsonableError\nfrom zerver.lib.response",
  );

/** Knows two kinds of events, and has no answer to others. */
const CLOSED = view(`    topic = "greetings"
    one_of = __import__("zerver.lib.validator", fromlist=["validator"]).check_string_in
    text = payload["type"].tame(one_of(["made", "done"]))
    text += payload["level"].tame(one_of(["low", "high"]))
`);

/** Looks up what the event is about by its number, and by another one who has done it. */
const LOOKING_UP = view(`    topic = "greetings"
    check_int = __import__("zerver.lib.validator", fromlist=["validator"]).check_int
    number = lambda value: value.tame(check_int)
    people = {number(person["id"]): person["name"].tame(check_string) for person in payload["people"]}
    rooms = {70: "Attic", 71: "Cellar"}
    for thing in payload["things"]:
        if number(thing["id"]) == number(payload["about"]):
            found = thing
    text = people[number(payload["by"])]
    text += rooms[number(payload["room"])]
    text += found["name"].tame(check_string)
`);

/** Reads fields of a form, and no body. */
const FORM = ECHO_VIEW.replace(
  /\) -> HttpResponse[\s\S]*?tame\(check_string\)\n/,
  `) -> HttpResponse:
    words = [word.split(":", 1) for word in request.POST["wishes"].split(", ")]
    text = "\\n".join(f"{name}: {value}" for name, value in words)
`,
)
  .replace(", *, payload: JsonBodyPayload[WildValue]\n", "\n")
  .replace("@typed_endpoint\n", "@typed_endpoint_without_parameters\n")
  .replace("JsonBodyPayload, typed_endpoint\n", "typed_endpoint_without_parameters\n");

const HANGING = view(`    topic = text = payload["text"].tame(check_string)
    while text == "":
        pass
`);

const fixtures = {
  "a.json":
    '{"title": "A", "body": "B", "note": "C", "colour": "red", "text": "D", "unread": {"x": 1}, "author": "Ada"}',
};
/** Opened by the first test that needs it: it has read the workspace by the time that is gone. */
let opened: Promise<Engine> | undefined;

function open(): Promise<Engine> {
  const views = {
    careful: CAREFUL,
    careless: CARELESS,
    closed: CLOSED,
    nullable: NULLABLE,
    latin: LATIN,
    open: OPEN,
    hanging: HANGING,
    trusting: TRUSTING,
    labelled: LABELLED,
    lookup: LOOKING_UP,
    form: FORM,
  };
  const names = Object.keys(views);
  const root = workspaceWith(
    Object.fromEntries(Object.entries(views).map(([name, source]) => [name, { view: source }])),
  );
  const targets = names.map((name) => ({ name, directory: `zerver/webhooks/${name}` }));
  return openSharedEngine({ root, targets, testTimeoutMs: 700 });
}

afterAll(async () => (await opened)?.close());

const targetOf = (
  name: string,
  texts: Readonly<Record<string, string>> = fixtures,
): FuzzTarget => ({
  name,
  fixtures: Object.entries(texts).map(([file, text]) => ({
    file,
    bytes: Buffer.from(text),
    request: { integration: name },
  })),
});
const options = (limit = Number.POSITIVE_INFINITY) => ({
  seed: 1,
  limit,
  render: ({ content }: { content: string }) => renderMarkdown(content),
  deliver: async (request: DeliveryRequest) => {
    opened ??= open();
    return (await opened).deliver(request);
  },
});
const run = (name: string, limit?: number) => fuzz(targetOf(name), options(limit));

describe("fuzz", () => {
  it("finds nothing wrong with a view that looks before it takes", async () => {
    const report = await run("careful");
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ fixtures: 1, skipped: [], cut: false });
    expect(report.outcomes.message).toBeGreaterThan(5);
  });

  it("tells an unhandled exception once, with the one change that shows it", async () => {
    const { findings } = await run("careless");
    expect(findings.map(({ kind }) => kind)).toEqual(["exception", "server-error"]);
    expect(findings[0]).toMatchObject({
      severity: "error",
      kind: "exception",
      type: "KeyError",
      path: "zerver/webhooks/careless/view.py",
      fixture: "a.json",
      pointer: "/colour",
      mutation: "plain",
      before: '"red"',
      after: '"zqone zqtwo"',
      places: ["/colour"],
    });
    expect(findings[0]?.count).toBeGreaterThan(5);
  });

  it.each([
    ["done", ["/type"]],
    // What all fixtures say is a word of the service's, and no kind of event.
    ["made", []],
  ])("tells that a view has no answer to new kinds of events", async (second, places) => {
    const texts = ['{"type": "made", "level": "low"}', `{"type": "${second}", "level": "high"}`];
    const sent = texts.map((text, index) => ({
      file: `${index}.json`,
      bytes: Buffer.from(text),
      request: { integration: "closed" },
    }));
    const { findings } = await fuzz({ name: "closed", fixtures: sent }, options());
    const told = findings.filter(({ severity }) => severity === "warning");
    expect(told.flatMap((one) => one.places)).toEqual(places);
    for (const { message } of told) expect(message).toMatch(/of a kind that the view does not/);
  });

  it("leaves out what a view does not look at, after it has asked for all of it at once", async () => {
    const { deliveries, outcomes } = await run("careless");
    expect(deliveries).toBeLessThan(60);
    expect(outcomes.validation).toBeGreaterThan(0);
  });

  it("tells in one finding in which states a field ends in a server error", async () => {
    const { findings } = await run("careless");
    expect(findings[1]).toMatchObject({
      severity: "assumption",
      kind: "server-error",
      function: "api_careless_webhook",
      places: ["/colour"],
      ways: ["absent", "null", "of another type"],
      message:
        "The server answers 500, and the message is lost, when this is absent, null or of another type. Nothing in the tree shows it so.",
    });
  });

  it("takes it for an error where another fixture of the same form shows that it is sent", async () => {
    const texts = {
      "a.json": '{"colour": "red", "note": "C", "by": {"id": 1, "name": "Ada"}, "skip": "no"}',
      // The view does not look at a note that is null here, but it does at the other's.
      "b.json": '{"colour": "red", "note": null, "by": {"id": 2, "name": "Ada"}, "skip": "no"}',
      "c.json": '{"colour": "red", "note": "C", "by": {"id": 2, "name": null}, "skip": "yes"}',
      "other.json": '{"colour": "red", "by": {}}',
    };
    const report = await fuzz(targetOf("trusting", texts), options());
    const told = report.findings.map(({ severity, kind, places, message }) => [
      severity,
      kind,
      places.join(" "),
      /\S+\.json/.exec(message)?.[0] ?? "",
    ]);
    expect(told).toContainEqual(["error", "server-error", "/by/name", "c.json"]);
    expect(told).toContainEqual(["assumption", "server-error", "/colour", ""]);
    expect(report.fixtures).toBe(4);
  });

  it("warns of `None` in a message, where a fixture shows that the field is null", async () => {
    const texts = { "a.json": '{"to": "Ada", "by": "Bo"}', "b.json": '{"to": null, "by": "Bo"}' };
    const { findings } = await fuzz(targetOf("nullable", texts), options());
    const told = findings.filter(({ kind }) => kind === "none-shown");
    expect(told.map(({ severity, places }) => [severity, ...places])).toEqual([
      ["warning", "/to"],
      ["assumption", "/by"],
    ]);
    expect(told[0]).toMatchObject({ fixture: "a.json", pointer: "/to", mutation: "null" });
    expect(told[0]?.message).toContain("b.json has it so.");
  });

  it("warns of a view that loses texts in other scripts", async () => {
    const { findings } = await run("latin");
    const lost = findings.find(({ kind, mutation }) => kind === "lost" && mutation === "unicode");
    expect(lost).toMatchObject({ severity: "warning", pointer: "/title" });
  });

  it("tries one other number for each field within the limit, and knows what a payload repeats", async () => {
    const payload = {
      about: 4001,
      by: 5001,
      room: 70,
      things: [{ id: 4001, name: "Lamp" }],
      people: [{ id: 5001, name: "Ada" }],
    };
    const { findings, cut } = await fuzz(
      targetOf("lookup", { "a.json": JSON.stringify(payload) }),
      options(60),
    );
    expect(cut).toBe(true);
    const told = findings.filter(({ kind }) => kind === "exception");
    expect(told.map(({ severity, type, places }) => [severity, type, ...places])).toEqual([
      // The view's own mistake, whatever comes.
      ["error", "UnboundLocalError", "/about", "/things", "/things/*", "/things/*/id"],
      // A room that is new. Who has done it is described in the same payload.
      ["error", "KeyError", "/room"],
      ["assumption", "KeyError", "/by", "/people/*/id"],
    ]);
  });

  it("puts something into what is empty, and tries JSON in a parameter", async () => {
    const fixture = {
      file: "a.json",
      bytes: Buffer.from('{"labels": []}'),
      request: { integration: "labelled", query: { more: '{"by": "Ada"}' } },
    };
    const { findings } = await fuzz({ name: "labelled", fixtures: [fixture] }, options());
    const told = findings.map(({ kind, type, pointer, mutation }) => [
      kind,
      type,
      pointer,
      mutation,
    ]);
    expect(told).toContainEqual(["exception", "TypeError", "/labels", "member"]);
    const places = findings.find(({ type }) => type === "KeyError")?.places;
    expect(places).toContain("/?more/by");
  });

  it.each([
    [
      "a.multipart",
      '--b\r\nContent-Disposition: form-data; name="wishes"\r\n\r\nBoat:Osprey, Length:12\r\n--b--\r\n',
    ],
    ["a.txt", "wishes=Boat:Osprey,+Length:12"],
  ])("changes the fields of a form, which is never null as a whole: %s", async (file, text) => {
    const request = {
      integration: "form",
      ...(file === "a.txt" && { headers: { "Content-Type": "application/x-www-form-urlencoded" } }),
    };
    const fixture = { file, bytes: Buffer.from(text), request };
    const { findings } = await fuzz({ name: "form", fixtures: [fixture] }, options());
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: "exception", type: "ValueError", pointer: "/wishes" }),
    );
  });

  it("reaches every fixture within the limit", async () => {
    const target = targetOf("open");
    const many = Array.from({ length: 6 }, (_, index) => ({
      ...target.fixtures[0],
      file: `${index}.json`,
    })) as FuzzTarget["fixtures"];
    const times: Record<string, number> = {};
    const { deliver, ...rest } = options(200);
    await fuzz(
      { name: "open", fixtures: many },
      {
        ...rest,
        deliver: (request) => {
          const file = request.fixtureName ?? "";
          times[file] = (times[file] ?? 0) + 1;
          return deliver(request);
        },
      },
    );
    expect(Object.keys(times)).toHaveLength(6);
    expect(Math.min(...Object.values(times))).toBeGreaterThan(3);
  });

  it("sees what texts do to a message", async () => {
    const { findings } = await run("open");
    const told = findings.map(({ severity, kind, message, places }) => [
      severity,
      kind,
      message.replace(/: Invalid.*/, ""),
      places.join(" "),
    ]);
    expect(told).toContainEqual([
      "assumption",
      "mention",
      "A text of the payload mentions everybody in the stream.",
      "/note /title",
    ]);
    expect(told).toContainEqual([
      "warning",
      "break-out",
      "A text with a code fence ends or breaks the quote that it stands in.",
      "/body",
    ]);
    expect(told).toContainEqual([
      "warning",
      "break-out",
      "A text that ends a link or a text with an opening bracket ends or breaks the link that it stands in.",
      "/title",
    ]);
    // A title has one line, whatever the view makes of one with two.
    expect(told).toContainEqual([
      "assumption",
      "lost",
      "The message is lost for a text of two lines",
      "/title",
    ]);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("goes on after a view that does not end", async () => {
    const report = await run("hanging");
    expect(report.findings[0]).toMatchObject({ kind: "hang", pointer: "/text", mutation: "empty" });
    expect(report.outcomes.message).toBeGreaterThan(5);
  }, 60_000);

  it("does the same with the same seed", async () => {
    const [one, other] = [await run("open"), await run("open")];
    expect(one).toEqual(other);
  });

  it("stops at its limit, and says so", async () => {
    expect(await run("open", 25)).toMatchObject({ deliveries: 25, cut: true });
  });

  it("tries one case again", async () => {
    const again = (pointer: string, mutation: string) =>
      fuzzOne(targetOf("careless"), { fixture: "a.json", pointer, mutation }, options());
    const result = await again("/colour", "plain");
    expect(result?.outcome.delivery.error?.type).toBe("KeyError");
    expect(result?.findings).toHaveLength(1);
    expect((await again("/colour", "drop"))?.findings).toMatchObject([{ ways: ["absent"] }]);
    expect(await again("/nowhere", "drop")).toBeUndefined();
    expect(await again("/colour", "zero")).toBeUndefined();
    expect(await again("", "drop")).toBeUndefined();
  });

  it("tells of a fixture that fails as it is, and leaves out what it cannot change", async () => {
    const target = targetOf("open");
    const report = await fuzz(
      {
        ...target,
        fixtures: [
          { file: "b.json", bytes: Buffer.from("{}"), request: { integration: "open" } },
          { file: "c.txt", bytes: Buffer.from("Hello"), request: { integration: "open" } },
        ],
      },
      options(),
    );
    expect(report.skipped.map(({ reason }) => reason).sort()).toEqual([
      "it is neither JSON nor XML nor a form with fields",
      "the view raises ValidationError for it as it is",
    ]);
    expect(report.fixtures).toBe(0);
    expect(report.findings).toMatchObject([
      { severity: "error", kind: "fails-as-is", fixture: "b.json", pointer: "" },
    ]);
    // One that no test sends may be anything.
    const unsent = await fuzz(
      {
        ...target,
        fixtures: [
          { file: "b.json", bytes: Buffer.from("{}"), request: { integration: "open" } },
          ...target.fixtures,
        ],
        unsent: new Set(["a.json", "b.json"]),
      },
      options(5),
    );
    expect(unsent.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(unsent).toMatchObject({ fixtures: 1, skipped: [{ fixture: "b.json", isUnsent: true }] });
    const unchanged = { fixture: "b.json", pointer: "", mutation: "unchanged" };
    const fixtures = [
      { file: "b.json", bytes: Buffer.from("{}"), request: { integration: "open" } },
    ];
    const again = await fuzzOne({ ...target, fixtures }, unchanged, options());
    expect(again?.findings).toMatchObject([{ kind: "fails-as-is" }]);
  });
});
