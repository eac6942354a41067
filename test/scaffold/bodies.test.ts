/** Payloads that are no JSON: the drafted view reads what the service sends. */
import { expect, it, onTestFinished } from "vitest";
import { openSharedEngine } from "../support/pools.ts";
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

it("refuses payloads that one view cannot read", async () => {
  const checkout = await openWorkspace();
  const payloads = ["bodies/opened.txt", "bodies/story_create.xml"].map(samplePayload);
  await expect(plan(checkout, { payloads })).rejects.toMatchObject({
    code: "mixed-formats",
    message: expect.stringContaining("story_create.xml is XML, and"),
  });
});
