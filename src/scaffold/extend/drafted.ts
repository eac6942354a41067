/** The draft for one event: what a new view would say of it, taken apart so that it fits into a view that is there. */
import type { Checkout, Integration } from "../../checkout/model.ts";
import { BugError } from "../../errors.ts";
import {
  type EventSource,
  isSamePath,
  type JsonPath,
  type JsonValue,
  type Payload,
} from "../../payload/index.ts";
import { assignmentsIn, tableOf } from "../../python/event-syntax.ts";
import { parseModule } from "../../python/parse-module.ts";
import { namesIn } from "../../python/rename.ts";
import type { FunctionDefinition, ImportedName, PythonModule } from "../../python/syntax.ts";
import { choicesFor, type DraftChoices } from "../choices.ts";
import { draftView } from "../draft.ts";
import { type DraftField, draftFields } from "../fields-told.ts";
import { clientNameOf } from "../names.ts";
import { writeViewFile } from "../python/view-file.ts";
import { onlyReached } from "../reached.ts";

/** A definition of the drafted view. */
export interface Piece {
  readonly name: string;
  readonly kind: "constant" | "function";
  readonly text: string;
}

export interface DraftedEvent {
  /** The function that makes the text, as source. */
  readonly text: Piece;
  /** The topic as an expression of `payload`. */
  readonly topic: string;
  /** What the two use, in source order. */
  readonly pieces: readonly Piece[];
  /** Imports of the drafted view. */
  readonly imports: readonly ImportedName[];
  /** The fields of the payloads, and whether the message tells them. */
  readonly fields: readonly DraftField[];
}

export interface DraftInput {
  readonly checkout: Checkout;
  readonly integration: Integration;
  /** Payloads of one event. */
  readonly payloads: readonly Payload[];
  readonly event: string;
  /** Whether the view reads its payload with `WildValue`. */
  readonly wildValue: boolean;
  readonly choices: DraftChoices;
}

/** Drafts what is said of an event. */
export async function draftEvent(input: DraftInput): Promise<DraftedEvent> {
  const { integration, payloads, event } = input;
  const checkout = withDialect(input);
  const { displayName, name } = integration;
  const named = payloads.map((payload) => ({ ...payload, headerEvent: event }));
  const drafted = draftView(named, sourceOf(named, event), {
    displayName,
    abilities: {
      setupMessage: checkout.dialect.view.commonNames.has("get_setup_webhook_message"),
    },
    choices: choicesFor(
      event,
      payloads.map(({ value }) => value),
      input.choices,
    ),
  });
  const draft = onlyReached(drafted);
  const clientName = clientNameOf(displayName);
  const shared = { checkout, name, clientName, auth: "api-key", draft, payloads: named } as const;
  const apart = takeApart(parseModule(await writeViewFile(shared)), `api_${name}_webhook`);
  const fields = draftFields(draft.messages).map((field) => ({ ...field, event }));
  return { ...apart, fields };
}

/** Views of one tree differ in whether they have been brought to `WildValue`. */
function withDialect({ checkout, wildValue }: DraftInput): Checkout {
  const { dialect } = checkout;
  const library = { ...dialect.view.library, wildValue };
  return { ...checkout, dialect: { ...dialect, view: { ...dialect.view, library } } };
}

/** Where the payloads name the event: the draft says nothing of that place twice. */
function sourceOf(payloads: readonly Payload[], event: string): EventSource {
  const [first] = payloads;
  const paths = first ? pathsTo(first.value, event) : [];
  const path = paths.find((one) =>
    payloads.every(({ value }) => pathsTo(value, event).some((other) => isSamePath(one, other))),
  );
  if (path) return { kind: "key", path };
  // The view looks for it among the keys.
  const isKey = payloads.every(({ value }) => value.kind === "object" && value.entries.has(event));
  return isKey ? { kind: "shape", keys: [event] } : { kind: "header", header: "X-Event" };
}

/** The event's name stands near the payload's top. */
function pathsTo(value: JsonValue, text: string, above: JsonPath = []): JsonPath[] {
  if (value.kind === "string") return value.value === text ? [above] : [];
  if (value.kind !== "object" || above.length > 2) return [];
  return [...value.entries].flatMap(([key, child]) => pathsTo(child, text, [...above, key]));
}

function takeApart(module: PythonModule, viewName: string): Omit<DraftedEvent, "fields"> {
  const view = module.functions.find(({ name }) => name === viewName);
  const [handler] = tableOf(module, "EVENT_FUNCTION_MAPPER")?.elements ?? [];
  const name = handler?.value.kind === "name" ? handler.value.name : "";
  const body = module.functions.find((one) => one.name === name);
  const [topic] = view
    ? ["topic", "topic_name"].flatMap((one) => assignmentsIn(module, view.node, one))
    : [];
  if (!body || !topic) throw new BugError("The drafted view is not as it is expected to be.");
  const topicText = module.text.slice(topic.node.from, topic.node.to);
  return {
    text: pieceOf(module, body),
    topic: topicText,
    pieces: usedPieces(module, [pieceOf(module, body).text, topicText], name),
    imports: module.imports,
  };
}

function pieceOf({ text }: PythonModule, { name, from, to }: FunctionDefinition): Piece {
  return { name, kind: "function", text: text.slice(from, to).trimEnd() };
}

/** The definitions that some texts use, and those that these use. */
function usedPieces(module: PythonModule, texts: readonly string[], known: string): Piece[] {
  const { functions, assignments, text } = module;
  const used = new Set<string>();
  const look = (source: string): void => {
    for (const { name } of namesIn(source)) {
      const found =
        functions.find((one) => one.name === name) ??
        assignments.find(({ target }) => target === name);
      if (!found || used.has(name) || name === known) continue;
      used.add(name);
      look(text.slice(found.from, found.to));
    }
  };
  for (const one of texts) look(one);
  return [
    ...assignments
      .filter(({ target }) => used.has(target))
      .map(({ target, from, to }) => ({
        name: target,
        kind: "constant" as const,
        text: text.slice(from, to).trimEnd(),
      })),
    ...functions.filter(({ name }) => used.has(name)).map((one) => pieceOf(module, one)),
  ];
}
