/**
 * Answers of the server that come late, when the user has gone on: what was clicked last is what is shown, and a change
 * of the tree is never lost. Each test holds the answer in question until the other thing has happened.
 */
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { sample, soak } from "../support/soak.ts";
import { devForFile, fixturesOf } from "./dev-server.ts";
import { browserForFile, type DrivenPage, until } from "./driven-page.ts";

const fixtures = Object.fromEntries(
  ["a", "b", "c"].map((name) => [`${name}.json`, `{"text": "%name% ${name}"}`]),
);
/** Tests that change an integration have one of their own. */
const NAMES = [
  "north",
  "south",
  "edited",
  "typed",
  "opened",
  "chosen",
  "kept",
  "going",
  "leaving",
  "broken",
];
const dev = devForFile(Object.fromEntries(NAMES.map((name) => [name, { fixtures }])));
const { opened } = browserForFile(dev);

/** One more of a kind that every run has some of. */
const race = it.runIf(soak);

interface Writing {
  write(text: string): void;
}

/** The page with a fixture of an integration open. */
async function pageWith(name: string, file = "a.json"): Promise<DrivenPage> {
  const page = await opened();
  await page.choose(name);
  await page.until("#fixtures", /a/);
  await page.fixture(file);
  await page.message(new RegExp(`${name} ${file[0]}`));
  await page.quiet();
  return page;
}

/** What the page shows, all of it from one source. */
async function shown(page: DrivenPage) {
  const current = await page.page.$$eval("[aria-current]", (rows) =>
    rows.map((row) => (row as HTMLElement).dataset.file ?? (row as HTMLElement).dataset.request),
  );
  const { text } = JSON.parse(await page.payload());
  return {
    title: (await page.page.title()).split(" ")[0]?.toLowerCase(),
    source: await page.text("#source"),
    current,
    text,
    message: await messageOf(page),
  };
}

async function messageOf(page: DrivenPage): Promise<string> {
  const frame = await page.page.$("#panel-message iframe");
  return (
    (await frame?.evaluate((element) => {
      const body = (element as HTMLIFrameElement).contentDocument?.body;
      return body?.querySelector(".content")?.textContent?.trim();
    })) ?? ""
  );
}

/** All of a fixture as it is. */
const whole = (name: string, file: string, text = `${name} ${file[0]}`) => ({
  title: name,
  source: file,
  current: [file],
  text,
  message: text,
});

function write(name: string, file: string, text: string): void {
  writeFileSync(join(fixturesOf(dev.root, name), file), JSON.stringify({ text }));
}

/** A request of a service, whose row is in the list of the page then. */
async function serve(page: DrivenPage, name: string, text: string): Promise<void> {
  await dev.ask(await dev.hook(name), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text }),
  });
  await page.page.waitForSelector("[data-request]");
}

describe("what was clicked last is open", () => {
  it("when a changed fixture is read, and another one is opened meanwhile", async () => {
    const page = await pageWith("edited");
    const old = await page.hold(/GET .*edited\/draft\/a/);
    write("edited", "a.json", "from disk");
    await old.arrived();
    await page.fixture("b.json");
    await page.message(/edited b/);
    await old.release();
    expect(await shown(page)).toEqual(whole("edited", "b.json"));
    await page.fixture("a.json");
    await page.message(/from disk/);
  });

  race("of two integrations, and the first one answers last", async () => {
    const page = await pageWith("edited", "c.json");
    const slow = await page.hold(/GET .*integrations\/north$/);
    await page.choose("north");
    await slow.arrived();
    await page.choose("south");
    await page.message(/south a/);
    await slow.release();
    expect(await shown(page)).toEqual(whole("south", "a.json"));
  });

  it("when an integration is read again, and another one is chosen meanwhile", async () => {
    const page = await pageWith("chosen");
    const old = await page.hold(/GET .*integrations\/chosen$/);
    write("chosen", "c.json", "new c");
    await old.arrived();
    await page.choose("south");
    await page.message(/south a/);
    await old.release();
    expect(await shown(page)).toEqual(whole("south", "a.json"));
    expect(await page.value("#address")).toContain("/external/south?");
  });

  race("of several steps with the keyboard, however late the answers are", async () => {
    const page = await pageWith("north");
    const slow = await page.hold(/GET .*draft\/b/);
    await page.page.keyboard.press("j");
    await slow.arrived();
    await page.page.keyboard.press("j");
    await page.message(/north c/);
    await slow.release();
    expect(await shown(page)).toEqual(whole("north", "c.json"));
  });

  race("when edits are undone while it is being opened", async () => {
    const page = await pageWith("north");
    await page.typePayload('{"text": "edited here"}');
    await page.message(/edited here/);
    const slow = await page.hold(/GET .*draft\/b/);
    await page.fixture("b.json");
    await slow.arrived();
    await page.page.keyboard.press("u");
    await page.quiet();
    await slow.release();
    expect(await shown(page)).toEqual(whole("north", "b.json"));
    await page.fixture("a.json");
    await page.message(/north a/);
  });

  it("when a fixture was saved, and its answer comes after something else was opened", async () => {
    const page = await pageWith("kept");
    await page.typePayload('{"text": "to keep"}');
    await page.nameFixture("kept.json");
    const slow = await page.hold(/POST .*fixtures$/);
    await page.page.keyboard.press("Enter");
    await slow.arrived();
    await page.page.keyboard.press("Escape");
    await page.fixture("b.json");
    await page.message(/kept b/);
    await slow.release();
    await page.until("#fixtures", /kept/);
    expect(await shown(page)).toEqual(whole("kept", "b.json"));
  });
});

