/** Writing new registry entries in a tree's own way. */
import { UserError } from "../errors.ts";
import type { Group, Piece } from "../python/layout.ts";
import { literalValue } from "../python/literal.ts";
import { writeString } from "../python/strings.ts";
import type { Expression, Parameter } from "../python/syntax.ts";
import type { Registration, ScreenshotRequest } from "./model.ts";
import { titleCase } from "./names.ts";
import type { Registry } from "./registry.ts";

/** The quote that the registry's entries use. */
function quoteOf(registry: Registry): '"' | "'" {
  const name = registry.entries[0]?.args[0]?.value;
  return name?.kind === "string" && name.quote === "'" ? "'" : '"';
}

/** Writes a string in the registry's quotes. */
export function quoted(registry: Registry, text: string): string {
  return writeString(text, quoteOf(registry));
}

/** The entry in the webhook list: `WebhookIntegration("name", ["category"], …)`. */
export function entryPiece(registry: Registry, registration: Registration): Group {
  const text = (value: string): string => quoted(registry, value);
  const { name, displayName, streamName, logo } = registration;
  const byPlace = ["name", "categories"];
  const values = new Map<string, Piece>([
    ["name", text(name)],
    ["categories", { open: "[", items: registration.categories.map(text), close: "]" }],
  ]);
  if (registry.screenshots.style === "inline" && registration.screenshots.length > 0) {
    const { parameter } = registry.screenshots;
    values.set(parameter, screenshotList(registry, registration, ""));
    byPlace.push(parameter);
  }
  if (displayName !== titleCase(name)) values.set("display_name", text(displayName));
  if (logo !== undefined) values.set("logo", text(logo));
  const stream = registry.parameters.find((one) => /^(stream|channel)_name$/.test(one.name));
  if (stream && streamName !== undefined && streamName !== name)
    values.set(stream.name, text(streamName));
  for (const [parameter, value] of Object.entries(registration.further ?? {})) {
    values.set(parameter, value);
  }
  return {
    open: `${registry.webhookClass}(`,
    items: callItems(values, registry.parameters, byPlace),
    close: ")",
  };
}

/**
 * The list of picture configs.
 * @param lead What stands before the list, such as a dictionary key and its colon.
 */
export function screenshotList(
  registry: Registry,
  registration: Registration,
  lead: string,
): Group {
  const items = registration.screenshots.map((request) =>
    screenshotPiece(registry, registration, request),
  );
  return { open: `${lead}[`, items, close: "]" };
}

function screenshotPiece(
  registry: Registry,
  registration: Registration,
  request: ScreenshotRequest,
): Group {
  const className = registry.screenshots.style === "none" ? "" : registry.screenshots.className;
  const fields = registry.classes.parameters(className);
  const values = new Map<string, Piece>([["fixture_name", quoted(registry, request.fixture)]]);
  for (const [field, value] of requestedFields(registration, request, fields)) {
    const known = fields.find((one) => one.name === field);
    if (isDefault(known?.default, value)) continue;
    if (!known) {
      throw new UserError(`This tree's ${className} has no ${field}.`, {
        code: "unsupported-option",
        hint: "Leave that option out, or choose another fixture for the picture.",
      });
    }
    values.set(field, valuePiece(registry, value));
  }
  return { open: `${className}(`, items: callItems(values, fields, ["fixture_name"]), close: ")" };
}

type FieldValue = string | boolean | Readonly<Record<string, string>>;

function requestedFields(
  registration: Registration,
  request: ScreenshotRequest,
  fields: readonly Parameter[],
): [string, FieldValue][] {
  const channel = fields.find((one) => one.name === "channel");
  // Without a default it has to be stated; with one, the integration's name is what that stands for.
  const own = channel?.default && registration.streamName === registration.name;
  const needed = own
    ? undefined
    : (registration.streamName ?? (channel?.default ? undefined : registration.name));
  const wanted: [string, FieldValue | undefined][] = [
    ["image_name", request.imageName],
    ["image_dir", request.imageDir === registration.name ? undefined : request.imageDir],
    ["bot_name", request.botName],
    ["channel", channel ? needed : undefined],
    ["payload_as_query_param", request.payloadAsQueryParam || undefined],
    ["payload_param_name", request.payloadParamName],
    ["extra_params", nonEmpty(request.extraParams)],
    ["use_basic_auth", request.useBasicAuth || undefined],
    ["custom_headers", nonEmpty(request.customHeaders)],
  ];
  return wanted.filter((pair): pair is [string, FieldValue] => pair[1] !== undefined);
}

function nonEmpty(
  record: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> | undefined {
  return record && Object.keys(record).length > 0 ? record : undefined;
}

function isDefault(stated: Expression | undefined, value: FieldValue): boolean {
  return typeof value !== "object" && stated !== undefined && literalValue(stated) === value;
}

function valuePiece(registry: Registry, value: FieldValue): Piece {
  if (typeof value === "string") return quoted(registry, value);
  if (typeof value === "boolean") return value ? "True" : "False";
  const items = Object.entries(value).map(
    ([key, entry]) => `${quoted(registry, key)}: ${quoted(registry, entry)}`,
  );
  return { open: "{", items, close: "}" };
}

/** Arguments in order: those that everybody knows by their place by position, the others by name. */
function callItems(
  values: ReadonlyMap<string, Piece>,
  parameters: readonly Parameter[],
  byPlace: readonly string[],
): Piece[] {
  return [...values].map(([name, piece], index) => {
    const parameter = parameters[index];
    const inPlace = parameter?.name === name && !parameter.keywordOnly && byPlace.includes(name);
    return inPlace ? piece : byName(name, piece);
  });
}

function byName(name: string, piece: Piece): Piece {
  return typeof piece === "string"
    ? `${name}=${piece}`
    : { ...piece, open: `${name}=${piece.open}` };
}
