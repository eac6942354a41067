/** The files of the page, and the pages in its frames. */
import { assetPath, packageFile } from "../../host/assets.ts";
import { readBytes } from "../../host/files.ts";
import { HttpRefusal, type HttpResponse } from "../../host/http-exchange.ts";
import { frameHeaders, pageHeaders } from "../guard.ts";

/** The fonts that messages are drawn with are the page's own as well. */
const FONTS: Readonly<Record<string, readonly [name: string, file: string]>> = {
  "/fonts/sans.woff2": ["source-sans", "WOFF2/VAR/SourceSans3VF-Roman.ttf.woff2"],
  "/fonts/code.woff2": ["source-code-pro", "WOFF2/TTF/SourceCodePro-Regular.ttf.woff2"],
};

/** The page's files. Only these are served, so no path leads anywhere else. */
const ASSETS: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/icon.svg": ["icon.svg", "image/svg+xml"],
  ...Object.fromEntries(
    ["colours", "base", "layout", "lists", "request", "result", "dialogs", "windows"].map(
      (name) => [`/styles/${name}.css`, [`styles/${name}.css`, "text/css; charset=utf-8"]],
    ),
  ),
  ...Object.fromEntries(
    [
      "about",
      "api",
      "app",
      "buttons",
      "colours",
      "selection",
      "dialogs",
      "dom",
      "editor",
      "endings",
      "fields",
      "frame",
      "keys",
      "latest",
      "lists",
      "live",
      "opening",
      "outcomes",
      "request",
      "result",
      "saving",
      "status",
      "store",
    ].map((name) => [`/${name}.js`, [`${name}.js`, "text/javascript; charset=utf-8"]]),
  ),
};

/**
 * A file of the page.
 * @throws HttpRefusal 404 for any other path.
 */
export async function asset(path: string): Promise<HttpResponse> {
  const font = Object.hasOwn(FONTS, path) ? FONTS[path] : undefined;
  if (font) {
    const body = await readBytes(packageFile(...font));
    return { status: 200, headers: [...pageHeaders, ["Content-Type", "font/woff2"]], body };
  }
  const [file, type] = (Object.hasOwn(ASSETS, path) ? ASSETS[path] : undefined) ?? [];
  if (file === undefined || type === undefined)
    throw new HttpRefusal(404, "There is nothing here.");
  const body = await readBytes(assetPath(`server/page/${file}`));
  return { status: 200, headers: [...pageHeaders, ["Content-Type", type]], body };
}

/** The styles of the rendered documentation. */
export async function documentationHead(): Promise<string> {
  const styles = await readBytes(assetPath("server/page/documentation.css"));
  return `<style>${styles.toString("utf8")}</style>`;
}

/** An empty page with styles; its body is filled by the page around it. No script runs in it. */
export function frame(head: string): HttpResponse {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><base target="_blank">${head}</head><body></body></html>`;
  const headers = [...frameHeaders, ["Content-Type", "text/html; charset=utf-8"] as const];
  return { status: 200, headers, body };
}
