/**
 * Where the event type that a view passes on comes from: followed through variables, tables and the functions of its
 * own modules, back from `check_send_webhook_message`. What only running it would show is left out.
 */

import {
  type Assigned,
  assignmentsIn,
  branchesOf,
  comparedTexts,
  lookupIn,
  nodeAt,
  sends,
  sourceText,
  tableOf,
} from "../python/event-syntax.ts";
import { stringValue, toExpression } from "../python/expression.ts";
import { callsIn } from "../python/module.ts";
import { childrenOf, findNodes, type SyntaxNode } from "../python/source.ts";
import type { Expression, FunctionDefinition, PythonModule } from "../python/syntax.ts";
import type { LintTarget } from "./target.ts";

/** An event type, and the place in the source that names it. */
export interface NamedEvent {
  readonly name: string;
  readonly path: string;
  readonly module: PythonModule;
  readonly offset: number;
}

/** A table that is looked up by the event type. */
export interface EventLookup {
  readonly path: string;
  readonly module: PythonModule;
  readonly node: SyntaxNode;
  readonly table: string;
  /** The source of what it is looked up by. */
  readonly key: string;
  /** True for `table[key]`, which fails for a key that the table has not. */
  readonly bare: boolean;
  /** True for `table.get(key, default)`, which has something for any key. */
  readonly hasDefault: boolean;
}

export interface EventFlow {
  /** Types that are passed on as they stand in the source. */
  readonly sent: readonly NamedEvent[];
  /** Types that the event is compared with, where a message comes of it. */
  readonly compared: readonly NamedEvent[];
  readonly lookups: readonly EventLookup[];
  /** Where in the payload or the request the type is taken from, as the source states it without blanks. */
  readonly sources: ReadonlySet<string>;
}

/** More steps than any view's event type takes. */
const MAX_STEPS = 4_000;

/** A value of a function, or of the module where there is none. */
interface Place {
  readonly path: string;
  readonly module: PythonModule;
  readonly scope: FunctionDefinition | undefined;
}

/** Follows the event types of a view. */
export function eventFlow(target: LintTarget): EventFlow {
  return target.session.once(`event flow:${target.integration.directory}`, () =>
    new Follower(target).flow(),
  );
}

class Follower {
  readonly #modules: readonly { path: string; module: PythonModule }[];
  readonly #seen = new Set<string>();
  readonly #sent: NamedEvent[] = [];
  /** What holds the event type: names by function, and sources such as `payload["type"].tame(check_string)`. */
  readonly #names = new Set<string>();
  readonly #sources = new Set<string>();
  /** Functions that make an event type of what they compare: what they name need not be one. */
  readonly #makers = new Set<FunctionDefinition>();
  #steps = 0;

