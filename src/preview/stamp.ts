/**
 * Whether a picture is up to date, without drawing it. Its stamp holds hashes of what it was made from: when they
 * still hold, the picture is fresh, and nothing has to run. When they do not, the message is made anew, and the same
 * page means the same picture.
 */
import type { PageSource } from "../browser/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { type PictureSource, PictureSources, sourceOf } from "../checkout/picture-sources.ts";
import { namesBotsAsDisplayed } from "../checkout/screenshot-tool.ts";
import { packageVersion } from "../host/assets.ts";
import { digest } from "../host/checksum.ts";
import type { Stamp } from "../image/index.ts";
import type { PictureTarget } from "./scene.ts";
import type { Theme } from "./themes/theme.ts";

/** Grows when the same page is drawn differently: other flags, another geometry, another packing. */
const RENDERER = 2;

/** The hash of the page that shows a message. */
export function pageHash({ head, body }: PageSource): string {
  return digest([`${RENDERER}`, headHash(head), body]);
}

let known: { head: string; hash: string } | undefined;

/** The head holds the fonts and is large, and nearly always the one before. */
function headHash(head: string): string {
  if (known?.head !== head) known = { head, hash: digest([head]) };
  return known.hash;
}

/** Hashes what pictures of a tree are made from; what they share is read once. */
export class InputHashes {
  readonly #root: string;
  readonly #sources: PictureSources;
  readonly #theme: Theme;
  #program: Promise<string> | undefined;

  constructor({ root }: Checkout, theme: Theme) {
    this.#root = root;
    this.#sources = new PictureSources(root);
    this.#theme = theme;
  }

  /** The hashes of everything that may change the picture of a target. */
  async of(target: PictureTarget): Promise<Omit<Stamp, "page" | "pixels">> {
    const source = sourceOfTarget(target);
    this.#program ??= programHash(this.#theme, this.#root);
    const data = this.#sources.data(source);
    const [form, program, library] = await Promise.all([
      this.#sources.form(source),
      this.#program,
      this.#sources.library(),
    ]);
    return { data, form, inputs: digest([data, form, library, program]) };
  }
}

async function programHash(theme: Theme, root: string): Promise<string> {
  const { head } = await theme.page([]);
  const names = `${namesBotsAsDisplayed(root)}`;
  return digest([packageVersion(), `${RENDERER}`, headHash(head), theme.sources, names]);
}

function sourceOfTarget(target: PictureTarget): PictureSource {
  if (target.messageFile === undefined) return sourceOf(target.integration, target.entry);
  const { integration, entry, messageFile: fixture } = target;
  return { integration, entry, fixture, directory: undefined };
}
