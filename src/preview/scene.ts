/** From a configured picture to the message it shows. */
import { posix } from "node:path";
import { newNameOf } from "../checkout/changed.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import { beginning } from "../cut.ts";
import type { Delivery, Engine, SentMessage } from "../engine/types.ts";
import { UserError } from "../errors.ts";
import { isFile, resolveInside } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import { shellCommand } from "../host/shell-command.ts";
import { pictureIn } from "../image/index.ts";
import { CONFLICT_MARKER } from "../python/conflict.ts";
import { drawAvatar } from "./avatars.ts";
import { type BarColours, coloursOfPicture, defaultColours } from "./colour.ts";
import { conflictInFixture } from "./fixture-conflict.ts";
import type { MessageHtml } from "./message-html.ts";
import { type MessageTarget, writtenMessage } from "./other-pictures.ts";
import { type PageMessage, PICTURE_TIME } from "./page.ts";
import { botNameFor, type PictureConfig, type Pictured, requestFor, streamFor } from "./request.ts";
import type { Theme } from "./themes/theme.ts";

/** Characters of another's message that are quoted. */
const LONGEST_QUOTE = 200;

/** What of the engine a picture needs. */
export type Delivers = Pick<Engine, "deliver">;

/** A picture whose message a webhook's view sends. */
export interface WebhookTarget {
  integration: Integration;
  entry: PictureConfig;
  messageFile?: undefined;
}

/** One picture to make. */
export type PictureTarget = WebhookTarget | MessageTarget;

/** What a picture is made with. */
export interface RenderContext {
  checkout: Checkout;
  engine: Delivers;
  html: MessageHtml;
  theme: Theme;
}

/**
 * The message that a picture shows: the last one that the integration's bot sends.
 * @param existing The picture that is there now, whose stream colour is kept.
 * @throws UserError `delivery-failed` when the view refuses the payload, `no-message` when it sends nothing.
 */
export async function sceneOf(
  target: PictureTarget,
  { checkout, engine, html }: RenderContext,
  existing: Uint8Array | undefined,
): Promise<PageMessage> {
  const message =
    target.messageFile === undefined
      ? await lastMessage(checkout, engine, target)
      : await writtenMessage(checkout, target);
  return pageMessage(message, target, { checkout, html }, existing);
}

/** A message as the page shows it. */
async function pageMessage(
  message: SentMessage,
  { integration, entry }: PictureTarget,
  { checkout, html }: Pick<RenderContext, "checkout" | "html">,
  existing?: Uint8Array,
): Promise<PageMessage> {
  const stream = message.stream ?? streamFor(integration, entry);
  const senderName = message.sender;
  // Connect's own bots write to a bot's owner too; their avatars are not in the tree.
  const isOwn = senderName === botNameFor(checkout, integration, entry);
  return {
    recipient: { ...recipientOf(message, stream, senderName), ...linksIn(message, html) },
    senderName,
    avatar: isOwn ? await avatarFor(checkout, integration) : undefined,
    html: html(message),
    time: PICTURE_TIME,
    colours: await coloursFor(stream, existing),
  };
}

/**
 * All messages that a delivery led to, as the page shows them. Without a logo that can be drawn they are shown
 * without an avatar: the checklist says what is wrong with the logo.
 */
export function pageMessages(
  messages: readonly SentMessage[],
  { integration, entry }: WebhookTarget,
  context: Pick<RenderContext, "checkout" | "html">,
): Promise<PageMessage[]> {
  const shown = messages.map(async (message) => {
    try {
      return await pageMessage(message, { integration, entry }, context);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const bare = { ...integration, logo: undefined };
      return pageMessage(message, { integration: bare, entry }, context);
    }
  });
  return Promise.all(shown);
}

async function lastMessage(
  checkout: Checkout,
  engine: Delivers,
  { integration, entry }: WebhookTarget,
): Promise<SentMessage> {
  await requireFixture(checkout, integration, entry);
  const request = requestFor(checkout, integration, entry);
  const delivery = await engine.deliver(request);
  const what = entry.fixture === "" ? "the request" : `the fixture ${entry.fixture}`;
  const place = placeOf(checkout, integration, entry);
  if (delivery.response.status !== 200) {
    const line = await conflictInFixture(checkout, integration, entry);
    if (line !== undefined) throw unfinishedMerge(integration, entry, line);
    throw deliveryFailed(integration, what, delivery, place);
  }
  const { botName } = request;
  // Others write to a bot's owner when it cannot send: Connect's own tool looks for the bot's message as well.
  const last = delivery.messages.findLast(({ sender }) => sender === botName);
  if (last !== undefined) return last;
  const { name } = integration;
  const instead = whatElse(delivery.messages);
  throw new UserError(`The view of ${name} sent no message for ${what}.${instead}`, {
    code: "no-message",
    hint: `Choose a fixture that makes a message, with --fixture or in ${place ?? "the registry"}.`,
  });
}

