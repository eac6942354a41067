import { split } from "shlex";
import { UserError } from "../../../errors.ts";
import { headerOf } from "../../../host/http-exchange.ts";
import { type FormField, formBodyOf, formFieldOf } from "./curl-form.ts";
import { isForWindows, withoutCarets } from "./curl-windows.ts";
import { type ImportedRequest, type ImportFormat, targetOf } from "./format.ts";

/** A command line of curl, as browsers and services' pages offer it to be copied. It is read, never run. */
export const curl: ImportFormat = {
  name: "a curl command",
  read(value, text) {
    if (value !== undefined || !/^\s*(\$\s*)?curl(\.exe)?\s/.test(text)) return undefined;
    const plain = isForWindows(text) ? withoutCarets(text) : text;
    return commands(plain).flatMap(requestsIn).map(requestOf);
  },
};

/** Each line of a body that looks like a command has what came before it read again. */
const MOST_LINES_IN_BODIES = 100;

/** Commands one below the other; a line that ends in a backslash goes on. */
function commands(text: string): string[][] {
  const joined = text.replace(/\\\r?\n/g, " ").replace(/^\s*\$\s*/, "");
  const found: string[][] = [];
  let begun = "";
  let open = 0;
  for (const line of joined.split(/\n(?=[^\S\n]*(?:\$[^\S\n]*)?curl(?:\.exe)?\s)/)) {
    begun += begun === "" ? line : `\n${line}`;
    const words = wordsOf(begun);
    // A body may have a line that looks like a command.
    if (!words) {
      open += 1;
      if (open > MOST_LINES_IN_BODIES) throw unreadable("a quote is not closed");
      continue;
    }
    found.push(words.slice(words.findIndex((word) => /^curl(\.exe)?$/.test(word)) + 1));
    begun = "";
  }
  if (begun !== "") throw unreadable("a quote is not closed");
  return found;
}

/** One command may make several requests. */
function requestsIn(words: readonly string[]): string[][] {
  const found: string[][] = [[]];
  for (const word of words) {
    if (word === "--next" || word === "-:") found.push([]);
    else found.at(-1)?.push(word);
  }
  return found;
}

/** The words of a command; undefined while a quote is open. */
function wordsOf(text: string): string[] | undefined {
  try {
    return split(text);
  } catch {
    return undefined;
  }
}

/** Options with a value that says nothing about the request. */
const ignoredWithValue =
  /^(-o|--output|-w|--write-out|-m|--max-time|--connect-timeout|--retry|--retry-delay|-x|--proxy|--cacert|--cert|-E|--key|--resolve|--limit-rate|-c|--cookie-jar|-D|--dump-header|--interface|--max-redirs|--tls-max|--ciphers)$/;
const dataOption = /^(-d|--data|--data-ascii|--data-binary|--data-raw|--data-urlencode|--json)$/;
/** A short option with its value in the same word: `-XPOST`. */
const joined = /^(-[XHdAbeuFo])(.+)$/s;

class Command {
  url = "";
  method: string | undefined;
  readonly headers: [string, string][] = [];
  readonly data: string[] = [];
  readonly fields: FormField[] = [];
  isJson = false;
  /** The data belongs to the address. */
  isQuery = false;

  /** Takes an option; the value is taken only by the ones that have one. */
  take(option: string, value: () => string): void {
    if (option === "-X" || option === "--request") this.method = value();
    else if (option === "-H" || option === "--header") this.#header(value());
    else if (dataOption.test(option)) this.#data(option, value());
    else if (option === "-A" || option === "--user-agent")
      this.headers.push(["User-Agent", value()]);
    else if (option === "-e" || option === "--referer") this.headers.push(["Referer", value()]);
    else if (option === "-b" || option === "--cookie") this.headers.push(["Cookie", value()]);
    else if (option === "-u" || option === "--user")
      this.headers.push(["Authorization", basic(value())]);
    else if (option === "--url") this.url = value();
    else if (option === "-G" || option === "--get") this.isQuery = true;
    else if (/^(-F|--form|--form-string)$/.test(option)) this.#field(option, value());
    else if (/^(-T|--upload-file|-K|--config)$/.test(option)) {
      throw unreadable(`${option} takes what it sends from files`);
    } else if (ignoredWithValue.test(option)) value();
  }

