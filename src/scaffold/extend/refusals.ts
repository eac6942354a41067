/** Where a view refuses a payload, and what it compares there: asked of the view itself, in a copy that is only run. */
import type { Delivery } from "../../engine/index.ts";
import { applyEdits, type Edit } from "../../python/edit.ts";
import { toExpression } from "../../python/expression.ts";
import { parseModule } from "../../python/parse-module.ts";
import { findNodes, positionOf, type SyntaxNode } from "../../python/source.ts";
import { indentAt } from "../../python/splice.ts";
import type { PythonModule } from "../../python/syntax.ts";

/** A place at which a view ends a request: a `raise`, a lookup that fails, or a statement of another kind. */
export interface RefusalPlace {
  readonly path: string;
  readonly module: PythonModule;
  readonly node: SyntaxNode;
}

/** A file of the view, parsed. */
export interface ViewModule {
  readonly path: string;
  readonly module: PythonModule;
}

/** The view's files, parsed. */
export const modulesOf = (texts: ReadonlyMap<string, string>): ViewModule[] =>
  [...texts].map(([path, text]) => ({ path, module: parseModule(text) }));

const MARK = "connect-webhook-refusal";

/** The `raise` statements of a module that say something, in source order. */
export function refusalsIn(path: string, module: PythonModule): RefusalPlace[] {
  return findNodes(module.root, "RaiseStatement").flatMap((node) =>
    lastArgument(module, node) ? [{ path, module, node }] : [],
  );
}

/** A copy of a module in which each refusal says its number. */
export function numbered(module: PythonModule, refusals: readonly RefusalPlace[]): string {
  const edits = refusals.flatMap(({ node }, index) =>
    said(module, node, (text) => `"${MARK} ${index}:" + str(${text})`),
  );
  return applyEdits(module.text, edits);
}

/** The number that an answer of such a copy says. */
export function numberIn({ response, error }: Delivery): number | undefined {
  const said = new RegExp(`${MARK} (\\d+):`).exec(`${response.body} ${error?.message ?? ""}`)?.[1];
  return said === undefined ? undefined : Number(said);
}

/** A copy of a module in which one refusal says what an expression is there. */
export function probing({ module, node }: RefusalPlace, expression: string): string {
  const probe = `"${MARK}<" + str(${expression}) + ">${MARK}"`;
  const insert = `raise ValueError(${probe})\n${indentAt(module.text, node.from)}`;
  const before = { from: node.from, to: node.from, insert };
  const edits = node.name === "RaiseStatement" ? said(module, node, () => probe) : [before];
  return applyEdits(module.text, edits);
}

/** What the expression was. */
export function probedIn({ response, error }: Delivery): string | undefined {
  for (const text of [response.body, JSON.stringify(error?.message ?? "")]) {
    const inside = new RegExp(`${MARK}<(.*?)>${MARK}`, "s").exec(text)?.[1];
    if (inside !== undefined) return JSON.parse(`"${inside}"`) as string;
  }
  return undefined;
}

/** Puts something else in the place of what an error is told last. */
function said(
  module: PythonModule,
  raise: SyntaxNode,
  rewrite: (argument: string) => string,
): Edit[] {
  const argument = lastArgument(module, raise);
  if (!argument) return [];
  const { from, to } = argument;
  return [{ from, to, insert: rewrite(module.text.slice(from, to)) }];
}

function lastArgument(
  { text }: PythonModule,
  raise: SyntaxNode,
): { from: number; to: number } | undefined {
  const call = raise.getChild("CallExpression");
  const value = call && toExpression(text, call);
  if (value?.kind !== "call") return undefined;
  return value.args.filter(({ name, stars }) => name === undefined && stars === 0).at(-1)?.value;
}

/** The lookup in a table at which Python raised a `KeyError`, and the key that the table has not. */
export function failedLookup(
  { error }: Delivery,
  modules: readonly ViewModule[],
): (RefusalPlace & { key: string }) | undefined {
  if (error?.type !== "KeyError") return undefined;
  const [, , key] = /^(['"])(.*)\1$/s.exec(error.message.trim()) ?? [];
  const [frame] = framesOf(error.traceback, modules);
  if (!frame || key === undefined) return undefined;
  const { module } = frame;
  const node = findNodes(module.root, "MemberExpression").find(
    (member) =>
      positionOf(module.text, member.from).line === frame.line &&
      member.getChild("[") !== null &&
      member.firstChild?.name === "VariableName",
  );
  return node && { path: frame.path, module, node, key };
}

/** The statements of a view that were at work when it failed, the innermost first. */
export function failedStatements(
  { error }: Delivery,
  modules: readonly ViewModule[],
): RefusalPlace[] {
  return framesOf(error?.traceback ?? "", modules).flatMap(({ path, module, line }) => {
    const node = statementAt(module, line);
    return node ? [{ path, module, node }] : [];
  });
}

function framesOf(
  traceback: string,
  modules: readonly ViewModule[],
): (ViewModule & { line: number })[] {
  const frames = [...traceback.matchAll(/^ {2}File "([^"\n]+)", line (\d+)/gm)].reverse();
  return frames.flatMap(([, path, line]) => {
    const view = modules.find((one) => one.path === path);
    return view ? [{ ...view, line: Number(line) }] : [];
  });
}

/** The innermost statement that covers a line. */
function statementAt({ text, root }: PythonModule, line: number): SyntaxNode | undefined {
  const start =
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length + (line > 1 ? 1 : 0);
  const offset = start + (/\S/.exec(text.slice(start))?.index ?? 0);
  for (let node: SyntaxNode | null = root.resolveInner(offset, 1); node; node = node.parent) {
    if (/Statement$/.test(node.name) && node.parent?.name === "Body") return node;
  }
  return undefined;
}