describe("a late result is shown only with what it is of", () => {
  it("a request that was sent, when another fixture is open", async () => {
    const page = await pageWith("north");
    const slow = await page.hold(/POST .*send$/);
    await page.click("#send");
    await slow.arrived();
    await page.fixture("b.json");
    await page.message(/north b/);
    await slow.release();
    expect(await page.text("#toasts")).toContain("Sent: 200");
    expect(await shown(page)).toEqual(whole("north", "b.json"));
    expect(await page.text("#timing")).toContain("draft");
  });

  race("a try of a draft, when a served request is open", async () => {
    const page = await pageWith("north");
    await serve(page, "north", "from outside");
    const slow = await page.hold(/POST .*try$/);
    await page.typePayload('{"text": "edited here"}');
    await slow.arrived();
    await page.click("[data-request]");
    await page.message(/from outside/);
    await slow.release();
    expect(await messageOf(page)).toBe("from outside");
    expect(await page.text("#timing")).toContain("received");
  });

  it("a sent request stays, though it was typed just before", async () => {
    const page = await pageWith("north");
    // Timers end in their order: when the later one does, the try that typing asks for would have been asked.
    const tries = await page.page.evaluate(
      () =>
        new Promise((done) => {
          const { fetch } = window;
          let count = 0;
          window.fetch = (...asked) => {
            if (String(asked[0]).endsWith("/try")) count += 1;
            return fetch(...asked);
          };
          (window as unknown as Writing).write('{"text": "sent text"}');
          document.getElementById("send")?.click();
          setTimeout(() => done(count), 400);
        }),
    );
    expect(tries).toBe(0);
    await page.until("#timing", /sent at/);
    expect(await messageOf(page)).toBe("sent text");
  });

  const tabs = [
    ["documentation", "4", /GET .*north\/documentation/],
    ["checklist", "5", /GET .*north\/checklist/],
  ] as const;
  it.each(
    sample(tabs, { every: 2 }),
  )("the %s, when another integration is open", async (tab, key, asked) => {
    const read = (page: DrivenPage) =>
      tab === "documentation"
        ? page.text("#panel-documentation .cover")
        : page.text("#panel-checklist");
    const page = await pageWith("north");
    const slow = await page.hold(asked);
    await page.page.keyboard.press(key);
    await slow.arrived();
    await page.choose("south");
    await until(() => read(page), /webhooks\/south/);
    await slow.release();
    expect(await read(page)).toMatch(/webhooks\/south/);
    expect(await read(page)).not.toMatch(/webhooks\/north/);
  });
});

