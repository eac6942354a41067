/** What `url` and `send` are told of a real server, checked against the tree. */
import { didYouMean, readView } from "../checkout/index.ts";
import type { Integration } from "../checkout/model.ts";
import { UserError } from "../errors.ts";
import { environment } from "../host/environment.ts";
import { isLocalHost } from "../host/http-client.ts";
import { declaredEventsIn } from "../lint/index.ts";
import { parseModule } from "../python/parse-module.ts";
import { apiKeyOf, siteOf } from "../remote/index.ts";
import type { Context } from "./define.ts";
import { parseNotEmpty } from "./option-values.ts";

const KEY_VARIABLE = "CONNECT_WEBHOOK_API_KEY";

/** The options that say where a service sends to. */
export const addressOptions = {
  site: { value: "url", description: "the server, such as https://chat.example.com" },
  apiKey: { value: "key", description: `the bot's key (or ${KEY_VARIABLE})` },
  stream: {
    value: "name",
    description: "the stream's name or ID (default: direct messages to the bot's owner)",
    parse: parseNotEmpty("--stream"),
  },
  topic: {
    value: "topic",
    description: "a topic that replaces the integration's own",
    parse: parseNotEmpty("--topic"),
    requires: ["stream"],
  },
} as const;

interface AddressFlags {
  site: string | undefined;
  apiKey: string | undefined;
  stream: string | undefined;
  topic: string | undefined;
}

export interface AddressInput {
  site: URL;
  path: string;
  apiKey: string;
  stream?: string;
  topic?: string;
  decodedTwice: boolean;
}

/**
 * Asks for what is missing, and checks the rest.
 * @throws UserError `missing-answers`, `bad-site`, `bad-api-key` or `bad-stream`.
 */
export async function addressInput(
  flags: AddressFlags,
  integration: Integration,
  context: Context,
): Promise<AddressInput> {
  const { site, apiKey } = await answers(flags, context);
  const checkout = await context.checkout();
  const url = siteOf(site);
  if (url.protocol === "http:" && !isLocalHost(url.hostname)) {
    context.out.warn(
      `${url.host} is not https: others on the network can read the key and the messages.`,
    );
  }
  const { stream, topic } = flags;
  if (stream !== undefined && /^\d+$/.test(stream)) {
    context.out.detail(`${stream} is taken as a stream's ID: Connect reads digits alone so.`);
  }
  return {
    site: url,
    path: integration.url,
    apiKey: apiKeyOf(apiKey),
    ...(stream !== undefined && { stream }),
    ...(topic !== undefined && { topic }),
    decodedTwice: /unquote_url_parameters=True/.test(await readView(checkout, integration)),
  };
}

async function answers(
  flags: AddressFlags,
  { prompts }: Context,
): Promise<{ site: string; apiKey: string }> {
  const site = flags.site;
  const apiKey = flags.apiKey ?? environment(KEY_VARIABLE);
  const asked = await prompts.ask({
    ...(site === undefined && {
      site: { kind: "text" as const, flag: "--site", message: "The server's address:" },
    }),
    ...(apiKey === undefined && {
      apiKey: {
        kind: "text" as const,
        flag: "--api-key",
        variable: KEY_VARIABLE,
        message: "The bot's API key:",
      },
    }),
  });
  return { site: site ?? asked.site ?? "", apiKey: apiKey ?? asked.apiKey ?? "" };
}

/**
 * Checks patterns of event names against the events that the view declares.
 * @throws UserError `unknown-event` for one that fits none of them.
 */
export async function checkEvents(
  patterns: readonly string[],
  integration: Integration,
  context: Context,
): Promise<void> {
  if (patterns.length === 0) return;
  const view = parseModule(await readView(await context.checkout(), integration));
  const declared = declaredEventsIn(view, integration.functionName);
  if (!declared) {
    context.out.warn(
      `${integration.name} declares no event types, so the filter lets all of them through.`,
    );
    return;
  }
  // Names that only running the view would show cannot be checked.
  const { names } = declared;
  if (!names) return;
  const wrong = patterns.find((pattern) => !names.some((name) => shellPattern(pattern).test(name)));
  if (wrong === undefined) return;
  throw new UserError(`${integration.name} has no event that fits '${wrong}'.`, {
    code: "unknown-event",
    hint: didYouMean(wrong, names, `It has ${names.join(", ")}.`),
  });
}

/** Python's `fnmatch`: `*`, `?` and `[…]`, of which one that is no set, such as `[z-a]`, fits nothing. */
function shellPattern(pattern: string): RegExp {
  const source = pattern.replace(/\[(!?)([^\]]+)\]|[\s\S]/g, (part, not: string, set: string) => {
    if (set !== undefined) return `[${not === "!" ? "^" : ""}${set.replace(/[\\^]/g, "\\$&")}]`;
    if (part === "*") return "[\\s\\S]*";
    return part === "?" ? "[\\s\\S]" : part.replace(/[.+^${}()|[\]\\]/, "\\$&");
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /(?!)/;
  }
}
