/** What the tree's own library has: its modules, the names in them, and the parameters of its functions. */

import { parseModule } from "../python/parse-module.ts";
import type {
  CallExpression,
  FunctionDefinition,
  ImportedName,
  Parameter,
} from "../python/syntax.ts";
import type { LintTarget } from "./target.ts";

/** What a call has to fit. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** True where what has no default may be left out all the same: a decorator provides it. */
  readonly provides: boolean;
}

/** Decorators that leave a function's parameters as they are. */
const transparent =
  /^(contextmanager|typed_endpoint\w*|has_request_variables|staticmethod|override|abstractmethod)$/;

/** Characters from a function's `def` to the end of its signature; longer ones are not read. */
const LONGEST_SIGNATURE = 4_000;
const SIGNATURE_END =
  /\)(?: *->[^\n[:]{0,200}(?:\[[\s\S]{0,300}?\][^\n[:]{0,80})?)?:[ \t]*(?:#.*)?\n/;

/** The text of a module of the tree, or of the stubs that describe it; undefined when there is none. */
export function libraryText(target: LintTarget, module: string): string | undefined {
  const base = module.replaceAll(".", "/");
  for (const path of [`${base}.py`, `${base}/__init__.py`, `${base}.pyi`, `${base}/__init__.pyi`]) {
    const text = target.text(path);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Every word of a module of the tree; undefined when there is no such module. */
export function libraryWords(target: LintTarget, module: string): ReadonlySet<string> | undefined {
  return target.session.once(`words:${module}`, () => {
    const text = libraryText(target, module);
    return text === undefined ? undefined : new Set(text.match(/\w+/g));
  });
}

/** Every word of the module of the test base, and of the modules for tests that it takes names from. */
export function testBaseWords(target: LintTarget): ReadonlySet<string> | undefined {
  return target.session.once("test base words", () => {
    if (libraryText(target, "zerver.lib.test_classes") === undefined) return undefined;
    const others = libraryImports(target, "zerver.lib.test_classes").filter(({ module }) =>
      /^zerver\..*test/.test(module),
    );
    const modules = new Set(["zerver.lib.test_classes", ...others.map(({ module }) => module)]);
    return new Set([...modules].flatMap((module) => [...(libraryWords(target, module) ?? [])]));
  });
}

/** Whether the tree has the library that views are written with: a part of a tree says nothing about what it lacks. */
export function hasLibrary(target: LintTarget): boolean {
  return ["zerver.decorator", "zerver.lib.response", "zerver.lib.exceptions"].every(
    (module) => libraryText(target, module) !== undefined,
  );
}

/**
 * The parameters of a function or class of a module.
 * @returns Undefined when they cannot be known from its source alone.
 */
export function signatureOf(
  target: LintTarget,
  module: string,
  name: string,
): Signature | undefined {
  return target.session.once(`signature:${module}.${name}`, () =>
    readSignature(target, module, name, 0),
  );
}

/** Modules that bring a name in from the next one, one after the other. */
const MAX_MODULES = 3;

function readSignature(
  target: LintTarget,
  module: string,
  name: string,
  depth: number,
): Signature | undefined {
  const text = libraryText(target, module);
  if (text === undefined || depth > MAX_MODULES) return undefined;
  if (new RegExp(`^class ${name}\\b`, "m").test(text)) return constructorOf(text, name);
  const source = definitionOf(text, name, "");
  if (source !== undefined) return functionIn(source);
  const imported = libraryImports(target, module).find(({ alias }) => alias === name);
  return imported?.name === undefined
    ? undefined
    : readSignature(target, imported.module, imported.name, depth + 1);
}

/** The methods of the tree's test base, where one of them has only one definition. */
export function testMethodOf(target: LintTarget, name: string): Signature | undefined {
  return target.session.once(`test method:${name}`, () => {
    const text = libraryText(target, "zerver.lib.test_classes") ?? "";
    const source = definitionOf(text, name, "    ");
    const method = source === undefined ? undefined : functionIn(source.replace(/^ {4}/gm, ""));
    return method && { ...method, parameters: method.parameters.slice(1) };
  });
}

function functionIn(source: string): Signature | undefined {
  const [definition] = parseModule(source).functions;
  return definition && fromDefinition(definition);
}

function fromDefinition({
  name,
  parameters,
  decorators,
}: FunctionDefinition): Signature | undefined {
  const names = decorators.map((one) => one.name.split(".").at(-1) ?? "");
  if (!names.every((one) => transparent.test(one))) return undefined;
  return {
    name,
    parameters,
    provides: names.some((one) => /^(typed_endpoint|has_request)/.test(one)),
  };
}

/** A class is called as its own `__init__` says; one without, or with a base that decides, is not known. */
function constructorOf(text: string, name: string): Signature | undefined {
  const start = text.search(new RegExp(`^class ${name}\\b`, "m"));
  const rest = text.slice(start);
  const next = rest.search(/\n(?=[^\s#)])/);
  const [definition] = parseModule(next < 0 ? rest : rest.slice(0, next + 1)).classes;
  if (!definition || definition.decorators.length > 0) return undefined;
  if (definition.methods.some((one) => one.name === "__new__")) return undefined;
  const init = definition.methods.filter((one) => one.name === "__init__");
  const [only] = init;
  const signature = init.length === 1 && only ? fromDefinition(only) : undefined;
  return signature && { ...signature, name, parameters: signature.parameters.slice(1) };
}

/** The source of a function with its decorators, without its body; undefined unless there is exactly one. */
function definitionOf(text: string, name: string, indent: string): string | undefined {
  const heads = [...text.matchAll(new RegExp(`^${indent}(?:async )?def ${name}\\(`, "gm"))];
  const [head] = heads;
  if (!head || heads.length > 1) return undefined;
  const above = text.slice(0, head.index);
  const decorators =
    new RegExp(`(?:^${indent}@[^\\n]*\\n)*$`).exec(
      above.slice(-2000).replace(/^[^\n]*\n/, ""),
    )?.[0] ?? "";
  // What stands between decorators is more than is read here.
  const before = above.slice(0, above.length - decorators.length);
  if (
    /\)\n$/.test(before) &&
    /^ *\)\n$/.test(before.slice(before.lastIndexOf("\n", before.length - 2) + 1))
  )
    return undefined;
  const end = text.slice(head.index, head.index + LONGEST_SIGNATURE).search(SIGNATURE_END);
  if (end < 0) return undefined;
  const signature = text.slice(head.index, head.index + end + 1);
  return `${decorators}${signature}:\n${indent}    pass\n`;
}

/** The names that a module of the tree takes from others by `from … import`. */
function libraryImports(target: LintTarget, module: string): readonly ImportedName[] {
  return target.session.once(`imports:${module}`, () => {
    const text = libraryText(target, module) ?? "";
    const statements = text.match(/^from [\w.]+ import (?:\([^()]*\)|[^\n(]*)/gm) ?? [];
    return parseModule(statements.join("\n")).imports;
  });
}

/** What is wrong with a call, as half a sentence; undefined when it fits. */
export function misfit(
  call: CallExpression,
  { name, parameters, provides }: Signature,
): string | undefined {
  const positional = call.args.filter((one) => one.name === undefined && one.stars === 0);
  const stars = call.args.some((one) => one.stars > 0);
  const normal = parameters.filter(({ kind, name: own }) => kind === "normal" && own !== "");
  const places = normal.filter(({ keywordOnly }) => !keywordOnly);
  const takesMore = parameters.some(({ kind, keywordOnly }) => kind === "star" && !keywordOnly);
  if (!takesMore && positional.length > places.length) {
    return `\`${name}\` takes ${places.length} values by place, not ${positional.length}`;
  }
  if (!parameters.some(({ kind }) => kind === "double-star")) {
    const unknown = call.args.find(
      (one) => one.name !== undefined && !normal.some((own) => own.name === one.name),
    );
    if (unknown) return `\`${name}\` has no parameter \`${unknown.name}\``;
  }
  if (stars) return undefined;
  const given = new Set(call.args.map((one) => one.name));
  const missing = normal.find(
    (one, index) =>
      one.default === undefined &&
      !(one.keywordOnly && provides) &&
      !given.has(one.name) &&
      (one.keywordOnly || index >= positional.length),
  );
  return missing && `\`${name}\` needs \`${missing.name}\``;
}
