/** Text with fields in it, as Python, and the lines that read the fields. */

import { type JsonPath, plural } from "../../payload/index.ts";
import { writeString } from "../../python/strings.ts";
import {
  type FieldUse,
  type LinkUse,
  type ListPlace,
  type Parts,
  type Use,
  usesOf,
} from "../message.ts";
import { type Places, writeAccess } from "./access.ts";
import { showPython } from "./helpers.ts";
import { UNCLEAR_SUM } from "./notes.ts";

/** Text with variables in it as a Python expression: a literal for each line. */
export function writeText(parts: Parts): string {
  const lines: Parts[] = [];
  let line: Parts[number][] = [];
  for (const part of parts) {
    const pieces = typeof part === "string" ? part.split(/(?<=\n)(?!\n)/) : [part];
    for (const piece of pieces) {
      line.push(piece);
      if (typeof piece === "string" && piece.endsWith("\n")) {
        lines.push(line);
        line = [];
      }
    }
  }
  if (line.length > 0) lines.push(line);
  const [single] = lines;
  const [only] = single ?? [];
  if (
    lines.length === 1 &&
    single?.length === 1 &&
    typeof only === "object" &&
    only.use !== "optional" &&
    !isNumber(only)
  )
    return only.variable;
  const literals = lines.map(writeLiteral);
  return literals.length <= 1
    ? (literals[0] ?? '""')
    : `(\n${literals.map((text) => `        ${text}`).join("\n")}\n    )`;
}

/** Whether a variable holds no text. */
const isNumber = (use: Use): boolean =>
  use.use === "field" && /^(integer|number|text or number)$/.test(use.kind);

function writeLiteral(parts: Parts): string {
  if (parts.every((part) => typeof part === "string")) return writeString(parts.join(""));
  const text = parts.map((part) =>
    typeof part === "string" || part.use === "optional"
      ? String(part).replace(/[{}]/g, "$&$&")
      : `{${part.variable}}`,
  );
  return `f${writeString(text.join(""))}`;
}

/** Lines that read what is not read yet. */
export function readsOf(
  uses: readonly Use[],
  source: string,
  known: Set<string>,
  places: Places,
): string[] {
  // A sum's two fields are read where it is made, and an address that may be missing where it is asked for.
  const inner = new Set(
    uses.flatMap((use) => {
      if (use.use === "link" && use.needs) return [use.url];
      return use.use === "money" ? [use.amount, use.currency] : [];
    }),
  );
  return uses.flatMap((use): string[] => {
    if (known.has(use.variable) || (use.use === "field" && inner.has(use))) return [];
    known.add(use.variable);
    switch (use.use) {
      case "field":
        return writeRead(use, source, places);
      case "link":
        return writeLink(use, source, places);
      case "word":
        return [];
      case "money": {
        const [amount, currency] = [use.amount, use.currency].map((field) =>
          writeValue(field, source, places),
        );
        const { kind } = use.amount;
        if (kind === "integer") return [`    ${use.variable} = get_amount(${amount}, ${currency})`];
        const text = kind === "string" ? amount : `str(${amount})`;
        return [`    ${use.variable} = get_amount_of_text(${text}, ${currency})`];
      }
      default:
        return [
          `    count = ${writeCount(use, source, places)}`,
          `    ${use.variable} = "1 ${use.noun}" if count == 1 else f"{count} ${plural(use.noun)}"`,
        ];
    }
  });
}

function writeLink(use: LinkUse, source: string, places: Places): string[] {
  const { variable, label, url, page = [], needs } = use;
  if (!needs)
    return [`    ${variable} = get_link(${writeLabel(label)}, ${writeLabel([url, ...page])})`];
  const conditions = needs.map((path) => writeNeed(path, source, places)).join(" and ");
  return [
    `    ${variable} = ${writeText(["**", ...label, "**"])}`,
    `    if ${conditions}:`,
    ...writeRead(url, source, places).map((line) => `    ${line}`),
    `        ${variable} = get_link(${writeLabel(label)}, ${writeLabel([url, ...page])})`,
  ];
}

/** What asks whether something is there, as Python. */
export function writeNeed(path: JsonPath, source: string, places: Places): string {
  const key = path.at(-1);
  if (key === undefined) return source;
  if (typeof key === "number") return places.access(source, path.slice(0, -1));
  return `${places.access(source, path.slice(0, -1))}.get(${writeString(key)})`;
}

/** What asks whether something has a key, as Python. */
export const writeHas = (path: JsonPath, source: string, places: Places): string =>
  `${writeString(String(path.at(-1)))} in ${places.access(source, path.slice(0, -1))}`;

function writeCount(use: ListPlace, source: string, places: Places): string {
  if (!use.within) return `len(${places.access(source, use.path)})`;
  const { item } = use.within;
  const loop = writeLoop({ path: use.within.path }, item, source, places);
  return `sum(len(${writeInner(use.path, use.within)}) ${loop})`;
}

/** The list in an item of another one. */
function writeInner(path: JsonPath, { item, isLoose }: NonNullable<ListPlace["within"]>): string {
  const [key] = path;
  return isLoose && typeof key === "string"
    ? `${item}.get(${writeString(key)}) or []`
    : writeAccess(item, path);
}

