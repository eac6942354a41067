/** The event types that a view declares and passes on, as far as its source states them. */
import { nodeAt } from "../python/event-syntax.ts";
import { stringValue, toExpression } from "../python/expression.ts";
import { callsIn } from "../python/module.ts";
import { childrenOf, type SyntaxNode } from "../python/source.ts";
import type { CallExpression, Expression, PythonModule } from "../python/syntax.ts";
import { textValue } from "../python/text-value.ts";
import { clientDeclaration, viewFunctionOf } from "./client-name.ts";
import { argumentOf } from "./fixture-uses.ts";
import type { LintTarget } from "./target.ts";

/** What the decorator's `all_event_types` says. */
export interface DeclaredEvents {
  /** Undefined when only running the view would show them. */
  readonly names: readonly string[] | undefined;
  /** True when they are written out as a list, so that nothing else ties them to the code. */
  readonly listed: boolean;
  /** The module variable that holds them, if there is one. */
  readonly variable: string | undefined;
  /** Offset of the list, or of the argument. */
  readonly offset: number;
}

/** The event types the view declares; undefined when it declares none. */
export function declaredEvents(target: LintTarget): DeclaredEvents | undefined {
  const view = target.view();
  return view && declaredEventsIn(view, target.integration.functionName);
}

/**
 * The event types that a view module declares.
 * @param functionName The view's function.
 */
export function declaredEventsIn(
  view: PythonModule,
  functionName: string,
): DeclaredEvents | undefined {
  const definition = viewFunctionOf(view, functionName);
  const declaration = definition && clientDeclaration(definition);
  const argument = declaration?.decorator.args.find(({ name }) => name === "all_event_types");
  if (!argument) return undefined;
  const { value } = argument;
  const variable = value.kind === "name" ? value.name : undefined;
  const stated = variable === undefined ? value : (statedValue(view, variable) ?? value);
  return {
    names: namesIn(view, stated, 0),
    listed: stated.kind === "list" || stated.kind === "tuple" || stated.kind === "set",
    variable,
    offset: stated.from,
  };
}

function statedValue(module: PythonModule, name: string): Expression | undefined {
  return module.assignments.findLast(({ target }) => target === name)?.value;
}

/** The strings that a variable of a module holds; undefined when one of them is not written out. */
export function namesOf(module: PythonModule, variable: string): string[] | undefined {
  const stated = statedValue(module, variable);
  return stated && namesIn(module, stated, 0);
}

const MAX_DEPTH = 6;

/** The strings a value holds; undefined when one of them is not written out. */
function namesIn(module: PythonModule, value: Expression, depth: number): string[] | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const inside = (one: Expression): string[] | undefined => namesIn(module, one, depth + 1);
  switch (value.kind) {
    case "name": {
      const stated = statedValue(module, value.name);
      return stated && inside(stated);
    }
    case "list":
    case "tuple":
    case "set":
      return all(value.elements.map((one) => (one.unpacked ? inside(one.value) : text(one.value))));
    case "dict":
      return all(value.elements.map(({ key, value: below }) => (key ? text(key) : inside(below))));
    case "operation":
      return value.operator === "+" || value.operator === "|"
        ? all([inside(value.left), inside(value.right)])
        : undefined;
    case "call":
      return namesOfCall(module, value, inside);
    default:
      return namesOfComprehension(module, nodeAt(module, value), inside);
  }
}

/** What a comprehension makes of each text of what it goes through: one `for`, and no condition. */
function namesOfComprehension(
  module: PythonModule,
  node: SyntaxNode | undefined,
  inside: (value: Expression) => string[] | undefined,
): string[] | undefined {
  if (!node || node.name.startsWith("Dict")) return undefined;
  const parts = [...childrenOf(node)].filter(({ name }) => name !== "Comment");
  const [, made, start, variable, word, source, end] = parts;
  const isPlain = parts.length === 7 && start?.name === "for" && word?.name === "in" && end;
  if (!isPlain || !made || variable?.name !== "VariableName" || !source) return undefined;
  const name = module.text.slice(variable.from, variable.to);
  const texts = inside(toExpression(module.text, source));
  const found = texts?.map((one) => textValue(module.text, made, new Map([[name, one]])));
  return found && all(found.map((one) => (one === undefined ? undefined : [one])));
}

function namesOfCall(
  module: PythonModule,
  call: CallExpression,
  inside: (value: Expression) => string[] | undefined,
): string[] | undefined {
  const [only, ...others] = call.args;
  const [callee, list] = [...childrenOf(nodeAt(module, call) ?? module.root)];
  if (list && /^(list|sorted|set|tuple|frozenset)$/.test(call.callee) && isGenerator(list)) {
    return namesOfComprehension(module, list, inside);
  }
  const [joined, , method] = [...(callee ? childrenOf(callee) : [])];
  if (joined && method && module.text.slice(method.from, method.to) === "union") {
    const others = call.args.map(({ value }) => inside(value));
    return all([inside(toExpression(module.text, joined)), ...others]);
  }
  if (/^(list|sorted|set|tuple|frozenset)$/.test(call.callee)) {
    return only && others.length === 0 && only.stars === 0 ? inside(only.value) : undefined;
  }
  const [, owner = "", part] = /^(\w+)\.(keys|values)$/.exec(call.callee) ?? [];
  const held = statedValue(module, owner);
  if (held?.kind !== "dict") return undefined;
  return part === "keys" ? inside(held) : all(held.elements.map(({ value }) => text(value)));
}

const isGenerator = (list: SyntaxNode): boolean =>
  [...childrenOf(list)].some(({ name }) => name === "for");

function text(value: Expression): string[] | undefined {
  const string = stringValue(value);
  return string === undefined ? undefined : [string];
}

function all(parts: readonly (string[] | undefined)[]): string[] | undefined {
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

/**
 * Whether so many of the declared event types go unnamed that they must be made up of other words at run time. A
 * quarter is taken for slips, and one of three as well.
 * @param unnamed How many of them go unnamed.
 * @param declared How many there are.
 */
export function areMadeUp(unnamed: number, declared: number): boolean {
  return unnamed > declared / 4 && (unnamed > 1 || declared < 3);
}

/** A place where a view passes an event type on with its message. */
export interface SentEvent {
  readonly path: string;
  readonly module: PythonModule;
  readonly offset: number;
}

/** A call that sends a message. */
export interface SendingCall {
  readonly path: string;
  readonly module: PythonModule;
  readonly call: CallExpression;
}

/** Every call of the view's modules that sends a message. */
export function sendingCalls(target: LintTarget): SendingCall[] {
  return target.files.viewFiles.flatMap((path) => {
    const module = target.session.module(path);
    if (!module) return [];
    return callsIn(module.text, module.root)
      .filter(({ callee }) => /(^|\.)check_send_webhook_message$/.test(callee))
      .map((call) => ({ path, module, call }));
  });
}

/** Every event type that the view's modules pass on. */
export function sentEvents(target: LintTarget): SentEvent[] {
  return sendingCalls(target).flatMap(({ path, module, call }) => {
    const argument = argumentOf(call, 4, "complete_event_type");
    if (!argument || argument.kind === "constant") return [];
    return [{ path, module, offset: argument.from }];
  });
}

/** The keys of a table of a module, where they are written out. */
export function tableKeys(
  module: PythonModule,
  name: string,
): readonly { name: string; offset: number }[] {
  const stated = statedValue(module, name);
  if (stated?.kind !== "dict") return [];
  return stated.elements.flatMap(({ key }) => {
    const value = stringValue(key);
    return key && value !== undefined ? [{ name: value, offset: key.from }] : [];
  });
}
