/**
 * A tree's style sheets as one that Chromium understands. The tree's build uses PostCSS; what that does and a
 * browser does not is done here on the text: variables with `$`, `@extend`, and leaving out what is not part of a message.
 */
import { posix } from "node:path";
import { packageFile } from "../../../host/assets.ts";
import { readText } from "../../../host/files.ts";
import { type Families, fontUrl, textFontFaces } from "../../fonts.ts";
import { withExtends } from "./extend.ts";
import { ThemeFiles, unreadable } from "./tree.ts";
import { readVariables } from "./variables.ts";

/** The script that imports the style sheets of the app, in their order. */
const BUNDLES = ["web/src/bundles/app.ts", "web/src/bundles/app.js"];
const VARIABLES = ["ts", "js", "cjs"].map((ending) => `web/src/css_variables.${ending}`);

/** Packages that style what no message shows: dialogs, tooltips, pickers, headings of other pages. */
const NOT_IN_A_MESSAGE =
  /^(@uppy|simplebar|tippy\.js|spectrum-colorpicker|flatpickr|@fontsource(-variable)?\/open-sans|katex)\//;

const MAX_IMAGE_BYTES = 30_000;
const IMAGE_TYPES: Record<string, string> = { ".svg": "image/svg+xml", ".png": "image/png" };
/** What an address becomes that leads nowhere we go. */
const NOTHING = 'url("data:,")';

export interface TreeStyles {
  css: string;
  /** The names of the families of text and code in it. */
  families: Families;
  /** Style sheets of packages that this program does not have. */
  missing: string[];
}

/** @throws UserError `unreadable-theme` when the tree has no such style sheets. */
export async function readStyles(files: ThemeFiles): Promise<TreeStyles> {
  const bundle = BUNDLES.find((path) => files.has(path));
  if (bundle === undefined) throw unreadable(`there is no ${BUNDLES[0]}`);
  const script = VARIABLES.find((path) => files.has(path));
  const variables = script ? readVariables(await files.text(script)) : new Map<string, string>();
  const sheets = await importedSheets(files, bundle);
  if (!sheets.some((sheet) => sheet.startsWith("web/styles/"))) {
    throw unreadable(`${bundle} imports nothing of web/styles`);
  }
  const missing: string[] = [];
  const parts = sheets.map(async (sheet) => {
    if (files.has(sheet)) return plainCss(files, sheet, variables);
    const known = await packageStyles(sheet);
    if (known === undefined) missing.push(sheet);
    return known ?? "";
  });
  const css = (await Promise.all(parts)).join("\n");
  return { css, families: familiesOf(sheets), missing };
}

/** The style sheets of a bundle and of the bundles it imports: paths from the root, or names in packages. */
async function importedSheets(files: ThemeFiles, bundle: string, seen = new Set<string>()) {
  if (seen.has(bundle)) return [];
  seen.add(bundle);
  const sheets: string[] = [];
  for (const [, name = ""] of (await files.text(bundle)).matchAll(/^import "([^"]+)";/gm)) {
    const path = name.startsWith(".") ? ThemeFiles.beside(bundle, name) : name;
    if (name.endsWith(".css")) sheets.push(path);
    const below = [path, `${path}.ts`, `${path}.js`].find((candidate) => files.has(candidate));
    if (below !== undefined && posix.dirname(below) === posix.dirname(bundle)) {
      for (const one of await importedSheets(files, below, seen)) sheets.push(one);
    }
  }
  return sheets;
}

/** What stands for a package's style sheet here; undefined for an unknown one. */
async function packageStyles(sheet: string): Promise<string | undefined> {
  if (NOT_IN_A_MESSAGE.test(sheet)) return "";
  // Both families are made with the first of the two sheets.
  if (sheet.startsWith("source-code-pro/")) return "";
  if (sheet.startsWith("source-sans")) return textFontFaces(familiesOf([sheet]));
  return sheet.startsWith("font-awesome/") ? fontAwesome() : undefined;
}

