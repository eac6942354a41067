/** The branches of `if` and `match` statements. */
import { childrenOf, type SyntaxNode } from "./source.ts";

/** A branch with its keyword, such as `elif`. */
export interface Branch {
  /** Where the keyword stands. */
  readonly from: number;
  /** The condition, or the pattern of a `case`; undefined for `else`. */
  readonly test: SyntaxNode | undefined;
  readonly body: SyntaxNode;
}

/** The branches of an `if` or a `match`; none for any other statement. */
export function branchesOf(statement: SyntaxNode): Branch[] {
  return statement.name === "MatchStatement" ? casesOf(statement) : conditionsOf(statement);
}

function conditionsOf(statement: SyntaxNode): Branch[] {
  if (statement.name !== "IfStatement") return [];
  const branches: Branch[] = [];
  let from = statement.from;
  let test: SyntaxNode | undefined;
  for (const child of childrenOf(statement)) {
    if (/^(if|elif|else)$/.test(child.name)) [from, test] = [child.from, undefined];
    else if (child.name === "Body") branches.push({ from, test, body: child });
    else if (child.name !== "Comment") test = child;
  }
  return branches;
}

function casesOf(statement: SyntaxNode): Branch[] {
  const cases = statement.getChild("MatchBody");
  return [...(cases ? childrenOf(cases) : [])].flatMap((clause) => {
    const body = clause.getChild("Body");
    if (clause.name !== "MatchClause" || !body) return [];
    const pattern = [...childrenOf(clause)][1];
    const test = pattern?.name === "CapturePattern" ? undefined : pattern;
    return [{ from: clause.from, test, body }];
  });
}

/** The statements of a body. */
export function statementsIn(body: SyntaxNode): SyntaxNode[] {
  return [...childrenOf(body)].filter(
    ({ name }) => /Statement$|Definition$/.test(name) || name === "StatementGroup",
  );
}
