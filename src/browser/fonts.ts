/** The fonts a browser finds: ours and no others, so that a picture looks the same on every machine. */
import { packageFile } from "../host/assets.ts";
import { cacheDir } from "../host/cache.ts";
import { exists, readBytes, readText, readTextIfExists } from "../host/files.ts";
import { writeCached } from "../host/unpack.ts";
import { unpackWoff } from "../host/woff.ts";

const EMOJI_PACKAGE = "@fontsource/noto-color-emoji";
const EMOJI_FILE = "files/noto-color-emoji-emoji-400-normal.woff";

/**
 * Writes the configuration that names our fonts. Chromium draws no text at all without a system font, not
 * even with fonts of the page.
 * @returns The path for `FONTCONFIG_FILE`.
 */
export async function fontConfiguration(): Promise<string> {
  const emoji = await emojiFolder();
  const folders = [
    packageFile("source-sans", "TTF"),
    packageFile("source-code-pro", "TTF"),
    packageFile("dejavu-fonts-ttf", "ttf"),
    emoji,
  ];
  const text = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    ...folders.map((folder) => `  <dir>${escapeXml(folder)}</dir>`),
    `  <cachedir>${escapeXml(cacheDir("fonts", "cache"))}</cachedir>`,
    "</fontconfig>",
    "",
  ].join("\n");
  const file = cacheDir("fonts", "fonts.conf");
  if ((await readTextIfExists(file)) !== text) await writeCached(file, text);
  return file;
}

/**
 * The folder with the emoji font. The browser takes no packed font from a folder, and the package holds
 * only packed ones, so it is unpacked once, without the drawings for other browsers (20 of 25 MB).
 */
async function emojiFolder(): Promise<string> {
  const manifest = await readText(packageFile(EMOJI_PACKAGE, "package.json"));
  const { version } = JSON.parse(manifest) as { version: string };
  const folder = cacheDir("fonts", `emoji-${version}`);
  const font = `${folder}/NotoColorEmoji.ttf`;
  if (!exists(font)) {
    const packed = await readBytes(packageFile(EMOJI_PACKAGE, EMOJI_FILE));
    await writeCached(font, unpackWoff(packed, ["SVG "]));
  }
  return folder;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
