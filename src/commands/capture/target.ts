/** What is captured for: an integration of the tree, or the name of one to come. */

import { join } from "node:path";
import { integrationFiles, validateIntegrationName } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { UserError } from "../../errors.ts";
import { listDirectory, readBytes, resolveInside } from "../../host/files.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { captureFolder, Spool } from "../../server/capture/index.ts";
import type { CaptureOptions } from "./options.ts";

export interface Target {
  readonly checkout: Checkout;
  readonly name: string;
  /** undefined when the tree does not have it yet. */
  readonly integration: Integration | undefined;
  readonly spool: Spool;
  /** Where its fixtures go, relative to the tree's root. */
  readonly fixturesFolder: string;
}

/**
 * @throws UserError `invalid-name` for a name that no integration can have, `nothing-captured` for `--finish` without
 *   anything to finish.
 */
export async function openTarget(
  checkout: Checkout,
  name: string,
  options: CaptureOptions,
): Promise<Target> {
  const integration = checkout.integrations.find((one) => one.name === name);
  if (!integration) validateIntegrationName(name);
  const spool = new Spool(checkout.root, name);
  if (options.finish && (await spool.isEmpty())) {
    throw new UserError(`Nothing was captured for ${name}.`, {
      code: "nothing-captured",
      hint: `Run \`${shellCommand("connect-webhook", "capture", name)}\`, and have the service send something.`,
    });
  }
  const fixturesFolder = integration?.fixturesDirectory ?? `${captureFolder(name)}/fixtures`;
  return {
    checkout,
    name,
    integration,
    spool,
    fixturesFolder,
  };
}

/** The fixtures that are there already. */
export async function existingFixtures({
  checkout,
  integration,
  fixturesFolder,
}: Target): Promise<{ file: string; bytes: Uint8Array }[]> {
  const files = integration
    ? (await integrationFiles(checkout, integration)).fixtures.map(({ file }) => file)
    : (await listDirectory(join(checkout.root, fixturesFolder))).map(({ name }) => name);
  const read = (file: string) => readBytes(resolveInside(checkout.root, fixturesFolder, file));
  return Promise.all(files.map(async (file) => ({ file, bytes: await read(file) })));
}
