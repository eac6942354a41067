/** Where in a view each thing goes that an event brings: a branch, constants, functions, what is declared. */
import type { Edit } from "../../python/edit.ts";
import { comparisonAt } from "../../python/event-syntax.ts";
import { stringValue, toExpression } from "../../python/expression.ts";
import { lineBreakOf } from "../../python/source.ts";
import { insertElement } from "../../python/splice.ts";
import { writeString } from "../../python/strings.ts";
import type { Expression, PythonModule, SequenceExpression } from "../../python/syntax.ts";
import type { ChainDispatch, ComparingBranch, Dispatch } from "./dispatch-model.ts";
import type { HandlerStyle } from "./handlers.ts";

/** The edit that puts a branch into a chain. */
export function branchEdit(dispatch: ChainDispatch, lines: readonly string[]): Edit {
  const { module, at, indent, form, subject, event } = dispatch;
  const value = writeString(event, quoteOf(module));
  const word = form === "first" ? "if" : form;
  const head = form === "case" ? `case ${value}:` : `${word} ${subject} == ${value}:`;
  const whole = [head, ...lines.map((line) => `    ${line}`)]
    .map((line) => `${indent}${line}\n`)
    .join("");
  // The `if` that was the first becomes an `elif`.
  const insert = form === "first" ? `${whole.slice(indent.length)}${indent}el` : whole;
  return { from: at, to: at, insert: insert.replaceAll("\n", lineBreakOf(module.text)) };
}

/**
 * Has a branch of a chain take the event as well.
 * @returns Undefined where it compares in a way that takes no second value.
 */
export function joinedBranchEdits(
  { module, event, subject }: ChainDispatch,
  { compared, values }: ComparingBranch,
  lineLength: number,
): Edit[] | undefined {
  const { text } = module;
  const value = writeString(event, quoteOf(module));
  const { sign, right } = comparisonAt(module, compared) ?? {};
  const isPattern = compared.parent?.name === "MatchClause";
  if (isPattern) return [{ from: compared.to, to: compared.to, insert: ` | ${value}` }];
  if (!right) return undefined;
  if (sign === "==") {
    const insert = `${subject} in (${text.slice(right.from, right.to)}, ${value})`;
    return [{ from: compared.from, to: compared.to, insert }];
  }
  const list = toExpression(text, right);
  if (sign !== "in" || !("elements" in list) || list.kind === "dict") return undefined;
  return insertElement(text, list, placeAmong(values, event), value, lineLength);
}

/** Where a key goes: in the order of the others, if they have one. */
export function placeAmong(keys: readonly (string | undefined)[], key: string): number {
  const known = keys.filter((one) => one !== undefined);
  const sorted =
    known.length > 2 && known.every((one, index) => index === 0 || (known[index - 1] ?? "") <= one);
  if (!sorted || known.length < keys.length) return keys.length;
  const next = known.findIndex((one) => one > key);
  return next < 0 ? keys.length : next;
}

/** The quotes that a module mostly writes. */
export function quoteOf({ text }: PythonModule): '"' | "'" {
  return text.split("'").length > text.split('"').length ? "'" : '"';
}

interface DeclaringInput {
  readonly dispatch: Dispatch;
  /** The whole name of the event, of which what is compared may be a part. */
  readonly eventName: string;
  /** The list that declares the view's event types, where it is written out in this module. */
  readonly declared: SequenceExpression | undefined;
  readonly lineLength: number;
}

export function constantsEdit(module: PythonModule, text: string): Edit {
  const { assignments, functions, classes, imports } = module;
  const first = Math.min(...[...functions, ...classes].map(({ from }) => from));
  const above = assignments.filter(({ to, value }) => to <= first && !isCall(value)).at(-1);
  const place = above ?? imports.at(-1);
  // Imports are edited as one range, which nothing may be put into.
  const at = endOfLine(module.text, Math.max(place?.to ?? 0, imports.at(-1)?.to ?? 0));
  const lead = above ? "" : "\n";
  return { from: at, to: at, insert: inLineBreaks(module, `${lead}${text}\n`) };
}

/** A list made of a table comes after it. */
const isCall = (value: Expression | undefined): boolean => value?.kind === "call";

export function functionsEdit(
  dispatch: Dispatch,
  style: HandlerStyle | undefined,
  text: string,
): Edit {
  const { module } = dispatch;
  const limit = dispatch.kind === "table" ? dispatch.table.from : Number.POSITIVE_INFINITY;
  const last = style?.functions.filter(({ to }) => to <= limit).at(-1);
  const gap = gapOf(module);
  const close = gap === "\n" ? text.replace(/\n\n\n(?=def )/g, "\n\n") : text;
  if (last) {
    const at = endOfLine(
      module.text,
      last.from + module.text.slice(last.from, last.to).trimEnd().length,
    );
    return { from: at, to: at, insert: inLineBreaks(module, `${gap}${close}\n`) };
  }
  const before = dispatch.kind === "chain" ? dispatch.scope.from : limit;
  const at = module.text.lastIndexOf("\n", before - 1) + 1;
  return { from: at, to: at, insert: inLineBreaks(module, `${close}\n${gap}`) };
}

/** The blank lines between functions: two, or one in trees of before 2020. */
function gapOf({ text, functions }: PythonModule): "\n" | "\n\n" {
  const wide = functions.filter(({ from }) => endsInTwoBlankLines(text.slice(0, from))).length;
  return wide * 2 >= functions.length ? "\n\n" : "\n";
}

function endsInTwoBlankLines(text: string): boolean {
  const blank = text.slice(text.trimEnd().length);
  return blank.endsWith("\n") && blank.split("\n").length > 3;
}

function endOfLine(text: string, offset: number): number {
  const from = text[offset - 1] === "\n" ? offset - 1 : offset;
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}

const inLineBreaks = ({ text }: PythonModule, insert: string): string =>
  insert.replaceAll("\n", lineBreakOf(text));

/** Declares the event where the event types are listed one by one. */
export function declaringEdits({
  dispatch,
  eventName,
  declared,
  lineLength,
}: DeclaringInput): Edit[] {
  if (!declared) return [];
  const { module } = dispatch;
  const names = declared.elements.map(({ value }) => stringValue(value));
  const known =
    dispatch.kind === "table"
      ? dispatch.table.elements.map(({ key }) => stringValue(key))
      : dispatch.branches.flatMap(({ values }) => values);
  // Where the list speaks of something else than what is compared, it is not for this name, but perhaps for the whole one.
  const isOfSame = known.filter((one) => names.includes(one)).length * 2 >= known.length;
  const isOfWhole = names.every((one) =>
    known.some((part) => part !== undefined && one !== part && one?.startsWith(part)),
  );
  if (!isOfSame && !(isOfWhole && eventName.startsWith(dispatch.event))) return [];
  const event = isOfSame ? dispatch.event : eventName;
  if (names.includes(event)) return [];
  const index = placeAmong(names, event);
  return insertElement(
    module.text,
    declared,
    index,
    writeString(event, quoteOf(module)),
    lineLength,
  );
}
