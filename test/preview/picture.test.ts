import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "../../src/browser/index.ts";
import { pixelAt, pngFacts, pngOf } from "../../src/image/index.ts";
import { renderMarkdown } from "../../src/markdown/index.ts";
import {
  builtinTheme,
  coloursOfStream,
  drawPage,
  type PageMessage,
} from "../../src/preview/index.ts";

const COLOURS = coloursOfStream("#53a063");
const RED = { r: 255, g: 0, b: 0 };

let browser: Browser;
let avatar: Buffer;

beforeAll(async () => {
  browser = await openBrowser();
  avatar = await sharp({ create: { width: 100, height: 100, channels: 3, background: RED } })
    .png()
    .toBuffer();
});
afterAll(() => browser.close());

function message(html: string, more: Partial<PageMessage> = {}): PageMessage {
  return {
    recipient: { type: "stream", stream: "builds", topic: "main" },
    senderName: "Acme Bot",
    avatar: { bytes: avatar, type: "image/png" },
    html,
    time: "12:00 PM",
    colours: COLOURS,
    ...more,
  };
}

async function draw(...messages: PageMessage[]): Promise<Buffer> {
  return pngOf(await drawPage(browser, await builtinTheme.page(messages), builtinTheme));
}

/** The rows of a column of CSS pixels, from x to x + width, that hold something dark. */
async function darkRows(png: Buffer, x: number, width: number): Promise<number[]> {
  const { height } = await pngFacts(png);
  const area = { left: x * 2, top: 0, width: width * 2, height };
  const raw = await sharp(png).extract(area).greyscale().raw().toBuffer();
  const rows = Array.from({ length: height }, (_, row) => row);
  return rows.filter((row) =>
    raw.subarray(row * width * 2, (row + 1) * width * 2).some((value) => value < 110),
  );
}

