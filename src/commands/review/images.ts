/** The images of an integration, before and after. */
import type { Checkout, Integration } from "../../checkout/model.ts";
import { UserError } from "../../errors.ts";
import { isFile, readBytesUpTo, resolveInside } from "../../host/files.ts";
import { compareImage, type ImageFile, type ImageReview } from "../../review/index.ts";
import type { Subject } from "./subjects.ts";

const MAX_BYTES = 5_000_000;

/** Logo, avatar and pictures. */
export async function imagesOf(
  { before, after }: Subject,
  checkout: Checkout,
  base: Checkout | undefined,
): Promise<ImageReview[]> {
  const marks = (["logo", "avatar"] as const).map(async (kind) => {
    const [old, now] = [before && pathOf(kind, before), after && pathOf(kind, after)];
    return compareImage(kind, now ?? old ?? "", await read(base, old), await read(checkout, now));
  });
  const paths = new Set(
    [before, after].flatMap((side) => side?.screenshots.map(({ imagePath }) => imagePath) ?? []),
  );
  const pictures = [...paths].map(async (path) =>
    compareImage("picture", path, await read(base, path), await read(checkout, path)),
  );
  return Promise.all([...marks, ...pictures]);
}

function pathOf(kind: "logo" | "avatar", { logo, expectedLogo, avatar }: Integration): string {
  return kind === "avatar" ? avatar : (logo ?? expectedLogo);
}

/** Only images, and only from inside the tree: a link could lead to anything of the machine's. */
async function read(
  checkout: Checkout | undefined,
  path: string | undefined,
): Promise<ImageFile | undefined> {
  const type = /\.svg$/i.test(path ?? "") ? "image/svg+xml" : "image/png";
  if (!checkout || path === undefined || !/\.(svg|png)$/i.test(path)) return undefined;
  try {
    const target = resolveInside(checkout.root, path);
    return isFile(target) ? { type, bytes: await readBytesUpTo(target, MAX_BYTES) } : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
