/** The fixtures that a test class names. */
import { stringValue, toExpression } from "../python/expression.ts";
import { callsIn } from "../python/module.ts";
import { findNodes } from "../python/source.ts";
import type {
  CallExpression,
  Expression,
  FunctionDefinition,
  PythonModule,
} from "../python/syntax.ts";
import { attributeOf, type TestClass } from "./test-classes.ts";

/** A place where a test names a fixture. */
export interface FixtureUse {
  readonly testClass: TestClass;
  readonly method: FunctionDefinition;
  readonly fixture: string;
  /** `own` for the class's own `get_body`; else what `webhook_fixture_data` was told. */
  readonly source: "own" | { readonly folder: string | undefined; readonly extension: string };
  /** Offset of the name in the source. */
  readonly offset: number;
}

/** Where the test base's own methods take a fixture's name. */
const fixtureParameters: Readonly<Record<string, FixtureParameter>> = {
  check_webhook: { index: 0, name: "fixture_name" },
  send_and_test_private_message: { index: 0, name: "fixture_name" },
  get_body: { index: 0, name: "fixture_name" },
  get_payload: { index: 0, name: "fixture_name" },
  api_stream_message: { index: 1, name: "fixture_name" },
  api_channel_message: { index: 1, name: "fixture_name" },
  webhook_fixture_data: { index: 1, name: "action" },
};

interface FixtureParameter {
  readonly index: number;
  readonly name: string;
}

/** The fixtures that a class names; `hidden` when only running it would show all. */
export function usesOf(
  module: PythonModule,
  testClass: TestClass,
): { uses: FixtureUse[]; hidden: boolean } {
  const { methods } = testClass.definition;
  const calls = new Map(methods.map((method) => [method, callsIn(module.text, method.node)]));
  const helpers = helperParameters(testClass, calls);
  const uses: FixtureUse[] = [];
  let hidden = false;
  for (const [method, inside] of calls) {
    for (const call of inside) {
      const argument = fixtureArgument(call, helpers);
      if (!argument) continue;
      hidden ||= isHidden(module, argument);
      const source = sourceOf(testClass, call);
      for (const fixture of namesOf(module, method, argument)) {
        uses.push({ testClass, method, fixture, source, offset: argument.from });
      }
    }
  }
  return { uses, hidden };
}

/** Names and f-strings with some fixed text show in the file's strings; what is put together otherwise does not. */
function isHidden(module: PythonModule, argument: Expression): boolean {
  if (argument.kind === "call" || argument.kind === "other") return true;
  if (argument.kind !== "string" || !argument.formatted) return false;
  return nameParts(module.text.slice(argument.from, argument.to)) === undefined;
}

/** What an argument can be: a literal, or a local variable that is only ever set to literals. */
function namesOf(
  module: PythonModule,
  method: FunctionDefinition,
  argument: Expression,
): readonly string[] {
  const literal = stringValue(argument);
  if (literal !== undefined) return [literal];
  if (argument.kind !== "name") return [];
  if (method.parameters.some(({ name }) => name === argument.name)) return [];
  return literalVariables(module, method).get(argument.name) ?? [];
}

const knownVariables = new WeakMap<FunctionDefinition, ReadonlyMap<string, readonly string[]>>();

/** What a method's variables are set to; nothing for those that are set to something else than a literal as well. */
function literalVariables(
  module: PythonModule,
  method: FunctionDefinition,
): ReadonlyMap<string, readonly string[]> {
  const known = knownVariables.get(method);
  if (known) return known;
  const variables = new Map<string, string[]>();
  const others = new Set<string>();
  for (const node of findNodes(method.node, "AssignStatement")) {
    const target = node.firstChild;
    if (!target) continue;
    const name = module.text.slice(target.from, target.to);
    const value = node.lastChild && stringValue(toExpression(module.text, node.lastChild));
    if (value == null) others.add(name);
    else if (variables.get(name)?.push(value) === undefined) variables.set(name, [value]);
  }
  for (const name of others) variables.delete(name);
  knownVariables.set(method, variables);
  return variables;
}

/** Methods of the class that pass one of their own parameters on as a fixture's name. */
function helperParameters(
  testClass: TestClass,
  calls: ReadonlyMap<FunctionDefinition, readonly CallExpression[]>,
): Map<string, FixtureParameter> {
  const helpers = new Map(Object.entries(fixtureParameters));
  for (const [method, inside] of calls) {
    if (helpers.has(method.name)) continue;
    const parameters = method.parameters.filter(({ name }) => name !== "self");
    for (const call of inside) {
      // Only what reaches the class's own get_body is the same kind of name.
      if (call.callee === "self.webhook_fixture_data") continue;
      const passed = fixtureArgument(call, helpers);
      if (passed?.kind !== "name") continue;
      const index = parameters.findIndex(({ name }) => name === passed.name);
      if (index >= 0) helpers.set(method.name, { index, name: passed.name });
    }
  }
  return testClass.complete ? helpers : new Map();
}

function fixtureArgument(
  call: CallExpression,
  helpers: ReadonlyMap<string, FixtureParameter>,
): Expression | undefined {
  const parameter = call.callee.startsWith("self.") ? helpers.get(call.callee.slice(5)) : undefined;
  if (!parameter) return undefined;
  return argumentOf(call, parameter.index, parameter.name);
}

/** The value a call gives to a parameter, by name or by position; undefined when stars hide it. */
export function argumentOf(
  call: CallExpression,
  index: number,
  name: string,
): Expression | undefined {
  const named = call.args.find((argument) => argument.name === name);
  if (named) return named.value;
  const positional = call.args.filter((argument) => argument.name === undefined);
  if (positional.slice(0, index + 1).some(({ stars }) => stars > 0)) return undefined;
  return positional[index]?.value;
}

function sourceOf(testClass: TestClass, call: CallExpression): FixtureUse["source"] {
  if (call.callee !== "self.webhook_fixture_data") return "own";
  const type = argumentOf(call, 2, "file_type");
  const stated = argumentOf(call, 0, "type");
  const attribute = stated?.kind === "name" && /^self\.(\w+)$/.exec(stated.name)?.[1];
  return {
    folder: stringValue(attribute ? attributeOf(testClass, attribute) : stated),
    extension: type === undefined ? "json" : (stringValue(type) ?? ""),
  };
}

/**
 * The fixed parts of an f-string that can make a fixture's name: with one more part than it has placeholders.
 * @param literal Its source text. Of a path only the last part counts.
 * @returns Undefined when it cannot make a file's name, or has no fixed text: it then fits every name and says nothing.
 */
export function nameParts(literal: string): string[] | undefined {
  const body = /^[a-zA-Z]*('''|"""|'|")([\s\S]*)\1$/.exec(literal)?.[2];
  if (body === undefined) return undefined;
  const fixed = body.slice(body.lastIndexOf("/") + 1).split(/\{[^{}]*\}/);
  const possible = fixed.every((text) => /^[\w.\- ]*$/.test(text)) && fixed.join("") !== "";
  return possible ? fixed : undefined;
}
