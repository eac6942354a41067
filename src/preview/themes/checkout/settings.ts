/**
 * The sizes that Connect's page sets for a reader who has changed no setting (web/src/information_density.ts
 * there). Where a tree has no such settings, or starts readers in the dense mode, its style sheets say it all.
 */
import type { ThemeFiles } from "./tree.ts";

const MODELS = ["zerver/models/users.py", "zerver/models.py"];

/** Source Sans 3: what a line of it takes, and the part of that below the baseline, in em. */
const CONTENT_BOX = 1.425;
const DESCENT = 0.4;
/** White space between blocks as a share of a line. */
const SPACE = 0.3;

/** Rules for the root element, or nothing. */
export async function readerSettings(files: ThemeFiles): Promise<string> {
  const path = MODELS.find((candidate) => files.has(candidate));
  const model = path === undefined ? "" : await files.text(path);
  const size = defaultOf(model, "web_font_size_px");
  const percent = defaultOf(model, "web_line_height_percent");
  if (size === undefined || percent === undefined) return "";
  if (/^[ \t]*dense_mode[ \t]*=.*\bdefault=True/m.test(model)) return "";
  const line = percent / 100;
  const space = size * line * SPACE;
  const offset = -DESCENT + (CONTENT_BOX - Math.min(line, CONTENT_BOX)) / 2;
  const variables = {
    "base-font-size-px": `${size}px`,
    "base-line-height-unitless": `${line}`,
    "base-maximum-block-height-em": `${CONTENT_BOX}em`,
    "line-fitted-vertical-align-offset-em": `${offset}em`,
    "markdown-interelement-space-px": `${space}px`,
    "markdown-interelement-doubled-space-px": `${2 * space}px`,
  };
  const rules = Object.entries(variables).map(([name, value]) => `--${name}:${value}`);
  return `:root{${rules.join(";")}}`;
}

/** The default of a number field: written out, or a constant of the model. */
function defaultOf(model: string, field: string): number | undefined {
  const declared = new RegExp(`^[ \\t]*${field}\\s*=\\s*models\\.\\w+\\(\\s*default=(\\w+)`, "m");
  const word = declared.exec(model)?.[1];
  if (word === undefined) return undefined;
  const constant = new RegExp(`^[ \\t]*${word}\\s*(?::\\s*\\w+\\s*)?=\\s*(\\d+)$`, "m");
  const value = Number(/^\d+$/.test(word) ? word : constant.exec(model)?.[1]);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