/** The part of a comprehension that goes through the items of a list. */
export function writeLoop(place: ListPlace, item: string, source: string, places: Places): string {
  const { path, within } = place;
  if (!within) return `for ${item} in ${places.access(source, path)}`;
  const outer = writeLoop({ path: within.path }, within.item, source, places);
  const inner = writeInner(path, within);
  return `${outer} for ${item} in ${within.isLoose ? `(${inner})` : inner}`;
}

function writeLabel(label: Parts): string {
  const [only] = label;
  return label.length === 1 && typeof only === "object" && only.use !== "optional"
    ? only.variable
    : writeText(label);
}

function writeRead(field: FieldUse, source: string, places: Places): string[] {
  const { variable, shown } = field;
  const value = writeValue(field, source, places);
  if (shown === "answer") return writeAnswer(field, source, places);
  if (typeof shown !== "object") {
    const note = shown === "unclear sum" ? [`    ${UNCLEAR_SUM}`] : [];
    return [...note, `    ${variable} = ${showPython(value, shown)}`];
  }
  const { name, otherwise } = shown.table;
  if (otherwise !== undefined)
    return [`    ${variable} = ${name}.get(${value}, ${writeString(otherwise)})`];
  return [`    ${variable} = ${value}`, `    ${variable} = ${name}.get(${variable}, ${variable})`];
}

/** An answer, which may be missing; choices are told by their names. */
function writeAnswer(
  { variable, path, choices }: FieldUse,
  source: string,
  places: Places,
): string[] {
  const value = `${writeNeed(path, source, places)}.tame(check_anything)`;
  if (!choices) return [`    ${variable} = get_answer(${value}, {})`];
  const text = (key: string): string => `option[${writeString(key)}].tame(check_string)`;
  const options = `${writeNeed([...path.slice(0, -1), choices.list], source, places)} or []`;
  return [
    `    names = {${text(choices.id)}: ${text(choices.name)} for option in ${options}}`,
    `    ${variable} = get_answer(${value}, names)`,
  ];
}

/** The name of a person or a thing in a list, with its link where each has one. */
function writeNameOfEach(each: JsonPath, { eachLast, eachLink, eachIsNumber }: FieldUse): string {
  const text = (way: JsonPath): string => `${writeAccess("item", way)}.tame(check_string)`;
  if (eachIsNumber) return `str(${writeAccess("item", each)}.tame(check_int))`;
  const name = eachLast ? `${text(each)} + " " + ${text(eachLast)}` : text(each);
  return eachLink ? `get_link(${name}, ${text(eachLink)})` : name;
}

/** The names on one line, of the items that have one. */
function writeNames(each: JsonPath, field: FieldUse, list: string): string {
  const needs = field.eachNeeds?.map(
    (path) => `${writeAccess("item", path.slice(0, -1))}.get(${writeString(String(path.at(-1)))})`,
  );
  const condition = needs ? ` if ${needs.join(" and ")}` : "";
  return `", ".join(${writeNameOfEach(each, field)} for item in ${list}${condition})`;
}

function writeValue(field: FieldUse, source: string, places: Places): string {
  const { path, kind, each } = field;
  const value = places.access(source, path);
  if (kind === "texts" && each) return writeNames(each, field, value);
  if (kind === "texts") return `", ".join(text.tame(check_string) for text in ${value})`;
  const validator = {
    string: "check_string",
    boolean: "check_bool",
    integer: "check_int",
    number: "check_union([check_int, check_float])",
    "text or number": "check_union([check_string, check_int])",
    anything: "check_anything",
  }[kind];
  return `${value}.tame(${validator})`;
}

/** Lines that give a variable one of two texts, without a branch for the other one. */
export function writeChoice(
  variable: string,
  test: string,
  [told, otherwise]: readonly [Parts, Parts],
  { source, known, places }: { source: string; known: ReadonlySet<string>; places: Places },
): string[] {
  const [text, other] = [told, otherwise].map((parts) => [
    ...readsOf(usesOf(parts), source, new Set(known), places),
    `    ${variable} = ${writeText(parts)}`,
  ]);
  return [...(other ?? []), test, ...(text ?? []).map((line) => `    ${line}`)];
}

/** The lines of a function that returns a text. */
export function writeReturn(parts: Parts, source: string, places: Places): string[] {
  const [first] = parts;
  if (parts.length === 1 && typeof first === "object" && first.use === "optional") {
    const conditions = [
      ...first.needs.map((path) => writeNeed(path, source, places)),
      ...(first.has ? [writeHas(first.has, source, places)] : []),
    ];
    const test = `    if ${conditions.join(" and ")}:`;
    if (first.alwaysMet) {
      const texts = [first.parts, first.otherwise] as const;
      const scope = { source, known: new Set<string>(), places };
      return [...writeChoice("topic", test, texts, scope), "    return topic"];
    }
    return [
      test,
      ...writeReturn(first.parts, source, places).map((line) => `    ${line}`),
      ...writeReturn(first.otherwise, source, places),
    ];
  }
  const [only] = parts;
  if (
    parts.length === 1 &&
    typeof only === "object" &&
    only.use === "field" &&
    typeof only.shown !== "object" &&
    !isNumber(only)
  ) {
    return [`    return ${showPython(writeValue(only, source, places), only.shown)}`];
  }
  return [...readsOf(usesOf(parts), source, new Set(), places), `    return ${writeText(parts)}`];
}