describe("nothing is lost", () => {
  it("of a change that comes while something is being opened", async () => {
    const page = await pageWith("opened");
    const before = await page.changesTold();
    const slow = await page.hold(/GET .*opened\/draft\/b/);
    await page.fixture("b.json");
    await slow.arrived();
    write("opened", "b.json", "newer text");
    await page.toldOfChanges(before + 1);
    await page.quiet();
    await slow.release();
    await page.message(/newer text/);
    expect(await shown(page)).toEqual(whole("opened", "b.json", "newer text"));
  });

  it("of what is typed while a change is being read", async () => {
    const page = await pageWith("typed");
    const old = await page.hold(/GET .*typed\/draft\/a/);
    write("typed", "a.json", "from disk");
    await old.arrived();
    await page.typePayload('{"text": "typed meanwhile"}');
    await page.message(/typed meanwhile/);
    await old.release();
    expect(JSON.parse(await page.payload())).toEqual({ text: "typed meanwhile" });
    expect(await page.text("#toasts")).toContain("a.json changed on disk. Your edits are kept.");
    await page.page.keyboard.press("u");
    await page.message(/from disk/);
  });

  race(
    "of what was typed just before another fixture was opened, or the page was reloaded",
    async () => {
      const page = await pageWith("north");
      const edit = (text: string, then: string) =>
        page.page.evaluate(
          (words, next) => {
            (window as unknown as Writing).write(JSON.stringify({ text: words }));
            if (next) document.querySelector<HTMLElement>(`[data-file="${next}"]`)?.click();
            else location.reload();
          },
          text,
          then,
        );
      await edit("quick edit", "b.json");
      await page.message(/north b/);
      await page.fixture("a.json");
      await page.message(/quick edit/);
      const reloaded = page.page.waitForNavigation();
      await edit("last edit", "");
      await reloaded;
      await page.message(/last edit/);
    },
  );

  race("of a name that is typed before the suggested one is there", async () => {
    const page = await pageWith("north");
    const slow = await page.hold(/POST .*fixtures\/name$/);
    await page.click("#save");
    await slow.arrived();
    await page.page.keyboard.type("mine");
    await slow.release();
    expect(await page.value("#fixture-name")).toBe("mine");
  });

  it("of a fixture that goes, then the view, then the integration's whole folder", async () => {
    const page = await pageWith("leaving");
    const folder = join(dev.root, "zerver/webhooks/leaving");
    rmSync(join(folder, "fixtures/a.json"));
    await page.until("#source", /gone from the disk/);
    rmSync(join(folder, "view.py"));
    await page.until("#panel-message .cover", /No module named/);
    await page.page.keyboard.press("5");
    await page.until("#panel-checklist", /view/);
    rmSync(folder, { recursive: true });
    await page.until("#fixtures", /No fixtures yet/);
    await page.choose("south");
    await page.until("#fixtures", /abc/);
  });

  it("of a fixture that goes and comes back", async () => {
    const page = await pageWith("going");
    rmSync(join(fixturesOf(dev.root, "going"), "a.json"));
    await page.until("#source", /gone from the disk/);
    expect(JSON.parse(await page.payload())).toEqual({ text: "going a" });
    write("going", "a.json", "back again");
    await page.message(/back again/);
    expect(await shown(page)).toEqual(whole("going", "a.json", "back again"));
  });

  race("of the requests that are served while the earlier ones are asked for", async () => {
    const page = await opened([/GET .*_\/requests$/]);
    const earlier = page.held(/GET .*_\/requests$/);
    await earlier.arrived();
    await serve(page, "south", "while waiting");
    await page.until("#requests", /south/);
    const count = Number(await page.text("#live-count"));
    await earlier.release();
    const ids = await page.page.$$eval("[data-request]", (rows) =>
      rows.map((row) => Number((row as HTMLElement).dataset.request)),
    );
    expect(ids.length).toBeGreaterThanOrEqual(count);
    expect(ids).toEqual([...new Set(ids)].sort((one, other) => other - one));
    expect(await page.text("#requests li:first-child")).toContain("south");
  });

  race("of what the server says of Python while its state is asked for", async () => {
    const page = await opened([/GET .*_\/state$/]);
    const state = page.held(/GET .*_\/state$/);
    await state.arrived();
    const registry = join(dev.root, "zerver/lib/integrations.py");
    const good = readFileSync(registry, "utf8");
    appendFileSync(registry, "\nthis is no Python\n");
    onTestFinished(() => writeFileSync(registry, good));
    await page.until("#engine", /does not load/);
    await state.release();
    expect(await page.text("#engine")).toContain("does not load");
    expect(await page.text("#banner")).toContain("integrations.py");
    writeFileSync(registry, good);
    await page.until("#engine", /Ready/);
  });
});
