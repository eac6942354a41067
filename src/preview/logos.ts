/** Logos that could be smaller and look the same. */
import { MachineError, UserError } from "../errors.ts";
import { readBytesIfExists, resolveInside } from "../host/files.ts";
import { inspectSvg, optimiseSvg } from "../image/index.ts";
import type { AvatarsOptions } from "./avatars.ts";
import { changeTo, type MadeImage, withoutImage } from "./result.ts";

/**
 * Optimises the SVG logos of integrations; one that several share is done once.
 * @returns One result an SVG logo that is there: `written`, `unchanged` when nothing would be gained, `failed` when
 *   it cannot be used. With `check`, `stale` stands for `written`, and there are no changes.
 */
export async function optimiseLogos(options: AvatarsOptions): Promise<MadeImage[]> {
  const { integrations, onImage } = options;
  const paths = new Map(
    integrations.flatMap(({ name, logo }) => (logo?.endsWith(".svg") ? [[logo, name]] : [])),
  );
  const made: MadeImage[] = [];
  for (const [path, name] of paths) {
    if (path === undefined || name === undefined) continue;
    const image = await optimiseOne(path, name, options);
    if (image === undefined) continue;
    onImage?.(image.result);
    made.push(image);
  }
  return made;
}

async function optimiseOne(
  path: string,
  integration: string,
  { checkout, check, signal }: AvatarsOptions,
): Promise<MadeImage | undefined> {
  const logo = await readBytesIfExists(resolveInside(checkout.root, path));
  if (logo === undefined) return undefined;
  try {
    const smaller = await optimiseSvg(logo, { signal });
    const { width = 0, height = 0 } = inspectSvg(logo);
    const facts = { integration, path, width, height };
    if (smaller === undefined) {
      return { result: { ...facts, bytes: logo.length, status: "unchanged" } };
    }
    const percent = Math.round(100 * (1 - smaller.length / logo.length));
    if (check) {
      const reason = `It could be ${percent} % smaller.`;
      return { result: { ...facts, bytes: logo.length, status: "stale", reason } };
    }
    const reason = `It is ${percent} % smaller.`;
    const result = { ...facts, bytes: smaller.length, status: "written", reason } as const;
    return { result, change: changeTo(path, smaller, logo) };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof MachineError) throw error;
    return withoutImage(integration, path, "failed", error);
  }
}