function familiesOf(sheets: readonly string[]): Families {
  const variable = sheets.some((sheet) => /^source-sans.*VF\.css$/.test(sheet));
  return { sans: variable ? "Source Sans 3 VF" : "Source Sans 3", code: "Source Code Pro" };
}

async function fontAwesome(): Promise<string> {
  const [css, font] = await Promise.all([
    readText(packageFile("font-awesome", "css/font-awesome.min.css")),
    fontUrl(packageFile("font-awesome", "fonts/fontawesome-webfont.woff2")),
  ]);
  return css.replace(/@font-face\{[^}]*\}/, () => {
    return `@font-face{font-family:"FontAwesome";src:${font};font-weight:normal;font-style:normal}`;
  });
}

async function plainCss(
  files: ThemeFiles,
  sheet: string,
  variables: ReadonlyMap<string, string>,
): Promise<string> {
  const text = withoutSpans(await files.text(sheet), /\/\*/g, "*/");
  const kept = withExtends(withoutSpans(text, /@import\b/g, ";"));
  const images = await imagesIn(kept, sheet, files);
  return (
    substitute(kept, variables)
      .replace(CSS_URL, (...match) => images.get(addressIn(match)) ?? NOTHING)
      // The sheet stands in a <style> element, which it must not end.
      .replaceAll("</", "<\\/")
  );
}

/** A sheet without what begins with a mark and ends with another; what never ends stays. */
function withoutSpans(css: string, open: RegExp, end: string): string {
  let kept = "";
  let done = 0;
  for (const { 0: mark, index } of css.matchAll(open)) {
    if (index < done) continue;
    const at = css.indexOf(end, index + mark.length);
    if (at < 0) break;
    kept += css.slice(done, index);
    done = at + end.length;
  }
  return kept + css.slice(done);
}

/** Variables that are made of each other grow fast; no value of a tree's sheets is nearly as long. */
const MAX_VALUE = 10_000;
const VARIABLE = /\$([\w-]+)\s*:\s{0,100}([^;{}]{1,500});|\$\(([\w-]+)\)|\$([\w-]+)/g;

/** Puts the values in place of variables, those that the sheet declares itself included. */
function substitute(css: string, given: ReadonlyMap<string, string>): string {
  const variables = new Map(given);
  const use = (text: string): string =>
    text.replace(VARIABLE, (all, declared, value, inner, name) => {
      if (declared === undefined) return variables.get(inner ?? name) ?? all;
      const meant = use(value);
      if (meant.length > MAX_VALUE) throw unreadable(`the variable $${declared} is too long`);
      variables.set(declared, meant);
      return "";
    });
  return use(css);
}

/** In time that grows with the sheet: no part of it is read by two of the alternatives. */
const CSS_URL = /url\((?:\s{0,20}"([^"]*)"\s{0,20}|\s{0,20}'([^']*)'\s{0,20}|([^"'()]*))\)/g;

function addressIn([, double, single, bare]: readonly string[]): string {
  return (double ?? single ?? bare ?? "").trim();
}

/** Small images of the tree, as what stands for their address. */
async function imagesIn(
  css: string,
  sheet: string,
  files: ThemeFiles,
): Promise<Map<string, string>> {
  const images = new Map<string, string>();
  for (const match of css.matchAll(CSS_URL)) {
    const address = addressIn(match);
    if (images.has(address)) continue;
    if (/^data:image\//.test(address)) images.set(address, `url("${address}")`);
    const path = ThemeFiles.beside(sheet, address.replace(/[?#].*/, ""));
    const type = IMAGE_TYPES[posix.extname(path)];
    if (type === undefined || !files.has(path)) continue;
    const bytes = await files.bytes(path);
    if (bytes.length > MAX_IMAGE_BYTES) continue;
    images.set(address, `url("data:${type};base64,${bytes.toString("base64")}")`);
  }
  return images;
}
