/** The documentation pictures of integrations: fixture, delivery, message, picture. */
import type { Browser } from "../browser/index.ts";
import type { Checkout, Integration, ScreenshotEntry } from "../checkout/model.ts";
import type { Delivery, Engine, SentMessage } from "../engine/types.ts";
import { CancelledError, MachineError, UserError } from "../errors.ts";
import { readBytesIfExists, resolveInside } from "../host/files.ts";
import { compareImages, pngFacts } from "../image/index.ts";
import { renderMarkdown } from "../markdown/index.ts";
import { drawAvatar } from "./avatars.ts";
import { type BarColours, coloursOfPicture, defaultColours } from "./colour.ts";
import { drawMessages } from "./draw.ts";
import { type PageMessage, PICTURE_DATE, PICTURE_TIME } from "./page.ts";
import { changeTo, type ImageResult, type MadeImage, withoutImage } from "./result.ts";

/** What of the engine a picture needs. */
export type Delivers = Pick<Engine, "deliver">;

/** One picture to make. */
export interface PictureTarget {
  integration: Integration;
  entry: ScreenshotEntry;
}

export interface ScreenshotsOptions {
  checkout: Checkout;
  engine: Delivers;
  browser: Browser;
  targets: readonly PictureTarget[];
  /** Called after each picture. */
  onImage?: (result: ImageResult) => void;
  signal?: AbortSignal;
}

/** Pictures under way at once: one is packed while the next one is delivered and drawn. */
const LANES = 3;

/**
 * Makes the pictures of the targets. A target whose view fails is a `failed` result; a machine that cannot
 * draw at all is an exception.
 * @returns The results in the order of the targets.
 */
export async function makeScreenshots(options: ScreenshotsOptions): Promise<MadeImage[]> {
  const { targets, onImage, signal } = options;
  const shared = { ...options, engine: oneByOne(options.engine) };
  const made: MadeImage[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < targets.length; index = next++) {
      if (signal?.aborted) throw new CancelledError();
      const image = await screenshotOf(targets[index] as PictureTarget, shared);
      onImage?.(image.result);
      made[index] = image;
    }
  };
  const lanes = Array.from({ length: LANES }, lane);
  try {
    await Promise.all(lanes);
  } catch (error) {
    next = targets.length;
    await Promise.allSettled(lanes);
    throw error;
  }
  return made;
}

/** An engine takes one request at a time. */
function oneByOne(engine: Delivers): Delivers {
  let last: Promise<unknown> = Promise.resolve();
  return {
    deliver(request) {
      const delivery = last.then(() => engine.deliver(request));
      last = delivery.catch(() => undefined);
      return delivery;
    },
  };
}

async function screenshotOf(
  target: PictureTarget,
  options: ScreenshotsOptions,
): Promise<MadeImage> {
  const { integration, entry } = target;
  const { name } = integration;
  const path = entry.imagePath;
  try {
    const existing = await readBytesIfExists(resolveInside(options.checkout.root, path));
    const { bytes, width, height } = await makeScreenshot(target, { ...options, existing });
    const same = existing !== undefined && (await looksEqual(bytes, existing));
    const status = same ? "unchanged" : "written";
    const result = { integration: name, path, width, height, bytes: bytes.length, status } as const;
    return same ? { result } : { result, change: changeTo(path, bytes, existing) };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof MachineError) throw error;
    return withoutImage(name, path, "failed", error);
  }
}

export interface ScreenshotOptions
  extends Pick<ScreenshotsOptions, "checkout" | "engine" | "browser"> {
  /** The picture that is there now, whose stream colour is kept. */
  existing?: Uint8Array | undefined;
}

/** A picture's bytes: a PNG, or an SVG around it when its name asks for one. */
export interface Screenshot {
  bytes: Buffer;
  /** Device pixels. */
  width: number;
  height: number;
}

/**
 * Makes one picture: delivers the fixture as Connect's own tool does, and draws the last message.
 * @throws UserError `delivery-failed` when the view refuses the payload, `no-message` when it sends nothing.
 */
