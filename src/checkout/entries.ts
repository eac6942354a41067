/** Turning registry entries into integrations. */
import { posix } from "node:path";
import { stringValue } from "../python/expression.ts";
import { childrenOf, positionOf } from "../python/source.ts";
import type { CallExpression, Expression } from "../python/syntax.ts";
import { bindArguments } from "./classes.ts";
import { webhooksDirectory } from "./find.ts";
import type { Category, Integration } from "./model.ts";
import { titleCase } from "./names.ts";
import { noScreenshotNames } from "./no-screenshot.ts";
import {
  isTrue,
  type Registry,
  readRegistry,
  registryError,
  registryPart,
  registryString,
  stringsOf,
} from "./registry.ts";
import { imageRootOf, readScreenshots, screenshotDict } from "./screenshots.ts";

/** What reading the entries needs to know from the disk. */
export interface TreeFacts {
  /** Names of the folders in `zerver/webhooks`. */
  readonly directories: ReadonlySet<string>;
  /** Files of the logo folder, as paths relative to the static root. */
  readonly logos: ReadonlySet<string>;
}

/** The static root, relative to a tree's root: what `static_path()` in `zerver/lib/storage.py` resolves to. */
export const staticRoot = "static";

/** Class attributes with default paths, and what they are in a tree that does not state them. */
const defaults = {
  DEFAULT_FUNCTION_PATH: "zerver.webhooks.{name}.view.api_{name}_webhook",
  DEFAULT_URL: "api/v1/external/{name}",
  DEFAULT_CLIENT_NAME: "Zulip{name}Webhook",
  DEFAULT_DOC_PATH: "{name}/doc.md",
  DEFAULT_LOGO_STATIC_PATH_SVG: "images/integrations/logos/{name}.svg",
  DEFAULT_LOGO_STATIC_PATH_PNG: "images/integrations/logos/{name}.png",
  DEFAULT_BOT_AVATAR_PATH: "images/integrations/bot_avatars/{name}.png",
};

/**
 * A default path of the webhook class, with its placeholders filled in.
 * @param name What stands for `{name}` and for any other placeholder.
 * @param folder What stands for `{dir_name}`.
 */
export function defaultPath(
  registry: Registry,
  key: keyof typeof defaults,
  name: string,
  folder: string = name,
): string {
  const template = registry.classes.stringAttribute(registry.webhookClass, key) ?? defaults[key];
  const values: Record<string, string> = { ext: "md", dir_name: folder };
  return template.replace(/\{(\w+)\}/g, (_, field: string) => values[field] ?? name);
}

/** The registered webhook integrations, in the registry's order. */
export function readIntegrations(registry: Registry, facts: TreeFacts): Integration[] {
  const screenshots = screenshotDict(registry);
  const imageRoot = imageRootOf(registry);
  const without = noScreenshotNames(registry);
  return registry.entries.map((entry) => {
    const given = bindArguments(entry, registry.classes.parameters(entry.callee));
    const name = nameOf(registry, entry, given);
    const text = (parameter: string): string | undefined =>
      registryString(registry, given.get(parameter), `${parameter} of ${name}`);
    const part = (parameter: string): string | undefined =>
      registryPart(registry, given.get(parameter), `${parameter} of ${name}`);
    const places = placesOf(registry, facts, name, part);
    const { style } = registry.screenshots;
    const configs =
      registry.screenshots.style === "inline"
        ? given.get(registry.screenshots.parameter)
        : screenshots.get(name);
    return {
      name,
      displayName: text("display_name") ?? titleCase(name),
      clientName:
        text("client_name") ?? defaultPath(registry, "DEFAULT_CLIENT_NAME", titleCase(name)),
      categories: categoriesOf(registry, entry, given),
      streamName: text("stream_name") ?? name,
      legacy: isTrue(given.get("legacy")),
      secondaryLineText: text("secondary_line_text"),
      url: text("url") ?? defaultPath(registry, "DEFAULT_URL", name),
      ...viewOf(registry, name, places.directoryName, part("function")),
      ...places,
      screenshots: style === "none" ? [] : readScreenshots(registry, configs, name, imageRoot),
      noScreenshot: without.has(name),
      range: { from: entry.from, to: entry.to },
      line: positionOf(registry.module.text, entry.from).line,
    };
  });
}

