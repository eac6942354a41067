import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, type Drawing, openBrowser } from "../../src/browser/index.ts";
import { pixelAt, pngFacts, pngOf } from "../../src/image/index.ts";
import { temporaryDirectory } from "../support/tree.ts";

const BOX = { clip: "#box", width: 300, scale: 2 };
const HEAD = "<style>body{margin:0}#box{width:200px;height:50px;background:#0000ff}</style>";

/** A page whose box has this colour, or this content. */
function page(inside: string, style = ""): { head: string; body: string } {
  return { head: HEAD, body: `<div id="box" style="${style}">${inside}</div>` };
}

/** A drawing as a PNG. */
async function picture(
  browser: Browser,
  ...asked: Parameters<Browser["drawPage"]>
): Promise<Buffer> {
  return pngOf(await browser.drawPage(...asked));
}

/** Processes whose command line names a folder. */
function processesWith(folder: string): string[] {
  return readdirSync("/proc").filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/cmdline`, "latin1").includes(folder);
    } catch {
      return false; // It ended meanwhile.
    }
  });
}

describe("a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it("draws one element, in device pixels", async () => {
    const png = await picture(browser, page(""), BOX);
    expect(await pngFacts(png)).toEqual({ width: 400, height: 100 });
    expect(await pixelAt(png, 0, 0)).toEqual([0, 0, 255]);
    expect(await pixelAt(png, 399, 99)).toEqual([0, 0, 255]);
  });

  it("swaps the content, also when pages are asked for at once, and the head", async () => {
    const colours = ["#ff0000", "#00ff00", "#ff00ff"];
    const drawn = await Promise.all(
      colours.map((colour) => picture(browser, page("", `background:${colour}`), BOX)),
    );
    const seen = await Promise.all(drawn.map((png) => pixelAt(png, 9, 9)));
    expect(seen).toEqual([
      [255, 0, 0],
      [0, 255, 0],
      [255, 0, 255],
    ]);
    const other = await picture(browser, { head: "", body: '<p id="box">x</p>' }, BOX);
    expect(await pixelAt(other, 399, 9)).toEqual([255, 255, 255]);
  });

  it("draws text and colour emoji, whatever fonts the machine has", async () => {
    const text = page("Hello", "background:#fff;color:#000;font:30px 'Source Sans 3'");
    const emoji = page("🎉", "background:#fff;font:30px 'Noto Color Emoji'");
    const blank = await picture(browser, page("", "background:#fff"), BOX);
    expect((await picture(browser, text, BOX)).equals(blank)).toBe(false);
    const drawn = await picture(browser, emoji, BOX);
    const pixels = await Promise.all(
      Array.from({ length: 400 }, (_, i) =>
        pixelAt(drawn, 4 + (i % 20) * 3, 10 + 4 * Math.floor(i / 20)),
      ),
    );
    expect(pixels.some(([red, green, blue]) => red > blue + 100 && green > blue)).toBe(true);
  });

  it("draws another page where an element is too high", async () => {
    const { body } = page("", "height:20px");
    const draw = (height: number) =>
      picture(browser, page("", `height:${height}px`), {
        ...BOX,
        fold: { selector: "#box", above: 100, body },
      });
    expect(await pngFacts(await draw(100))).toEqual({ width: 400, height: 200 });
    expect(await pngFacts(await draw(101))).toEqual({ width: 400, height: 40 });
  });

  it("draws the same bytes again", async () => {
    const source = page("The same", "background:#fff;font:20px 'Source Sans 3'");
    const first = await picture(browser, source, BOX);
    await picture(browser, page(""), BOX);
    expect((await picture(browser, source, BOX)).equals(first)).toBe(true);
  });

  it("runs no script and asks nobody for anything", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("body{display:none}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const body = [
      '<div id="box"></div>',
      "<script>document.body.remove()</script>",
      `<img src="x" onerror="document.body.remove()"><img src="${site}/image.png">`,
      `<link rel="stylesheet" href="${site}/a.css"><style>@import "${site}/b.css";</style>`,
      `<iframe src="${site}/frame"></iframe><object data="${site}/object"></object>`,
      `<video src="${site}/video" autoplay></video><meta http-equiv="refresh" content="0;url=${site}/">`,
      `<svg><image href="${site}/svg"/><script>document.body.remove()</script></svg>`,
      '<iframe srcdoc="<script>parent.document.body.remove()</script>"></iframe>',
    ].join("");
    try {
      const head = `<link rel="stylesheet" href="${site}/head.css">${HEAD}<script>document.title=1</script>`;
      const png = await picture(browser, { head, body }, BOX);
      expect(await pixelAt(png, 9, 9)).toEqual([0, 0, 255]);
      const later = await picture(browser, { head, body }, BOX);
      expect(later.equals(png)).toBe(true);
      expect(asked).toEqual([]);
    } finally {
      server.close();
    }
  });

  it("has scripts off, whatever the page's policy says", async () => {
    const head = `${HEAD}<style>@media (scripting: none) { #box { background: #ff0000 !important } }</style>`;
    const png = await picture(browser, { head, body: '<div id="box"></div>' }, BOX);
    expect(await pixelAt(png, 9, 9)).toEqual([255, 0, 0]);
  });

  it("draws what is taller than its window, and refuses what no picture can hold", async () => {
    const tall = await picture(browser, page("", "height:3000px"), BOX);
    expect(await pngFacts(tall)).toEqual({ width: 400, height: 6000 });
    expect(await pixelAt(tall, 200, 5999)).toEqual([0, 0, 255]);
    await expect(picture(browser, page("", "height:9000px"), BOX)).rejects.toMatchObject({
      code: "picture-too-tall",
      exitCode: 2,
    });
    expect(await pngFacts(await picture(browser, page(""), BOX))).toEqual({
      width: 400,
      height: 100,
    });
  });
});

