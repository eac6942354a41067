/** Addresses: taken apart, made safe, and put together again as Connect's server does. */
import type { MarkdownDialect } from "./dialect.ts";

/** The schemes a link may have; everything else stays text. */
export const ALLOWED_SCHEMES: ReadonlySet<string> = new Set(
  (
    "http https ftp file bitcoin geo im irc ircs magnet mailto matrix mms news nntp openpgp4fpr " +
    "sip sms smsto ssh tel urn webcal wtai xmpp"
  ).split(" "),
);

/** Schemes that are written with two slashes even when no host comes before the path. */
const SLASHED_SCHEMES = new Set(["http", "https", "ftp", "file", "mms", "nntp"]);

/** The parts of an address. */
export interface UrlParts {
  /** In lower case, without the colon. */
  scheme: string;
  /** Host, port and user, or nothing. */
  host: string;
  path: string;
  query: string;
  fragment: string;
}

function cut(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

/** Whether square brackets in a host form an IPv6 address, the only place for them. */
function hasValidBrackets(host: string): boolean {
  if (!/[[\]]/.test(host)) return true;
  const address = /^(?:[^[\]]*@)?\[([0-9a-fA-F:.]+)(?:%[^[\]]+)?\](?::\d*)?$/.exec(host)?.[1];
  return address !== undefined && URL.canParse(`http://[${address}]`);
}

/**
 * Takes an address apart. Nothing is decoded.
 * @param url Any text.
 * @returns The parts, or nothing when the text cannot be an address.
 */
export function splitUrl(url: string): UrlParts | undefined {
  // Browsers ignore these characters, so a scheme must not hide behind them.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  let rest = url.replace(/^[\u0000-\u0020]+/, "").replace(/[\t\r\n]/g, "");
  const match = /^([a-z][a-z0-9+.-]*):/i.exec(rest);
  const scheme = match?.[1]?.toLowerCase() ?? "";
  if (match) rest = rest.slice(match[0].length);
  let host = "";
  if (rest.startsWith("//")) {
    const end = rest.slice(2).search(/[/?#]/);
    host = end < 0 ? rest.slice(2) : rest.slice(2, end + 2);
    rest = end < 0 ? "" : rest.slice(end + 2);
    if (!hasValidBrackets(host)) return undefined;
  }
  const [beforeFragment, fragment] = cut(rest, "#");
  const [path, query] = cut(beforeFragment, "?");
  return { scheme, host, path, query, fragment };
}

/** Puts the parts of an address together. */
export function joinUrl({ scheme, host, path, query, fragment }: UrlParts): string {
  let url = path;
  if (host !== "") url = `//${host}${path === "" || path.startsWith("/") ? "" : "/"}${path}`;
  else if (path.startsWith("//")) url = `//${path}`;
  else if (SLASHED_SCHEMES.has(scheme) && /^(?:$|\/)/.test(path)) url = `//${path}`;
  if (scheme !== "") url = `${scheme}:${url}`;
  if (query !== "") url += `?${query}`;
  if (fragment !== "") url += `#${fragment}`;
  return url;
}

/** Schemes whose paths may end in parameters after a semicolon. */
const PARAMETER_SCHEMES = new Set(["", "ftp", "http", "https", "mms", "sip", "tel"]);

/** A path without a semicolon that no parameter follows, as trees of 2023 write it. */
function withoutEmptyParameters(path: string, scheme: string): string {
  const start = path.indexOf(";", path.lastIndexOf("/") + 1);
  return start >= 0 && start === path.length - 1 && PARAMETER_SCHEMES.has(scheme)
    ? path.slice(0, -1)
    : path;
}

/**
 * Makes an address safe to link to: a missing scheme becomes `http`, or `mailto` for an address
 * with an at sign.
 * @param url The address as the author wrote it.
 * @param dialect What the tree does with a semicolon at the end.
 * @returns The address, or nothing when its scheme is not allowed.
 */
export function sanitiseUrl(url: string, dialect: MarkdownDialect = {}): string | undefined {
  const parts = splitUrl(url.replaceAll(" ", "%20"));
  if (!parts) return "";
  if (!dialect.keepsSemicolon) parts.path = withoutEmptyParameters(parts.path, parts.scheme);
  const { scheme, host, path, query, fragment } = parts;
  if (scheme === "" && host === "") {
    if (path.includes("@")) return joinUrl({ ...parts, scheme: "mailto" });
    if (path.startsWith("/")) return joinUrl(parts);
    if (path === "" && query === "" && fragment !== "") return joinUrl(parts);
  }
  if (scheme === "") return sanitiseUrl(`http://${url}`, dialect);
  return ALLOWED_SCHEMES.has(scheme) ? joinUrl(parts) : undefined;
}

/** Whether an embedded thing may load from an address: the web, or this server. */
export function isLoadable(url: string): boolean {
  return ["", "http", "https"].includes(splitUrl(url)?.scheme ?? "");
}

/** Whether an address is one of another server. */
export function isOutside(url: string): boolean {
  return (splitUrl(url)?.host ?? "") !== "";
}

/** Replaces halves of surrogate pairs, which cannot be encoded. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, "\ufffd");
}

/**
 * Encodes text for any place in an address, as Python's `quote` does with nothing left out.
 * @param text Any text; half a surrogate pair is replaced.
 */
export function encodeAll(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
