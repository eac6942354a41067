/** Delivers the fixtures of an integration, and draws what comes of it. */
import { integrationFiles } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Delivery, DeliveryRequest, Engine } from "../../engine/index.ts";
import { UserError } from "../../errors.ts";
import {
  builtinTheme,
  deliveryConfigFor,
  type MessageHtml,
  messageHtml,
  type PageMessage,
  type PictureConfig,
  pageMessage,
  requestFor,
} from "../../preview/index.ts";
import type { Shown } from "../../review/index.ts";

/** Draws messages of one tree. */
export interface Drawing {
  draw(integration: Integration, entry: PictureConfig, delivery: Delivery): Promise<string>;
  /** The style sheet of everything that was drawn so far. */
  styles(): string;
}

/** How an integration without fixtures is shown: its view is driven by parameters of the URL alone. */
const PARAMETERS_ONLY = "(parameters only)";

/** A drawing with what a tree knows: its emoji, logos and avatars. */
export async function drawingFor(checkout: Checkout): Promise<Drawing> {
  const html = await messageHtml(checkout);
  let styles = "";
  return {
    async draw(integration, entry, { messages }) {
      if (messages.length === 0) return "";
      const shown: PageMessage[] = [];
      for (const message of messages) {
        const target = { integration, entry };
        shown.push(await withOrWithoutAvatar(message, target, { checkout, html }));
      }
      const { head, body } = await builtinTheme.page(shown);
      // With a formula the style sheet is the same one, and more.
      if (head.length > styles.length) styles = head;
      return body;
    },
    styles: () => styles,
  };
}

/** A logo that cannot be drawn is the checklist's business: the message is shown all the same. */
async function withOrWithoutAvatar(
  message: Delivery["messages"][number],
  { integration, entry }: { integration: Integration; entry: PictureConfig },
  stage: { checkout: Checkout; html: MessageHtml },
): Promise<PageMessage> {
  try {
    return await pageMessage(message, { integration, entry }, stage);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return pageMessage(message, { integration: { ...integration, logo: undefined }, entry }, stage);
  }
}

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
      return [file, { entry, request: requestFor(integration, entry) }] as const;
    }),
  );
  const bare = integration.screenshots.find(({ fixture }) => fixture === "");
  if (bare) requests.set(PARAMETERS_ONLY, { entry: bare, request: requestFor(integration, bare) });
  return requests;
}

/** What came of every fixture, by its file name. */
export async function messagesOf(
  checkout: Checkout,
  integration: Integration,
  engine: Engine,
  drawing: Drawing,
): Promise<Map<string, Shown>> {
  const shown = new Map<string, Shown>();
  for (const [name, { entry, request }] of await requestsOf(checkout, integration)) {
    const delivery = await deliver(engine, request);
    shown.set(name, { ...delivery, card: await drawing.draw(integration, entry, delivery) });
  }
  return shown;
}

/** A view that does not even load is a result here: a reviewer has to see it. */
async function deliver(engine: Engine, request: DeliveryRequest): Promise<Delivery> {
  try {
    return await engine.deliver(request);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [, type = "Error", message = error.message] =
      /^([A-Z]\w+): ([\s\S]*)$/.exec(error.message) ?? [];
    return {
      response: { status: 500, body: "" },
      messages: [],
      error: { type, message, traceback: error.message },
    };
  }
}
