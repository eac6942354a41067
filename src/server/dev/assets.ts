/** The files of the page, and the pages in its frames. */
import { randomBytes } from "node:crypto";
import { posix } from "node:path";
import { builtPath, packageFile } from "../../host/assets.ts";
import { readBytes, readText } from "../../host/files.ts";
import { HttpRefusal, type HttpResponse } from "../../host/http-exchange.ts";
import { frameHeaders, pageHeaders } from "../guard.ts";

/** The fonts that messages are drawn with are the page's own as well. */
const FONTS: Readonly<Record<string, readonly [name: string, file: string]>> = {
  "/fonts/sans.woff2": ["source-sans", "WOFF2/VAR/SourceSans3VF-Roman.ttf.woff2"],
  "/fonts/code.woff2": ["source-code-pro", "WOFF2/TTF/SourceCodePro-Regular.ttf.woff2"],
};

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".svg": "image/svg+xml",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};
const START = "index.html";
const NONCE_BYTES = 16;

const builtFile = (name: string): string => builtPath(`server/page/${name}`);

/** The names of the page's files, as the build has written them. Only these are served, so no path leads anywhere else. */
let listed: Promise<ReadonlySet<string>> | undefined;

async function list(): Promise<ReadonlySet<string>> {
  return new Set(JSON.parse(await readText(builtFile("manifest.json"))) as string[]);
}

/**
 * A file of the page.
 * @throws HttpRefusal 404 for any other path.
 */
export async function asset(path: string): Promise<HttpResponse> {
  const font = Object.hasOwn(FONTS, path) ? FONTS[path] : undefined;
  if (font) return file("font/woff2", await readBytes(packageFile(...font)));
  if (path === "/") return startPage();
  listed ??= list();
  const name = path.slice(1);
  const type = TYPES[posix.extname(name)];
  if (type === undefined || name === START || !(await listed).has(name))
    throw new HttpRefusal(404, "There is nothing here.");
  return file(type, await readBytes(builtFile(name)));
}

const file = (type: string, body: Buffer): HttpResponse => ({
  status: 200,
  headers: [...pageHeaders(), ["Content-Type", type]],
  body,
});

/** The page itself: with what its editor needs to write style sheets, which is another for each answer. */
async function startPage(): Promise<HttpResponse> {
  const nonce = randomBytes(NONCE_BYTES).toString("base64url");
  const body = (await readText(builtFile(START))).replace("{{nonce}}", nonce);
  const headers = [...pageHeaders(nonce), ["Content-Type", TYPES[".html"] ?? ""] as const];
  return { status: 200, headers, body };
}

/** The styles of the rendered documentation. */
export async function documentationHead(): Promise<string> {
  return `<style>${await readText(builtFile("documentation.css"))}</style>`;
}

/** An empty page with styles; its body is filled by the page around it. No script runs in it. */
export function frame(head: string): HttpResponse {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><base target="_blank">${head}</head><body></body></html>`;
  const headers = [...frameHeaders, ["Content-Type", "text/html; charset=utf-8"] as const];
  return { status: 200, headers, body };
}
