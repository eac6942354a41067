/** Which fields of the payloads the messages of a draft tell. */
import { UserError } from "../errors.ts";
import { type Field, fieldsIn, type JsonPath } from "../payload/index.ts";
import type { ChosenFields } from "./choices.ts";
import type { MessageDraft } from "./draft-message.ts";
import { type Body, usesOf } from "./message.ts";
import type { Template } from "./templates.ts";

/**
 * The names of the fields that a message tells, of lists also those that each item's line tells.
 * @param body The message.
 */
export function namesTold(body: Body, above: JsonPath = []): Set<string> {
  const names = new Set<string>();
  const add = (path: JsonPath): unknown => names.add(nameOf([...above, ...path]));
  for (const { parts, otherwise = [], list } of body) {
    for (const use of [...usesOf(parts), ...usesOf(otherwise)])
      if (use.use === "field") add([...use.path, ...(use.each ?? [])]);
    if (!list) continue;
    const path = [...(list.within?.path ?? []), ...list.path];
    add(path);
    for (const name of namesTold(list.line, [...above, ...path])) names.add(name);
  }
  return names;
}

/** The name of a field by the way to it. */
export const nameOf = (path: JsonPath): string =>
  path.filter((step) => typeof step === "string").join(".");

/**
 * Checks that each chosen field is told by a message of each event that has it.
 * @throws UserError `unshowable-field` for one of which no text can be made.
 */
export function requireTold(
  chosen: ReadonlyMap<string | undefined, ChosenFields>,
  messages: readonly MessageDraft[],
): void {
  for (const [event, { show, headline, topic }] of chosen) {
    const own = messages.filter((message) => message.event === event && message.body !== "setup");
    if (own.length === 0) continue;
    const bodies = own.map(({ body }) => (body === "setup" ? [] : body));
    const topics = own.map((message): Body => [{ parts: message.topic }]);
    const untold =
      untoldOf([...show, ...fieldsOf(headline)], bodies) ?? untoldOf(fieldsOf(topic), topics);
    if (untold) throw unshowable(untold);
  }
}

const fieldsOf = (template: Template | undefined): Field[] =>
  template?.slots.flatMap(({ label, url }) =>
    [...label, url].filter((part) => typeof part === "object"),
  ) ?? [];

/** A field that none of these texts tells. */
function untoldOf(fields: readonly Field[], texts: readonly Body[]): Field | undefined {
  const told = texts.map((text) => namesTold(text));
  return fields.find(({ name }) => !told.some((names) => names.has(name)));
}

const unshowable = ({ name, kind }: Field): UserError =>
  new UserError(
    kind === "list"
      ? `The message cannot tell the list ${name}: it tells another one, or nothing in its items is a name or a title.`
      : `No message can show ${name}: it is no text, number or boolean, or of another kind in other payloads.`,
    {
      code: "unshowable-field",
      hint: "Leave it out here, and write it into the view yourself.",
    },
  );

/** A field of the payloads of an event, for an author to choose from. */
export interface DraftField {
  readonly event?: string;
  /** Such as `customer.tier`. */
  readonly name: string;
  /** What one of the payloads has there, on one line. */
  readonly sample: string;
  /** Whether the message tells it. */
  readonly shown: boolean;
}

/** The fields of the payloads that messages are made for. */
export function draftFields(messages: readonly MessageDraft[]): DraftField[] {
  const byEvent = new Map<string | undefined, MessageDraft[]>();
  for (const message of messages)
    byEvent.set(message.event, [...(byEvent.get(message.event) ?? []), message]);
  return [...byEvent].flatMap(([event, own]) => {
    const told = own.map(({ body }) => (body === "setup" ? new Set() : namesTold(body)));
    return fieldsIn(own.flatMap(({ values }) => values)).map(({ name, sample }) => ({
      ...(event !== undefined && { event }),
      name,
      sample,
      shown: told.some((names) => names.has(name)),
    }));
  });
}
