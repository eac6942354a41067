/** Payloads that are no JSON: the drafted view reads what the service sends. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openSharedEngine } from "../support/pools.ts";
import { temporaryDirectory } from "../support/tree.ts";
import { fileOf, openWorkspace, plan, samplePayload } from "./support.ts";

const bodies: Record<string, { files: string[]; reads: string; says: string[] }> = {
  form: {
    files: ["opened.txt", "closed.txt"],
    // An editor ended the second file's only line, and the event's name is the last value in it.
    reads: "{name: value.strip() for name, value in request.POST.items()}",
    says: [
      "Ticket [#4711 Lamp flickers](https://desk.example/t/4711) was opened",
      "Ticket [#4711 Lamp flickers](https://desk.example/t/4711) was closed",
    ],
  },
  parts: {
    files: ["backup.multipart"],
    reads: "request.POST.dict()",
    says: ["[Backup](https://backup.example/r/7) finished"],
  },
  field: {
    files: ["build.txt"],
    reads: "payload: Json[WildValue]",
    says: ["Build [#12](https://ci.example/b/12) on branch `main`: **passed**"],
  },
  named: {
    files: ["builddata.txt"],
    reads: 'Annotated[Json[WildValue], ApiParamConfig("data")]',
    says: ["Build [#12](https://ci.example/b/12) on branch `main`: **passed**"],
  },
  xml: {
    files: ["story_create.xml", "story_update.xml"],
    reads: "xml_fromstring(request.body)",
    says: ["Use the blue ink & wait.", "[#91 Ink the plates](https://t.example/s/91)"],
  },
  attributes: {
    files: ["reading.xml"],
    reads: "values.setdefault(",
    says: ["* **Power:** 4.2"],
  },
};

it("drafts a view that reads the body as it is sent", async () => {
  const checkout = await openWorkspace();
  const engine = await openSharedEngine({ root: checkout.root, targets: [] });
  onTestFinished(() => engine.close());
  for (const [name, { files, reads, says }] of Object.entries(bodies)) {
    const payloads = files.map((file) => samplePayload(`bodies/${file}`));
    const planned = await plan(checkout, { name, payloads }, engine);
    expect(planned.untold).toEqual([]);
    expect(planned.fixtures).toEqual(files);
    for (const file of files.filter((one) => one.endsWith(".txt")))
      expect(fileOf(planned, `fixtures/${file}`)).toMatch(/\S\n$/);
    expect(fileOf(planned, "view.py")).toContain(reads);
    for (const [index, text] of says.entries())
      expect(planned.messages[index]?.content).toContain(text);
  }
});

it("reads JSON in a text in trees whose library has no checked values", async () => {
  const today = await openWorkspace();
  const { view } = today.dialect;
  const library = { ...view.library, wildValue: false };
  const checkout = { ...today, dialect: { ...today.dialect, view: { ...view, library } } };
  const engine = await openSharedEngine({ root: checkout.root, targets: [] });
  onTestFinished(() => engine.close());
  const folder = temporaryDirectory();
  const payloads = ["Ebb", "Flood"].map((name) => {
    const path = join(folder, `${name}.json`);
    const Message = JSON.stringify({
      event: "tide.turned",
      tide: { name, gauge: "north quay" },
      season: "spring",
    });
    writeFileSync(path, JSON.stringify({ Type: "Notification", Message }));
    return path;
  });
  const planned = await plan(checkout, { name: "tides", payloads }, engine);
  expect(fileOf(planned, "view.py")).not.toContain(".tame(");
  expect(planned.messages.map(({ content }) => content)).toEqual([
    "Tide **Ebb** was turned.\n* **Gauge:** north quay\n* **Season:** spring",
    "Tide **Flood** was turned.\n* **Gauge:** north quay\n* **Season:** spring",
  ]);
  const directory = "zerver/webhooks/tides";
  const broken = Buffer.from(JSON.stringify({ Type: "Notification", Message: '{"event": ' }));
  const proposed = new Map(
    planned.changes.map(({ path, content }) => [path, content ?? new Uint8Array()] as const),
  ).set(`${directory}/fixtures/broken.json`, broken);
  await engine.refresh({ edited: [], targets: [{ name: "tides", directory }], proposed });
  const delivery = await engine.deliver({ integration: "tides", fixture: "broken.json" });
  expect(delivery.response?.status).toBe(400);
});

it("refuses payloads that one view cannot read", async () => {
  const checkout = await openWorkspace();
  const payloads = ["bodies/opened.txt", "bodies/story_create.xml"].map(samplePayload);
  await expect(plan(checkout, { payloads })).rejects.toMatchObject({
    code: "mixed-formats",
    message: expect.stringContaining("story_create.xml is XML, and"),
  });
});
