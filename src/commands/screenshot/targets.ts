/** Which pictures `screenshot` makes. */
import { posix } from "node:path";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { UserError } from "../../errors.ts";
import { isInside } from "../../host/files.ts";
import {
  type MadeImage,
  otherPictures,
  type PictureConfig,
  type PictureTarget,
  plainConfig,
} from "../../preview/index.ts";
import { flagOf } from "../define.ts";
import { selectAllKinds } from "../select-all-kinds.ts";

/** The flags of a picture that the registry does not name. */
export interface OneOffFlags {
  fixture: string | undefined;
  imageName: string | undefined;
  imageDir: string | undefined;
  botName: string | undefined;
  useBasicAuth: boolean;
  payloadAsQueryParam: boolean;
  payloadParamName: string | undefined;
  customHeaders: string | undefined;
}

/** What those flags say about the picture. */
export type OneOff = Pick<PictureConfig, "fixture"> &
  Partial<PictureConfig> & { imageDir?: string };

/**
 * Reads the flags of a one-off picture.
 * @returns Undefined without `--fixture`.
 * @throws UserError `needs-fixture` when another one of them is given alone, `bad-headers`, `bad-image-name`.
 */
export function oneOffFrom(flags: OneOffFlags): OneOff | undefined {
  const { fixture, imageName, imageDir, botName, payloadParamName, customHeaders } = flags;
  const details = {
    ...(imageName !== undefined && { imageName: pathPart("imageName", imageName) }),
    ...(imageDir !== undefined && { imageDir: pathPart("imageDir", imageDir) }),
    ...(botName !== undefined && { botName }),
    ...(flags.useBasicAuth && { useBasicAuth: true }),
    ...(flags.payloadAsQueryParam && { payloadAsQueryParam: true }),
    ...(payloadParamName !== undefined && { payloadParamName }),
    ...(customHeaders !== undefined && { customHeaders: headersFrom(customHeaders) }),
  };
  if (fixture !== undefined) return { fixture, ...details };
  const [alone] = Object.keys(details);
  if (alone === undefined) return undefined;
  throw new UserError(`${flagOf(alone)} is about one picture, and --fixture does not say which.`, {
    code: "needs-fixture",
    hint: "Add --fixture, or state it in the registry's screenshot entry.",
  });
}

/** A file or folder name below the folder of pictures. */
function pathPart(key: string, value: string): string {
  const path = posix.normalize(value);
  const wellFormed = key === "imageDir" || /[^/]\.(png|svg)$/.test(path);
  if (wellFormed && path !== "." && isInside("/images", posix.resolve("/images", path))) {
    return path;
  }
  throw new UserError(`${flagOf(key)} cannot be '${value}'.`, {
    code: "bad-image-name",
    hint:
      key === "imageDir"
        ? "Name a folder below the tree's folder of pictures."
        : "Name a file that ends in .png or .svg.",
  });
}

function headersFrom(text: string): Record<string, string> {
  const headers = parse(text);
  const entries = Object.entries(headers ?? {});
  if (headers !== undefined && entries.every(([, value]) => typeof value === "string")) {
    return Object.fromEntries(entries) as Record<string, string>;
  }
  throw new UserError("--custom-headers is no JSON object of strings.", {
    code: "bad-headers",
    hint: `Write it as --custom-headers '{"X-Event": "push"}'.`,
  });
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

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

/** @throws UserError for a name the tree does not have, or when nothing says which integrations. */
export function selectPictures(checkout: Checkout, selection: PictureSelection): SelectedPictures {
  const { oneOff } = selection;
  const { webhooks, others } = selectAllKinds(
    checkout,
    selection,
    () => otherPictures(checkout),
    ({ integration }) => integration.name,
  );
  if (oneOff !== undefined) {
    return { targets: [oneOffTarget(checkout, selection, webhooks, oneOff)], without: [] };
  }
  const targets = webhooks.flatMap((integration) =>
    integration.screenshots.map((entry) => ({ integration, entry })),
  );
  return { targets: [...targets, ...others], without: withoutEntry(webhooks) };
}

function oneOffTarget(
  { dialect, root }: Checkout,
  { all, names }: PictureSelection,
  [integration, ...more]: readonly Integration[],
  oneOff: OneOff,
): PictureTarget {
  if (integration === undefined || all || more.length > 0 || names.length > 1) {
    throw new UserError("--fixture is about one integration with a webhook.", {
      code: "one-integration",
      hint: `Name exactly one with --integration; ${root} has them in its list of webhooks.`,
    });
  }
  const config = { ...plainConfig(integration, oneOff.fixture, dialect.imageRoot), ...oneOff };
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