/** @throws UserError when the fixture has another name now. */
async function requireFixture(
  checkout: Checkout,
  integration: Integration,
  entry: PictureConfig,
): Promise<void> {
  const path = `${integration.fixturesDirectory}/${entry.fixture}`;
  const { root } = checkout;
  if (entry.fixture === "" || isFile(resolveInside(root, path))) return;
  const now = await newNameOf(root, path);
  if (now === undefined) return;
  const place = placeOf(checkout, integration, entry);
  throw new UserError(`The fixture ${entry.fixture} was renamed to ${posix.basename(now)}.`, {
    code: "fixture-renamed",
    hint: `Use the new name in ${place ?? "the registry"}.`,
  });
}

/** What somebody else wrote, as a sentence: a stream that is not there, for example. */
function whatElse(messages: readonly SentMessage[]): string {
  const last = messages.at(-1);
  if (!last) return "";
  const [line = ""] = last.content.split("\n", 1);
  return ` ${last.sender} wrote: ${beginning(line, LONGEST_QUOTE).text}`;
}

/** Where the registry configures a picture, in words; undefined for one that it does not name. */
function placeOf(
  { registryPath }: Checkout,
  { screenshots }: Integration,
  { fixture, imagePath }: PictureConfig,
): string | undefined {
  const entry = screenshots.find((one) => one.fixture === fixture && one.imagePath === imagePath);
  return entry && `${registryPath}, line ${entry.line}`;
}

function unfinishedMerge(
  { directory }: Integration,
  { fixture }: PictureConfig,
  line: number,
): UserError {
  return new UserError(`${directory}/fixtures/${fixture}, line ${line}: ${CONFLICT_MARKER}.`, {
    code: "delivery-failed",
    hint: "Finish the merge, and make the picture again.",
  });
}

function deliveryFailed(
  integration: Integration,
  what: string,
  delivery: Delivery,
  place: string | undefined,
): UserError {
  const { response, error } = delivery;
  const answer =
    error === undefined
      ? `answered ${what} with ${response.status}: ${reasonIn(response.body)}`
      : `failed on ${what} with ${error.type}: ${error.message}`;
  return new UserError(`The view of ${integration.name} ${answer}`, {
    code: "delivery-failed",
    hint: fixFor(integration, response.body, place),
  });
}

function fixFor({ name }: Integration, body: string, place: string | undefined): string {
  const missing = missingParameter(body);
  if (missing !== undefined && place !== undefined) {
    return `Its screenshot entry does not give it: add '${missing}' to the entry's extra_params in ${place}.`;
  }
  const entry = place === undefined ? "" : `The screenshot entry is in ${place}. `;
  return `${entry}Run \`${shellCommand("connect-webhook", "preview", name)}\` to see the whole answer.`;
}

/** Which parameter of the URL a view asks for in vain: RequestVariableMissingError (zerver/lib/exceptions.py there) names it. */
function missingParameter(body: string): string | undefined {
  if (!/"code":\s*"REQUEST_VARIABLE_MISSING"/.test(body)) return undefined;
  return /"var_name":\s*"([\w.-]+)"/.exec(body)?.[1];
}

/** Addresses in a topic are links too. A topic is no Markdown otherwise. */
function linksIn({ topic = "" }: SentMessage, html: MessageHtml): { links?: number } {
  const links = html({ content: topic }).match(
    /<a href="[^"]*">(?=https?:|www\.|[\w.-]+\.)/g,
  )?.length;
  return links === undefined ? {} : { links };
}

/** Connect's answers are JSON with a `msg`. */
function reasonIn(body: string): string {
  const stated = /"msg":\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
  return (stated ?? body).trim().slice(0, 300);
}

/** A direct message is shown as its receiver sees it: a conversation with the bot. */
function recipientOf(
  message: SentMessage,
  stream: string,
  senderName: string,
): PageMessage["recipient"] {
  return message.type === "direct"
    ? { type: "direct", to: senderName }
    : { type: "stream", stream, topic: message.topic ?? "" };
}

/** The avatar the tree has, else one drawn from the logo, else none. */
async function avatarFor(
  checkout: Checkout,
  integration: Pictured,
): Promise<PageMessage["avatar"]> {
  const path = resolveInside(checkout.root, integration.avatar);
  const bytes = readBytesNow(path) ?? (await drawAvatar(checkout, integration));
  return bytes && { bytes, type: "image/png" };
}

async function coloursFor(stream: string, existing: Uint8Array | undefined): Promise<BarColours> {
  const kept = existing && (await coloursOfPicture(pictureIn(existing)));
  return kept ?? defaultColours(stream);
}
