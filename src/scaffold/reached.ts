/**
 * Leaves out of a draft what none of its payloads leads to, such as a change from one value to the same: nobody has seen
 * it, and no test of the draft would run it.
 */
import { isDeepStrictEqual } from "node:util";
import { isThere, type JsonPath, type JsonValue, valueAt } from "../payload/index.ts";
import type { ViewDraft } from "./draft.ts";
import type { MessageDraft } from "./draft-message.ts";
import {
  type Body,
  type FieldUse,
  type ListPlace,
  lookUp,
  type Parts,
  type Passage,
} from "./message.ts";

type Values = readonly JsonValue[];

/** @returns The draft with what its payloads lead to. Messages for these stay the same. */
export function onlyReached(draft: ViewDraft): ViewDraft {
  const byFunction = groupBy(draft.messages, ({ functionName }) => functionName);
  const byTopic = groupBy(draft.messages, ({ topic }) => JSON.stringify(topic));
  const messages = draft.messages.map((message) => {
    const { functionName, topic, body } = message;
    const ofFunction = byFunction.get(functionName) ?? [];
    return {
      ...message,
      topic: partsFor(topic, byTopic.get(JSON.stringify(topic)) ?? []),
      body: body === "setup" ? body : bodyFor(body, ofFunction),
    };
  });
  return { ...draft, messages };
}

/** The payloads of messages that share something. */
function groupBy(
  messages: readonly MessageDraft[],
  keyOf: (message: MessageDraft) => string,
): Map<string, JsonValue[]> {
  const groups = new Map<string, JsonValue[]>();
  for (const message of messages)
    groups.set(keyOf(message), [...(groups.get(keyOf(message)) ?? []), ...message.values]);
  return groups;
}

/** The first passage is always told. */
const bodyFor = (body: Body, values: Values): Body =>
  body.flatMap((passage, at) => {
    const reached = passageFor(passage, values);
    return reached ?? (at === 0 ? { parts: [] } : []);
  });

function passageFor(passage: Passage, values: Values): Passage | undefined {
  const { parts, otherwise, list } = passage;
  const told = values.filter((value) => isTold(passage, value));
  const others = values.filter((value) => !isTold(passage, value));
  if (told.length === 0)
    return otherwise && otherwise.length > 0 ? { parts: partsFor(otherwise, others) } : undefined;
  return {
    ...passage,
    parts: partsFor(parts, told),
    ...(otherwise && { otherwise: partsFor(otherwise, others) }),
    ...(otherwise && others.length === 0 && { alwaysMet: true }),
    ...(list && {
      list: {
        ...list,
        line: bodyFor(
          list.line,
          told.flatMap((value) => itemsOf(list, value)),
        ),
      },
    }),
  };
}

function isTold({ needs = [], has, only, differ }: Passage, value: JsonValue): boolean {
  return (
    needs.every((path) => isMet(path, value)) &&
    (!has || valueAt(value, has) !== undefined) &&
    (!only || isOneOf(only.field, only.values, value)) &&
    (!differ || !isDeepStrictEqual(valueAt(value, differ[0].path), valueAt(value, differ[1].path)))
  );
}

/** Parts as they are made of these payloads: a link that none of them has an address for is bold text. */
function partsFor(parts: Parts, values: Values): Parts {
  return parts.flatMap((part): Parts => {
    if (typeof part === "string") return [part];
    if (part.use === "link") {
      const { needs, label } = part;
      const isLink = !needs || values.some((value) => needs.every((path) => isMet(path, value)));
      return isLink ? [part] : ["**", ...label, "**"];
    }
    if (part.use !== "optional") return [part];
    const { has } = part;
    const isNeeded = (value: JsonValue): boolean =>
      part.needs.every((path) => isMet(path, value)) && (!has || valueAt(value, has) !== undefined);
    const told = values.filter(isNeeded);
    const others = values.filter((value) => !isNeeded(value));
    const otherwise = partsFor(part.otherwise, others);
    if (told.length === 0) return otherwise;
    const alwaysMet = others.length === 0;
    return [{ ...part, parts: partsFor(part.parts, told), otherwise, alwaysMet }];
  });
}

/** Whether what a view asks for is there: of an item it asks for the list. */
const isMet = (path: JsonPath, value: JsonValue): boolean =>
  isThere(value, typeof path.at(-1) === "number" ? path.slice(0, -1) : path);

/** Whether a field has one of some values, as it is shown. */
function isOneOf({ path, shown }: FieldUse, values: readonly string[], value: JsonValue): boolean {
  const found = valueAt(value, path);
  if (found?.kind !== "string") return true;
  if (typeof shown === "object") return values.includes(lookUp(shown.table, found.value));
  const words = found.value.replaceAll("_", " ");
  return [found.value, words, words.toLowerCase()].some((text) => values.includes(text));
}

function itemsOf({ path, within }: ListPlace, value: JsonValue): Values {
  const holders = within ? itemsOf({ path: within.path }, value) : [value];
  return holders.flatMap((holder) => {
    const list = valueAt(holder, path);
    return list?.kind === "array" ? list.items : [];
  });
}
