import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/markdown/index.ts";
import {
  builtinTheme,
  defaultColours,
  type PageMessage,
  standalonePage,
} from "../../src/preview/index.ts";

const HOSTILE = `<script>alert(1)</script>"'&`;

function message(more: Partial<PageMessage> = {}): PageMessage {
  return {
    recipient: { type: "stream", stream: "builds", topic: "main" },
    senderName: "Acme Bot",
    avatar: undefined,
    html: "<p>text</p>",
    time: "12:00 PM",
    colours: defaultColours("builds"),
    ...more,
  };
}

describe("the builtin theme", () => {
  it("has the same head for every message, so that a browser keeps it", async () => {
    const one = await builtinTheme.page([message()]);
    const other = await builtinTheme.page([message({ html: "<p>🎉</p>" }), message()]);
    expect(other.head).toBe(one.head);
    expect(other.body).not.toBe(one.body);
  });

  it("escapes every name", async () => {
    const stream = { type: "stream", stream: HOSTILE, topic: HOSTILE } as const;
    const direct = { type: "direct", to: HOSTILE } as const;
    const { body } = await builtinTheme.page([
      message({ recipient: stream, senderName: HOSTILE, time: HOSTILE }),
      message({ recipient: direct }),
    ]);
    expect(body).not.toContain("<script");
    expect(body.split("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;")).toHaveLength(6);
  });

  it("brings KaTeX's styles and fonts for a formula, and for nothing else", async () => {
    const plain = await builtinTheme.page([message()]);
    const formula = await builtinTheme.page([message({ html: renderMarkdown("$$x^2$$") })]);
    expect(plain.head).not.toContain("KaTeX_");
    expect(formula.head).toContain(plain.head);
    expect(formula.head).toContain("font-family:KaTeX_Main");
    const urls = [...formula.head.matchAll(/url\(([^)]{0,30})/g)].map(([, url]) => url);
    expect(urls.length).toBeGreaterThan(10);
    for (const url of urls) expect(url).toMatch(/^data:font\/woff2;base64,/);
  });

  it("has an icon for each link in a topic", async () => {
    const recipient = { type: "stream", stream: "a", topic: "b" } as const;
    const icons = async (links?: number) => {
      const shown = links === undefined ? recipient : { ...recipient, links };
      return (
        (await builtinTheme.page([message({ recipient: shown })])).body.split("control-link")
          .length - 1
      );
    };
    expect([await icons(), await icons(0), await icons(2)]).toEqual([0, 0, 2]);
  });

  it("loads no image of a message, and names an organisation's own emoji", async () => {
    const html =
      '<p><img alt=":party:" class="emoji" src="https://example.com/e.png" title="party"></p>' +
      '<div class="message_inline_image"><a href="https://example.com/a.png"><img src="https://example.com/a.png"></a></div>';
    const { body } = await builtinTheme.page([message({ html })]);
    expect(body).toContain("<p>:party:</p>");
    expect(body).not.toContain("<img");
  });

  it("takes code points of emoji only as far as they are characters", async () => {
    const emoji = (codes: string) => `<span class="emoji emoji-${codes}" role="img">:x:</span>`;
    const { body } = await builtinTheme.page([
      message({ html: `${emoji("1f389")}${emoji("2714")}${emoji("3c")}${emoji("ffffff")}` }),
    ]);
    expect(body).toContain(">🎉</span>");
    expect(body).toContain(">✔\ufe0f</span>");
    expect(body).not.toContain("><\ufe0f</span>");
  });
});

describe("standalonePage", () => {
  it("is one file that loads nothing and runs nothing", async () => {
    const html = standalonePage(await builtinTheme.page([message()]), HOSTILE);
    expect(html.startsWith("<!doctype html>")).toBe(true);
    expect(html).toContain("Content-Security-Policy");
    expect(html).not.toContain("<script");
    const urls = [...html.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]{0,40})/g)];
    expect(urls.length).toBeGreaterThan(3);
    for (const [, attribute, css] of urls) expect(attribute ?? css).toMatch(/^data:/);
  });
});
