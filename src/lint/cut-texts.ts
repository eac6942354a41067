/** Finished texts that a view cuts: what ends a link, bold text or a block may go with the rest. */
import { assignmentsIn } from "../python/event-syntax.ts";
import { childrenOf, findNodes, type SyntaxNode } from "../python/source.ts";
import type { FunctionDefinition, PythonModule } from "../python/syntax.ts";

/** Markdown that has an end as well as a beginning. */
const PAIRED = /\*\*|\]\(|```|~~~|`/;
/** Something that makes a text longer than its author thought. */
const FILLED = /\{[^{}]*\}|%s/;
/** Functions that cut what they are given; topics have no Markdown. */
const CUTS = /(^|\.)(shorten|truncate(?!_topic)\w*)$/;

/** The expressions that cut a text with paired Markdown in it, after values were put in. */
export function cutTexts(module: PythonModule): SyntaxNode[] {
  return module.functions.flatMap((scope) =>
    findNodes(scope.node, "MemberExpression", "CallExpression").filter((node) => {
      const cut = cutBy(module, node);
      return cut !== undefined && isFinished(module, scope, cut, node.from);
    }),
  );
}

/** What an expression cuts to some length: `text[:100]`, but not `text[:-1]`, which takes a known end away. */
function cutBy({ text }: PythonModule, node: SyntaxNode): SyntaxNode | undefined {
  const [object, second] = [...childrenOf(node)];
  if (!object || !second) return undefined;
  if (node.name === "CallExpression") {
    const [, first] = [...childrenOf(second)];
    return CUTS.test(text.slice(object.from, object.to)) && first ? first : undefined;
  }
  // Part of a comparison, it only asks how the text begins.
  if (node.parent?.name === "BinaryExpression" && isComparison(text, node.parent)) return undefined;
  const range = text.slice(object.to, node.to).replace(/\s/g, "");
  return /^\[0?:[^:\-\]][^:\]]*\]$/.test(range) ? object : undefined;
}

const isComparison = (text: string, { from, to }: SyntaxNode): boolean =>
  /[=!<>]=|\bin\b/.test(text.slice(from, to));

/** Whether an expression is a text with Markdown and values in it, or a name that was set to one before. */
function isFinished(
  module: PythonModule,
  scope: FunctionDefinition,
  node: SyntaxNode,
  before: number,
): boolean {
  const name = module.text.slice(node.from, node.to);
  if (node.name !== "VariableName") return isTemplate(module, node);
  const added = findNodes(scope.node, "UpdateStatement").flatMap(({ firstChild, lastChild }) => {
    const isIts = firstChild && module.text.slice(firstChild.from, firstChild.to) === name;
    return isIts && lastChild ? [lastChild] : [];
  });
  const set = assignmentsIn(module, scope.node, name).filter(({ index }) => index === undefined);
  return [...added, ...set.map((one) => one.node)]
    .filter(({ from }) => from < before)
    .some((one) => isTemplate(module, one));
}

/** A text that is written out, with its own values or those of `format`; or a template of the module with some. */
function isTemplate(module: PythonModule, { from, to }: SyntaxNode): boolean {
  const source = module.text.slice(from, to);
  const [, constant] = /^(\w+)\.format\(/.exec(source) ?? [];
  const value = module.assignments.findLast(({ target }) => target === constant)?.value;
  const text = value ? module.text.slice(value.from, value.to) : source;
  return /^\(?\s*[rRbBuUfF]*["']/.test(text) && PAIRED.test(text) && FILLED.test(text);
}
