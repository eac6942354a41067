/** `doc.md` of a new integration. */
import type { Checkout } from "../checkout/model.ts";
import { type AuthStyle, integrationTemplate } from "./python/view-file.ts";
import { fillTemplate } from "./template.ts";

export interface DocFileInput {
  readonly checkout: Checkout;
  readonly displayName: string;
  /** Where the service documents its webhooks. */
  readonly docsUrl?: string | undefined;
  readonly auth: AuthStyle;
  /** The event types that the view declares, in the service's words; empty where it declares none. */
  readonly events: readonly string[];
  /** Whether the page can offer the filters that the declaration makes. */
  readonly filters: boolean;
  /** Path of the documentation's picture. */
  readonly imagePath: string;
}

/** Writes `doc.md` in the tree's style, with the macros that the tree has. */
export function writeDocFile(input: DocFileInput): string {
  const { checkout, displayName, docsUrl, events, filters, imagePath } = input;
  const { style, macros, productName } = checkout.dialect.docs;
  const text = fillTemplate(integrationTemplate(`doc.${style}.md`), {
    flags: {
      events: events.length > 0,
      filtering: filters && macros.has("event-filtering-additional-feature"),
      specification: macros.has("webhooks-url-specification"),
    },
    blocks: {
      steps: stepsOf(input).join("\n\n"),
      congrats: macros.has("congrats")
        ? "{!congrats.md!}"
        : `You're done! Your ${displayName} notifications may look like this:`,
    },
    words: {
      DISPLAY_NAME: displayName,
      SERVICE: docsUrl === undefined ? displayName : `[${displayName}](${docsUrl})`,
      PRODUCT_NAME: productName,
      EVENT_LIST: listOf(events),
      IMAGE_PATH: imagePath,
    },
  });
  return `${text.trim()}\n`;
}

const MAX_EVENTS = 4;

/** Events as a list in a sentence, in bold as they stand on the service's pages. */
function listOf(events: readonly string[]): string {
  const shown = events.slice(0, MAX_EVENTS).map((event) => `**${event}**`);
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

/** How documents of each style have the URL made; a tree in transition has both. */
const urlMacros = {
  plain: ["generate-integration-url", "generate-webhook-url-basic"],
  sections: ["generate-webhook-url-basic", "generate-integration-url"],
};

/** Before 2023 macros for a step of a list had names of their own. */
function forSteps(name: string, macros: ReadonlySet<string>): string {
  const indented = `${name}-indented`;
  return macros.has(indented) ? indented : name;
}

/** The steps on Connect's side, as macros where the tree has them. */
function stepsOf({ checkout, displayName, auth }: DocFileInput): string[] {
  const { style, macros, streamWord } = checkout.dialect.docs;
  const macro = (names: string[], otherwise: string): string => {
    const name = names.find((candidate) => macros.has(candidate));
    return name === undefined ? `1. ${otherwise}` : `1. {!${forSteps(name, macros)}.md!}`;
  };
  const stream = macro(
    ["create-stream", "create-channel"],
    `Create the ${streamWord} you'd like to use for ${displayName} notifications.`,
  );
  const bot = macro(
    ["create-an-incoming-webhook"],
    `Create an **Incoming webhook** bot for ${displayName}.`,
  );
  const url =
    auth === "basic"
      ? macro(["webhook-url-with-bot-email"], "Construct the URL with the bot's email and API key.")
      : macro(urlMacros[style], "Construct the URL with the bot's API key.");
  if (style === "sections") return [bot, url];
  if (auth === "api-key" && macros.has("create-bot-construct-url")) {
    return [stream, `1. {!${forSteps("create-bot-construct-url", macros)}.md!}`];
  }
  return [stream, bot, url];
}
