/** `view.py` of a new integration. */
import { join } from "node:path";
import type { ViewDialect } from "../../checkout/dialect-model.ts";
import type { Checkout } from "../../checkout/model.ts";
import { templatePath } from "../../host/assets.ts";
import { readTextSync } from "../../host/files.ts";
import {
  eventOf,
  isMixed,
  type JsonPath,
  listOf,
  type Payload,
  sourceInList,
} from "../../payload/index.ts";
import {
  djangoHeader,
  writeFixtureHeaders as writeHeaderTable,
} from "../../python/fixture-headers.ts";
import { ImportList } from "../../python/import-list.ts";
import { writeString } from "../../python/strings.ts";
import { listsOfDraft, usesOfDraft, type ViewDraft } from "../draft.ts";
import { fillTemplate } from "../template.ts";
import { writeAccess, writePresence } from "./access.ts";
import { readingOf } from "./bodies.ts";
import { formatPython } from "./format.ts";
import { type PythonStyle, validatorsOf, writeFunctions } from "./functions.ts";
import { writeText } from "./text.ts";
import { hasTopicFunction, topicNeedsEvent } from "./topic.ts";

/** How the service proves who it is: the key in the URL, or Basic authentication. */
export type AuthStyle = "api-key" | "basic";

export interface ViewFileInput {
  readonly checkout: Checkout;
  readonly name: string;
  /** The service's name in one word, as `webhook_view` takes it. */
  readonly clientName: string;
  readonly auth: AuthStyle;
  readonly draft: ViewDraft;
  readonly payloads: readonly Payload[];
}

/** What the view calls an event that none of its keys tells. */
export const UNKNOWN_SHAPE = "unknown";

/** The variable that holds one of several events. */
const ITEM = "item";

/** The text of a template below `templates/integration/`. */
export function integrationTemplate(name: string): string {
  return readTextSync(templatePath(join("integration", name)));
}

/** Writes `view.py` in the tree's dialect. */
export async function writeViewFile(input: ViewFileInput): Promise<string> {
  const { checkout, draft } = input;
  const { view, registry } = checkout.dialect;
  const events = draft.source.kind !== "none";
  const imports = new ImportList();
  const reading = readingOf(input.payloads, view, imports);
  const list = listOf(draft.source);
  const source = fillTemplate(integrationTemplate("view.py"), {
    flags: {
      events,
      each: list !== undefined,
      surely: isSurelyKnown(draft),
      basic: input.auth === "basic",
      header: draft.source.kind === "header",
      parameter: reading.parameter !== "",
      reading: reading.lines !== "",
    },
    blocks: {
      imports: writeImports(input, imports),
      "fixture headers": writeFixtureHeaders(input),
      functions: writeFunctions(draft, styleOf(view), [
        ...reading.functions,
        ...writeEventFunction(draft),
      ]),
      mapper: writeMapper(draft, view),
      endpoint: reading.decorator,
      payload: reading.parameter,
      reading: reading.lines,
      loop: writeLoop(input, list ?? []),
      event: `${list ? "        " : "    "}event = ${writeEvent(input)}`,
      topic: `${list ? "        " : "    "}${view.topicVariable} = ${writeTopic(draft)}`,
    },
    words: {
      INTEGRATION_NAME: input.name,
      CLIENT_NAME: input.clientName,
      TOPIC_VARIABLE: view.topicVariable,
    },
  });
  return formatPython(oneLineAfterImports(inOlderTerms(source, input)), registry.lineLength);
}

/** A library of another year calls things otherwise, or lacks them. The template says what today's says. */
function inOlderTerms(source: string, { checkout, clientName }: ViewFileInput): string {
  const { library } = checkout.dialect.view;
  const replace: [boolean, RegExp, string][] = [
    [!library.wildValue, /\.tame\((?:[^()]|\([^()]*\))*\)/g, ""],
    [!library.wildValue, /\bWildValue\b/g, "Dict[str, Any]"],
    [!library.declaresEvents, /, all_event_types=ALL_EVENT_TYPES\)/g, ")"],
    [!library.declaresEvents, /^ALL_EVENT_TYPES = .*\n+/gm, ""],
    [!library.successTakesRequest, /json_success\(request\)/g, "json_success()"],
    [!library.sendTakesEvent, /, body, event\)/g, ", body)"],
    [true, /@webhook_view\(/g, `@${library.webhookView}(`],
    [
      library.unsupportedEventTakesName,
      /UnsupportedWebhookEventTypeError\((?=event|"unknown")/g,
      `UnsupportedWebhookEventTypeError(${writeString(clientName)}, `,
    ],
    [true, /\bUnsupportedWebhookEventTypeError\b/g, library.unsupportedEvent ?? "ValueError"],
  ];
  return replace.reduce(
    (text, [applies, from, to]) => (applies ? text.replace(from, () => to) : text),
    source,
  );
}

