/** The Python functions of a drafted view. */
import type { JsonPath } from "../../payload/index.ts";
import { writeString } from "../../python/strings.ts";
import { listsOfDraft, usesOfDraft, type ViewDraft } from "../draft.ts";
import type { MessageDraft } from "../draft-message.ts";
import {
  type Body,
  type FieldUse,
  type Parts,
  type Passage,
  type Table,
  type Use,
  usesOf,
} from "../message.ts";
import { Places, placesOf, writePresence } from "./access.ts";
import { helpersFor } from "./helpers.ts";
import { writeList } from "./list.ts";
import { withNote } from "./notes.ts";
import { readsOf, writeChoice, writeHas, writeNeed, writeReturn, writeText } from "./text.ts";
import { hasTopicFunction, writeTopicFunction } from "./topic.ts";

/** The parts of Python that differ among trees. */
export interface PythonStyle {
  /** `List` or `list`, `Dict` or `dict`. */
  readonly listType: string;
  readonly dictType: string;
}

/** Validators, and other functions of the library, that the functions use. */
export function validatorsOf(draft: ViewDraft): string[] {
  const asks = listsOfDraft(draft).some(({ asked }) => asked);
  const kinds = fieldsIn(usesOfDraft(draft)).flatMap(({ kind, eachIsNumber }) =>
    eachIsNumber ? validators.integer : validators[kind],
  );
  return asks ? [...kinds, "check_string"] : kinds;
}

const validators: Readonly<Record<FieldUse["kind"], readonly string[]>> = {
  string: ["check_string"],
  texts: ["check_string"],
  boolean: ["check_bool"],
  integer: ["check_int"],
  number: ["check_float", "check_int", "check_union"],
  "text or number": ["check_int", "check_string", "check_union"],
  anything: ["check_anything", "check_string"],
};

const fieldsIn = (uses: readonly Use[]): FieldUse[] => uses.filter((use) => use.use === "field");

/**
 * The source of all constants and functions: helpers, the topic's, then one for each event.
 * @param others Functions that read the request, which come first.
 */
export function writeFunctions(
  draft: ViewDraft,
  style: PythonStyle,
  others: readonly string[],
): string {
  const uses = usesOfDraft(draft);
  const helpers = helpersFor(uses, listsOfDraft(draft).length > 0);
  const constants = [
    ...helpers.map(({ constants: text }) => text),
    ...writeTables(uses, style),
  ].filter((text) => text !== "");
  const functions = [
    ...others,
    ...helpers.map(({ source }) =>
      source.replace("LIST_TYPE", style.listType).replace("DICT_TYPE", style.dictType),
    ),
    ...(hasTopicFunction(draft) ? [writeTopicFunction(draft)] : []),
    ...functionsOf(draft).flatMap((message) => writeMessageFunctions(message, draft.displayName)),
    ...writeDispatchers(draft),
  ];
  return [...(constants.length > 0 ? [`${apart(constants)}\n`] : []), ...functions].join("\n\n\n");
}

/** Constants of one line stand together. */
const apart = (constants: readonly string[]): string =>
  constants.join("\n\n").replace(/^(MAX_\w+ = .*)\n\n(?=MAX_)/gm, "$1\n");

/** One message for each function. */
const functionsOf = ({ messages }: ViewDraft): MessageDraft[] =>
  messages.filter(
    ({ functionName }, at) =>
      messages.findIndex((other) => other.functionName === functionName) === at,
  );

/** For each event with several kinds of payloads the function that asks for the kind. */
function writeDispatchers({ messages }: ViewDraft): string[] {
  const byName = new Map<string, MessageDraft[]>();
  for (const message of messages) {
    const name = message.variant?.dispatcher;
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), message]);
  }
  return [...byName].map(([name, kinds]) => {
    const last = kinds.at(-1);
    const cases = kinds
      .slice(0, -1)
      .flatMap(({ functionName, variant }) => [
        `    if ${writePresence(variant?.path ?? [])}:`,
        `        return ${functionName}(payload)`,
      ]);
    const head = `def ${name}(payload: WildValue) -> str:`;
    return [head, ...cases, `    return ${last?.functionName}(payload)`].join("\n");
  });
}

/** Tables of words, of which several functions may share one. */
function writeTables(uses: readonly Use[], { dictType }: PythonStyle): string[] {
  const tables = new Map<string, Record<string, string>>();
  for (const { name, entries } of tablesIn(uses))
    tables.set(name, { ...tables.get(name), ...entries });
  return [...tables].map(([name, entries]) => {
    const lines = Object.entries(entries).map(
      ([word, text]) => `    ${writeString(word)}: ${writeString(text)},`,
    );
    return `${name}: ${dictType}[str, str] = {\n${lines.join("\n")}\n}`;
  });
}

function tablesIn(uses: readonly Use[]): Table[] {
  return fieldsIn(uses).flatMap(({ shown }) => (typeof shown === "object" ? [shown.table] : []));
}

function writeMessageFunctions(message: MessageDraft, displayName: string): string[] {
  const { functionName, body, setupBy } = message;
  if (body === "setup") return [writeSetupFunction(functionName, displayName, setupBy)];
  const lines = body.flatMap(({ list }) =>
    list
      ? [
          writeBodyFunction(
            list.functionName,
            list.item,
            list.line,
            list.asked && ", question: str",
          ),
        ]
      : [],
  );
  const action = message.word && ", action: str";
  const written = writeBodyFunction(functionName, "payload", body, action);
  return [...lines, withNote(written, message)];
}

