/** An integration's registry entry on its way to another tree. */
import { posix } from "node:path";
import { bindArguments } from "../checkout/classes.ts";
import { defaultPath } from "../checkout/entries.ts";
import { titleCase } from "../checkout/index.ts";
import type {
  Checkout,
  Integration,
  Registration,
  ScreenshotEntry,
  ScreenshotRequest,
} from "../checkout/model.ts";
import { readRegistry } from "../checkout/registry.ts";
import { UserError } from "../errors.ts";
import { literalValue } from "../python/literal.ts";
import type { Note } from "./convert/notes.ts";

/** Parameters that `Registration` has words for. */
const TOLD = new Set([
  "name",
  "categories",
  "display_name",
  "logo",
  "stream_name",
  "channel_name",
  "screenshot_configs",
]);

/**
 * What an integration's entry says, in a form that the target's registry can be written from.
 * @param notes Gets what the target's registry has no place for.
 * @throws UserError `unknown-category` when the target knows none of its categories.
 */
export function registrationFor(
  from: Checkout,
  integration: Integration,
  to: Checkout,
  notes: Note[],
): Registration {
  const { name, displayName, streamName, logo, screenshots } = integration;
  const note = (message: string): void =>
    void notes.push({ path: to.registryPath, line: undefined, message });
  const defaultLogos = ["svg", "png"].map(
    (ending) => `${from.dialect.imageRoot}/logos/${name}.${ending}`,
  );
  const stated = logo !== undefined && !defaultLogos.includes(logo);
  return {
    name,
    displayName,
    categories: categoriesFor(integration, to, note),
    streamName: to.dialect.registry.streamParameter === undefined ? undefined : streamName,
    ...(stated && { logo: posix.relative(from.dialect.staticRoot, logo) }),
    screenshots: screenshots.map((entry) => pictureFor(entry, to, note)),
    further: furtherArguments(from, integration, to, note),
  };
}

/** Fields of a picture's config, and what they are called here. */
const PICTURE_FIELDS = {
  bot_name: "botName",
  payload_as_query_param: "payloadAsQueryParam",
  extra_params: "extraParams",
  use_basic_auth: "useBasicAuth",
  custom_headers: "customHeaders",
} as const satisfies Record<string, keyof ScreenshotRequest>;

/** The config of a picture, without the fields that the target's has not. */
function pictureFor(
  entry: ScreenshotEntry,
  { dialect }: Checkout,
  note: (message: string) => void,
): ScreenshotRequest {
  const request: Record<string, unknown> = { ...entry };
  const { screenshotFields, screenshotClass } = dialect.registry;
  for (const [field, key] of Object.entries(PICTURE_FIELDS)) {
    if (screenshotFields.includes(field)) continue;
    const value = entry[key];
    const stated = typeof value === "object" ? Object.keys(value).length > 0 : value;
    if (stated && screenshotClass !== undefined) note(`${screenshotClass} has no ${field}`);
    delete request[key];
  }
  return request as unknown as ScreenshotRequest;
}

function categoriesFor(
  { name, categories }: Integration,
  to: Checkout,
  note: (message: string) => void,
): string[] {
  const known = to.categories.map(({ key }) => key);
  const kept = categories.filter((category) => known.includes(category));
  for (const category of categories) {
    if (!kept.includes(category)) note(`this tree has no category ${category}`);
  }
  if (kept.length > 0) return kept;
  throw new UserError(
    `The target has none of the categories of ${name}: ${categories.join(", ")}.`,
    {
      code: "unknown-category",
      hint: `Give it one of ${known.join(", ")} in its own tree first.`,
    },
  );
}

/** Plain arguments that both constructors take travel as they are written. */
function furtherArguments(
  from: Checkout,
  { name, range, functionPath, url, clientName }: Integration,
  to: Checkout,
  note: (message: string) => void,
): Record<string, string> {
  const registry = readRegistry(from.registrySource);
  const entry = registry.entries.find((one) => one.from === range.from);
  if (!entry) return {};
  const further: Record<string, string> = {};
  const usual: Readonly<Record<string, string>> = {
    function: defaultPath(registry, "DEFAULT_FUNCTION_PATH", name),
    url: defaultPath(registry, "DEFAULT_URL", name),
    client_name: defaultPath(registry, "DEFAULT_CLIENT_NAME", titleCase(name)),
  };
  const told: Readonly<Record<string, string>> = {
    function: functionPath,
    url,
    client_name: clientName,
  };
  for (const [parameter, value] of bindArguments(
    entry,
    registry.classes.parameters(entry.callee),
  )) {
    if (TOLD.has(parameter) || parameter === from.dialect.registry.screenshotParameter) continue;
    if (usual[parameter] !== undefined && told[parameter] === usual[parameter]) continue;
    const source = from.registrySource.slice(value.from, value.to);
    const takes = to.dialect.registry.parameters.includes(parameter);
    if (takes && literalValue(value) !== undefined) further[parameter] = source;
    else note(`the argument ${parameter} of ${name} was left out: ${source.replace(/\s+/g, " ")}`);
  }
  return further;
}
