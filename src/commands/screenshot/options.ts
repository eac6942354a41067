/** The options of `screenshot`. */
import { posix } from "node:path";
import { UserError } from "../../errors.ts";
import { isInside } from "../../host/files.ts";
import { isRecord, parsedJson } from "../../host/json.ts";
import { defineOptions, type OptionsOf } from "../define.ts";
import { canBeHeader } from "../fixture-input.ts";
import { parseNotEmpty } from "../option-values.ts";
import { themeOption } from "../theme.ts";
import type { OneOff } from "./targets.ts";

/** What is about the one picture that --fixture names. */
const ONE_PICTURE = { requires: ["fixture"] } as const;

export const screenshotOptions = defineOptions({
  integration: {
    value: "names",
    many: true,
    description: "the same, in the syntax of Connect's own tool",
  },
  all: {
    description: "draw every picture in the registry",
    conflicts: { names: "", integration: "" },
  },
  check: { description: "write nothing; exit with code 1 if a picture is missing or stale" },
  changed: {
    value: "base",
    valueOptional: true,
    description:
      "with --check: only integrations that the branch touched since this base (default: main); a picture that the " +
      "base does not have in order either is reported, and does not fail",
    requires: ["check"],
    conflicts: {
      names: "write a base as --changed=<base>",
      integration: "",
      all: "one selects some integrations, the other all of them",
      fixture: "one selects what the branch touched, the other one picture",
    },
  },
  theme: themeOption,
  diff: {
    value: "dir",
    description:
      "write the old picture, the new one and the difference side by side, for each picture that differs",
  },
  out: {
    value: "dir",
    description: "write the pictures to this folder instead of the tree",
    conflicts: { check: "checking writes no pictures" },
  },
  fixture: {
    value: "file",
    description: "draw this fixture, regardless of the registry",
    conflicts: { all: "it applies to one integration" },
  },
  imageName: {
    value: "file",
    description: "name of the picture (with --fixture)",
    parse: parseImageName,
    ...ONE_PICTURE,
  },
  imageDir: {
    value: "dir",
    description: "folder of the picture (with --fixture)",
    parse: parseImageDir,
    ...ONE_PICTURE,
  },
  botName: {
    value: "name",
    description: "name of the sending bot (with --fixture)",
    parse: parseNotEmpty("--bot-name"),
    ...ONE_PICTURE,
  },
  useBasicAuth: {
    short: "A",
    description: "send the bot's key by Basic auth (with --fixture)",
    ...ONE_PICTURE,
  },
  payloadAsQueryParam: {
    short: "Q",
    description: "send the payload in the URL instead of the body (with --fixture)",
    ...ONE_PICTURE,
  },
  payloadParamName: {
    value: "name",
    short: "P",
    description: "the URL parameter with the payload (with --payload-as-query-param)",
    parse: parseNotEmpty("--payload-param-name"),
    requires: ["payloadAsQueryParam"],
  },
  customHeaders: {
    value: "json",
    short: "H",
    description: "additional headers, as a JSON object (with --fixture)",
    parse: parseHeaders,
    ...ONE_PICTURE,
  },
});

/** @returns Undefined without `--fixture`. */
export function oneOffFrom(options: OptionsOf<typeof screenshotOptions>): OneOff | undefined {
  const { fixture, imageName, imageDir, botName, payloadParamName, customHeaders } = options;
  if (fixture === undefined) return undefined;
  return {
    fixture,
    ...(imageName !== undefined && { imageName }),
    ...(imageDir !== undefined && { imageDir }),
    ...(botName !== undefined && { botName }),
    ...(options.useBasicAuth && { useBasicAuth: true }),
    ...(options.payloadAsQueryParam && { payloadAsQueryParam: true }),
    ...(payloadParamName !== undefined && { payloadParamName }),
    ...(customHeaders !== undefined && { customHeaders }),
  };
}

function parseImageName(value: string): string {
  const path = posix.normalize(value);
  if (/[^/]\.(png|svg)$/.test(path) && isBelow(path)) return path;
  throw badName("--image-name", value, "Name a file that ends in .png or .svg.");
}

function parseImageDir(value: string): string {
  const path = posix.normalize(value);
  if (isBelow(path) && value.trim() !== "") return path;
  throw badName("--image-dir", value, "Name a folder below the tree's folder of pictures.");
}

/** Whether a path leads to something below the folder of pictures. */
function isBelow(path: string): boolean {
  return path !== "." && isInside("/images", posix.resolve("/images", path));
}

function badName(flag: string, value: string, hint: string): UserError {
  return new UserError(`${flag} cannot be '${value}'.`, { code: "bad-image-name", hint });
}

function parseHeaders(text: string): Record<string, string> {
  const headers = parsedJson(text);
  if (isRecord(headers) && Object.entries(headers).every(isHeader)) {
    return headers as Record<string, string>;
  }
  throw new UserError("--custom-headers is not a JSON object of headers and their values.", {
    code: "bad-headers",
    hint: `Write it as --custom-headers '{"X-Event": "push"}'.`,
  });
}

function isHeader([name, value]: [string, unknown]): boolean {
  return typeof value === "string" && canBeHeader(name, value);
}