/** What an entry says of where services send to. */
export type EntryAddress = Pick<Integration, "name" | "url" | "viewModule" | "functionName">;

/**
 * The addresses of a registry as it is elsewhere, such as in a commit.
 * @throws UserError `registry-not-understood`.
 */
export function readAddresses(text: string): EntryAddress[] {
  const nothing = { directories: new Set<string>(), logos: new Set<string>() };
  return readIntegrations(readRegistry(text), nothing);
}

function nameOf(
  registry: Registry,
  entry: CallExpression,
  given: ReadonlyMap<string, Expression>,
): string {
  const name = registryPart(registry, given.get("name"), "the name of this entry");
  if (name !== undefined && name !== "") return name;
  throw registryError(
    registry.module.text,
    entry.from,
    "the name of this entry is not a plain string",
    "Write it as a string literal.",
  );
}

function categoriesOf(
  registry: Registry,
  entry: CallExpression,
  given: ReadonlyMap<string, Expression>,
): string[] {
  const value = given.get("categories");
  if (value?.kind === "list" || value?.kind === "tuple" || value?.kind === "name") {
    return stringsOf(registry, value);
  }
  throw registryError(
    registry.module.text,
    value?.from ?? entry.from,
    "the categories of this entry are not a plain list",
    "Write them as a list of strings.",
  );
}

type ViewFacts = Pick<Integration, "functionPath" | "functionName" | "viewModule">;

function viewOf(
  registry: Registry,
  name: string,
  folder: string,
  stated: string | undefined,
): ViewFacts {
  const functionPath = stated ?? defaultPath(registry, "DEFAULT_FUNCTION_PATH", name, folder);
  const dot = functionPath.lastIndexOf(".");
  return {
    functionPath,
    functionName: functionPath.slice(dot + 1),
    viewModule: functionPath.slice(0, Math.max(dot, 0)),
  };
}

type Places = Pick<
  Integration,
  | "directoryName"
  | "directory"
  | "initFile"
  | "testsFile"
  | "docFile"
  | "fixturesDirectory"
  | "logo"
  | "expectedLogo"
  | "avatar"
>;

function placesOf(
  registry: Registry,
  facts: TreeFacts,
  name: string,
  part: (parameter: string) => string | undefined,
): Places {
  const directoryName = part("dir_name") ?? directoryNameOf(facts, name, part("function"));
  const directory = `${webhooksDirectory}/${directoryName}`;
  const svg = belowStatic(defaultPath(registry, "DEFAULT_LOGO_STATIC_PATH_SVG", name));
  const png = belowStatic(defaultPath(registry, "DEFAULT_LOGO_STATIC_PATH_PNG", name));
  const stated = part("logo");
  const logo = stated ? belowStatic(stated) : [svg, png].find((path) => facts.logos.has(path));
  const avatarName = logo === undefined ? name : posix.parse(logo).name;
  const avatar = belowStatic(defaultPath(registry, "DEFAULT_BOT_AVATAR_PATH", avatarName));
  return {
    directoryName,
    directory,
    initFile: `${directory}/__init__.py`,
    testsFile: `${directory}/tests.py`,
    docFile: docPath(part("doc") ?? defaultPath(registry, "DEFAULT_DOC_PATH", name, directoryName)),
    fixturesDirectory: `${directory}/fixtures`,
    logo: logo && `${staticRoot}/${logo}`,
    expectedLogo: `${staticRoot}/${logo ?? svg}`,
    avatar: `${staticRoot}/${avatar}`,
  };
}

