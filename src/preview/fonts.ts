/**
 * The fonts of text and code, as `@font-face` rules that hold their own bytes. The emoji font is far too
 * large for that: a drawing browser gets it from src/browser, a reader's browser has its own.
 */
import { packageFile } from "../host/assets.ts";
import { readBytes } from "../host/files.ts";

interface Face {
  family: string;
  weight: string;
  style: "normal" | "italic";
  package: string;
  file: string;
}

const SANS = "WOFF2/VAR/SourceSans3VF";
const CODE = "WOFF2/TTF/SourceCodePro";

const FACES: readonly Face[] = [
  face("Connect Sans", "200 900", "normal", "source-sans", `${SANS}-Roman.ttf.woff2`),
  face("Connect Sans", "200 900", "italic", "source-sans", `${SANS}-Italic.ttf.woff2`),
  face("Connect Code", "400", "normal", "source-code-pro", `${CODE}-Regular.ttf.woff2`),
  face("Connect Code", "400", "italic", "source-code-pro", `${CODE}-It.ttf.woff2`),
  face("Connect Code", "700", "normal", "source-code-pro", `${CODE}-Bold.ttf.woff2`),
];

function face(
  family: string,
  weight: string,
  style: Face["style"],
  from: string,
  file: string,
): Face {
  return { family, weight, style, package: from, file };
}

let textFaces: Promise<string> | undefined;

/** The rules for text and code. */
export function textFontFaces(): Promise<string> {
  textFaces ??= Promise.all(FACES.map(rule)).then((rules) => rules.join("\n"));
  return textFaces;
}

async function rule({ family, weight, style, package: name, file }: Face): Promise<string> {
  const source = await dataUrl(packageFile(name, file));
  return `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};src:${source}}`;
}

async function dataUrl(file: string): Promise<string> {
  return `url(data:font/woff2;base64,${(await readBytes(file)).toString("base64")}) format("woff2")`;
}
