/** Giving names in a piece of Python others. */
import { applyEdits } from "./edit.ts";
import { findNodes, parseTree, type SyntaxNode } from "./source.ts";

/**
 * Renames what a piece of Python calls by a name: variables, functions and constants, also within f-strings. Attributes
 * and the names of arguments in calls keep theirs.
 * @param text Statements without syntax errors.
 * @param names New names by old ones.
 */
export function renameIn(text: string, names: ReadonlyMap<string, string>): string {
  const edits = namesIn(text).flatMap(({ name, node: { from, to } }) => {
    const insert = names.get(name);
    return insert === undefined ? [] : [{ from, to, insert }];
  });
  return applyEdits(text, edits);
}

/** The names that a piece of Python uses or defines. */
export function namesIn(text: string): { name: string; node: SyntaxNode }[] {
  const root = parseTree(text);
  if (!root) return [];
  return findNodes(root, "VariableName")
    .filter((node) => !(node.parent?.name === "ArgList" && node.nextSibling?.name === "AssignOp"))
    .map((node) => ({ name: text.slice(node.from, node.to), node }));
}