/** Registries before 2020 write their paths from the tree's root on. */
function belowStatic(path: string): string {
  return path.startsWith(`${staticRoot}/`) ? path.slice(staticRoot.length + 1) : path;
}

/** An integration without a folder of its own lives where its view is. */
function directoryNameOf(facts: TreeFacts, name: string, view: string | undefined): string {
  if (facts.directories.has(name)) return name;
  const stated = /^zerver\.webhooks\.(\w+)\./.exec(view ?? "")?.[1];
  return stated !== undefined && facts.directories.has(stated) ? stated : name;
}

/** Doc paths are relative to Connect's template folders, one of which is `zerver/webhooks`. */
function docPath(doc: string): string {
  return doc.startsWith("zerver/integrations/")
    ? `templates/${doc}`
    : `${webhooksDirectory}/${doc}`;
}

/** The categories the registry knows, in its order. */
export function readCategories(registry: Registry): Category[] {
  const categories = new Map<string, Category>();
  const meta = registry.values.get("META_CATEGORY");
  addCategories(registry, registry.values.get("CATEGORIES"), false, categories);
  addCategories(registry, meta, true, categories);
  return [...categories.values()];
}

function addCategories(
  registry: Registry,
  value: Expression | undefined,
  meta: boolean,
  into: Map<string, Category>,
): void {
  if (value?.kind !== "dict") return;
  for (const entry of value.elements) {
    const key = stringValue(entry.key);
    if (entry.value.kind === "name" && entry.key === undefined) {
      const isMeta = meta || entry.value.name === "META_CATEGORY";
      addCategories(registry, registry.values.get(entry.value.name), isMeta, into);
    } else if (key !== undefined && !into.has(key)) {
      into.set(key, { key, label: labelOf(entry.value) ?? key, meta });
    }
  }
}

function labelOf(value: Expression): string | undefined {
  return value.kind === "call" ? stringValue(value.args[0]?.value) : stringValue(value);
}

/** Embedded bots may be called like a webhook integration: `helloworld` is both. */
const embeddedBots = "EMBEDDED_BOTS";

/**
 * Names taken by integrations that are no webhooks: every list or dictionary of such entries that the module puts
 * into INTEGRATIONS.
 */
export function readOtherNames(registry: Registry): Set<string> {
  const mentioned = mentionedNames(registry);
  const names = new Set<string>();
  for (const [variable, value] of registry.values) {
    if (variable === registry.webhookList || variable === embeddedBots) continue;
    if (!mentioned.has(variable)) continue;
    for (const name of namesIn(registry, value)) names.add(name);
  }
  return names;
}

/** The names of a list's or dictionary's entries, as far as they are integrations. */
function namesIn(registry: Registry, value: Expression): string[] {
  if (value.kind !== "list" && value.kind !== "tuple" && value.kind !== "dict") return [];
  return value.elements.flatMap((element) => {
    const call = element.value;
    if (call.kind !== "call" || !registry.classes.isA(call.callee, "Integration")) return [];
    const given = bindArguments(call, registry.classes.parameters(call.callee));
    const key = "key" in element ? stringValue(element.key) : undefined;
    const name = stringValue(given.get("name") ?? call.args[0]?.value);
    return [key, name].filter((one) => one !== undefined);
  });
}

/** Names that module-level statements other than their own assignment mention; INTEGRATIONS always counts. */
function mentionedNames(registry: Registry): Set<string> {
  const { text, root } = registry.module;
  const mentioned = new Set(["INTEGRATIONS"]);
  for (const statement of childrenOf(root)) {
    if (/Definition|Decorated|Import/.test(statement.name)) continue;
    const [first, ...rest] =
      text.slice(statement.from, statement.to).match(/\b[A-Z][A-Z_]+\b/g) ?? [];
    const uses = statement.name === "AssignStatement" ? rest : [first ?? "", ...rest];
    for (const name of uses) mentioned.add(name);
  }
  return mentioned;
}
