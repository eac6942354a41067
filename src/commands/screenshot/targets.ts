/** Which pictures `screenshot` makes. */

import { integrationFiles } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { UserError } from "../../errors.ts";
import {
  type MadeImage,
  otherPictures,
  type PictureConfig,
  type PictureTarget,
  plainConfig,
} from "../../preview/index.ts";
import { chooseFixture } from "../fixture-input.ts";
import { selectAllKinds } from "../select-all-kinds.ts";

/** What is said on the command line about a picture that the registry does not name. */
export type OneOff = Pick<PictureConfig, "fixture"> &
  Partial<PictureConfig> & { imageDir?: string };

export interface PictureSelection {
  names: readonly string[];
  all: boolean;
  cwd: string;
  oneOff: OneOff | undefined;
}

/** The pictures to make, and a result for each integration that has none. */
export interface SelectedPictures {
  targets: PictureTarget[];
  without: MadeImage[];
}

/** @throws UserError for a name or a fixture that the tree does not have, or when nothing says which integrations. */
export async function selectPictures(
  checkout: Checkout,
  selection: PictureSelection,
): Promise<SelectedPictures> {
  const { oneOff } = selection;
  const { webhooks, others } = selectAllKinds(
    checkout,
    selection,
    () => otherPictures(checkout),
    ({ integration }) => integration.name,
  );
  if (oneOff !== undefined) {
    return { targets: [await oneOffTarget(checkout, selection, webhooks, oneOff)], without: [] };
  }
  return picturesOf(webhooks, others);
}

/** The configured pictures of integrations. */
export function picturesOf(
  webhooks: readonly Integration[],
  others: readonly PictureTarget[],
): SelectedPictures {
  const targets = webhooks.flatMap((integration) =>
    integration.screenshots.map((entry) => ({ integration, entry })),
  );
  return { targets: [...targets, ...others], without: withoutEntry(webhooks) };
}

async function oneOffTarget(
  checkout: Checkout,
  { all, names }: PictureSelection,
  [integration, ...more]: readonly Integration[],
  oneOff: OneOff,
): Promise<PictureTarget> {
  const { dialect, root } = checkout;
  if (integration === undefined || all || more.length > 0 || names.length > 1) {
    throw new UserError("--fixture applies to one integration with a webhook.", {
      code: "one-integration",
      hint: `Name exactly one with --integration; ${root} has them in its list of webhooks.`,
    });
  }
  const { fixtures } = await integrationFiles(checkout, integration);
  const fixture = chooseFixture(integration, fixtures, oneOff.fixture);
  const config = { ...plainConfig(integration, fixture, dialect.imageRoot), ...oneOff, fixture };
  const imagePath = `${dialect.imageRoot}/${config.imageDir}/${config.imageName}`;
  return { integration, entry: { ...config, imagePath } };
}

/** Integrations that have no picture to draw are said, not passed over. */
function withoutEntry(integrations: readonly Integration[]): MadeImage[] {
  return integrations
    .filter(({ screenshots }) => screenshots.length === 0)
    .map(({ name, noScreenshot }) => ({
      result: {
        integration: name,
        path: name,
        width: 0,
        height: 0,
        bytes: 0,
        status: noScreenshot ? ("skipped" as const) : ("failed" as const),
        reason: noScreenshot
          ? "The registry says that it has no picture."
          : "The registry has no screenshot entry for it.",
      },
    }));
}
