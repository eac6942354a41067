/** Delivers the fixtures of an integration, and draws what comes of it. */
import { join } from "node:path";
import { integrationFiles } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Delivery, DeliveryRequest, Engine } from "../../engine/index.ts";
import { UserError } from "../../errors.ts";
import { isFile, readTextIfExists } from "../../host/files.ts";
import {
  deliveryConfigFor,
  messageHtml,
  type PictureConfig,
  pageMessages,
  requestFor,
  styleSheets,
  type Theme,
} from "../../preview/index.ts";
import {
  type CardTheme,
  NOT_DELIVERED,
  renderedMessage,
  type SecretMasks,
  type Shown,
} from "../../review/index.ts";

/** How an integration without fixtures is shown: its view is driven by parameters of the URL alone. */
const PARAMETERS_ONLY = "(parameters only)";

/** Draws the messages of all trees in one look, so that nothing but the messages differs. */
export class Cards {
  readonly #theme: Theme;
  readonly #bodies: string[] = [];

  constructor(theme: Theme) {
    this.#theme = theme;
  }

  /** A drawing with what a tree knows: its emoji, logos and avatars. */
  async of(checkout: Checkout): Promise<Draw> {
    const html = await messageHtml(checkout);
    return async (integration, entry, { messages }) => {
      if (messages.length === 0) return { card: "" };
      const shown = await pageMessages(messages, { integration, entry }, { checkout, html });
      const { body } = await this.#theme.page(shown);
      this.#bodies.push(body);
      const rendered = messages.map((one) => renderedMessage(one.content, html(one)));
      return { card: body, rendered };
    };
  }

  /** The style sheets of everything that was drawn so far: further scripts and formulas need some of their own. */
  async look(): Promise<CardTheme> {
    const head = await this.#theme.head(this.#bodies.join("\n"));
    return { styles: styleSheets(head), clip: this.#theme.frame.clip };
  }
}

/** Draws what an integration sent. @returns The card is empty where there was no message. */
export type Draw = (
  integration: Integration,
  entry: PictureConfig,
  delivery: Delivery,
) => Promise<Pick<Shown, "card" | "rendered">>;

/** The requests that an integration's fixtures make, by the name that a reviewer sees. */
export async function requestsOf(
  checkout: Checkout,
  integration: Integration,
): Promise<Map<string, { entry: PictureConfig; request: DeliveryRequest }>> {
  const { fixtures } = await integrationFiles(checkout, integration);
  const imageRoot = checkout.dialect.imageRoot;
  const requests = new Map(
    fixtures.map(({ file }) => {
      const entry = deliveryConfigFor(integration, file, imageRoot);
      return [file, { entry, request: requestFor(checkout, integration, entry) }] as const;
    }),
  );
  const bare = integration.screenshots.find(({ fixture }) => fixture === "");
  if (bare) {
    const request = requestFor(checkout, integration, bare);
    requests.set(PARAMETERS_ONLY, { entry: bare, request });
  }
  return requests;
}

/** Has the masks know the credentials of an integration's fixtures: a message may show a part of one. */
export async function learnSecrets(
  checkout: Checkout,
  integration: Integration,
  masks: SecretMasks,
): Promise<void> {
  const { fixtures } = await integrationFiles(checkout, integration);
  for (const { path, extension } of fixtures) {
    // A link may lead to what never ends, or to nothing.
    const file = join(checkout.root, path);
    const text = isFile(file) ? await readTextIfExists(file) : undefined;
    if (text !== undefined) masks.learn(text, extension === "json" ? "json" : "other");
  }
}

/**
 * What came of every fixture, by its file name.
 * @param masks Replaces credentials, before anything is drawn.
 */
export async function messagesOf(
  checkout: Checkout,
  integration: Integration,
  engine: Engine,
  draw: Draw,
  masks: SecretMasks,
): Promise<Map<string, Shown>> {
  const shown = new Map<string, Shown>();
  for (const [name, { entry, request }] of await requestsOf(checkout, integration)) {
    const delivery = masks.delivery(await deliver(engine, request));
    shown.set(name, { ...delivery, ...(await draw(integration, entry, delivery)) });
  }
  return shown;
}

/** A view that does not even load is a result here: a reviewer has to see it. */
async function deliver(engine: Engine, request: DeliveryRequest): Promise<Delivery> {
  try {
    return await engine.deliver(request);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [, type = NOT_DELIVERED, message = error.message.replace(/\.$/, "")] =
      /^([A-Z]\w+): ([\s\S]*)$/.exec(error.message) ?? [];
    return {
      response: { status: 500, body: "" },
      messages: [],
      error: { type, message, traceback: error.message },
    };
  }
}
