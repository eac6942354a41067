/**
 * The variables that a tree's style sheets use without declaring them. Its build takes them from a script
 * (`web/src/css_variables`), which is read here and not run: numbers by name, and entries made from them.
 */

const CONSTANT = /\bconst (\w+) = (-?\d+(?:\.\d+)?);/g;
const ENTRY = /^[ \t]*(\w+):([^,{}\r\n]*)(?:,[ \t]*)?\r?$/gm;

/** @returns The value by the variable's name; an entry that is written in another way is left out. */
export function readVariables(script: string): Map<string, string> {
  const numbers = new Map<string, number>();
  for (const [, name = "", value] of script.matchAll(CONSTANT)) numbers.set(name, Number(value));
  const variables = new Map<string, string>();
  for (const [, name = "", expression = ""] of script.matchAll(ENTRY)) {
    const value = evaluate(expression.trim(), numbers);
    if (value !== undefined) variables.set(name, value);
  }
  return variables;
}

/** A string, or a number or quotient with a unit: `"600px"`, `sm + "px"`, `800 / 14 + "em"`. */
function evaluate(expression: string, numbers: ReadonlyMap<string, number>): string | undefined {
  const literal = /^"([^"]*)"$/.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  const [, first, second, unit] =
    /^([\w.]+)(?:\s*\/\s*([\w.]+))?\s*\+\s*"(\w+)"$/.exec(expression) ?? [];
  if (first === undefined || unit === undefined) return undefined;
  const number = (word: string) => numbers.get(word) ?? Number(word);
  const value = number(first) / (second === undefined ? 1 : number(second));
  return Number.isFinite(value) ? `${value}${unit}` : undefined;
}
