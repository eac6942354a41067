/** Mentions of users and groups, and links to streams and topics. */

import type { MarkdownOptions, NamedId } from "../options.ts";
import { type Element, finalElement } from "../tree.ts";
import { encodeAll } from "../urls.ts";
import { SPACES } from "../whitespace.ts";
import { type InlinePattern, matching } from "./engine.ts";

/** A mention starts after a space, an opening bracket or quote, or at the beginning. */
const BEFORE = `(?<![^${SPACES}'"({\\[/<])`;
const USER = new RegExp(`${BEFORE}@(?<silent>_?)\\*\\*(?<name>[^*]+)\\*\\*`, "g");
const GROUP = new RegExp(`${BEFORE}@(?<silent>_?)\\*(?<name>[^*]+)\\*`, "g");
const STREAM = new RegExp(`${BEFORE}#\\*\\*(?<stream>[^*]+)\\*\\*`, "g");
const TOPIC_START = `${BEFORE}#\\*\\*(?<stream>[^*>]+)>`;
const NAMED_TOPIC = new RegExp(`${TOPIC_START}(?<topic>[^*]+)\\*\\*`, "g");
/** In trees with channels, a topic may have no name. */
const ANY_TOPIC = new RegExp(`${TOPIC_START}(?<topic>[^*]*)\\*\\*`, "g");
const MESSAGE = new RegExp(`${TOPIC_START}(?<topic>[^*]*)@(?<message>\\d+)\\*\\*`, "g");

const STREAM_WILDCARDS = new Set(["all", "everyone", "stream"]);
const TOPIC_WILDCARD = "topic";

/**
 * Makes the mentions of a quoted line silent, so that quoting somebody notifies nobody.
 * @param line A line of a quote.
 */
export function silenceMentions(line: string): string {
  if (!line.includes("@")) return line;
  return line.replace(USER, "@_**$<name>**").replace(GROUP, "@_*$<name>*");
}

function mention(kind: string, label: string, silent: boolean, attributes: Record<string, string>) {
  const all = { ...attributes, class: silent ? `${kind} silent` : kind };
  return finalElement("span", all, silent ? label : `@${label}`);
}

/** The user that `name`, `name|id` or `|id` means. */
function findUser(written: string, users: readonly NamedId[]): NamedId | undefined {
  const withId = /^(?<name>[^\n]+)?\|(?<id>\d+)$/.exec(written)?.groups;
  if (!withId) {
    const wanted = written.toLowerCase();
    return users.find(({ name }) => name.toLowerCase() === wanted);
  }
  const user = users.find(({ id }) => id === Number(withId.id));
  return withId.name === undefined || withId.name === user?.name ? user : undefined;
}

/** `@**name**`, and `@**all**` and its like. */
export function userMentions({ users = [], dialect }: MarkdownOptions): InlinePattern {
  const everyone = dialect?.channels ? "user-mention channel-wildcard-mention" : "user-mention";
  return matching(USER, ({ groups }) => {
    const name = groups?.name ?? "";
    const silent = groups?.silent === "_";
    if (STREAM_WILDCARDS.has(name) || (dialect?.channels && name === "channel")) {
      return mention(everyone, name, silent, { "data-user-id": "*" });
    }
    if (name === TOPIC_WILDCARD) return mention("topic-mention", name, silent, {});
    const user = findUser(name, users);
    if (!user) return undefined;
    return mention("user-mention", user.name, silent, { "data-user-id": String(user.id) });
  });
}

/** `@*group*` */
export function groupMentions(groups: readonly NamedId[] = []): InlinePattern {
  return matching(GROUP, (match) => {
    const wanted = match.groups?.name?.toLowerCase();
    const group = groups.find(({ name }) => name.toLowerCase() === wanted);
    if (!group) return undefined;
    const silent = match.groups?.silent === "_";
    const id = { "data-user-group-id": String(group.id) };
    return mention("user-group-mention", group.name, silent, id);
  });
}

/** Encodes a name for the part of an address after `#`, where dots stand for percent signs. */
function encodeHash(text: string): string {
  return encodeAll(text).replaceAll(".", "%2E").replaceAll("%", ".");
}

/** Where links to streams lead, and what they look like. */
class StreamLinks {
  readonly #streams: readonly NamedId[];
  readonly #path: string;

  constructor({ streams = [], dialect }: MarkdownOptions) {
    this.#streams = streams;
    this.#path = dialect?.channels ? "/#narrow/channel/" : "/#narrow/stream/";
  }

  find(name: string | undefined): NamedId | undefined {
    return this.#streams.find((stream) => stream.name === name);
  }

  address({ id, name }: NamedId, topic?: string): string {
    const path = `${this.#path}${id}-${encodeHash(name.replaceAll(" ", "-"))}`;
    return topic === undefined ? path : `${path}/topic/${encodeHash(topic)}`;
  }
}

/** What stands for a topic without a name. */
const NO_TOPIC = "general chat";

/** A link whose text is a stream, a topic and what follows them. */
function topicLink(
  attributes: Readonly<Record<string, string>>,
  stream: NamedId,
  topic: string,
  rest: string,
): Element {
  if (topic !== "") return finalElement("a", attributes, `#${stream.name} > ${topic}${rest}`);
  const link = finalElement("a", attributes, `#${stream.name} > `);
  const unnamed = link.append("em");
  unnamed.text = NO_TOPIC;
  unnamed.tail = rest;
  unnamed.tailIsFinal = true;
  return link;
}

/** `#**stream>topic@message**`, in trees that know it. */
export function messageLinks(options: MarkdownOptions): InlinePattern[] {
  if (!options.dialect?.channels) return [];
  const links = new StreamLinks(options);
  return [
    matching(MESSAGE, ({ groups }) => {
      const stream = links.find(groups?.stream);
      if (!stream) return undefined;
      const topic = groups?.topic ?? "";
      const href = `${links.address(stream, topic)}/near/${groups?.message}`;
      return topicLink({ class: "message-link", href }, stream, topic, " @ 💬");
    }),
  ];
}

/** `#**stream>topic**` */
export function topicLinks(options: MarkdownOptions): InlinePattern {
  const links = new StreamLinks(options);
  return matching(options.dialect?.channels ? ANY_TOPIC : NAMED_TOPIC, ({ groups }) => {
    const stream = links.find(groups?.stream);
    if (!stream) return undefined;
    const topic = groups?.topic ?? "";
    const attributes = {
      class: "stream-topic",
      "data-stream-id": String(stream.id),
      href: links.address(stream, topic),
    };
    return topicLink(attributes, stream, topic, "");
  });
}

/** `#**stream**` */
export function streamLinks(options: MarkdownOptions): InlinePattern {
  const links = new StreamLinks(options);
  return matching(STREAM, ({ groups }) => {
    const stream = links.find(groups?.stream);
    if (!stream) return undefined;
    const attributes = {
      class: "stream",
      "data-stream-id": String(stream.id),
      href: links.address(stream),
    };
    return finalElement("a", attributes, `#${stream.name}`);
  });
}
