/** Reading how a tree writes integrations. Every answer comes from the tree's own files. */
import { join } from "node:path";
import { readTextIfExists } from "../host/files.ts";
import { stringValue } from "../python/expression.ts";
import type { Dialect, RegistryDialect } from "./dialect-model.ts";
import { readDocDialect } from "./doc-dialect.ts";
import { staticRoot } from "./entries.ts";
import type { Integration } from "./model.ts";
import { writableNoScreenshotSet } from "./no-screenshot.ts";
import { orderOf } from "./order.ts";
import type { Registry } from "./registry.ts";
import { readSamples } from "./samples.ts";
import { imageRootOf } from "./screenshots.ts";
import { readTestDialect } from "./test-dialect.ts";
import { readViewDialect } from "./view-dialect.ts";

/** Line length of Connect's own formatter settings, for a tree that states none. */
const usualLineLength = 100;

/** Reads what of a tree's dialect its registry says, and the settings that it is written by. */
export async function readRegistryDialect(
  root: string,
  registry: Registry,
  integrations: readonly Integration[],
): Promise<Pick<Dialect, "registry" | "imageRoot" | "staticRoot">> {
  const project = (await readTextIfExists(join(root, "pyproject.toml"))) ?? "";
  return {
    registry: registryDialect(registry, integrations, lineLengthOf(project)),
    imageRoot: imageRootOf(registry),
    staticRoot,
  };
}

/** Reads the rest of it. */
export async function readDialect(
  root: string,
  registrySource: string,
  integrations: readonly Integration[],
): Promise<Pick<Dialect, "view" | "tests" | "docs">> {
  const [samples, tests] = await Promise.all([
    readSamples(root, integrations),
    readTextIfExists(join(root, "zerver/lib/test_classes.py")),
  ]);
  const testDialect = readTestDialect(tests ?? "", samples.tests);
  return {
    view: await readViewDialect(root, registrySource, samples.views, testDialect.topicParameter),
    tests: testDialect,
    docs: await readDocDialect(root, samples.docs, testDialect.streamAttribute),
  };
}

/** The line length of ruff's settings, else black's. */
function lineLengthOf(project: string): number {
  const section = (name: string): string =>
    new RegExp(`^\\[tool\\.${name}\\]([\\s\\S]*?)(?=^\\[|$(?![\\s\\S]))`, "m").exec(project)?.[1] ??
    "";
  for (const text of [section("ruff"), section("black")]) {
    const length = /^line-length\s*=\s*(\d+)/m.exec(text)?.[1];
    if (length !== undefined) return Number(length);
  }
  return usualLineLength;
}

function registryDialect(
  registry: Registry,
  integrations: readonly Integration[],
  lineLength: number,
): RegistryDialect {
  const { screenshots } = registry;
  const parameters = registry.parameters.map((parameter) => parameter.name);
  const keys =
    screenshots.style === "dict"
      ? screenshots.dict.elements.flatMap((entry) => stringValue(entry.key) ?? [])
      : [];
  return {
    webhookClass: registry.webhookClass,
    webhookList: registry.webhookList,
    order: orderOf(integrations.map((integration) => integration.name)),
    parameters,
    streamParameter: parameters.find((name) => name === "stream_name" || name === "channel_name"),
    screenshotStyle: screenshots.style,
    screenshotClass: screenshots.style === "none" ? undefined : screenshots.className,
    screenshotFields:
      screenshots.style === "none"
        ? []
        : registry.classes.parameters(screenshots.className).map((field) => field.name),
    screenshotDict: screenshots.style === "dict" ? screenshots.variable : undefined,
    screenshotOrder: orderOf(keys),
    screenshotParameter: screenshots.style === "inline" ? screenshots.parameter : undefined,
    noScreenshotSet: writableNoScreenshotSet(registry),
    lineLength,
  };
}
