/**
 * Pictures of integrations that have no webhook. Connect's tool sends their message itself, from a fixture
 * with a `subject` and a `body` (`send_bot_mock_message` there).
 */
import { posix } from "node:path";
import { bindArguments } from "../checkout/classes.ts";
import type { Checkout } from "../checkout/model.ts";
import { type Registry, readRegistry, registryPart, registryString } from "../checkout/registry.ts";
import { imageRootOf, readScreenshots, screenshotDict } from "../checkout/screenshots.ts";
import type { SentMessage } from "../engine/types.ts";
import { UserError } from "../errors.ts";
import { isFile, readText, resolveInside } from "../host/files.ts";
import { type CallExpression, type Expression, stringValue } from "../python/expression.ts";
import { botNameFor, type PictureConfig, type Pictured, streamFor } from "./request.ts";

/** Where the fixtures of integrations without a webhook are. */
const FIXTURES = "zerver/integration_fixtures";

/** A picture whose message is written in a file. */
export interface MessageTarget {
  integration: Pictured;
  entry: PictureConfig;
  /** Path of the fixture, relative to the root. */
  messageFile: string;
}

/** The configured pictures of integrations without a webhook, in the registry's order. */
export function otherPictures(checkout: Checkout): MessageTarget[] {
  const registry = readRegistry(checkout.registrySource);
  const webhooks = new Set(checkout.integrations.map(({ name }) => name));
  const imageRoot = imageRootOf(registry);
  return [...screenshotDict(registry)].flatMap(([name, configs]) => {
    if (webhooks.has(name)) return [];
    const integration = picturedOf(checkout, registry, name);
    return readScreenshots(registry, configs, name, imageRoot).map((entry) => ({
      integration,
      entry,
      messageFile: posix.join(FIXTURES, name, entry.fixture),
    }));
  });
}

function picturedOf(checkout: Checkout, registry: Registry, name: string): Pictured {
  const { imageRoot, staticRoot } = checkout.dialect;
  const call = entryOf(registry, name);
  const given: ReadonlyMap<string, Expression> = call
    ? bindArguments(call, registry.classes.parameters(call.callee))
    : new Map();
  const stated = registryPart(registry, given.get("logo"), `logo of ${name}`);
  const places = ["svg", "png"].map((ending) => `${imageRoot}/logos/${name}.${ending}`);
  const there = places.find((path) => isFile(resolveInside(checkout.root, path)));
  const logo = stated === undefined ? there : `${staticRoot}/${stated}`;
  return {
    name,
    streamName:
      registryString(registry, given.get("stream_name"), `stream_name of ${name}`) ?? name,
    logo,
    expectedLogo: logo ?? `${imageRoot}/logos/${name}.svg`,
    avatar: `${imageRoot}/bot_avatars/${logo ? posix.parse(logo).name : name}.png`,
  };
}

/** The call that makes an integration, in whichever list or dictionary of the registry it stands. */
function entryOf(registry: Registry, name: string): CallExpression | undefined {
  for (const value of registry.values.values()) {
    if (value.kind !== "list" && value.kind !== "dict") continue;
    for (const { value: call } of value.elements) {
      if (call.kind !== "call" || !registry.classes.isA(call.callee, "Integration")) continue;
      const given = bindArguments(call, registry.classes.parameters(call.callee));
      if (stringValue(given.get("name")) === name) return call;
    }
  }
  return undefined;
}

/**
 * The message of such a picture.
 * @throws UserError `bad-message-fixture` when the file does not hold a subject and a body.
 */
export async function writtenMessage(
  { root }: Checkout,
  { integration, entry, messageFile }: MessageTarget,
): Promise<SentMessage> {
  const { subject, body } = parse(await readText(resolveInside(root, messageFile)));
  if (typeof subject === "string" && typeof body === "string") {
    const sender = botNameFor(integration, entry);
    const stream = streamFor(integration, entry);
    return { type: "stream", stream, topic: subject, sender, content: body };
  }
  throw new UserError(`${messageFile} holds no message.`, {
    code: "bad-message-fixture",
    hint: 'Write it as a JSON object with the strings "subject" and "body".',
  });
}

function parse(text: string): { subject?: unknown; body?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {}; // Said by the caller: it is no object with the two strings either way.
  }
}
