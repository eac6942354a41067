/** The page's list of all messages of an integration: what it shows, and what an edit has changed. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SerializedAXNode } from "puppeteer";
import { describe, expect, it, onTestFinished } from "vitest";
import { ECHO_VIEW } from "../engine/tree.ts";
import { git } from "../support/git.ts";
import { allMessagesOf, blocks, FRAME, inBlock } from "./all-messages.ts";
import { lowContrast } from "./contrast.ts";
import { devForFile, fixturesOf } from "./dev-server.ts";
import { browserForFile, type DrivenPage, picture, until } from "./driven-page.ts";

const HOSTILE = `<img src=x onerror="parent.stolen=1"><script>parent.stolen=1</script></div>`;
const HOSTILE_FILE = `<img src=x onerror="parent.stolen=1">.json`;
const plain = {
  fixtures: {
    "one.json": '{"text": "Hello **one**"}',
    "two.json": '{"text": "Hello two"}',
    "three.json": '{"text": "Bye three"}',
  },
};
/** Tests that change files have an integration of their own. */
const dev = devForFile(
  {
    echo: plain,
    editing: plain,
    failing: { fixtures: { ...plain.fixtures, "lacks.json": "{}" } },
    commits: plain,
    // Slow, so that a page is told of some of its fixtures before the others.
    committing: {
      ...plain,
      view: ECHO_VIEW.replace("    text = ", "    time.sleep(0.4)\n    text = ").replace(
        "from django",
        "import time\nfrom django",
      ),
    },
    counting: plain,
    clock: {
      ...plain,
      view: ECHO_VIEW.replace('payload["text"].tame(check_string)', "str(datetime.now())").replace(
        "from django",
        "from datetime import datetime\nfrom django",
      ),
    },
    marking: plain,
    library: plain,
    bare: {
      view: ECHO_VIEW.replace("payload: JsonBodyPayload[WildValue]", 'mark: str = ""').replace(
        'payload["text"].tame(check_string)',
        '"nothing"',
      ),
    },
    hostile: {
      fixtures: {
        [HOSTILE_FILE]: JSON.stringify({ text: HOSTILE }),
        "raises.json": '{"text": "raise"}',
        "huge.json": JSON.stringify({ text: `# ${"x **y** ".repeat(20_000)}` }),
      },
      view: ECHO_VIEW.replace(
        "    check_send",
        `    if text == "raise":\n        raise ValueError(${JSON.stringify(HOSTILE)} * 500)\n    check_send`,
      ),
    },
  },
  (root) => {
    // As in trees since 2025: bots are called as their integrations are displayed.
    mkdirSync(join(root, "tools"));
    const tool = join(root, "tools/generate-integration-docs-screenshot");
    writeFileSync(tool, 'name = f"{integration.display_name} Bot"\n');
    const registry = join(root, "zerver/lib/integrations.py");
    const named = readFileSync(registry, "utf8").replace(
      /(?=stream_name="deployments")/,
      'display_name="Harbour Line", ',
    );
    writeFileSync(registry, named);
    git(root, "init", "-q");
    git(root, "add", ".");
    git(root, "commit", "-q", "-m", "all");
  },
);
const { opened } = browserForFile(dev);

const { openedAt, viewOf, edit } = allMessagesOf(dev, opened);

const isHidden = (page: DrivenPage, selector: string): Promise<boolean> =>
  page.page.$eval(selector, (element) => getComputedStyle(element).display === "none");

