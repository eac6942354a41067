/** A message with an event type that is not declared fails the tests, and cannot be filtered. */
import { type EventFlow, eventFlow, type NamedEvent } from "../event-flow.ts";
import { otherGrains } from "../event-grain.ts";
import {
  areMadeUp,
  type DeclaredEvents,
  declaredEvents,
  sentEvents,
  tableKeys,
} from "../event-types.ts";
import type { Finding, Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const eventDeclared: Rule = {
  id: "event-declared",
  part: "view",
  severity: "error",
  summary: "Every event type that the view sends is declared in its decorator.",
  why: "Users filter messages by the declared event types, and the test base refuses an undeclared one. The rule follows the type through variables, tables and functions of the view, and tells `event` from the finer type that is made of it. If the type is only compared, or is only a key of a lookup table, the finding is a warning.",
  howToFix: "Add the event type to the list that is passed as `all_event_types`.",
  needsEntry: false,
  check(target) {
    const declared = declaredEvents(target);
    if (!declared) {
      const { declaresEvents } = target.checkout.dialect.view.library;
      return declaresEvents ? undeclared(sentEvents(target)) : [];
    }
    if (!declared.names) return [];
    const known = new Set(declared.names);
    const flow = eventFlow(target);
    const sent = [
      ...unknown(flow.sent, known).map((one) => findingOf(one, declared)),
      ...otherGrains(target, known).map(otherGrain),
    ];
    const named = unknown([...flow.compared, ...keysOf(flow)], known);
    // Views give their own, finer or coarser names to what the payload calls the event.
    if (areMadeUp(named.length, known.size) || !shares(flow, known)) return sent;
    const said = new Set(sent.map(({ message }) => message));
    return [
      ...sent,
      ...named
        .map((one): Finding => ({ ...findingOf(one, declared), severity: "warning" }))
        .filter(({ message }) => !said.has(message)),
    ];
  },
};

/** Without a declaration the filters work all the same; only nobody can know what to filter by. */
function undeclared([first]: ReturnType<typeof sentEvents>): ReturnType<Rule["check"]> {
  if (!first) return [];
  return [
    {
      path: first.path,
      ...placeOf(first.module, first.offset),
      severity: "warning",
      message: "The view sends event types, but declares none.",
      fix: "Give the decorator `all_event_types=ALL_EVENT_TYPES`.",
    },
  ];
}

function findingOf(
  { path, module, offset, name }: NamedEvent,
  { variable }: DeclaredEvents,
): Finding {
  return {
    path,
    ...placeOf(module, offset),
    message: `The view sends the event type "${name}", which it does not declare.`,
    fix: `Add "${name}" to ${variable ?? "`all_event_types`"}.`,
  };
}

function otherGrain({
  path,
  module,
  offset,
  passed,
  declared,
  example,
  isCoarser,
}: ReturnType<typeof otherGrains>[number]): Finding {
  return {
    path,
    ...placeOf(module, offset),
    message: `The view sends \`${passed}\` as the event type, and declares ${isCoarser ? "finer" : "coarser"} ones, such as "${example}".`,
    fix: `Send \`${declared}\`, or declare what is sent.`,
  };
}

/** Those that are not declared, each once. */
function unknown(events: readonly NamedEvent[], known: ReadonlySet<string>): NamedEvent[] {
  return [
    ...new Map(
      events.filter(({ name }) => !known.has(name)).map((one) => [one.name, one]),
    ).values(),
  ];
}

/** The keys of the tables that are looked up by the event type. */
function keysOf({ lookups }: EventFlow): NamedEvent[] {
  return lookups.flatMap(({ path, module, table }) =>
    tableKeys(module, table).map(({ name, offset }) => ({ name, path, module, offset })),
  );
}

/** Whether most of what the code names is declared: else the two speak of different things. */
function shares(flow: EventFlow, known: ReadonlySet<string>): boolean {
  const names = new Set([...flow.compared, ...keysOf(flow)].map(({ name }) => name));
  const declared = [...names].filter((name) => known.has(name)).length;
  return declared * 2 >= names.size;
}