function writeSetupFunction(name: string, displayName: string, by: Parts | undefined): string {
  const reads = by ? readsOf(usesOf(by), "payload", new Set(), new Places()) : [];
  const single =
    by?.length === 1 && typeof by[0] === "object" && by[0].use === "field"
      ? by[0].variable
      : undefined;
  const who = by ? `, ${single ?? writeText(by)}` : "";
  return [
    `def ${name}(payload: WildValue) -> str:`,
    ...reads,
    `    return get_setup_webhook_message(${writeString(displayName)}${who})`,
  ].join("\n");
}

/** @param parameter What else it is given, with the comma before it. */
function writeBodyFunction(name: string, source: string, body: Body, parameter = ""): string {
  const passages = merged(body);
  const { places, lines: reads } = placesOf(passages, source);
  const known = new Set<string>();
  const [first, ...others] = passages;
  const lines = [`def ${name}(${source}: WildValue${parameter}) -> str:`, ...reads];
  if (others.length === 0 && first && !first.list)
    return [...lines, ...writeReturn(first.parts, source, places)].join("\n");
  const scope = { source, known, places };
  passages.forEach((passage, index) => {
    const [before, after] = [passages[index - 1], passages[index + 1]];
    const inner = sameOnly(before, passage) || sameOnly(passage, after);
    if (!inner) lines.push(...writePassage(passage, { ...scope, first: index === 0 }));
    else if (!sameOnly(before, passage)) lines.push(...writeRun(passages.slice(index), scope));
  });
  return [...lines, "    return body"].join("\n");
}

/** Whether two passages are told for the same values of a field. */
function sameOnly(a: Passage | undefined, b: Passage | undefined): boolean {
  return (
    a?.only !== undefined &&
    b?.only !== undefined &&
    JSON.stringify(a.only) === JSON.stringify(b.only)
  );
}

/** Passages at the start of these that are told for the same values of a field, under one condition. */
function writeRun(passages: readonly Passage[], scope: Omit<Scope, "first">): string[] {
  const [first] = passages;
  const end = passages.findIndex((passage) => !sameOnly(first, passage));
  const run = passages.slice(0, end < 0 ? undefined : end);
  if (!first?.only) return [];
  const before = readsOf([first.only.field], scope.source, scope.known, scope.places);
  const known = new Set(scope.known);
  const lines = run.flatMap(({ only: _, ...passage }) =>
    writePassage(passage, { ...scope, known, first: false }),
  );
  return [...before, `    if ${writeOnly(first.only)}:`, ...lines.map(indent)];
}

/** Passages under the same condition are told together. */
function merged(body: Body): Passage[] {
  const passages: Passage[] = [];
  const condition = ({ needs, has, only, differ }: Passage): string =>
    JSON.stringify([needs, has, only, differ]);
  for (const passage of body) {
    const last = passages.at(-1);
    if (
      last &&
      !last.list &&
      !last.otherwise &&
      !passage.otherwise &&
      condition(last) === condition(passage)
    ) {
      passages[passages.length - 1] = {
        ...last,
        ...passage,
        parts: [...last.parts, ...passage.parts],
      };
    } else passages.push(passage);
  }
  return passages;
}

interface Scope {
  source: string;
  /** Variables that are read already. */
  known: Set<string>;
  places: Places;
  first: boolean;
}

function writePassage(passage: Passage, scope: Scope): string[] {
  const { parts, needs, has, only, otherwise, differ, list } = passage;
  const { source, known, places, first } = scope;
  const sign = first ? "=" : "+=";
  const tell = (told: Parts, variables: Set<string>): string[] => [
    ...readsOf(usesOf(told), source, variables, places),
    ...(told.length > 0 || first ? [writeAddition(`body ${sign} ${writeText(told)}`, differ)] : []),
  ];
  const conditions = [
    ...(only ? [writeOnly(only)] : []),
    ...(needs ?? []).map((path) => writeNeed(path, source, places)),
    ...(has ? [writeHas(has, source, places)] : []),
  ];
  const before = only ? readsOf([only.field], source, known, places) : [];
  const inside = conditions.length > 0 ? new Set(known) : known;
  const lines = [
    ...tell(withoutNeeds(parts, needs), inside),
    ...(list ? writeList(list, source, places) : []),
  ];
  if (conditions.length === 0) return lines;
  const test = `    if ${conditions.join(" and ")}:`;
  if (!otherwise || otherwise.length === 0) return [...before, test, ...lines.map(indent)];
  if (passage.alwaysMet) {
    const told = [withoutNeeds(parts, needs), otherwise] as const;
    return [...before, ...writeChoice("rest", test, told, scope), `    body ${sign} rest`];
  }
  const other = tell(otherwise, new Set(known));
  return [...before, test, ...lines.map(indent), "    else:", ...other.map(indent)];
}

/** Links do not ask again for what their passage asks for. */
function withoutNeeds(parts: Parts, asked: readonly JsonPath[] = []): Parts {
  const known = new Set(asked.map((path) => JSON.stringify(path)));
  return parts.map((part) => {
    if (typeof part === "string" || part.use !== "link" || !part.needs) return part;
    const { needs, ...link } = part;
    const left = needs.filter((path) => !known.has(JSON.stringify(path)));
    return left.length > 0 ? { ...link, needs: left } : link;
  });
}

function writeAddition(line: string, differ: Passage["differ"]): string {
  if (!differ) return `    ${line}`;
  const [before, after] = differ;
  return `    if ${before.variable} != ${after.variable}:\n        ${line.replaceAll("\n", "\n    ")}`;
}

const indent = (text: string): string => text.replace(/^/gm, "    ");

function writeOnly({ field, values }: NonNullable<Passage["only"]>): string {
  const [value = ""] = values;
  return values.length === 1
    ? `${field.variable} == ${writeString(value)}`
    : `${field.variable} in (${values.map((text) => writeString(text)).join(", ")})`;
}
