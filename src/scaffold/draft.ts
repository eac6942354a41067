/**
 * The first draft of a view, as data: which fields it reads, and the messages it makes of them. The Python of the view
 * is made from this.
 */
import {
  countsCents,
  type EventContent,
  type EventSource,
  eventOf,
  eventsIn,
  findContent,
  isMaking,
  type JsonPath,
  type JsonValue,
  type Leaf,
  leavesOf,
  type Payload,
  slugOf,
  sourceInList,
  UNTOLD_KIND,
  valueAt,
  variantsByRule,
  variantsOf,
} from "../payload/index.ts";
import { chooseFields, type DraftChoices, NO_CHOICES, withoutHidden } from "./choices.ts";
import {
  type Abilities,
  draftMessage,
  type MessageDraft,
  type MessageInput,
} from "./draft-message.ts";
import { requireTold } from "./fields-told.ts";
import { type Listing, type Use, usesOf, usesOfBody } from "./message.ts";
import type { MessageContext } from "./wording/context.ts";
import { wordsOfEvent } from "./wording/event-words.ts";
import { asRun, isPushed, withObject } from "./wording/said-by-payload.ts";
import { namedAsUsual, usualTitle, wholeOf } from "./wording/usual-title.ts";
import { Variables } from "./wording/variables.ts";

export interface ViewDraft {
  readonly source: EventSource;
  readonly displayName: string;
  /** One for each event and kind of its payloads, in the order the payloads came. */
  readonly messages: readonly MessageDraft[];
}

/** What is known besides the payloads. */
export interface DraftSettings {
  /** The service's name, for messages in which nothing else says what happened. */
  readonly displayName: string;
  readonly abilities: Abilities;
  /** What the author wants the messages to tell; nothing where left out. */
  readonly choices?: DraftChoices;
}

/** So many payloads of one event show what is in it: a request may bring tens of thousands. */
const MAX_OF_EVENT = 500;

/**
 * Drafts a view.
 * @param payloads At least one.
 * @param whole Where payloads name their event; each item of a list may be one.
 * @throws UserError when a payload does not name its event, or has no field that was chosen.
 */
export function draftView(
  payloads: readonly Payload[],
  whole: EventSource,
  { displayName, abilities, choices = NO_CHOICES }: DraftSettings,
): ViewDraft {
  const source = sourceInList(whole);
  const byEvent = new Map<string | undefined, JsonValue[]>();
  for (const payload of payloads)
    for (const value of eventsIn(payload.value, whole)) {
      const event = eventOf({ ...payload, value }, source);
      const group = byEvent.get(event) ?? [];
      if (group.length < MAX_OF_EVENT) group.push(value);
      byEvent.set(event, group);
    }
  const shared = sharedStart([...byEvent.keys()]);
  const used = new Set<string>();
  const chosen = chooseFields(choices, byEvent);
  const shownOf = (event: string | undefined, values: readonly JsonValue[]): JsonValue[] =>
    withoutHidden(values, chosen.get(event));
  const all = [...byEvent].flatMap(([event, values]) => shownOf(event, values));
  const cents = countsCents(all);
  const inputs = [...byEvent].flatMap(([event, group]): MessageInput[] => {
    const input = (whole: readonly JsonValue[], functionName: string): MessageInput => {
      const values = shownOf(event, whole);
      const fields = steady(leavesOf(values, envelopeOf(source)), all);
      const leaves = withoutEvent(fields, source);
      const isKey = isKeyOfThing(event, source);
      const isPush = (event === undefined || isKey) && isPushed(leaves);
      const said = isPush
        ? "push"
        : withObject(event?.slice(shared.length), leaves, holderOf(source));
      const context = contextOf(said, values, leaves, displayName, isKey, cents);
      const told = { values, fields, leaves, cents, context, chosen: chosen.get(event) };
      return { event, functionName, whole, displayName, abilities, ...told };
    };
    const dispatcher = functionNameOf(event, used);
    const variants = variantsOf(group);
    const kinds = variants ?? variantsByRule(group, source);
    if (!kinds) return [input(group, dispatcher)];
    return kinds.map(({ path, values }) => {
      // The key of an event says nothing of what its payloads are about.
      const kind = variants ? [event, path.at(-1)].filter(Boolean).join(" ") : event;
      return { ...input(values, functionNameOf(kind, used)), variant: { path, dispatcher } };
    });
  });
  const contexts = inputs.map(({ context }) => context);
  const usual = usualTitle(contexts);
  const holding =
    inputs.length > 1
      ? wholeOf(withoutEvent(leavesOf(all, envelopeOf(source)), source), all)
      : undefined;
  const messages = inputs.map(({ context, ...input }) =>
    draftMessage(
      { ...input, context: namedAsUsual(context, input.leaves, usual) },
      { contexts, usual, whole: holding },
    ),
  );
  requireTold(chosen, messages);
  return { source: whole, displayName, messages };
}

