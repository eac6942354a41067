/** Integrations without a webhook, as far as they have logos, avatars and pictures. */
import { posix } from "node:path";
import { bindArguments } from "../checkout/classes.ts";
import type { Checkout } from "../checkout/model.ts";
import { type Registry, readRegistry, registryPart, registryString } from "../checkout/registry.ts";
import { isFile, resolveInside } from "../host/files.ts";
import { stringValue } from "../python/expression.ts";
import type { CallExpression, Expression } from "../python/syntax.ts";
import type { Pictured } from "./request.ts";

/** The registered integrations that have a logo and no webhook, by name. */
export function otherIntegrations(checkout: Checkout): Pictured[] {
  const registry = readRegistry(checkout.registrySource);
  const webhooks = new Set(checkout.integrations.map(({ name }) => name));
  const entries = entriesOf(registry);
  return [...checkout.otherNames]
    .filter((name) => !webhooks.has(name) && keepsLogos(registry, entries.get(name)))
    .sort()
    .map((name) => readPictured(checkout, registry, entries, name))
    .filter(({ logo }) => logo !== undefined);
}

/** Embedded bots bring their logos from a folder that is generated, and get no avatar. */
function keepsLogos(registry: Registry, call: CallExpression | undefined): boolean {
  if (call === undefined) return false;
  const path = registry.classes.stringAttribute(call.callee, "DEFAULT_LOGO_STATIC_PATH_PNG");
  return !path?.startsWith("generated/");
}

/** The calls that make integrations, in whichever lists and dictionaries of the registry they stand, by name. */
export function entriesOf(registry: Registry): ReadonlyMap<string, CallExpression> {
  const entries = new Map<string, CallExpression>();
  for (const value of registry.values.values()) {
    if (value.kind !== "list" && value.kind !== "dict") continue;
    for (const { value: call } of value.elements) {
      if (call.kind !== "call" || !registry.classes.isA(call.callee, "Integration")) continue;
      const name = stringValue(argumentsOf(registry, call).get("name"));
      if (name !== undefined) entries.set(name, call);
    }
  }
  return entries;
}

/** What of such an integration a picture shows; what no entry states is Connect's default. */
export function readPictured(
  checkout: Checkout,
  registry: Registry,
  entries: ReadonlyMap<string, CallExpression>,
  name: string,
): Pictured {
  const { imageRoot, staticRoot } = checkout.dialect;
  const given = argumentsOf(registry, entries.get(name));
  const stated = registryPart(registry, given.get("logo"), `logo of ${name}`);
  const places = ["svg", "png"].map((ending) => `${imageRoot}/logos/${name}.${ending}`);
  const there = places.find((path) => isFile(resolveInside(checkout.root, path)));
  const logo = stated === undefined ? there : `${staticRoot}/${stated}`;
  const stream = registryString(registry, given.get("stream_name"), `stream_name of ${name}`);
  const displayed = registryString(registry, given.get("display_name"), `display_name of ${name}`);
  return {
    name,
    displayName: displayed ?? titled(name),
    streamName: stream ?? name,
    logo,
    expectedLogo: logo ?? `${imageRoot}/logos/${name}.svg`,
    avatar: `${imageRoot}/bot_avatars/${logo ? posix.parse(logo).name : name}.png`,
  };
}

/** As Python's `str.title` does. */
function titled(name: string): string {
  return name.replace(
    /\p{L}+/gu,
    (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
  );
}

function argumentsOf(
  registry: Registry,
  call: CallExpression | undefined,
): ReadonlyMap<string, Expression> {
  return call ? bindArguments(call, registry.classes.parameters(call.callee)) : new Map();
}
