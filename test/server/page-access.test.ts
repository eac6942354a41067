/** The page for everybody: what axe-core finds of it, in both colours and in windows of any width, and what looks like a link. */
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { sample, soak } from "../support/soak.ts";
import { devForFile } from "./dev-server.ts";
import { browserForFile, type DrivenPage, until } from "./driven-page.ts";

const fixtures = {
  "hello.json": '{"text": "Hello **you**"}',
  "other__one.json": '{"text": "One"}',
};
const dev = devForFile({ echo: { fixtures } });
const { opened } = browserForFile(dev);

const WIDTHS = [1440, 1024, 400];

/**
 * How the page is looked at: what is dark differs from what is light in its colours alone, so it is looked at in one window,
 * and by the rules about colours; in the soak run as often as what is light.
 */
const LOOKS: readonly Look[] = [
  { scheme: "light", widths: WIDTHS, rules: [] },
  {
    scheme: "dark",
    widths: sample(WIDTHS, { every: 3 }),
    rules: soak ? [] : ["color-contrast", "link-in-text-block"],
  },
];

interface Look {
  readonly scheme: string;
  readonly widths: readonly number[];
  /** The rules of axe-core that are asked; all where there are none. */
  readonly rules: readonly string[];
}

async function openedAtHarbourline(): Promise<DrivenPage> {
  const page = await opened();
  await page.choose("harbourline");
  await page.until("#source", /\.json/);
  await page.message(/./);
  const { bot, path } = JSON.parse((await dev.page("/_/integrations/harbourline")).body);
  await dev.ask(`${path}?api_key=${bot.apiKey}`, { method: "POST", body: "{}" });
  await page.page.waitForSelector("[data-request]");
  return page;
}

/** What axe-core finds in the page as it stands; the frames hold pages of others, in which no script runs. */
async function violations(
  { page }: DrivenPage,
  { scheme, widths, rules }: Look,
): Promise<string[]> {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const all: string[] = [];
  for (const width of widths) {
    await page.setViewport({ width, height: 860 });
    // What scrolls in the new width can be focused only once the page has been laid out.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const found = await page.evaluate(
      async (values) => {
        const { axe: inPage } = window as unknown as { axe: typeof axe };
        const { violations: wrong } = await inPage.run({
          iframes: false,
          resultTypes: ["violations"],
          ...(values.length > 0 && { runOnly: { type: "rule" as const, values } }),
        });
        return wrong.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
        );
      },
      [...rules],
    );
    all.push(...found.map((one) => `${scheme}, ${width} px: ${one}`));
  }
  return all;
}

/** What there is to look at: a key that shows it, and what it waits for. */
const VIEWS: readonly [what: string, show: (page: DrivenPage) => Promise<unknown>][] = [
  ["the message", (page) => page.page.keyboard.press("1")],
  ["the Markdown", (page) => page.page.keyboard.press("2")],
  ["the answer", (page) => page.page.keyboard.press("3")],
  ["the documentation", (page) => page.page.keyboard.press("4")],
  [
    "the checklist",
    async (page) => {
      await page.page.keyboard.press("5");
      await page.until("#panel-checklist", /done/i);
    },
  ],
  ["the headers", (page) => page.click("#tab-headers")],
  ["the parameters", (page) => page.click("#tab-parameters")],
  [
    "a payload that is no JSON, with the search",
    async (page) => {
      await page.click("#tab-payload");
      await page.page.focus("#payload");
      await page.page.evaluate(`write('{"oops"')`);
      await page.page.waitForSelector(".cm-lint-marker-error");
      await page.page.keyboard.down("Control");
      await page.page.keyboard.press("f");
      await page.page.keyboard.up("Control");
    },
  ],
];

const DIALOGS: readonly [selector: string, show: (page: DrivenPage) => Promise<unknown>][] = [
  ["dialog.picking", (page) => page.click("#pick")],
  ["dialog.helping", (page) => page.click("#help")],
  ["dialog.saving", (page) => page.click("#save")],
  [
    "dialog.sending",
    async (page) => {
      await page.click("#send-all");
      await page.until("dialog.sending [role=status]", /^(\d+) of \1 sent/);
    },
  ],
  [
    "dialog.comparing",
    async (page) => {
      await page.click("[data-request]");
      await page.until("#source", /live request/);
      await page.click('li:last-child > .row-actions [aria-label^="Compare"]');
      await page.page.waitForSelector("dialog.comparing .cm-content");
    },
  ],
];

describe("the page, light and dark", () => {
  it("has no violation that axe-core knows of, whatever it shows", async () => {
    const page = await openedAtHarbourline();
    for (const [what, show] of VIEWS) {
      await show(page);
      await page.quiet();
      for (const look of LOOKS) expect([what, await violations(page, look)]).toEqual([what, []]);
    }
  });

  it("has none in its dialogs either", async () => {
    const page = await openedAtHarbourline();
    for (const [selector, show] of DIALOGS) {
      await show(page);
      await page.page.waitForSelector(selector);
      await page.quiet();
      for (const look of LOOKS)
        expect([selector, await violations(page, look)]).toEqual([selector, []]);
      await page.page.setViewport({ width: 1440, height: 860 });
      await page.page.keyboard.press("Escape");
      await page.page.waitForSelector(selector, { hidden: true });
    }
  });
});