/** What all names of events start with and say nothing by, such as `store/` before `store/order/created`. */
function sharedStart(events: readonly (string | undefined)[]): string {
  const parts = events.map((event) => (event ?? "").split(/(?<=[/.:])/));
  const [first = ""] = parts[0] ?? [];
  const isShared = parts.every((one) => one.length > 2 && one[0] === first);
  return parts.length > 1 && isShared ? first : "";
}

/** Where the key stands that names the event. */
const holderOf = (source: EventSource): JsonPath =>
  source.kind === "key" ? source.path.slice(0, -1) : [];

/** The list whose first item names the event. */
function envelopeOf(source: EventSource): string | undefined {
  const paths =
    source.kind === "key"
      ? [source.path]
      : source.kind === "rules"
        ? source.rules.map(({ path }) => path)
        : [];
  const key = paths.find((path) => path[1] === 0)?.[0];
  return typeof key === "string" ? key : undefined;
}

/** Whether an event is called after a key that only its payloads have. */
const isKeyOfThing = (event: string | undefined, source: EventSource): boolean =>
  source.kind === "shape" ||
  (source.kind === "rules" &&
    source.rules.some(({ name }) => name !== undefined && name === event));

function contextOf(
  event: string | undefined,
  values: readonly JsonValue[],
  leaves: readonly Leaf[],
  displayName: string,
  isKey: boolean,
  cents: boolean,
): MessageContext {
  const isTold = event !== undefined && event !== UNTOLD_KIND;
  const words = isTold ? wordsOfEvent(event, displayName, isKey) : undefined;
  const making = words?.verb === undefined ? undefined : isMaking(words.verb);
  const hints = { words: words?.nouns ?? [], making, verb: words?.verb, cents };
  const content = withoutService(findContent(leaves, values, hints), displayName);
  const told = words && content.state && asRun(words);
  return { content, words: told || words, displayName, variables: new Variables() };
}

/** That something belongs to the service goes without saying. */
function withoutService({ group, ...content }: EventContent, displayName: string): EventContent {
  const isService = group?.name.samples.every((text) => isServiceName(text, displayName));
  return group && !isService ? { ...content, group } : content;
}

/** Whether a text is the service's name, as far as a text in a payload is: `acme` is that of Acme.com. */
function isServiceName(text: string, displayName: string): boolean {
  const bare = (name: string): string => slugOf(name.replace(/\.\w{2,4}$/, ""));
  return bare(text) !== "" && bare(text) === bare(displayName);
}

function withoutEvent(leaves: readonly Leaf[], source: EventSource): Leaf[] {
  const rules =
    source.kind === "rules" ? source.rules.filter(({ name }) => name === undefined) : [];
  const paths = source.kind === "key" ? [source.path] : rules.map(({ path }) => path);
  const known = new Set(paths.map((path) => JSON.stringify(path)));
  return leaves.filter((leaf) => !known.has(JSON.stringify(leaf.path)));
}

/** Leaves out fields that are no single value in a payload of another event: here too they may be none some day. */
function steady(leaves: readonly Leaf[], values: readonly JsonValue[]): Leaf[] {
  const single = /^(string|integer|float|null)$/;
  return leaves.flatMap((leaf) => {
    const fits = leaf.kind === "texts" ? /^(array|null)$/ : single;
    const found = values.map((value) => valueAt(value, leaf.path));
    if (!found.every((value) => value === undefined || fits.test(value.kind))) return [];
    const mayBeNull = found.some((value) => value?.kind === "null");
    const known = leaf.optional.some((path) => path.length === leaf.path.length);
    const optional = mayBeNull && !known ? [...leaf.optional, leaf.path] : leaf.optional;
    // What is whole here and 183.5 elsewhere will not stay whole.
    const isLoose = leaf.kind === "integer" && found.some((value) => value?.kind === "float");
    return [{ ...leaf, optional, ...(isLoose && { kind: "number" as const }) }];
  });
}

function functionNameOf(event: string | undefined, used: Set<string>): string {
  if (event === undefined) return "get_body";
  const slug = slugOf(event).replace(/_+/g, "_").slice(0, 50) || "event";
  let name = `get_${slug}_body`;
  for (let count = 2; used.has(name); count++) name = `get_${slug}_${count}_body`;
  used.add(name);
  return name;
}

/** Every use in a draft's functions. */
export function usesOfDraft({ messages }: ViewDraft): Use[] {
  return messages.flatMap(({ topic, body, setupBy = [] }) => [
    ...usesOf(topic),
    ...(body === "setup" ? usesOf(setupBy) : usesOfBody(body)),
  ]);
}

/** Every list that they tell. */
export function listsOfDraft({ messages }: ViewDraft): Listing[] {
  return messages.flatMap(({ body }) =>
    body === "setup" ? [] : body.flatMap(({ list }) => list ?? []),
  );
}