export async function makeScreenshot(
  { integration, entry }: PictureTarget,
  { checkout, engine, browser, existing }: ScreenshotOptions,
): Promise<Screenshot> {
  const message = await lastMessage(engine, integration, entry);
  const stream = message.stream ?? streamOf(integration, entry);
  const png = await drawMessages(browser, [
    {
      recipient: recipientOf(message, stream),
      senderName: botNameOf(integration, entry),
      avatar: await avatarFor(checkout, integration),
      html: renderMarkdown(message.content, { now: PICTURE_DATE }),
      time: PICTURE_TIME,
      colours: await coloursFor(stream, existing),
    },
  ]);
  const { width, height } = await pngFacts(png);
  const bytes = entry.imageName.endsWith(".svg") ? svgAround(png, width, height) : png;
  return { bytes, width, height };
}

async function lastMessage(
  engine: Delivers,
  integration: Integration,
  entry: ScreenshotEntry,
): Promise<SentMessage> {
  const delivery = await engine.deliver({
    integration: integration.name,
    fixture: entry.fixture,
    headers: entry.customHeaders,
    query: entry.extraParams,
    stream: streamOf(integration, entry),
    useBasicAuth: entry.useBasicAuth,
    payloadAsQueryParam: entry.payloadAsQueryParam,
    payloadParamName: entry.payloadParamName,
    botName: botNameOf(integration, entry),
  });
  const what = entry.fixture === "" ? "the request" : `the fixture ${entry.fixture}`;
  if (delivery.response.status !== 200) throw deliveryFailed(integration, what, delivery);
  const last = delivery.messages.at(-1);
  if (last !== undefined) return last;
  throw new UserError(`The view of ${integration.name} sent no message for ${what}.`, {
    code: "no-message",
    hint: "Choose a fixture that makes a message, with --fixture or in the registry.",
  });
}

function deliveryFailed(integration: Integration, what: string, delivery: Delivery): UserError {
  const { response, error } = delivery;
  const answer =
    error === undefined
      ? `answered ${what} with ${response.status}: ${response.body.trim().slice(0, 300)}`
      : `failed on ${what} with ${error.type}: ${error.message}`;
  return new UserError(`The view of ${integration.name} ${answer}`, {
    code: "delivery-failed",
    hint: `Run \`connect-webhook preview ${integration.name}\` to see the whole answer.`,
  });
}

function streamOf(integration: Integration, entry: ScreenshotEntry): string {
  return entry.channel ?? integration.streamName;
}

function recipientOf(message: SentMessage, stream: string): PageMessage["recipient"] {
  return message.type === "direct"
    ? { type: "direct", to: message.to ?? "" }
    : { type: "stream", stream, topic: message.topic ?? "" };
}

/** Without a name in the registry, Connect's tool takes the integration's, by the rule of Python's `str.capitalize`. */
function botNameOf({ name }: Integration, entry: ScreenshotEntry): string {
  return entry.botName ?? `${name.slice(0, 1).toUpperCase()}${name.slice(1).toLowerCase()} Bot`;
}

/** The avatar the tree has, else one drawn from the logo, else none. */
async function avatarFor(
  checkout: Checkout,
  integration: Integration,
): Promise<PageMessage["avatar"]> {
  const path = resolveInside(checkout.root, integration.avatar);
  const bytes = (await readBytesIfExists(path)) ?? (await drawAvatar(checkout, integration, true));
  return bytes && { bytes, type: "image/png" };
}

async function coloursFor(stream: string, existing: Uint8Array | undefined): Promise<BarColours> {
  const kept = existing && (await coloursOfPicture(existing));
  return kept ?? defaultColours(stream);
}

async function looksEqual(made: Buffer, existing: Buffer): Promise<boolean> {
  if (made.equals(existing)) return true;
  return compareImages(made, existing).then(
    ({ meanError }) => meanError === 0,
    () => false,
  );
}

/** An SVG that shows the picture at its size in CSS pixels. */
function svgAround(png: Buffer, width: number, height: number): Buffer {
  const size = `width="${width / 2}" height="${height / 2}"`;
  const image = `<image ${size} href="data:image/png;base64,${png.toString("base64")}"/>`;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${image}</svg>\n`);
}
