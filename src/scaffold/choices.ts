/** What an author wants the messages of a draft to tell, by the names of the payloads' fields. */
import { didYouMean } from "../checkout/index.ts";
import { UserError } from "../errors.ts";
import {
  type EventContent,
  type Field,
  fieldsIn,
  type JsonValue,
  type Leaf,
  leafOf,
  listAt,
  type PayloadFacts,
  tellingItems,
  withChosen,
  without,
} from "../payload/index.ts";
import { fieldNamesIn, parseTemplate, type Template } from "./templates.ts";

/**
 * Each is for all events that have its fields, or for one, as in `order_paid=customer.tier`. A field is named by the keys
 * on the way to it.
 */
export interface DraftChoices {
  /** Fields to be told. */
  readonly show: readonly string[];
  /** Fields not to be used: an object's name stands for all that is in it. */
  readonly hide: readonly string[];
  /** Texts with fields in braces, for the first line and for the topic. */
  readonly headline: readonly string[];
  readonly topic: readonly string[];
}

/** As a field to hide: all that was not chosen. */
const ALL = "*";

export const NO_CHOICES: DraftChoices = { show: [], hide: [], headline: [], topic: [] };

/** What was chosen for the messages of one event. */
export interface ChosenFields {
  /** Whether nothing is told below the first line but what was chosen. */
  readonly isOnly: boolean;
  readonly show: readonly Field[];
  readonly hide: readonly Pick<Field, "path" | "each">[];
  readonly headline?: Template;
  readonly topic?: Template;
}

type Event = string | undefined;

/**
 * Finds what was chosen in the payloads.
 * @param payloads The payloads of each event.
 * @returns What was chosen for each event that has some of it.
 * @throws UserError `unknown-field` for a field that no payload has.
 */
export function chooseFields(
  choices: DraftChoices,
  payloads: ReadonlyMap<Event, readonly JsonValue[]>,
): Map<Event, ChosenFields> {
  const isAny = Object.values(choices).some((names) => names.length > 0);
  if (!isAny) return new Map();
  refuseContradictions(choices);
  const fields = new Map([...payloads].map(([event, values]) => [event, fieldsIn(values)]));
  for (const name of choices.show) requireField(name, fields, isField);
  for (const name of choices.hide) requireField(name, fields, isHidden);
  for (const text of [...choices.headline, ...choices.topic]) requireTemplate(text, fields);
  return new Map(
    [...fields].map(([event, known]) => {
      const own = (names: readonly string[]): string[] =>
        names.flatMap((name) => nameFor(name, event, known) ?? []);
      const [headline, topic] = [choices.headline, choices.topic].map((texts) =>
        templateFor(texts, event, known),
      );
      return [
        event,
        {
          isOnly: own(choices.hide).includes(ALL),
          show: own(choices.show).flatMap((name) => fieldCalled(name, known) ?? []),
          hide: own(choices.hide).flatMap((name) => hidden(name, known)),
          ...(headline && { headline }),
          ...(topic && { topic }),
        },
      ];
    }),
  );
}

/**
 * The template of an event: the one that names it, or the one for all events that it has a field for.
 * @throws UserError `usage` where there are two.
 */
function templateFor(
  texts: readonly string[],
  event: Event,
  known: readonly Field[],
): Template | undefined {
  const names = (text: string): string[] => fieldNamesIn(withoutEvent(text));
  const isFit = (text: string): boolean =>
    eventIn(text) === undefined &&
    (names(text).length === 0 || names(text).some((name) => fieldCalled(name, known)));
  const own = texts.filter((text) => eventIn(text) !== undefined && eventIn(text) === event);
  const fitting = own.length > 0 ? own : texts.filter(isFit);
  const [text, other] = fitting;
  if (other !== undefined)
    throw new UserError(`'${text}' and '${other}' are both for the same event.`, {
      code: "usage",
      hint: "Give one of them, or put the event and an equals sign before each.",
    });
  return text === undefined ? undefined : parseTemplate(withoutEvent(text), known);
}

