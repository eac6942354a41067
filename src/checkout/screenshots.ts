/** Reading the configured documentation pictures. */
import { stringValue } from "../python/expression.ts";
import { literalValue } from "../python/literal.ts";
import { stringsIn } from "../python/module.ts";
import { positionOf } from "../python/source.ts";
import type { CallExpression, Expression } from "../python/syntax.ts";
import { bindArguments } from "./classes.ts";
import type { ScreenshotEntry } from "./model.ts";
import { isTrue, type Registry, registryPart, registryString, resolveName } from "./registry.ts";

const defaultImageRoot = "static/images/integrations";

/** The folder below which the pictures are, as the registry's own path function states it. */
export function imageRootOf(registry: Registry): string {
  const pathFunction = registry.module.functions.find((one) => /image_paths?$/.test(one.name));
  const stated = pathFunction ? stringsIn(registry.module.text, pathFunction.node) : [];
  const found = stated.map((one) => one.value).find((value) => value?.startsWith("static/"));
  return found?.replace(/\/$/, "") ?? defaultImageRoot;
}

/** The configs of every integration in the registry's dictionary; empty where it has none. */
export function screenshotDict(registry: Registry): Map<string, Expression> {
  const configs = new Map<string, Expression>();
  if (registry.screenshots.style !== "dict") return configs;
  for (const entry of registry.screenshots.dict.elements) {
    const name = stringValue(entry.key);
    if (name !== undefined) configs.set(name, entry.value);
  }
  return configs;
}

/**
 * Reads the list of configs of one integration.
 * @param value The list, or undefined when there is none.
 * @param name The integration's name, which is also the default image folder.
 * @param imageRoot The folder of `imageRootOf`.
 */
export function readScreenshots(
  registry: Registry,
  value: Expression | undefined,
  name: string,
  imageRoot: string,
): ScreenshotEntry[] {
  const list = resolveName(registry, value);
  if (list?.kind !== "list" && list?.kind !== "tuple") return [];
  return list.elements.flatMap((element) =>
    element.value.kind === "call" ? readConfig(registry, element.value, name, imageRoot) : [],
  );
}

function readConfig(
  registry: Registry,
  call: CallExpression,
  name: string,
  imageRoot: string,
): ScreenshotEntry {
  const parameters = registry.classes.parameters(call.callee);
  const given = bindArguments(call, parameters);
  const fieldValue = (field: string): Expression | undefined =>
    given.get(field) ?? parameters.find((one) => one.name === field)?.default;
  const text = (field: string): string | undefined =>
    registryString(registry, fieldValue(field), `${field} of ${name}'s picture`);
  const part = (field: string): string | undefined =>
    registryPart(registry, fieldValue(field), `${field} of ${name}'s picture`);
  const imageName = part("image_name") ?? "001.png";
  const imageDir = part("image_dir") || name;
  return {
    fixture: part("fixture_name") ?? "",
    imageName,
    imageDir,
    imagePath: `${imageRoot}/${imageDir}/${imageName}`,
    botName: text("bot_name"),
    payloadAsQueryParam: isTrue(fieldValue("payload_as_query_param")),
    payloadParamName: text("payload_param_name") ?? "payload",
    extraParams: stringRecord(fieldValue("extra_params")),
    useBasicAuth: isTrue(fieldValue("use_basic_auth")),
    customHeaders: stringRecord(fieldValue("custom_headers")),
    channel: text("channel"),
    range: { from: call.from, to: call.to },
    line: positionOf(registry.module.text, call.from).line,
  };
}

function stringRecord(expression: Expression | undefined): Record<string, string> {
  const value = expression && literalValue(expression);
  if (!(value instanceof Map)) return {};
  return Object.fromEntries([...value].map(([key, entry]) => [String(key), String(entry)]));
}
