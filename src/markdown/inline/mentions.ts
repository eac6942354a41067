/** Mentions of users and groups, and links to streams and topics. */

import type { NamedId } from "../options.ts";
import { finalElement } from "../tree.ts";
import { encodeAll } from "../urls.ts";
import { type InlinePattern, matching } from "./engine.ts";

/** A mention starts after a space, an opening bracket or quote, or at the beginning. */
const BEFORE = "(?<![^\\s'\"({\\[/<])";
const USER = new RegExp(`${BEFORE}@(?<silent>_?)\\*\\*(?<name>[^*]+)\\*\\*`, "g");
const GROUP = new RegExp(`${BEFORE}@(?<silent>_?)\\*(?<name>[^*]+)\\*`, "g");
const STREAM = new RegExp(`${BEFORE}#\\*\\*(?<stream>[^*]+)\\*\\*`, "g");
const STREAM_TOPIC = new RegExp(`${BEFORE}#\\*\\*(?<stream>[^*>]+)>(?<topic>[^*]+)\\*\\*`, "g");

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
  const withId = /^(?<name>.+)?\|(?<id>\d+)$/.exec(written)?.groups;
  if (!withId) {
    const wanted = written.toLowerCase();
    return users.find(({ name }) => name.toLowerCase() === wanted);
  }
  const user = users.find(({ id }) => id === Number(withId.id));
  return withId.name === undefined || withId.name === user?.name ? user : undefined;
}

/** `@**name**`, and `@**all**` and its like. */
export function userMentions(users: readonly NamedId[] = []): InlinePattern {
  return matching(USER, ({ groups }) => {
    const name = groups?.name ?? "";
    const silent = groups?.silent === "_";
    if (STREAM_WILDCARDS.has(name)) {
      return mention("user-mention", name, silent, { "data-user-id": "*" });
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

function streamPath({ id, name }: NamedId): string {
  return `/#narrow/stream/${id}-${encodeHash(name.replaceAll(" ", "-"))}`;
}

/** `#**stream>topic**` */
export function topicLinks(streams: readonly NamedId[] = []): InlinePattern {
  return matching(STREAM_TOPIC, ({ groups }) => {
    const stream = streams.find(({ name }) => name === groups?.stream);
    const topic = groups?.topic ?? "";
    if (!stream) return undefined;
    const attributes = {
      class: "stream-topic",
      "data-stream-id": String(stream.id),
      href: `${streamPath(stream)}/topic/${encodeHash(topic)}`,
    };
    return finalElement("a", attributes, `#${stream.name} > ${topic}`);
  });
}

/** `#**stream**` */
export function streamLinks(streams: readonly NamedId[] = []): InlinePattern {
  return matching(STREAM, ({ groups }) => {
    const stream = streams.find(({ name }) => name === groups?.stream);
    if (!stream) return undefined;
    const attributes = {
      class: "stream",
      "data-stream-id": String(stream.id),
      href: streamPath(stream),
    };
    return finalElement("a", attributes, `#${stream.name}`);
  });
}