function refuseContradictions({ show, hide, headline, topic }: DraftChoices): void {
  const isIn = (name: string, above: string): boolean => `${name}.`.startsWith(`${above}.`);
  const named = (choice: string, names: readonly string[]) =>
    names.map((name) => ({ name, event: eventIn(choice) }));
  const used = [
    ...show.flatMap((choice) => named(choice, [withoutEvent(choice)])),
    ...[...headline, ...topic].flatMap((choice) => named(choice, fieldNamesIn(choice))),
  ];
  for (const choice of hide) {
    const event = eventIn(choice);
    const { name } =
      used.find(
        (one) =>
          isIn(one.name, withoutEvent(choice)) &&
          (one.event === undefined || event === undefined || one.event === event),
      ) ?? {};
    if (name === undefined) continue;
    throw new UserError(`${name} cannot be shown and hidden at once.`, {
      code: "usage",
      hint: "Name it once only: in --hide, or in what the messages show.",
    });
  }
}

/**
 * Checks choices for events that are drafted one at a time, each with those choices that it has fields for.
 * @param values Payloads of any events.
 * @throws UserError `unknown-field` for a field that no payload has.
 */
export function checkChoices(choices: DraftChoices, values: readonly JsonValue[]): void {
  const bare = (names: readonly string[]): string[] => names.map(withoutEvent);
  const { show, hide, headline, topic } = choices;
  chooseFields(
    { show: bare(show), hide: bare(hide), headline: bare(headline), topic: bare(topic) },
    new Map([[undefined, values]]),
  );
}

const PREFIX = /^([^={}()[\]?]+)=(?=\s*\S)/s;
/** The event that a choice is for, where it names one. */
const eventIn = (choice: string): string | undefined => PREFIX.exec(choice)?.[1]?.trim();
const withoutEvent = (choice: string): string =>
  choice.slice(PREFIX.exec(choice)?.[0].length ?? 0).trimStart();

/** @throws UserError `unknown-field` for a choice for an event of which nothing is drafted. */
export function requireEvents(choices: DraftChoices, drafted: readonly string[]): void {
  for (const choice of Object.values(choices).flat()) {
    const event = eventIn(choice);
    if (event !== undefined && !drafted.includes(event)) throw unknownEvent(choice, drafted);
  }
}

/** The choices that the payloads of an event have fields for. */
export function choicesFor(
  event: string,
  values: readonly JsonValue[],
  { show, hide, headline, topic }: DraftChoices,
): DraftChoices {
  const fields = fieldsIn(values);
  const own = (names: readonly string[]): string[] =>
    names.flatMap((name) => {
      const field = nameFor(name, event, fields);
      return field === ALL || hidden(field, fields).length > 0 ? (field ?? []) : [];
    });
  const fitting = (texts: readonly string[]): string[] =>
    texts.filter((text) => templateFor([text], event, fields));
  return { show: own(show), hide: own(hide), headline: fitting(headline), topic: fitting(topic) };
}

/** The field's name for an event; undefined where the choice is for another one. */
function nameFor(choice: string, event: Event, known: readonly Field[]): string | undefined {
  const own = eventIn(choice);
  // A key may itself have an equals sign.
  if (own === undefined || hidden(choice, known).length > 0) return choice;
  return own === event ? withoutEvent(choice) : undefined;
}

const fieldCalled = (name: string | undefined, fields: readonly Field[]): Field | undefined =>
  fields.find((field) => field.name === name);

/** What a name stands for: a field, or all in an object. */
function hidden(
  name: string | undefined,
  fields: readonly Field[],
): Pick<Field, "path" | "each">[] {
  const field = fieldCalled(name, fields);
  if (field || name === undefined) return field ? [field] : [];
  const inside = fields.filter((one) => one.name.startsWith(`${name}.`));
  return inside.filter(({ kind }) => kind === "value");
}