describe("many pictures at once", () => {
  /** Text, a shadow and a rounded line at half a pixel: what is drawn otherwise at another place would show. */
  const SOURCES = Array.from({ length: 30 }, (_, index) => {
    const style = [
      `height:${40 + index * 13.37}px`,
      "background:#fff;color:#333;font:17.3px 'Source Sans 3'",
      "border:1.5px solid #0003;border-radius:9px;box-shadow:0 0 40px 40px #f00",
    ];
    return page(`Picture ${index}, and what it says`, style.join(";"));
  });

  it("look as each does alone", async () => {
    const browser = await openBrowser();
    try {
      const alone: Drawing[] = [];
      for (const source of SOURCES) alone.push(await browser.drawPage(source, BOX));
      const together = await Promise.all(SOURCES.map((source) => browser.drawPage(source, BOX)));
      for (const [index, { pixels, ...size }] of together.entries()) {
        const { pixels: expected, ...expectedSize } = alone[index] as Drawing;
        expect(size).toEqual(expectedSize);
        expect(pixels.equals(expected), `picture ${index}`).toBe(true);
      }
    } finally {
      await browser.close();
    }
  });

  it("look the same where styles ask for the window's height, in any order and by two processes", async () => {
    const styles = [
      "body{margin:0;padding-top:30px}#box{width:200px;background:#fff;border:3px solid #00f;border-bottom-color:#0a0}",
      "@media (height < 600px){body{padding-top:20px}}@media (height > 1100px){body{padding-top:43px}}",
    ];
    const head = `<style>${styles.join("")}</style>`;
    const heights = [40, 1500, 90, 700, 41, 1000, 2200, 60];
    const sources = heights.map((height) => ({
      head,
      body: `<div id="box" style="height:${height}px"></div>`,
    }));
    const browsers = await Promise.all([openBrowser(), openBrowser({ processes: 2 })]);
    try {
      const [one, two] = browsers;
      const alone: Drawing[] = [];
      for (const source of sources) alone.push(await one.drawPage(source, BOX));
      const drawAll = (browser: Browser, pages: typeof sources) =>
        Promise.all(pages.map((source) => browser.drawPage(source, BOX)));
      const runs = [
        await drawAll(one, sources),
        await drawAll(two, sources),
        (await drawAll(two, sources.toReversed())).reverse(),
      ];
      for (const [index, { pixels, width, height }] of alone.entries()) {
        expect([width, height]).toEqual([412, 2 * ((heights[index] ?? 0) + 6)]);
        const at = (x: number, y: number) => [
          ...pixels.subarray((y * width + x) * 3).subarray(0, 3),
        ];
        // Nothing is cut off: the frame's lines are where they were measured.
        expect([at(9, 0), at(200, 6), at(200, height - 1)]).toEqual([
          [0, 0, 255],
          [255, 255, 255],
          [0, 170, 0],
        ]);
        const same = runs.map((run) => run[index]?.pixels.equals(pixels));
        expect(same, `picture ${index}`).toEqual([true, true, true]);
      }
    } finally {
      await Promise.all(browsers.map((browser) => browser.close()));
    }
  });

  it("are refused where they follow the window without end", async () => {
    const browser = await openBrowser();
    const endless = page("", "height:calc(100vh + 20px)");
    await expect(browser.drawPage(endless, BOX)).rejects.toMatchObject({
      code: "unsteady-picture",
      exitCode: 2,
    });
    expect(await browser.drawPage(page(""), BOX)).toMatchObject({ width: 400, height: 100 });
    await browser.close();
  });

  it("stand still where styles would move them", async () => {
    const moving =
      "<style>@keyframes grow{to{margin-left:90px}}#box{animation:grow 20ms infinite alternate}</style>";
    const browser = await openBrowser();
    const draw = () => browser.drawPage({ ...page("x"), head: `${HEAD}${moving}` }, BOX);
    const [first, ...more] = [await draw(), await draw(), await draw()];
    expect(more.map(({ pixels }) => pixels.equals(first.pixels))).toEqual([true, true]);
    await browser.close();
  });

  it("fail each by itself", async () => {
    const browser = await openBrowser();
    const other = { head: HEAD, body: "<p>no box</p>" };
    const asked = [page(""), other, page("", "height:9000px"), page("")];
    const results = await Promise.allSettled(asked.map((source) => picture(browser, source, BOX)));
    await browser.close();
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    expect(results[1]).toMatchObject({ reason: { code: "browser-failed" } });
    expect(results[2]).toMatchObject({ reason: { code: "picture-too-tall" } });
  });
});

