/**
 * The fonts of text and code, as `@font-face` rules that hold their own bytes. The emoji font is far too
 * large for that: a drawing browser gets it from src/browser, a page for others the slices that it needs.
 */
import { packageFile } from "../host/assets.ts";
import { readBytes } from "../host/files.ts";

interface Face {
  family: keyof Families;
  weight: string;
  style: "normal" | "italic";
  package: string;
  file: string;
}

/** The names that a style sheet knows the two families by. */
export interface Families {
  sans: string;
  code: string;
}

const SANS = "WOFF2/VAR/SourceSans3VF";
const CODE = "WOFF2/TTF/SourceCodePro";

/** Faces that extend one of these must have its very weight and style, or a browser takes one or the other alone. */
export const FACES: readonly Readonly<Face>[] = [
  face("sans", "200 900", "normal", "source-sans", `${SANS}-Roman.ttf.woff2`),
  face("sans", "200 900", "italic", "source-sans", `${SANS}-Italic.ttf.woff2`),
  face("code", "400", "normal", "source-code-pro", `${CODE}-Regular.ttf.woff2`),
  face("code", "400", "italic", "source-code-pro", `${CODE}-It.ttf.woff2`),
  face("code", "700", "normal", "source-code-pro", `${CODE}-Bold.ttf.woff2`),
];

function face(
  family: Face["family"],
  weight: string,
  style: Face["style"],
  from: string,
  file: string,
): Face {
  return { family, weight, style, package: from, file };
}

/** The rules for text and code. */
export async function textFontFaces(families: Families): Promise<string> {
  return (await Promise.all(FACES.map((one) => rule(one, families)))).join("\n");
}

async function rule({ family, weight, style, ...from }: Face, families: Families): Promise<string> {
  const source = await fontUrl(packageFile(from.package, from.file));
  return `@font-face{font-family:"${families[family]}";font-weight:${weight};font-style:${style};src:${source}}`;
}

/** A WOFF or WOFF2 file as the `src` of a font-face rule. */
export async function fontUrl(file: string): Promise<string> {
  const kind = file.endsWith("2") ? "woff2" : "woff";
  return `url(data:font/${kind};base64,${(await readBytes(file)).toString("base64")}) format("${kind}")`;
}
