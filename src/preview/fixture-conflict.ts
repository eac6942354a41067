/** Whether a fixture that a view refuses is one whose merge was never finished. */
import type { Checkout, Integration } from "../checkout/model.ts";
import { readTextIfExists, resolveInside } from "../host/files.ts";
import { conflictLine } from "../python/conflict.ts";
import type { PictureConfig } from "./request.ts";

/** The line of a conflict marker in the fixture that is delivered; undefined where there is none. */
export async function conflictInFixture(
  { root }: Checkout,
  { directory }: Integration,
  { fixture }: PictureConfig,
): Promise<number | undefined> {
  if (fixture === "") return undefined;
  const text = await readTextIfExists(resolveInside(root, directory, "fixtures", fixture));
  return conflictLine(text ?? "");
}