/** Import sorters want one blank line between imports and a constant, where functions have two; constants stand so too. */
const oneLineAfterImports = (source: string): string =>
  source.replace(/^((?:from|import|fixture_to_headers =) [^\n]*|\))\n\n\n+(?=[A-Z#])/gm, "$1\n\n");

/** Goes through the events of a request, which may be one of them and no list. */
function writeLoop({ checkout, payloads }: ViewFileInput, list: JsonPath): string {
  const whole = `    for ${ITEM} in ${writeAccess("payload", list)}`;
  if (list.length > 0 || !isMixed(payloads)) return `${whole}:`;
  const value = checkout.dialect.view.library.wildValue ? "payload.value" : "payload";
  return `${whole} if isinstance(${value}, list) else [payload]:`;
}

function writeTopic(draft: ViewDraft): string {
  const holder = listOf(draft.source) ? ITEM : "payload";
  if (topicNeedsEvent(draft)) return `get_topic(${holder}, event)`;
  return hasTopicFunction(draft)
    ? `get_topic(${holder})`
    : writeText(draft.messages[0]?.topic ?? []);
}

function styleOf({ typing }: ViewDialect): PythonStyle {
  const legacy = typing === "legacy";
  return { listType: legacy ? "List" : "list", dictType: legacy ? "Dict" : "dict" };
}

/** @param imports What reading the body imports; the others are added. */
function writeImports(
  { checkout, auth, draft, payloads }: ViewFileInput,
  imports: ImportList,
): string {
  const { view } = checkout.dialect;
  const { library } = view;
  imports
    .add("django.http", "HttpRequest", "HttpResponse")
    .add("zerver.decorator", auth === "basic" ? "authenticated_rest_api_view" : library.webhookView)
    .add("zerver.lib.response", "json_success")
    .add("zerver.lib.webhooks.common", "check_send_webhook_message")
    .add(view.userProfileModule, "UserProfile");
  if (library.wildValue) imports.add("zerver.lib.validator", "WildValue", ...validatorsOf(draft));
  else imports.add("typing", "Any", "Dict");
  const uses = usesOfDraft(draft);
  const shown = uses.map((use) => (use.use === "field" ? use.shown : undefined));
  if (shown.includes("seconds") || shown.includes("milliseconds")) {
    imports.add("zerver.lib.timestamp", "timestamp_to_datetime");
  }
  if (shown.includes("quote")) imports.add("re", "findall");
  if (draft.messages.some(({ body }) => body === "setup")) {
    imports.add("zerver.lib.webhooks.common", "get_setup_webhook_message");
  }
  const isTyped = shown.some((way) => typeof way === "object" || way === "answer");
  if (view.typing === "legacy" && isTyped) imports.add("typing", "Dict");
  if (view.typing === "legacy" && listsOfDraft(draft).length > 0) imports.add("typing", "List");
  if (draft.source.kind === "none") return imports.write();
  if (library.unsupportedEvent) imports.add("zerver.lib.exceptions", library.unsupportedEvent);
  imports.add(view.typing === "legacy" ? "typing" : "collections.abc", "Callable");
  if (view.typing === "legacy") imports.add("typing", "Dict");
  if (draft.messages.some(({ word }) => word !== undefined)) imports.add("functools", "partial");
  if ((draft.source.kind === "key" || draft.source.kind === "rules") && library.wildValue)
    imports.add("zerver.lib.validator", "check_string");
  if (draft.source.kind === "header") {
    if (view.eventHeaderFunction) {
      imports.add("zerver.lib.webhooks.common", view.eventHeaderFunction);
    }
    if (view.fixtureHeadersFunction && namesSayHeaders(payloads, draft)) {
      imports.add("zerver.lib.webhooks.common", view.fixtureHeadersFunction);
    }
  }
  return imports.write();
}

/** Whether the header's value can be read from each fixture's name, as the tree's helper does it. */
function namesSayHeaders(payloads: readonly Payload[], { source }: ViewDraft): boolean {
  return payloads.every((payload) => firstPart(payload.name) === eventOf(payload, source));
}

/** What tells tests, and the screenshot tool, which header goes with a fixture. */
function writeFixtureHeaders({ checkout, draft, payloads }: ViewFileInput): string {
  if (draft.source.kind !== "header") return "";
  const { fixtureHeadersFunction, typing } = checkout.dialect.view;
  const key = djangoHeader(draft.source.header);
  if (fixtureHeadersFunction && namesSayHeaders(payloads, draft)) {
    return `fixture_to_headers = ${fixtureHeadersFunction}(${writeString(key)})`;
  }
  const pairs = payloads.map(
    (payload) => [payload.name, eventOf(payload, draft.source) ?? ""] as const,
  );
  const byPart = new Map(pairs.map(([name, event]) => [firstPart(name), event]));
  const tells = pairs.every(([name, event]) => byPart.get(firstPart(name)) === event);
  return writeHeaderTable({
    key,
    events: Object.fromEntries(tells ? byPart : pairs),
    by: tells ? "first part" : "whole name",
    dictType: typing === "legacy" ? "Dict" : "dict",
  });
}

/** Whether an event that was named is one the view knows: its own function made up the name, and refused the others. */
const isSurelyKnown = ({ source }: ViewDraft): boolean =>
  source.kind === "rules" && source.rules.every(({ name }) => name !== undefined);

/** The function that names the event of payloads of several shapes. */
function writeEventFunction({ source }: ViewDraft): string[] {
  const inItem = sourceInList(source);
  if (inItem.kind !== "rules") return [];
  const rules = inItem.rules.flatMap(({ path, name }) => [
    `    if ${writePresence(path)}:`,
    `        return ${name === undefined ? `${writeAccess("payload", path)}.tame(check_string)` : writeString(name)}`,
  ]);
  return [
    [
      "def get_event(payload: WildValue) -> str:",
      ...rules,
      `    raise UnsupportedWebhookEventTypeError(${writeString(UNKNOWN_SHAPE)})`,
    ].join("\n"),
  ];
}

const firstPart = (name: string): string => name.split("__")[0] ?? "";

function writeMapper({ messages }: ViewDraft, { typing }: ViewDialect): string {
  const dict = typing === "legacy" ? "Dict" : "dict";
  const functions = new Map(
    messages.map(({ event, functionName, variant, word }) => [
      event,
      word === undefined
        ? (variant?.dispatcher ?? functionName)
        : `partial(${functionName}, action=${writeString(word)})`,
    ]),
  );
  const entries = [...functions].map(
    ([event, value]) => `    ${writeString(event ?? "")}: ${value},`,
  );
  return [
    `EVENT_FUNCTION_MAPPER: ${dict}[str, Callable[[WildValue], str]] = {`,
    ...entries,
    "}",
  ].join("\n");
}

function writeEvent({ checkout, draft, clientName }: ViewFileInput): string {
  const holder = listOf(draft.source) ? ITEM : "payload";
  const source = sourceInList(draft.source);
  if (source.kind === "none") return "";
  if (source.kind === "shape") {
    return `next((key for key in EVENT_FUNCTION_MAPPER if key in ${holder}), "${UNKNOWN_SHAPE}")`;
  }
  if (source.kind === "rules") return `get_event(${holder})`;
  if (source.kind === "key") return `${writeAccess(holder, source.path)}.tame(check_string)`;
  const { eventHeaderFunction, eventHeaderParameters, eventHeaderAsDjango } = checkout.dialect.view;
  const { header: sent } = source;
  if (!eventHeaderFunction) return `request.headers.get(${writeString(sent)}, "")`;
  const header = writeString(eventHeaderAsDjango ? djangoHeader(sent).replace(/^HTTP_/, "") : sent);
  const values = eventHeaderParameters.map((parameter) => {
    if (parameter === "request") return "request";
    return parameter.includes("header") ? header : writeString(clientName);
  });
  return `${eventHeaderFunction}(${values.join(", ")})`;
}