  #header(text: string): void {
    const [, name, value = ""] = /^([^:;]+)[:;]\s*(.*)/s.exec(text) ?? [];
    if (name !== undefined) this.headers.push([name.trim(), value]);
  }

  #field(option: string, text: string): void {
    const field = formFieldOf(text, option === "--form-string");
    if (!field) throw unreadable(`${option} takes what it sends from files`);
    this.fields.push(field);
  }

  #data(option: string, value: string): void {
    const fromFile =
      option !== "--data-raw" &&
      /^@|^[^=&\s]+@/.test(value) &&
      (value.startsWith("@") || option === "--data-urlencode");
    if (fromFile) throw unreadable(`${option} ${value} takes the body from a file`);
    if (option === "--json") this.isJson = true;
    this.data.push(option === "--data-urlencode" ? encoded(value) : value);
  }
}

/** Short options without a value, which people write in front of one that has one: `-sX POST`. */
const flags = /^-[0-46fgiIjkLnNqsSvZ#]+(?=[XHdAbeuFoTKwmxEcD])/;

function requestOf(words: readonly string[]): ImportedRequest {
  const command = new Command();
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? "").replace(flags, "-");
    const [, short, rest] = joined.exec(word) ?? [];
    const [, long, text] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? [];
    if (!word.startsWith("-")) command.url = command.url || word;
    else if (short !== undefined && rest !== undefined) command.take(short, () => rest);
    else if (long !== undefined && text !== undefined) command.take(long, () => text);
    else {
      command.take(word, () => {
        at += 1;
        const value = words[at];
        if (value === undefined) throw unreadable(`${word} stands without its value`);
        return value;
      });
    }
  }
  return finished(command);
}

function finished(command: Command): ImportedRequest {
  const { url, method, headers, data, fields, isJson, isQuery } = command;
  if (isQuery && data.length > 0) {
    const sign = url.includes("?") ? "&" : "?";
    const target = targetOf(absolute(`${url}${sign}${data.join("&")}`));
    return { method: method ?? "GET", target, headers, body: Buffer.alloc(0) };
  }
  if (fields.length > 0) {
    const { body, type } = formBodyOf(fields);
    const others = headers.filter(([name]) => name.toLowerCase() !== "content-type");
    const stated: [string, string][] = [...others, ["Content-Type", type]];
    return { method: method ?? "POST", target: targetOf(absolute(url)), headers: stated, body };
  }
  const type = isJson ? "application/json" : "application/x-www-form-urlencoded";
  const stated = headerOf(headers, "content-type") !== undefined;
  return {
    method: method ?? (data.length > 0 ? "POST" : "GET"),
    target: targetOf(absolute(url)),
    headers: stated || data.length === 0 ? headers : [...headers, ["Content-Type", type]],
    body: Buffer.from(data.join(isJson ? "" : "&")),
  };
}

const absolute = (url: string): string => (/^https?:/.test(url) ? url : `http://${url}`);
const basic = (user: string): string => `Basic ${Buffer.from(user).toString("base64")}`;

/** `name=content`, of which the content is encoded. */
function encoded(value: string): string {
  const [, name = "", content = value] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
  return name === "" ? encodeURIComponent(content) : `${name}=${encodeURIComponent(content)}`;
}

function unreadable(reason: string): UserError {
  return new UserError(`The curl command cannot be read: ${reason}.`, {
    code: "bad-import",
    hint: "Give the command with the body in it, as --data-raw has it.",
  });
}
