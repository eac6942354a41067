/** What decides in a view which function or branch an event goes to. */
import type { SyntaxNode } from "../../python/source.ts";
import type { DictExpression, FunctionDefinition, PythonModule } from "../../python/syntax.ts";

/** A dictionary by event. */
export interface TableDispatch {
  readonly kind: "table";
  readonly path: string;
  readonly module: PythonModule;
  readonly table: DictExpression;
  /** The event that the table lacks. */
  readonly event: string;
}

/** Comparisons of the event, one after the other. */
export interface ChainDispatch {
  readonly kind: "chain";
  readonly path: string;
  readonly module: PythonModule;
  /** The source of what is compared. */
  readonly subject: string;
  readonly event: string;
  /** What the new branch begins with; `first` for one that becomes the first of its `if`. */
  readonly form: "if" | "elif" | "case" | "first";
  /** Start of the line that the new branch goes above; for `first`, where the `if` stands. */
  readonly at: number;
  readonly indent: string;
  /** The branches there are. */
  readonly branches: readonly ComparingBranch[];
  /** The function that it is in. */
  readonly scope: FunctionDefinition;
}

export type Dispatch = TableDispatch | ChainDispatch;

export interface ComparingBranch {
  readonly values: readonly string[];
  /** The comparison, or the pattern of a `case`. */
  readonly compared: SyntaxNode;
  readonly body: SyntaxNode;
}

/** What an expression is at the place where the view refuses. */
export type Probe = (expression: string) => Promise<string | undefined>;

/** The innermost function that a node is in. */
export function functionAround(
  { functions, classes }: PythonModule,
  { from, to }: SyntaxNode,
): FunctionDefinition | undefined {
  return [...functions, ...classes.flatMap(({ methods }) => methods)].find(
    (one) => one.from <= from && to <= one.to,
  );
}