describe("all messages", () => {
  it("are shown beside each other, at an address of their own", async () => {
    const page = await openedAt("echo");
    expect(await blocks(page)).toEqual(["same one.json", "same three.json", "same two.json"]);
    expect(await inBlock(page, "one.json", ".content")).toEqual(["Hello one"]);
    expect(await inBlock(page, "one.json", ".sender-name")).toEqual(["Echo Bot"]);
    expect(await inBlock(page, "one.json", ".bar-topic")).toEqual(["greetings"]);
    expect(new URL(page.page.url()).hash).toBe("#/all/echo");
    expect(await page.page.title()).toBe("Echo: all messages · connect-webhook dev");
    expect(await isHidden(page, ".request")).toBe(true);
    await page.page.reload();
    await page.until("#all-count", /^3 fixtures$/);
    await page.page.goBack();
    await expect.poll(() => isHidden(page, "#all")).toBe(true);
    await page.until("#source", /one\.json/);
    await page.message(/Hello one/);
    await page.page.goForward();
    await page.until("#all-count", /^3 fixtures$/);
    expect(await isHidden(page, "#all")).toBe(false);
  });

  it("have the sender and the avatar of the pictures, as one message has", async () => {
    const page = await openedAt("harbourline");
    expect(await inBlock(page, "ping.json", ".sender-name")).toEqual(["Harbour Line Bot"]);
    expect(await inBlock(page, "ping.json", ".avatar")).toHaveLength(1);
    await page.page.keyboard.press("m");
    await page.message(/Harbour Line Bot/);
  });

  it("are opened one by one, and follow the integration and the filter", async () => {
    const page = await openedAt("echo");
    await page.page.focus("#filter");
    await page.page.keyboard.type("t");
    await expect.poll(() => blocks(page)).toEqual(["same three.json", "same two.json"]);
    await page.page.keyboard.type("xyz");
    await page.until("#panel-all .cover", /No fixture has these words/);
    for (let letter = 0; letter < 3; letter += 1) await page.page.keyboard.press("Backspace");
    const frame = await (await page.page.$(FRAME))?.contentFrame();
    await frame?.click('[data-open="two.json"]');
    await page.message(/Hello two/);
    expect(new URL(page.page.url()).hash).toBe("#/fixture/echo/two.json");
    expect(await page.page.evaluate("document.activeElement.dataset.file")).toBe("two.json");
    await page.page.keyboard.press("m");
    await page.choose("bare");
    await page.until("#all-count", /^1 fixture$/);
    expect(await blocks(page)).toEqual(["same no payload"]);
    expect(await inBlock(page, "no payload", ".content")).toEqual(["nothing"]);
  });

  it("say after each save which of them have changed, until they are marked as seen", async () => {
    const page = await openedAt("editing");
    const untouched = await page.page.$eval(FRAME, (frame) => {
      const all = (frame as HTMLIFrameElement).contentDocument?.querySelectorAll(".message-review");
      const [, three] = all ?? [];
      Object.assign(window, { three });
      return three?.textContent;
    });
    expect(untouched).toMatch(/three\.json/);
    edit("editing", (text) =>
      text.replace("tame(check_string)", 'tame(check_string).replace("Hello", "Hi")'),
    );
    await page.until("#all-count", /^3 fixtures · 2 changed$/);
    expect(await page.page.title()).toBe("(2) Editing: all messages · connect-webhook dev");
    expect(await inBlock(page, "one.json", ".pair .content")).toEqual(["Hello one", "Hi one"]);
    expect(await inBlock(page, "one.json", ".diff mark")).toEqual(["Hello", "Hi"]);
    // What is as it was is left alone: it keeps what is unfolded in it, and where it is.
    expect(await page.page.evaluate("three.isConnected")).toBe(true);
    await page.page.keyboard.press("o");
    await expect
      .poll(() => blocks(page))
      .toEqual(["changed one.json changed", "changed two.json changed"]);
    // A second edit is compared with the same state as the first.
    edit("editing", (text) => text.replace('"Hi"', '"Hey"'));
    await expect
      .poll(() => inBlock(page, "one.json", ".pair .content"))
      .toEqual(["Hello one", "Hey one"]);
    writeFileSync(join(fixturesOf(dev.root, "editing"), "four.json"), '{"text": "Four"}');
    rmSync(join(fixturesOf(dev.root, "editing"), "three.json"));
    await page.until("#all-count", /^3 fixtures · 2 changed · 1 new · 1 gone$/);
    await page.page.keyboard.press("s");
    await page.until("#all-count", /^3 fixtures$/);
    await page.until("#panel-all .cover", /No message has changed/);
    expect(await page.page.title()).toBe("Editing: all messages · connect-webhook dev");
    await page.page.keyboard.press("o");
    await expect
      .poll(() => blocks(page))
      .toEqual(["same four.json", "same one.json", "same two.json"]);
  });

  it("of a view that reads the clock are the same each time", async () => {
    const page = await openedAt("clock");
    const [before] = await inBlock(page, "one.json", ".content");
    expect(before).toMatch(/^20\d\d-/);
    edit("clock", (text) => text.replace('"greetings"', '"salutations"'));
    await page.until("#all-count", /^3 fixtures · 3 changed$/);
    edit("clock", (text) => text.replace('"salutations"', '"greetings"'));
    await page.until("#all-count", /^3 fixtures$/);
  });

  it("are compared with the last commit", async () => {
    const page = await openedAt("commits");
    edit("commits", (text) => text.replace('"greetings"', '"salutations"'));
    await page.until("#all-count", /^3 fixtures · 3 changed$/);
    await page.page.keyboard.press("s");
    await page.until("#all-count", /^3 fixtures$/);
    await page.page.select("#against", "commit");
    await page.until("#all-count", /^3 fixtures · 3 changed$/);
    expect(await inBlock(page, "two.json", ".pair .bar-topic")).toEqual([
      "greetings",
      "salutations",
    ]);
    expect(await page.page.$eval("#mark-seen", (one) => (one as HTMLButtonElement).disabled)).toBe(
      true,
    );
    edit("commits", (text) => text.replace('"salutations"', '"greetings"'));
    await page.until("#all-count", /^3 fixtures$/);
  });

  it("follow each commit, and stay compared with it when the page is loaded again", async () => {
    const page = await openedAt("committing");
    await page.page.select("#against", "commit");
    edit("committing", (text) => text.replace('"greetings"', '"salutations"'));
    await page.until("#all-count", /^3 fixtures · 3 changed$/);
    await page.page.reload();
    await page.until("#all-count", /^3 fixtures · 3 changed$/);
    expect(await page.page.$eval("#against", (one) => (one as HTMLSelectElement).value)).toBe(
      "commit",
    );
    // What the title and the heading say, whenever one of them changes.
    await page.page.evaluate(() => {
      const said: string[][] = [];
      const look = (): void => {
        const { textContent } = document.querySelector("#all-count") as HTMLElement;
        const counts = [/^\((\d+)\)/.exec(document.title), /(\d+) changed/.exec(textContent)];
        said.push(counts.map((found) => found?.[1] ?? "0"));
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { childList: true, characterData: true, subtree: true });
      Object.assign(window, { said });
    });
    git(dev.root, "commit", "-q", "-m", "salutations", "zerver/webhooks/committing");
    await page.until("#all-count", /^3 fixtures$/);
    git(dev.root, "reset", "-q", "--soft", "HEAD~1");
    await page.until("#all-count", /^3 fixtures · 3 changed$/);
    const said = (await page.page.evaluate("said")) as string[][];
    expect(said.filter(([title, heading]) => title !== heading)).toEqual([]);
    expect(said.map(([title]) => title)).toEqual(expect.arrayContaining(["0", "3"]));
  });

  it("that fail are told in a few lines, and those that fail alike in one", async () => {
    const page = await openedAt("failing", /^4 fixtures · 1 fails$/);
    expect(await inBlock(page, "lacks.json", ".failure")).toEqual([
      expect.stringMatching(
        /^ValidationError: .*missing.*zerver\/webhooks\/failing\/view\.py:\d+$/,
      ),
    ]);
    const good = readFileSync(viewOf("failing"), "utf8");
    edit("failing", (text) => text.replace("    check_send_", "    misspelt\n    check_send_"));
    await page.until("#all-count", /^4 fixtures · 3 changed · 4 fail$/);
    expect(await inBlock(page, "one.json", ".failure .brief")).toEqual([
      "NameError: name 'misspelt' is not defined",
    ]);
    expect(await inBlock(page, "two.json", ".failure")).toEqual(["Fails as one.json does."]);
    writeFileSync(viewOf("failing"), `${good}\nthis is no Python\n`);
    await page.until(
      "#all-trouble",
      /^The view does not load: .*SyntaxError: invalid syntax \(zerver\/webhooks\/failing\/view\.py, line \d+\).* These messages are from before\.$/,
    );
    expect(await inBlock(page, "two.json", ".failure")).toEqual(["Fails as one.json does."]);
    writeFileSync(viewOf("failing"), good);
    await page.until("#all-count", /^4 fixtures · 1 fails$/);
    await page.page.goto(`${dev.server.url}/#/fixture/failing/lacks.json`);
    await page.until("#panel-message .cover", /ValidationError/);
  });

  it("stay as they are while the tree's code does not load", async () => {
    const page = await openedAt("library");
    const library = join(dev.root, "zerver/lib/integrations.py");
    const good = readFileSync(library, "utf8");
    onTestFinished(() => writeFileSync(library, good));
    writeFileSync(library, `${good}\nthis is no Python\n`);
    await page.until("#banner", /integrations\.py/);
    await page.quiet();
    await page.until("#all-trouble", /^The tree's code does not load\./);
    expect(await blocks(page)).toEqual(["same one.json", "same three.json", "same two.json"]);
    writeFileSync(library, good);
    await page.until("#engine", /Ready/);
    edit("library", (text) => text.replace('"greetings", text', '"greetings", text + "!"'));
    await page.until("#all-count", /^3 fixtures · 3 changed$/);
  });

  it("are delivered once, however many pages show them", async () => {
    const pages = [await openedAt("counting"), await openedAt("counting")];
    const before = dev.listed.filter((name) => name === "counting").length;
    expect(before).toBe(3);
    edit("counting", (text) => text.replace('"greetings", text', '"greetings", text + "!"'));
    for (const page of pages) await page.until("#all-count", /^3 fixtures · 3 changed$/);
    expect(dev.listed.filter((name) => name === "counting").length).toBe(6);
  });
});

describe("what strangers say in it", () => {
  it("is text, and cut to what stands beside others", async () => {
    const page = await openedAt("hostile", /^3 fixtures · 1 fails$/);
    expect(await inBlock(page, "<img", ".content")).toEqual([HOSTILE]);
    const [failure = ""] = await inBlock(page, "raises.json", ".failure .brief");
    expect(failure).toContain(`ValueError: ${HOSTILE}`);
    expect(failure).toMatch(/… \d+ more characters$/);
    const [huge = ""] = await inBlock(page, "huge.json", ".content");
    // As long as Connect lets a message be.
    expect(huge).toMatch(/\[message truncated\]$/);
    const made = await page.page.$eval(FRAME, (frame) => {
      const { contentDocument } = frame as HTMLIFrameElement;
      const tags = [...(contentDocument?.querySelectorAll("body *") ?? [])].map(
        ({ tagName }) => tagName,
      );
      const bad = tags.filter((tag) => /SCRIPT|IFRAME|OBJECT|FORM/.test(tag));
      const sources = [...(contentDocument?.images ?? [])].map(({ src }) => src.slice(0, 5));
      const loaded = sources.filter((source) => source !== "data:");
      return { bad, loaded, stolen: "stolen" in window };
    });
    expect(made).toEqual({ bad: [], loaded: [], stolen: false });
    const frame = await (await page.page.$(FRAME))?.contentFrame();
    await frame?.click(`[data-open^="<img"]`);
    await page.until("#source", /^<img src=x/);
  });

  it("is asked for with the token only, and in the right shape", async () => {
    const path = "/_/integrations/echo/messages";
    const question = { against: "seen", known: {}, styles: "" };
    const body = JSON.stringify(question);
    expect((await dev.ask(path, { method: "POST", body })).status).toBe(401);
    expect((await dev.page(path, { ...question, known: { "one.json": 1 } })).status).toBe(400);
    expect((await dev.page("/_/integrations/nobody/messages", question)).status).toBe(404);
    const ask = async () => JSON.parse((await dev.page(path, question)).body);
    await expect.poll(async () => (await ask()).isUnderWay).toBe(false);
    const { rows, styles } = await ask();
    const known = Object.fromEntries(
      rows.map(({ fixture, digest }: Record<string, string>) => [fixture, digest]),
    );
    const again = await dev.page(path, { ...question, known, styles: styles.digest });
    // What the page has is not sent again.
    expect(again.body).not.toContain("html");
    expect(again.body).not.toContain("css");
  });
});

describe("the list of all messages", () => {
  it("has names for whoever does not see it", async () => {
    const page = await openedAt("echo");
    const named: string[] = [];
    const visit = ({ role, name, children = [] }: SerializedAXNode): void => {
      if (/button|combobox|heading|link|Iframe/.test(role)) named.push(`${role} ${name?.trim()}`);
      children.forEach(visit);
    };
    const tree = await page.page.accessibility.snapshot({ includeIframes: true });
    if (tree) visit(tree);
    expect(named).toEqual(
      expect.arrayContaining([
        "button All messages",
        "heading All messages",
        "combobox Changes since",
        "button Changed only",
        "button Mark as seen",
        "Iframe All messages",
        "link one.json",
      ]),
    );
    expect(named.filter((one) => / (undefined)?$/.test(one))).toEqual([]);
  });

  it("can be used with the keyboard alone, inside of its frame too", async () => {
    const page = await opened();
    await page.choose("echo");
    await page.until("#source", /\w/);
    await page.page.keyboard.press("m");
    await page.until("#all-count", /^3 fixtures$/);
    const focused = (): Promise<string> =>
      page.page.$eval(
        FRAME,
        (frame) => (frame as HTMLIFrameElement).contentDocument?.activeElement?.textContent ?? "",
      );
    await page.page.keyboard.press("j");
    expect(await focused()).toBe("one.json");
    await page.page.keyboard.press("j");
    await page.page.keyboard.press("j");
    expect(await focused()).toBe("two.json");
    await page.page.keyboard.press("k");
    expect(await focused()).toBe("three.json");
    await page.page.keyboard.press("Enter");
    await page.message(/Bye three/);
    // What is of the request acts only where it is shown.
    await page.page.keyboard.press("m");
    await page.page.keyboard.down("Control");
    await page.page.keyboard.press("Enter");
    await page.page.keyboard.up("Control");
    await page.quiet();
    expect(await page.text("#toasts")).not.toContain("Sent");
    await page.page.keyboard.press("e");
    await expect.poll(() => page.page.evaluate("document.activeElement.id")).toBe("payload");
  });

  it.each([
    "light",
    "dark",
  ])("can be read when it is %s, in windows of any width", async (scheme) => {
    const good = readFileSync(viewOf("harbourline"), "utf8");
    onTestFinished(() => writeFileSync(viewOf("harbourline"), good));
    const page = await openedAt("harbourline", /^7 fixtures$/);
    await page.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    edit("harbourline", (text) =>
      text
        .replace("{actor} asks {approvers} to approve", "{actor} waits until {approvers} approve")
        .replace('payload["rollback"]', 'payload["roll_back"]'),
    );
    await page.until("#all-count", /^7 fixtures · 2 changed · 1 fails$/);
    for (const width of [1280, 1000, 400]) {
      await page.page.setViewport({ width, height: 860 });
      const wide = await page.page.$eval(FRAME, (frame) => {
        const root = (frame as HTMLIFrameElement).contentDocument?.documentElement;
        const own = document.documentElement;
        return [(root?.scrollWidth ?? 0) - (root?.clientWidth ?? 0), own.scrollWidth - innerWidth];
      });
      expect([width, ...wide]).toEqual([width, 0, 0]);
    }
    await page.page.setViewport({ width: 1440, height: 860 });
    await page.quiet();
    if (scheme === "light") await picture(page, "all");
    expect(await page.page.evaluate(lowContrast)).toEqual([]);
    expect(await page.page.evaluate(lowContrast, FRAME)).toEqual([]);
    const card = () =>
      page.page.$eval(FRAME, (frame) => {
        const page = (frame as HTMLIFrameElement).contentDocument;
        return [".connect", ".message"].map((part) => {
          const element = page?.querySelector(part);
          return element && getComputedStyle(element).backgroundColor;
        });
      });
    await expect
      .poll(card)
      .toEqual(
        scheme === "dark"
          ? ["rgb(28, 28, 28)", "rgb(38, 38, 38)"]
          : ["rgb(240, 240, 240)", "rgb(255, 255, 255)"],
      );
  });
});

it("gives one page what another one has marked", async () => {
  const [one, other] = [await openedAt("marking"), await openedAt("marking")];
  edit("marking", (text) => text.replace('"greetings", text', '"greetings", text + "?"'));
  for (const page of [one, other]) await page.until("#all-count", /^3 fixtures · 3 changed$/);
  await one.page.keyboard.press("s");
  await one.until("#all-count", /^3 fixtures$/);
  await other.page.reload();
  await until(() => other.text("#all-count"), /^3 fixtures$/);
});
