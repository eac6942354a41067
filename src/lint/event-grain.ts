/** Event types that a view makes of others: `f"{event}.{action}"` is finer than `event`. Which of the two is declared? */
import { assignmentsIn, comparedTexts, lookupIn, sourceText } from "../python/event-syntax.ts";
import { findNodes, type SyntaxNode } from "../python/source.ts";
import type { Expression, FunctionDefinition, PythonModule } from "../python/syntax.ts";
import { namesOf, type SentEvent, sendingCalls, tableKeys } from "./event-types.ts";
import { argumentOf } from "./fixture-uses.ts";
import type { LintTarget } from "./target.ts";

/** A message that is sent with one of the two, where the other is declared. */
interface OtherGrain extends SentEvent {
  /** The source of what is passed on. */
  readonly passed: string;
  /** The source of what is declared, and one of its names. */
  readonly declared: string;
  readonly example: string;
  readonly isCoarser: boolean;
}

/**
 * Messages that are sent with an event type that is coarser, or finer, than the declared ones.
 * @param known The declared event types.
 */
export function otherGrains(target: LintTarget, known: ReadonlySet<string>): OtherGrain[] {
  return sendingCalls(target).flatMap(({ path, module, call }) => {
    const argument = argumentOf(call, 4, "complete_event_type");
    const scope = module.functions.findLast(({ from, to }) => from <= call.from && call.to <= to);
    if (!argument || !scope) return [];
    const found = compare({ module, scope, known }, argument);
    return found ? [{ ...found, path, module, offset: argument.from }] : [];
  });
}

interface Place {
  readonly module: PythonModule;
  readonly scope: FunctionDefinition;
  readonly known: ReadonlySet<string>;
}

function compare(
  place: Place,
  argument: Expression,
): Omit<OtherGrain, keyof SentEvent> | undefined {
  const { module } = place;
  const passed = module.text.slice(argument.from, argument.to);
  for (const { finer, coarse } of composed(place)) {
    const isCoarser = argument.kind === "name" && argument.name === coarse;
    if (!isCoarser && !isSame(place, argument, finer)) continue;
    const [own, other] = isCoarser ? [[coarse], finer] : [finer, [coarse]];
    const example = declaredOf(place, other);
    if (example === undefined || declaredOf(place, own) !== undefined) continue;
    return { passed, declared: other[0] ?? "", example, isCoarser };
  }
  return undefined;
}

const isSame = ({ module }: Place, { from, to }: Expression, sources: readonly string[]): boolean =>
  sources.includes(sourceText(module, from, to));

/** What a function makes of one name and something else, by the names and the source that stand for it. */
function composed({ module, scope }: Place): { finer: string[]; coarse: string }[] {
  const { text } = module;
  return findNodes(scope.node, "FormatString").flatMap((node) => {
    const written = text.slice(node.from, node.to);
    const [, coarse, rest = ""] = /^[fF]["']\{(\w+)\}([\W_]{0,3}\{.*)["']$/.exec(written) ?? [];
    if (coarse === undefined || rest === "") return [];
    const names = findNodes(scope.node, "AssignStatement").flatMap(({ firstChild }) => {
      const name =
        firstChild?.name === "VariableName" ? text.slice(firstChild.from, firstChild.to) : "";
      const isSet = assignmentsIn(module, scope.node, name).some(
        (one) => one.node.from === node.from,
      );
      return isSet ? [name] : [];
    });
    // `event = f"{event}.{action}"` goes on with the finer one.
    if (names.includes(coarse)) return [];
    return [{ finer: [...new Set(names), sourceText(module, node.from, node.to)], coarse }];
  });
}

/**
 * One of the declared types that something is compared with, or looked up by.
 * @param sources The names and sources that stand for it.
 * @returns Undefined where less than half of what it is compared with is declared.
 */
function declaredOf(
  { module, scope, known }: Place,
  sources: readonly string[],
): string | undefined {
  const holds = (node: SyntaxNode): boolean =>
    sources.includes(sourceText(module, node.from, node.to));
  const named = [
    ...findNodes(scope.node, "BinaryExpression").flatMap((node) =>
      comparedTexts(module, node, holds).map(({ value }) => value),
    ),
    ...findNodes(scope.node, "BinaryExpression").flatMap((node) => membersOf(module, node, holds)),
    ...findNodes(scope.node, "MemberExpression", "CallExpression").flatMap((node) => {
      const lookup = lookupIn(module, node);
      return lookup && holds(lookup.key)
        ? tableKeys(module, lookup.table).map(({ name }) => name)
        : [];
    }),
  ];
  const declared = named.filter((name) => known.has(name));
  return declared.length * 2 >= named.length ? declared[0] : undefined;
}

/** The names of a list or table of the module in which something is looked for: `full in ALL_EVENT_TYPES`. */
function membersOf(
  module: PythonModule,
  node: SyntaxNode,
  holds: (node: SyntaxNode) => boolean,
): string[] {
  const written = module.text.slice(node.from, node.to);
  const [, list] = /\s(?:not\s+)?in\s+(\w+)$/.exec(written) ?? [];
  if (list === undefined || !node.firstChild || !holds(node.firstChild)) return [];
  return namesOf(module, list) ?? [];
}
