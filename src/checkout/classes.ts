/** The registry's own classes: their defaults, their constructors and their bases. */
import { stringValue } from "../python/expression.ts";
import type {
  CallExpression,
  ClassDefinition,
  Expression,
  Parameter,
  PythonModule,
} from "../python/syntax.ts";

/** The classes of a module, with inheritance among them resolved. */
export class ClassTable {
  readonly #classes: ReadonlyMap<string, ClassDefinition>;

  constructor(module: PythonModule) {
    this.#classes = new Map(module.classes.map((definition) => [definition.name, definition]));
  }

  names(): string[] {
    return [...this.#classes.keys()];
  }

  /** The class and its known bases, nearest first. */
  lineage(name: string, seen = new Set<string>()): ClassDefinition[] {
    const definition = this.#classes.get(name);
    if (!definition || seen.has(name)) return [];
    seen.add(name);
    return [definition, ...definition.bases.flatMap((base) => this.lineage(base, seen))];
  }

  /** Whether a class is another one or inherits from it. */
  isA(name: string, base: string): boolean {
    return this.lineage(name).some((definition) => definition.name === base);
  }

  /** A string attribute, inherited ones included. */
  stringAttribute(name: string, attribute: string): string | undefined {
    for (const definition of this.lineage(name)) {
      const found = definition.attributes.find((assignment) => assignment.target === attribute);
      const value = stringValue(found?.value);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  hasAttribute(name: string, attribute: string): boolean {
    return this.lineage(name).some((definition) =>
      definition.attributes.some((assignment) => assignment.target === attribute),
    );
  }

  /** What the constructor takes, in order, without `self`: from `__init__`, or from a dataclass's fields. */
  parameters(name: string): Parameter[] {
    for (const definition of this.lineage(name)) {
      if (isDataclass(definition)) return this.#fields(definition.name);
      const init = definition.methods.find((method) => method.name === "__init__");
      if (init) return init.parameters.slice(1);
    }
    return [];
  }

  /** A dataclass's fields: the bases' first, as Python orders them. */
  #fields(name: string): Parameter[] {
    const fields = new Map<string, Parameter>();
    for (const definition of this.lineage(name).reverse()) {
      for (const attribute of definition.attributes) {
        if (attribute.annotation === undefined) continue;
        fields.set(attribute.target, {
          name: attribute.target,
          kind: "normal",
          keywordOnly: false,
          annotation: attribute.annotation,
          default: attribute.value,
        });
      }
    }
    return [...fields.values()];
  }
}

function isDataclass(definition: ClassDefinition): boolean {
  return definition.decorators.some((decorator) => /(^|\.)dataclass$/.test(decorator.name));
}

/**
 * Which argument of a call goes to which parameter.
 * @param call The call.
 * @param parameters The callee's parameters in order, without `self`.
 */
export function bindArguments(
  call: CallExpression,
  parameters: readonly Parameter[],
): Map<string, Expression> {
  const positional = parameters.filter((one) => one.kind === "normal" && !one.keywordOnly);
  const bound = new Map<string, Expression>();
  let next = 0;
  for (const argument of call.args) {
    if (argument.stars > 0) continue;
    const name = argument.name ?? positional[next++]?.name;
    if (name !== undefined) bound.set(name, argument.value);
  }
  return bound;
}
