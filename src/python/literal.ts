/** Values of expressions that are made of literals only. */
import type { DictExpression, Expression, SequenceExpression } from "./syntax.ts";

/** A simple value: what `ast.literal_eval` would give. Dictionaries become maps, tuples and sets become arrays. */
export type Literal = string | number | boolean | null | Literal[] | Map<Literal, Literal>;

/**
 * The value of an expression made of literals only, as `ast.literal_eval` gives it.
 * @returns Undefined when it holds a name, a call, an f-string or an operation.
 */
export function literalValue(expression: Expression): Literal | undefined {
  switch (expression.kind) {
    case "string":
    case "number":
    case "constant":
      return expression.value;
    case "list":
    case "tuple":
    case "set":
      return literalElements(expression);
    case "dict":
      return literalEntries(expression);
    default:
      return undefined;
  }
}

function literalElements(sequence: SequenceExpression): Literal[] | undefined {
  const values: Literal[] = [];
  for (const element of sequence.elements) {
    const value = element.unpacked ? undefined : literalValue(element.value);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function literalEntries(dict: DictExpression): Map<Literal, Literal> | undefined {
  const map = new Map<Literal, Literal>();
  for (const entry of dict.elements) {
    const key = entry.key && literalValue(entry.key);
    const value = literalValue(entry.value);
    if (key === undefined || value === undefined) return undefined;
    map.set(key, value);
  }
  return map;
}
