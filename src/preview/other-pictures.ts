/**
 * Pictures of integrations that have no webhook. Connect's tool sends their message itself, from a fixture
 * with a `subject` and a `body` (`send_bot_mock_message` there).
 */
import { posix } from "node:path";
import type { Checkout } from "../checkout/model.ts";
import { readRegistry } from "../checkout/registry.ts";
import { imageRootOf, readScreenshots, screenshotDict } from "../checkout/screenshots.ts";
import type { SentMessage } from "../engine/types.ts";
import { UserError } from "../errors.ts";
import { readText, resolveInside } from "../host/files.ts";
import { entriesOf, readPictured } from "./other-integrations.ts";
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
  const entries = entriesOf(registry);
  return [...screenshotDict(registry)].flatMap(([name, configs]) => {
    if (webhooks.has(name)) return [];
    const integration = readPictured(checkout, registry, entries, name);
    return readScreenshots(registry, configs, name, imageRoot).map((entry) => ({
      integration,
      entry,
      messageFile: posix.join(FIXTURES, name, entry.fixture),
    }));
  });
}

/**
 * The message of such a picture.
 * @throws UserError `bad-message-fixture` when the file does not hold a subject and a body.
 */
export async function writtenMessage(
  checkout: Checkout,
  { integration, entry, messageFile }: MessageTarget,
): Promise<SentMessage> {
  const { subject, body } = parse(await readText(resolveInside(checkout.root, messageFile)));
  if (typeof subject === "string" && typeof body === "string") {
    const sender = botNameFor(checkout, integration, entry);
    const stream = streamFor(integration, entry);
    return { type: "stream", stream, topic: subject, sender, content: body };
  }
  throw new UserError(`${messageFile} contains no message.`, {
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
