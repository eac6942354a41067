/** The address that a service is given: `https://<site>/api/v1/external/<name>?api_key=…&stream=…`. */
import { UserError } from "../errors.ts";

export interface AddressOptions {
  /** The server, as `siteOf` read it. */
  site: URL;
  /** The integration's path, such as `api/v1/external/github`. */
  path: string;
  /** The bot's key. */
  apiKey: string;
  /** Name or ID; without one the bot's owner gets direct messages. */
  stream?: string;
  topic?: string;
  onlyEvents?: readonly string[];
  excludeEvents?: readonly string[];
  /** More parameters, which go behind the others. */
  more?: Readonly<Record<string, string>>;
  /** The view decodes stream and topic once more (`unquote_url_parameters`). */
  decodedTwice?: boolean;
}

/** Builds the address. Blanks are `%20` and not `+`, which some services would encode again. */
export function addressOf(options: AddressOptions): URL {
  const { site, path, apiKey, stream, topic, onlyEvents = [], excludeEvents = [] } = options;
  const twice = (text: string): string =>
    options.decodedTwice ? text.replaceAll("%", "%25") : text;
  const parameters: [string, string][] = [["api_key", apiKey]];
  if (stream !== undefined) parameters.push(["stream", twice(stream)]);
  if (topic !== undefined) parameters.push(["topic", twice(topic)]);
  if (onlyEvents.length > 0) parameters.push(["only_events", JSON.stringify(onlyEvents)]);
  if (excludeEvents.length > 0) parameters.push(["exclude_events", JSON.stringify(excludeEvents)]);
  parameters.push(...Object.entries(options.more ?? {}));
  const query = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  const url = new URL(site);
  url.pathname = `${site.pathname.replace(/(?<!\/)\/+$/, "")}/${path}`;
  url.search = query;
  return url;
}

/** What `encodeURIComponent` leaves as it is, and shells and link finders do not. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Reads the address of a server as a user writes it: with or without `https://`, with or without a slash at its end.
 * @throws UserError `bad-site`.
 */
export function siteOf(text: string): URL {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  const complaint = url ? complaintAbout(url) : "it is no address";
  if (url && complaint === undefined) return url;
  throw new UserError(`The site cannot be used: ${complaint}.`, {
    code: "bad-site",
    hint: "Give only the server, such as --site https://chat.example.com.",
  });
}

function complaintAbout(url: URL): string | undefined {
  if (!/^https?:$/.test(url.protocol)) return "it is neither https nor http";
  if (/^\.|\.\./.test(url.hostname)) return "it names no server";
  if (url.username !== "" || url.password !== "") return "it contains a user or a password";
  if (url.search !== "" || url.hash !== "") return "it holds parameters";
  if (/\/api\/v1(\/|$)/.test(url.pathname)) return "it contains a path of the API";
  return undefined;
}

/**
 * Checks a key as a user gave it. Nothing of it is ever part of a message.
 * @throws UserError `bad-api-key`.
 */
export function apiKeyOf(text: string): string {
  if (/^[A-Za-z0-9]{32}$/.test(text)) return text;
  throw new UserError("The API key is not one of Connect's: those are 32 letters and digits.", {
    code: "bad-api-key",
    hint: "Copy it from the bot's card in the settings, under Bots.",
  });
}
