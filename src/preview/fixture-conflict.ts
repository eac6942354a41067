/** Whether a fixture that a view refuses is one whose merge was never finished, or that is damaged. */
import type { Checkout, Integration } from "../checkout/model.ts";
import { readTextIfExists, resolveInside } from "../host/files.ts";
import { type JsonFault, jsonFault } from "../payload/index.ts";
import { conflictLine } from "../python/conflict.ts";
import type { PictureConfig } from "./request.ts";

/** The line of a conflict marker in the fixture that is delivered; undefined where there is none. */
export async function conflictInFixture(
  checkout: Checkout,
  integration: Integration,
  { fixture }: PictureConfig,
): Promise<number | undefined> {
  return conflictLine(await fixtureText(checkout, integration, fixture));
}

/** Where the `.json` fixture that is delivered stops being JSON; undefined where it does not. */
export async function faultInFixture(
  checkout: Checkout,
  integration: Integration,
  { fixture }: PictureConfig,
): Promise<JsonFault | undefined> {
  if (!fixture.endsWith(".json")) return undefined;
  return jsonFault(await fixtureText(checkout, integration, fixture));
}

async function fixtureText(
  { root }: Checkout,
  { directory }: Integration,
  fixture: string,
): Promise<string> {
  if (fixture === "") return "";
  const path = resolveInside(root, directory, "fixtures", fixture);
  return (await readTextIfExists(path)) ?? "";
}