describe("a browser leaves nothing behind", () => {
  /** Opens a browser whose profile is in a folder of this test. */
  async function openIn(signal?: AbortSignal): Promise<{ browser: Browser; folder: string }> {
    const folder = temporaryDirectory();
    const before = process.env.TMPDIR;
    process.env.TMPDIR = folder;
    try {
      return { browser: await openBrowser(signal === undefined ? {} : { signal }), folder };
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  }

  it("when it is closed, twice", async () => {
    const { browser, folder } = await openIn();
    if (existsSync("/proc")) expect(processesWith(folder)).not.toEqual([]);
    await Promise.all([browser.close(), browser.close()]);
    expect(readdirSync(folder)).toEqual([]);
    if (existsSync("/proc")) expect(processesWith(folder)).toEqual([]);
    await expect(picture(browser, page(""), BOX)).rejects.toMatchObject({ code: "browser-failed" });
  });

  it("when the user cancels", async () => {
    const abort = new AbortController();
    const { browser, folder } = await openIn(abort.signal);
    abort.abort();
    await expect(picture(browser, page(""), BOX)).rejects.toMatchObject({ name: "CancelledError" });
    await browser.close();
    expect(readdirSync(folder)).toEqual([]);
    await expect(openBrowser({ signal: abort.signal })).rejects.toMatchObject({
      name: "CancelledError",
    });
  });

  it.runIf(existsSync("/proc"))("when it is killed", async () => {
    const { browser, folder } = await openIn();
    for (const id of processesWith(folder)) process.kill(Number(id), "SIGKILL");
    await expect(picture(browser, page(""), BOX)).rejects.toMatchObject({
      code: "browser-failed",
      exitCode: 3,
    });
    await browser.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
