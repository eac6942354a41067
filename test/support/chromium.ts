/** A Chromium for tests of a page: the one that draws the pictures, but with scripts and with this machine's network. */
import type { Browser, PuppeteerNode } from "puppeteer";
import { fontConfiguration } from "../../src/browser/fonts.ts";
import { findBrowser } from "../../src/browser/index.ts";
import { environmentWith, libraryPathWith } from "../../src/host/browser-places.ts";
import { requireThrough } from "../../src/host/packages.ts";

/** Starts it; names other than this machine's lead nowhere. */
export async function startChromium(): Promise<Browser> {
  const { path, libraries } = await findBrowser();
  const { default: puppeteer } = requireThrough("puppeteer", "puppeteer-core") as {
    default: PuppeteerNode;
  };
  return puppeteer.launch({
    executablePath: path,
    headless: "shell",
    pipe: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-lcd-text",
      "--font-render-hinting=slight",
      "--host-resolver-rules=MAP * 127.0.0.1",
    ],
    env: environmentWith({
      FONTCONFIG_FILE: await fontConfiguration(),
      TZ: "UTC",
      LANG: "en_US.UTF-8",
      ...(libraries !== undefined && { LD_LIBRARY_PATH: libraryPathWith(libraries) }),
    }),
  });
}
