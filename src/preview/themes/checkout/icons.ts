/**
 * The icons of a tree. Its build makes a font of them; here each is a shape that is filled with the text's colour,
 * in boxes of the size that the font would give them.
 */
import { posix } from "node:path";
import { packageFile } from "../../../host/assets.ts";
import { inspectSvg } from "../../../image/index.ts";
import { fontUrl } from "../../fonts.ts";
import { ThemeFiles } from "./tree.ts";

const CONFIG_FOLDERS = ["web/images/icons", "web/icons"];
const CONFIG = /\.font\.(js|cjs|ts)$/;

/** What the description of the icon font says in most trees we know. */
const USUAL = {
  folders: ["web/images/icons", "web/shared/icons", "web/icons"],
  font: "zulip-icons",
  prefix: "zulip-icon-",
};

/**
 * The styles of icons.
 * @param sources The templates' texts. An icon that the tree lacks is left out.
 */
export async function iconStyles(files: ThemeFiles, sources: string): Promise<string> {
  const { folders, font, prefix } = await readConfig(files);
  // A template of an icon's button is handed the icon's name.
  const named = new RegExp(`(?<=\\b${prefix})[a-z0-9-]+|(?<=\\bicon=")[a-z0-9-]+(?=")`, "g");
  const names = new Set(sources.match(named));
  const base = `.${prefix.replace(/-$/, "")}`;
  const rules: string[] = [await baseStyles(font, base)];
  for (const name of names) {
    const places = folders.map((folder) => posix.join(folder, `${name}.svg`));
    const path = places.find((place) => files.has(place));
    const shape = path && shapeOf(await files.bytes(path));
    if (shape) rules.push(`${base}.${prefix}${name}::before{${shape}}`);
  }
  return rules.join("\n");
}

async function readConfig(files: ThemeFiles): Promise<typeof USUAL> {
  const found = await Promise.all(
    CONFIG_FOLDERS.map(async (folder) =>
      (await files.namesIn(folder))
        .filter((name) => CONFIG.test(name))
        .map((name) => posix.join(folder, name)),
    ),
  );
  const path = found.flat().find((candidate) => files.has(candidate));
  const text = path === undefined ? "" : await files.text(path);
  const named = [...text.matchAll(/"([\w./-]*\/)\*\.svg"/g)];
  const folders = named.map(([, folder = ""]) => ThemeFiles.beside(path ?? "", folder));
  return {
    folders: folders.length > 0 ? folders : USUAL.folders,
    font: /fontName: "([\w -]+)"/.exec(text)?.[1] ?? USUAL.font,
    prefix: /classPrefix: "([\w-]+)"/.exec(text)?.[1] ?? USUAL.prefix,
  };
}

/** The box of an icon: a font whose letters stand on the bottom and fill their line, as the icon font's do. */
async function baseStyles(font: string, base: string): Promise<string> {
  const source = await fontUrl(
    packageFile("source-code-pro", "WOFF2/TTF/SourceCodePro-Regular.ttf.woff2"),
  );
  return `@font-face{font-family:"${font}";src:${source};ascent-override:100%;descent-override:0%;line-gap-override:0%}
i${base}{font-family:"${font}"!important;font-style:normal!important;font-weight:normal!important;font-variant:normal!important;text-transform:none;font-size:inherit;line-height:100%;text-decoration:inherit;display:inline-block}
${base}::before{content:"";display:inline-block;height:1em;vertical-align:top;background:currentcolor}`;
}

/** A font's letter is an outline, whatever the drawing says of its filling: some icons say that they have none. */
const NO_FILL = /(<svg\b[^<>]*?)\sfill="none"/;

function shapeOf(svg: Buffer): string | undefined {
  const { ok, width, height, viewBox } = inspectSvg(svg);
  if (!ok || width === undefined || height === undefined) return undefined;
  const [, , across = width, down = height] = viewBox ?? [];
  const filled = svg.toString("utf8").replace(NO_FILL, "$1");
  const mask = `url("data:image/svg+xml;base64,${Buffer.from(filled).toString("base64")}") 0 0/100% 100% no-repeat`;
  return `width:${across / down}em;mask:${mask}`;
}