  constructor(target: LintTarget) {
    this.#modules = target.files.viewFiles.flatMap((path) => {
      const module = target.session.module(path);
      return module ? [{ path, module }] : [];
    });
  }

  flow(): EventFlow {
    for (const { path, module, scope, node } of this.#scopes()) {
      for (const call of callsIn(module.text, node)) {
        if (!/(^|\.)check_send_webhook_message$/.test(call.callee)) continue;
        const named = call.args.find(({ name }) => name === "complete_event_type");
        const argument =
          named?.value ?? call.args.filter(({ name }) => name === undefined)[4]?.value;
        if (argument) this.#follow(argument, { path, module, scope });
      }
    }
    this.#spread();
    return { sent: this.#sent, sources: this.#sources, ...this.#uses() };
  }

  *#scopes(): Generator<Place & { node: SyntaxNode }> {
    for (const { path, module } of this.#modules) {
      for (const scope of module.functions) yield { path, module, scope, node: scope.node };
    }
  }

  #follow(value: Expression, place: Place): void {
    const { path, module } = place;
    const key = `${path} ${value.from} ${value.to}`;
    if (this.#seen.has(key) || this.#steps > MAX_STEPS) return;
    this.#seen.add(key);
    this.#steps += 1;
    const text = stringValue(value);
    if (text !== undefined) {
      this.#sent.push({ name: text, path, module, offset: value.from });
      return;
    }
    if (value.kind === "name") {
      if (/^\w+$/.test(value.name)) this.#followName(value.name, place);
      return;
    }
    if (value.kind === "call") this.#followCall(value, place);
    if (value.kind === "other") this.#followOther(value, place);
  }

  #followName(name: string, place: Place): void {
    const { scope, module } = place;
    if (!this.#remember(place, name)) return;
    const assigned = scope ? assignmentsIn(module, scope.node, name) : [];
    for (const one of assigned) this.#followAssigned(one, place);
    if (assigned.length > 0) return;
    const index = scope?.parameters.findIndex((one) => one.name === name) ?? -1;
    if (scope && index >= 0) {
      this.#followArguments(scope, index, name);
      return;
    }
    const stated = module.assignments.findLast(({ target }) => target === name)?.value;
    if (stated?.kind === "string") this.#follow(stated, { ...place, scope: undefined });
  }

  #remember(place: Place, name: string): boolean {
    const key = keyOf(place, name);
    if (this.#names.has(key)) return false;
    this.#names.add(key);
    return true;
  }

  #followAssigned({ node, index }: Assigned, place: Place): void {
    const { text } = place.module;
    if (index === undefined) this.#follow(toExpression(text, node), place);
    const branches = index === undefined ? [] : branchesOf(node);
    for (const value of branches.map((one) => toExpression(text, one))) {
      const element = value.kind === "tuple" ? value.elements[index ?? 0]?.value : undefined;
      if (element) this.#follow(element, place);
      else if (value.kind === "call") this.#followReturns(value.callee, index, place);
    }
  }

  /** What callers give for a parameter. */
  #followArguments(scope: FunctionDefinition, index: number, name: string): void {
    for (const caller of this.#scopes()) {
      for (const call of callsIn(caller.module.text, caller.node)) {
        if (call.callee !== scope.name) continue;
        const named = call.args.find((one) => one.name === name)?.value;
        const given = named ?? call.args.filter((one) => one.name === undefined)[index]?.value;
        if (given) this.#follow(given, caller);
      }
    }
  }

  #followCall(call: Extract<Expression, { kind: "call" }>, place: Place): void {
    const { module } = place;
    const [, table] = /^(\w+)\.get$/.exec(call.callee) ?? [];
    const dict = table === undefined ? undefined : tableOf(module, table);
    if (dict) {
      this.#followValues(dict, place);
      if (call.args[1]) this.#follow(call.args[1].value, place);
      return;
    }
    if (module.functions.some(({ name }) => name === call.callee)) {
      this.#followReturns(call.callee, undefined, place);
      return;
    }
    const source = sourceText(module, call.from, call.to);
    if (/[[.]/.test(source) && /["']/.test(source)) this.#sources.add(source);
  }

  #followOther(value: Expression, place: Place): void {
    const { module } = place;
    const node = nodeAt(module, value);
    if (node?.name === "ConditionalExpression") {
      const [first, , , , last] = [...childrenOf(node)];
      for (const one of [first, last]) if (one) this.#follow(toExpression(module.text, one), place);
    } else if (node?.name === "MemberExpression") {
      const [, table] = /^(\w+)\[/.exec(module.text.slice(node.from, node.to)) ?? [];
      const dict = table === undefined ? undefined : tableOf(module, table);
      if (dict) this.#followValues(dict, place);
      else this.#sources.add(sourceText(module, node.from, node.to));
    }
  }

  /** The values of a table, where they are texts. */
  #followValues(dict: Extract<Expression, { kind: "dict" }>, place: Place): void {
    for (const { value } of dict.elements) if (value.kind === "string") this.#follow(value, place);
  }

  #followReturns(name: string, index: number | undefined, place: Place): void {
    const called = place.module.functions.findLast((one) => one.name === name);
    if (!called) return;
    if (index === undefined) this.#makers.add(called);
    const inside = { ...place, scope: called };
    for (const node of findNodes(called.node, "ReturnStatement")) {
      const parts = [...childrenOf(node)]
        .slice(1)
        .filter((one) => one.name !== "," && one.name !== "Comment");
      const [only] = parts;
      if (!only) continue;
      if (parts.length > 1) {
        const part = index === undefined ? undefined : parts[index];
        if (part) this.#follow(toExpression(place.module.text, part), inside);
        continue;
      }
      const value = toExpression(place.module.text, only);
      const element =
        index !== undefined && value.kind === "tuple" ? value.elements[index]?.value : undefined;
      if (element) this.#follow(element, inside);
      else if (index === undefined) this.#follow(value, inside);
    }
  }

  /** What is set to the same value, and the parameters that are given it, hold the event type as well. */
  #spread(): void {
    for (let known = -1; known < this.#names.size && this.#steps <= MAX_STEPS; ) {
      known = this.#names.size;
      for (const place of this.#scopes()) this.#spreadIn(place);
    }
  }

  #spreadIn(place: Place & { node: SyntaxNode }): void {
    this.#steps += 1;
    const { module, node } = place;
    for (const assignment of findNodes(node, "AssignStatement")) {
      const target = assignment.firstChild;
      const value = assignment.lastChild;
      if (target?.name !== "VariableName" || !value) continue;
      if (!this.#sources.has(sourceText(module, value.from, value.to))) continue;
      this.#remember(place, module.text.slice(target.from, target.to));
    }
    for (const call of callsIn(module.text, node)) {
      const called = module.functions.findLast(({ name }) => name === call.callee);
      if (!called) continue;
      const positional = call.args.filter((one) => one.name === undefined);
      for (const argument of call.args) {
        if (!this.#holds(argument.value, place)) continue;
        const name = argument.name ?? called.parameters[positional.indexOf(argument)]?.name;
        if (name !== undefined) this.#remember({ ...place, scope: called }, name);
      }
    }
  }

  #holds(value: Expression, place: Place): boolean {
    if (value.kind === "name") return this.#names.has(keyOf(place, value.name));
    return this.#sources.has(sourceText(place.module, value.from, value.to));
  }

  #uses(): Pick<EventFlow, "compared" | "lookups"> {
    const compared: NamedEvent[] = [];
    const lookups: EventLookup[] = [];
    for (const place of this.#scopes()) {
      const { path, module, node } = place;
      const holds = (one: SyntaxNode): boolean =>
        this.#holds(toExpression(module.text, one), place);
      for (const comparison of findNodes(node, "BinaryExpression")) {
        if (place.scope && this.#makers.has(place.scope)) break;
        if (!sends(module, comparison)) continue;
        for (const { value, from } of comparedTexts(module, comparison, holds)) {
          compared.push({ name: value, path, module, offset: from });
        }
      }
      for (const member of findNodes(node, "MemberExpression", "CallExpression")) {
        const lookup = lookupIn(module, member);
        if (lookup && holds(lookup.key)) {
          const key = module.text.slice(lookup.key.from, lookup.key.to);
          const { table, bare, hasDefault } = lookup;
          lookups.push({ path, module, node: member, table, key, bare, hasDefault });
        }
      }
    }
    return { compared, lookups };
  }
}

function keyOf({ path, scope }: Place, name: string): string {
  return `${path} ${scope?.from ?? "module"} ${name}`;
}