type Fits = (name: string, fields: readonly Field[]) => boolean;
const isField: Fits = (name, fields) => fieldCalled(name, fields) !== undefined;
const isHidden: Fits = (name, fields) => name === ALL || hidden(name, fields).length > 0;

/** @param isThere Whether the fields have what is named. */
function requireField(
  choice: string,
  fields: ReadonlyMap<Event, readonly Field[]>,
  isThere: Fits,
): void {
  const asked = [...fields].flatMap(([event, known]) => {
    const name = nameFor(choice, event, known);
    return name === undefined ? [] : [{ name, known }];
  });
  const [first] = asked;
  if (!first) throw unknownEvent(choice, [...fields.keys()]);
  if (asked.some(({ name, known }) => isThere(name, known))) return;
  const known = asked.flatMap((one) => one.known);
  throw unknownField(first.name, known, first.name === choice ? undefined : eventIn(choice));
}

/** @throws UserError `unknown-field` for a field that no payload of its events has. */
function requireTemplate(choice: string, fields: ReadonlyMap<Event, readonly Field[]>): void {
  const event = eventIn(choice);
  if (event !== undefined && !fields.has(event)) throw unknownEvent(choice, [...fields.keys()]);
  const known = event === undefined ? [...fields.values()].flat() : (fields.get(event) ?? []);
  const names = fieldNamesIn(withoutEvent(choice));
  const unknown = names.find((name) => !isField(name, known));
  if (unknown !== undefined) throw unknownField(unknown, known, event);
  const list = names.find((name) => fieldCalled(name, known)?.kind === "list");
  if (list !== undefined) throw unknownField(list, known, event);
}

/** @param event The only event that was asked for. */
function unknownField(name: string, fields: readonly Field[], event?: string): UserError {
  const names = [...new Set(fields.map((field) => field.name))];
  const inside = names.filter((one) => one.startsWith(`${name}.`));
  const list = (some: readonly string[]): string =>
    [...some.slice(0, MAX_NAMED), ...(some.length > MAX_NAMED ? ["…"] : [])].join(", ");
  const isObject = inside.length > 0;
  const of = event === undefined ? "" : ` of ${event}`;
  return new UserError(
    isObject
      ? `${name} holds objects, and only what is in them can be shown.`
      : `No payload${of} has a value in ${name} that can be shown.`,
    {
      code: "unknown-field",
      hint: isObject
        ? `Choose what is in it: ${list(inside)}.`
        : didYouMean(name, names, `The payloads${of} have ${list(names)}.`),
    },
  );
}

const MAX_NAMED = 12;

function unknownEvent(choice: string, events: readonly Event[]): UserError {
  const known = events.flatMap((event) => event ?? []);
  const event = eventIn(choice) ?? "";
  return new UserError(`No payload to draft from is of the event ${event}.`, {
    code: "unknown-field",
    hint: didYouMean(
      event,
      known,
      known.length > 0 ? `The events are ${known.join(", ")}.` : "Name the field alone.",
    ),
  });
}

/** Payloads as if they had nothing in the fields that are not to be told. */
export function withoutHidden(
  values: readonly JsonValue[],
  chosen: ChosenFields | undefined,
): JsonValue[] {
  const hide = chosen?.hide ?? [];
  return values.map((value) => hide.reduce(without, value));
}

/** A content that tells the chosen fields which a message does not tell by itself, as far as they can be shown. */
export function tellingMore(
  content: EventContent,
  fields: readonly Field[],
  leaves: readonly Leaf[],
  payloads: PayloadFacts,
  values: readonly JsonValue[],
): EventContent {
  const [found] = fields.flatMap(({ kind, path }) =>
    kind === "list" ? (listAt(values, path) ?? []) : [],
  );
  const telling = found && tellingItems(found, fields, values);
  const shown = fields.flatMap((field) =>
    telling?.told.includes(field) ? [] : (leafOf(field, leaves, values) ?? []),
  );
  return withChosen(content, shown, telling?.list, payloads);
}
