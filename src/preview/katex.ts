/** The styles of formulas: KaTeX's own, with its fonts inside, for pages that hold a formula. */
import { packageFile } from "../host/assets.ts";
import { readBytes, readText } from "../host/files.ts";

/** The first address of each font-face rule; the older formats after it are left out. */
const SOURCE = /src:url\((fonts\/[\w-]+\.woff2)\) format\("woff2"\)[^;}]*/g;

let styles: Promise<string> | undefined;

/** Whether a message's HTML holds a formula that KaTeX has laid out. */
export function holdsMath(html: string): boolean {
  return html.includes('class="katex');
}

/** The style sheet. It loads nothing. */
export function mathStyles(): Promise<string> {
  styles ??= readStyles();
  return styles;
}

async function readStyles(): Promise<string> {
  const css = await readText(packageFile("katex", "dist/katex.min.css"));
  const files = [...css.matchAll(SOURCE)].map(([, file = ""]) => file);
  const fonts = new Map(await Promise.all(files.map(fontOf)));
  return css.replace(SOURCE, (_, file: string) => {
    return `src:url(data:font/woff2;base64,${fonts.get(file)}) format("woff2")`;
  });
}

async function fontOf(file: string): Promise<[string, string]> {
  return [file, (await readBytes(packageFile("katex", `dist/${file}`))).toString("base64")];
}
