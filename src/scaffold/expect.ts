/** What Connect makes of a drafted message: the topic and content that the new tests expect. */

import { BugError } from "../errors.ts";
import {
  floatText,
  type JsonPath,
  type JsonValue,
  type Payload,
  valueAt,
} from "../payload/index.ts";
import type { MessageDraft } from "./draft.ts";
import {
  type Body,
  type FieldUse,
  HASH_LENGTH,
  type Listing,
  type ListPlace,
  lookUp,
  MAX_LIST_LENGTH,
  MAX_QUOTE_LENGTH,
  type MoneyUse,
  type Parts,
  type Passage,
  type Shown,
  type Use,
} from "./message.ts";
import { amountText, branchText, countText, momentText, quoteText } from "./python/helpers.ts";

export interface ExpectedMessage {
  readonly topic: string;
  readonly content: string;
}

/** What the tree states, and messages depend on. */
export interface TreeTexts {
  /** The longest topic in characters. */
  readonly topicLimit: number;
  /** The message for a setup ping, with `{integration}` and `{user_name}` in it. */
  readonly setup?: { readonly message: string; readonly by: string };
}

/**
 * Computes the message that the drafted view sends for a payload.
 * @param payload The request's body.
 * @param message The draft for the payload's event.
 */
export function expectedMessage(
  payload: Payload,
  message: MessageDraft,
  displayName: string,
  texts: TreeTexts,
): ExpectedMessage {
  const topic = textOf(message.topic, payload.value).replace(
    /^\p{White_Space}+|\p{White_Space}+$/gu,
    "",
  );
  const content =
    message.body === "setup"
      ? setupText(message, payload.value, displayName, texts)
      : contentOf(message.body, payload.value);
  return { topic: truncate(topic, texts.topicLimit), content };
}

/** What `get_setup_webhook_message` of zerver/lib/webhooks/common.py writes. */
function setupText(
  { setupBy }: MessageDraft,
  value: JsonValue,
  displayName: string,
  { setup }: TreeTexts,
): string {
  if (!setup) throw new BugError("A setup message was drafted for a tree that has none.");
  const by = setupBy ? setup.by.replace("{user_name}", () => textOf(setupBy, value)) : "";
  return `${setup.message.replace("{integration}", () => displayName)}${by}.`;
}

/** The content of a message, as `normalize_body` of zerver/lib/message.py leaves it. */
export function contentOf(body: Body, value: JsonValue): string {
  return bodyText(body, value)
    .replace(/\p{White_Space}+$/u, "")
    .replace(/^\n+/, "");
}

function bodyText(body: Body, value: JsonValue): string {
  return body.map((passage) => passageText(passage, value)).join("");
}

function passageText(
  { parts, needs = [], only, otherwise = [], differ, list }: Passage,
  value: JsonValue,
): string {
  const told =
    hasAll(needs, value) &&
    (only === undefined || only.values.includes(useText(only.field, value)));
  if (!told) return textOf(otherwise, value);
  if (differ && useText(differ[0], value) === useText(differ[1], value)) return "";
  return textOf(parts, value) + (list ? listText(list, value) : "");
}

/** What Python takes for true. */
function isTrue(value: JsonValue | undefined): boolean {
  switch (value?.kind) {
    case "string":
      return value.value !== "";
    case "integer":
    case "float":
      return Number(value.text) !== 0;
    case "object":
      return value.entries.size > 0;
    case "array":
      return value.items.length > 0;
    case "boolean":
      return value.value;
    default:
      return false;
  }
}

function listText({ line, ...place }: Listing, value: JsonValue): string {
  const lines = itemsIn(value, place).map((item) => `\n* ${bodyText(line, item)}`);
  const more = lines.length - MAX_LIST_LENGTH;
  return more > 0
    ? `${lines.slice(0, MAX_LIST_LENGTH).join("")}\n* and ${more} more`
    : lines.join("");
}

function itemsIn(value: JsonValue, { path, within }: ListPlace): readonly JsonValue[] {
  const holders = within ? itemsAt(value, within.path) : [value];
  return holders.flatMap((holder) => itemsAt(holder, path));
}

function itemsAt(value: JsonValue, path: JsonPath): readonly JsonValue[] {
  const list = valueAt(value, path);
  return list?.kind === "array" ? list.items : [];
}

function textOf(parts: Parts, value: JsonValue): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      if (part.use !== "optional") return useText(part, value);
      return textOf(hasAll(part.needs, value) ? part.parts : part.otherwise, value);
    })
    .join("");
}

const hasAll = (needs: readonly JsonPath[], value: JsonValue): boolean =>
  needs.every((path) => isTrue(valueAt(value, path)));

function useText(use: Use, value: JsonValue): string {
  switch (use.use) {
    case "field":
      return shownText(rawText(use, value), use.shown);
    case "link": {
      if (!hasAll(use.needs ?? [], value)) return `**${textOf(use.label, value)}**`;
      const label = textOf(use.label, value).replaceAll("[", "(").replaceAll("]", ")");
      return `[${label}](${useText(use.url, value)}${textOf(use.page ?? [], value)})`;
    }
    case "money":
      return moneyText(use, value);
    case "count":
      return countText(itemsIn(value, use).length, use.noun, use.variable);
  }
}

function moneyText({ amount, currency }: MoneyUse, value: JsonValue): string {
  return amountText(rawText(amount, value), rawText(currency, value));
}

function rawText({ path }: FieldUse, value: JsonValue): string {
  const found = valueAt(value, path);
  if (found?.kind === "integer") return found.text;
  if (found?.kind === "float") return floatText(Number(found.text)) ?? found.text;
  if (found?.kind === "string") return found.value;
  throw new BugError(`The draft reads ${path.join(".")}, which is no text.`);
}

function shownText(text: string, shown: Shown | undefined): string {
  if (shown === undefined) return text;
  if (typeof shown === "object") return lookUp(shown.table, text);
  switch (shown) {
    case "words":
      return text.replaceAll("_", " ");
    case "lower words":
      return text.replaceAll("_", " ").toLowerCase();
    case "site":
      return text.split("/rest/api/")[0] ?? "";
    case "trimmed":
      return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
    case "first line":
      return text.split("\n")[0] ?? "";
    case "short hash":
      return [...text].slice(0, HASH_LENGTH).join("");
    case "branch":
      return branchText(text);
    case "quote":
      return quoteText(text, MAX_QUOTE_LENGTH);
    default:
      return momentText(text, shown);
  }
}

/** Connect's `truncate_topic`: it counts characters, not UTF-16 units. */
function truncate(text: string, limit: number): string {
  const characters = [...text];
  return characters.length > limit ? `${characters.slice(0, limit - 3).join("")}...` : text;
}