describe("every control", () => {
  it("can be reached in a window of any width: no tab or button lies outside of it", async () => {
    const page = await openedAtHarbourline();
    for (const width of WIDTHS) {
      await page.page.setViewport({ width, height: 860 });
      expect([width, await controlsOutside(page)]).toEqual([width, []]);
      expect(await page.page.$$eval("[role=tab]", (tabs) => tabs.length)).toBe(8);
    }
  });

  it("that looks like a link is one, and the other way round; those of pages and messages lead somewhere", async () => {
    const page = await openedAtHarbourline();
    const looks = await page.page.evaluate(() => {
      const accent = document.createElement("i");
      accent.style.color = "var(--accent)";
      document.body.append(accent);
      const { color } = getComputedStyle(accent);
      return [...document.querySelectorAll<HTMLElement>("body *:not(a)")]
        .filter((element) => {
          const style = getComputedStyle(element);
          const own = [...element.childNodes].some(
            (node) => node.nodeType === 3 && node.textContent?.trim(),
          );
          return own && (style.textDecorationLine === "underline" || style.color === color);
        })
        .map((element) => element.outerHTML);
    });
    expect(looks).toEqual([]);

    await page.page.keyboard.press("4");
    await page.page.waitForFunction(() =>
      document
        .querySelector<HTMLIFrameElement>("#panel-documentation iframe")
        ?.contentDocument?.querySelector("article"),
    );
    const wrong = await page.page.$$eval("iframe", (frames) =>
      frames.flatMap((frame) => {
        const { contentDocument, contentWindow } = frame as HTMLIFrameElement;
        return [...(contentDocument?.querySelectorAll("a") ?? [])]
          .filter((link) => {
            if (link.hasAttribute("href"))
              return !/^(https?|mailto):/.test(link.href) || link.host === location.host;
            const underlined = contentWindow?.getComputedStyle(link).textDecorationLine;
            return underlined !== "none";
          })
          .map((link) => link.outerHTML);
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe("a message in the built-in look", () => {
  it("is dark where the page is, and all that can be in it is readable", async () => {
    const page = await opened();
    await page.choose("echo");
    await page.until("#source", /hello/);
    await page.typePayload(
      JSON.stringify({
        text: "**Bold** [link](https://a.example) `code`\n\n> quote\n\n```python\nx = 'y'  # z\n```\n\n|a|b|\n|-|-|\n|1|2|",
      }),
    );
    await page.message(/Bold.*quote/s);
    await page.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    const contrast = () => page.page.$eval("#panel-message iframe", contrastIn, ".message");
    // The page hears of it by an event.
    await until(async () => (await contrast()).ground, /^rgb\(38, 38, 38\)$/);
    expect((await contrast()).faint).toEqual([]);
  });
});

describe("the documentation", () => {
  it("is dark where the page is, and readable", async () => {
    const page = await openedAtHarbourline();
    await page.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    await page.page.keyboard.press("4");
    await until(() => page.frameText("#panel-documentation"), /Harbourline/);
    const contrast = () => page.page.$eval("#panel-documentation iframe", contrastIn, "body");
    await until(async () => (await contrast()).ground, /^rgb\(23, 28, 37\)$/);
    expect((await contrast()).faint).toEqual([]);
  });
});

/** Controls that nobody can reach in the window as it is. */
function controlsOutside(page: DrivenPage): Promise<string[]> {
  return page.page.$$eval("[role=tab], main button, .bar button", (controls) =>
    controls
      .filter((control) => (control as HTMLElement).offsetParent !== null)
      .filter((control) => {
        const { left, right, width: size } = control.getBoundingClientRect();
        const panel = control.closest("section, header")?.getBoundingClientRect();
        const [start, end] = [panel?.left ?? 0, panel?.right ?? innerWidth];
        return size === 0 || left < start - 1 || right > Math.min(end, innerWidth) + 1;
      })
      .map((control) => control.outerHTML),
  );
}

/** The ground of a part of a frame, and what stands out from its own ground by less than 4.5 to 1. */
function contrastIn(element: Element, part: string): { ground: string; faint: string[] } {
  const { contentDocument, contentWindow } = element as HTMLIFrameElement;
  if (!contentDocument || !contentWindow) throw new Error("There is no frame.");
  const styleOf = (one: Element) => contentWindow.getComputedStyle(one);
  const light = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (one: Element): string => {
    for (let at: Element | null = one; at; at = at.parentElement) {
      const { backgroundColor } = styleOf(at);
      if (!/, 0\)$/.test(backgroundColor)) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const faint = [...contentDocument.querySelectorAll(`${part} *`)].filter((one) => {
    const hasText = [...one.childNodes].some(
      (node) => node.nodeType === 3 && node.nodeValue?.trim(),
    );
    if (!hasText || styleOf(one).display === "none") return false;
    const [low = 0, high = 0] = [light(styleOf(one).color), light(groundOf(one))].sort(
      (a, b) => a - b,
    );
    return (high + 0.05) / (low + 0.05) < 4.5;
  });
  return {
    ground: styleOf(contentDocument.querySelector(part) as Element).backgroundColor,
    faint: faint.map((one) => `${one.outerHTML} ${styleOf(one).color} on ${groundOf(one)}`),
  };
}
