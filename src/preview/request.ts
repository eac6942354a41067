/** What is sent to an integration so that its message comes back: the one way for all that show a message. */
import type { Checkout, Integration, ScreenshotEntry } from "../checkout/model.ts";
import { namesBotsAsDisplayed } from "../checkout/screenshot-tool.ts";
import type { DeliveryRequest } from "../engine/types.ts";
import { frozenTimeFor } from "./frozen-time.ts";

/** How a picture is made: an entry of the registry, or one made up on the command line. */
export type PictureConfig = Omit<ScreenshotEntry, "range" | "line">;

/** What of an integration shows in a picture; integrations without a webhook have this much. */
export type Pictured = Pick<
  Integration,
  "name" | "displayName" | "streamName" | "logo" | "expectedLogo" | "avatar"
>;

/**
 * How the picture of a fixture is made: as the registry says when it names this fixture, else with the defaults.
 * @param fixture File name in the integration's fixtures folder.
 * @param imageRoot The tree's `dialect.imageRoot`.
 */
function configFor(integration: Integration, fixture: string, imageRoot: string): PictureConfig {
  const configured = integration.screenshots.find((entry) => entry.fixture === fixture);
  return configured ?? plainConfig(integration, fixture, imageRoot);
}

/**
 * How any fixture of an integration is delivered: as the registry says when it names this one, else the way that it
 * says for another one. How a service signs in and where it puts the payload is the same for all it sends.
 * @param fixture File name in the integration's fixtures folder.
 * @param imageRoot The tree's `dialect.imageRoot`.
 */
export function deliveryConfigFor(
  integration: Integration,
  fixture: string,
  imageRoot: string,
): PictureConfig {
  const config = configFor(integration, fixture, imageRoot);
  const [other] = integration.screenshots;
  if (!other || integration.screenshots.some((entry) => entry.fixture === fixture)) return config;
  const { useBasicAuth, payloadAsQueryParam, payloadParamName, extraParams } = other;
  return { ...config, useBasicAuth, payloadAsQueryParam, payloadParamName, extraParams };
}

/** The config that a fixture gets when nothing but its name is stated. */
export function plainConfig({ name }: Pictured, fixture: string, imageRoot: string): PictureConfig {
  return {
    fixture,
    imageName: "001.png",
    imageDir: name,
    imagePath: `${imageRoot}/${name}/001.png`,
    botName: undefined,
    payloadAsQueryParam: false,
    payloadParamName: "payload",
    extraParams: {},
    useBasicAuth: false,
    customHeaders: {},
    channel: undefined,
  };
}

/**
 * The request that Connect's own screenshot tool sends for a config (`send_bot_payload_message` there).
 * A view that reads the clock sees the moment that its fixture tells.
 * @param headers Headers on top of the config's.
 */
export function requestFor(
  checkout: Checkout,
  integration: Integration,
  config: PictureConfig,
  headers: Readonly<Record<string, string>> = {},
): DeliveryRequest {
  return {
    integration: integration.name,
    fixture: config.fixture,
    headers: { ...config.customHeaders, ...headers },
    query: config.extraParams,
    stream: streamFor(integration, config),
    useBasicAuth: config.useBasicAuth,
    payloadAsQueryParam: config.payloadAsQueryParam,
    payloadParamName: config.payloadParamName,
    botName: botNameFor(checkout, integration, config),
    now: frozenTimeFor(checkout, integration, config),
  };
}

/** The stream a picture shows. */
export function streamFor({ streamName }: Pictured, { channel }: PictureConfig): string {
  return channel ?? streamName;
}

/**
 * Without a name in the registry, the tree's tool takes the integration's: the displayed one, or the other by the rule of
 * Python's `str.capitalize`.
 */
export function botNameFor(
  { root }: Checkout,
  { name, displayName }: Pictured,
  { botName }: PictureConfig,
): string {
  if (botName !== undefined) return botName;
  if (namesBotsAsDisplayed(root)) return `${displayName} Bot`;
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1).toLowerCase()} Bot`;
}