function hex([red, green, blue]: [number, number, number]): string {
  return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

describe("a picture has Connect's geometry", () => {
  it("is 1520 wide, 200 high for one line, and 34 higher a line", async () => {
    const lines = (count: number) => `<p>${Array(count).fill("line").join("<br>\n")}</p>`;
    expect(await pngFacts(await draw(message(lines(1))))).toEqual({ width: 1520, height: 200 });
    expect(await pngFacts(await draw(message(lines(2))))).toEqual({ width: 1520, height: 234 });
    expect(await pngFacts(await draw(message(lines(4))))).toEqual({ width: 1520, height: 302 });
  });

  it("has its bar, its avatar and its paper where they belong", async () => {
    const png = await draw(message("<p>text</p>"));
    const at = async (x: number, y: number) => hex(await pixelAt(png, x * 2, y * 2));
    expect(await at(2, 2)).toBe("#f0f0f0");
    expect(await at(650, 20)).toBe(COLOURS.bar);
    expect(await at(650, 37)).toBe("#ffffff");
    expect(await at(21, 60)).toBe("#ff0000");
    expect(await at(55, 60)).toBe("#ff0000");
    expect(await at(38, 46)).toBe("#ff0000");
    expect(await at(38, 80)).toBe("#ff0000");
    for (const [x, y] of [
      [20, 60],
      [56, 60],
      [38, 45],
      [38, 81],
    ] as const) {
      expect(await at(x, y)).toBe("#ffffff");
    }
  });

  it("draws letters, digits and blanks alike whatever scripts stand beside them", async () => {
    const [plain, mixed] = await Promise.all([
      draw(message("<p>0091 was rolled back<br>\nx</p>")),
      draw(message("<p>0091 was rolled back<br>\n構 한 ب א हि ส</p>")),
    ]);
    const firstLine = { left: 130, top: 130, width: 900, height: 32 };
    const cut = (png: Buffer) => sharp(png).extract(firstLine).raw().toBuffer();
    expect((await cut(mixed)).equals(await cut(plain))).toBe(true);
  });

  it("draws text, in the column from 67 that is 574 wide", async () => {
    const png = await draw(message(`<p>${"H".repeat(300)}</p>`));
    const rows = await darkRows(png, 67, 574);
    expect(rows.length).toBeGreaterThan(40);
    const right = (await darkRows(png, 642, 50)).filter((row) => row > 140);
    const left = (await darkRows(png, 57, 9)).filter((row) => row > 140);
    expect([...right, ...left]).toEqual([]);
  });

  it("keeps a long topic and a long name out of the way of what follows", async () => {
    const long = "long ".repeat(60);
    const recipient = { type: "stream", stream: long, topic: long } as const;
    const png = await draw(message("<p>text</p>", { recipient, senderName: long }));
    expect(await pngFacts(png)).toEqual({ width: 1520, height: 200 });
    const plain = await draw(message("<p>text</p>"));
    // The date and the time are the same pixels in both.
    const corner = { left: 1400, top: 0, width: 120, height: 130 };
    const [a, b] = await Promise.all(
      [png, plain].map((one) => sharp(one).extract(corner).raw().toBuffer()),
    );
    expect(a).toEqual(b);
  });
});

describe("a picture shows what a message holds", () => {
  const same = async (a: string, b: string) =>
    (await draw(message(a))).equals(await draw(message(b)));

  it.each([
    ["bold", "<p>text</p>", "<p><strong>text</strong></p>"],
    ["emphasis", "<p>text</p>", "<p><em>text</em></p>"],
    ["links", "<p>text</p>", '<p><a href="https://example.com">text</a></p>'],
    ["inline code", "<p>text</p>", "<p><code>text</code></p>"],
    ["lists", "<p>a</p>", "<ul><li>a</li></ul>"],
    ["quotes", "<p>a</p>", "<blockquote><p>a</p></blockquote>"],
    ["headings", "<h3>a</h3>", "<h1>a</h1>"],
    ["tables", "<p>a</p>", "<table><thead><tr><th>a</th></tr></thead></table>"],
    [
      "highlighted code",
      '<div class="codehilite"><pre><code>if x</code></pre></div>',
      '<div class="codehilite"><pre><code><span class="k">if</span> x</code></pre></div>',
    ],
    ["mentions", "<p>@a</p>", '<p><span class="user-mention">@a</span></p>'],
    ["times", "<p>1 Jan</p>", '<p><time datetime="2024-01-01T00:00:00Z">1 Jan</time></p>'],
  ])("%s", async (_name, plain, styled) => {
    expect(await same(plain, styled)).toBe(false);
  });

  it("writes a time out, in UTC, whatever the message says", async () => {
    const time = (datetime: string, text: string) =>
      `<p><time datetime="${datetime}">${text}</time></p>`;
    const moment = "2020-11-11T22:32:11.151000Z";
    expect(await same(time(moment, "one"), time(moment, "another"))).toBe(true);
    expect(await same(time(moment, "one"), time("2020-11-11T23:32:00Z", "one"))).toBe(false);
    expect(await same(time("no time", "one"), time("no time", "two"))).toBe(false);
  });

  it("lays a formula out", async () => {
    const formula = await draw(message(renderMarkdown("$$\\frac{a}{b}$$")));
    const line = await draw(message(renderMarkdown("a / b")));
    expect((await pngFacts(formula)).height).toBeGreaterThan((await pngFacts(line)).height);
  });

  it("folds a message that is much too long, as Connect does", async () => {
    const lines = (count: number) => `<p>${Array(count).fill("line").join("<br>\n")}</p>`;
    const open = await pngFacts(await draw(message(lines(38))));
    expect(open.height).toBeGreaterThan(1300);
    const folded = await draw(message(lines(40)));
    expect(await pngFacts(folded)).toEqual({ width: 1520, height: 452 });
    expect(folded.equals(await draw(message(lines(400))))).toBe(true);
  });

  it("hides what a spoiler hides", async () => {
    const spoiler = (hidden: string) =>
      `<div class="spoiler-block"><div class="spoiler-header"><p>More</p></div><div class="spoiler-content" aria-hidden="true"><p>${hidden}</p></div></div>`;
    expect(await same(spoiler("one"), spoiler("something else"))).toBe(true);
  });

  it("draws emoji by their code points, in colour and without moving the line", async () => {
    const emoji = (codes: string) =>
      `<p>a <span aria-label="x" class="emoji emoji-${codes}" role="img" title="x">:x:</span></p>`;
    const party = await draw(message(emoji("1f389")));
    expect((await pngFacts(party)).height).toBe(200);
    const { channels } = await sharp(party)
      .extract({ left: 146, top: 130, width: 50, height: 44 })
      .stats();
    expect((channels[0]?.mean ?? 0) - (channels[2]?.mean ?? 0)).toBeGreaterThan(2);
    for (const codes of ["2714", "1f1eb-1f1f7", "1f468-200d-1f4bb", "0031-20e3"]) {
      expect((await draw(message(emoji(codes)))).equals(party)).toBe(false);
    }
  });

  it("puts a placeholder where an image would be, at the image's size", async () => {
    const image = (src: string) =>
      `<div class="message_inline_image"><a href="${src}"><img src="${src}"></a></div>`;
    expect(await same(image("https://example.com/a.png"), image("https://example.org/b.png"))).toBe(
      true,
    );
    const png = await draw(message(`<p>text</p>\n${image("https://example.com/a.png")}`));
    expect((await pngFacts(png)).height).toBeGreaterThan(400);
  });

  it("takes a name for text, whatever it holds", async () => {
    const name = '<b>x</b>"><img src=x onerror=alert(1)>';
    const png = await draw(
      message("<p>text</p>", {
        senderName: name,
        recipient: { type: "stream", stream: name, topic: name },
      }),
    );
    expect(await pngFacts(png)).toEqual({ width: 1520, height: 200 });
  });

  it("gathers messages of one conversation in one card", async () => {
    const one = message("<p>one</p>");
    const together = await pngFacts(await draw(one, message("<p>two</p>")));
    const direct = message("<p>two</p>", { recipient: { type: "direct", to: "Zoe" } });
    const apart = await pngFacts(await draw(one, direct));
    expect(together.height).toBeGreaterThan(200);
    expect(apart.height).toBeGreaterThan(together.height + 40);
  });

  it("is drawn without an avatar too", async () => {
    const png = await draw(message("<p>text</p>", { avatar: undefined }));
    expect(hex(await pixelAt(png, 76, 120))).toBe("#ffffff");
  });
});
