/** What a Python source is made of, as plain data: expressions and definitions, each with its exact place. */
import type { SyntaxNode, SyntaxProblem } from "./source.ts";

/** A range of the source, in UTF-16 units; `to` is excluded. */
export interface Located {
  readonly from: number;
  readonly to: number;
}

export type Expression =
  | StringExpression
  | NumberExpression
  | ConstantExpression
  | NameExpression
  | SequenceExpression
  | DictExpression
  | CallExpression
  | OperationExpression
  | OtherExpression;

/** One string literal, or several written one after the other. */
export interface StringExpression extends Located {
  readonly kind: "string";
  /** Undefined for f-strings and escapes that only Python can resolve. */
  readonly value: string | undefined;
  readonly bytes: boolean;
  readonly formatted: boolean;
  /** The quote of the first part. */
  readonly quote: string;
}

export interface NumberExpression extends Located {
  readonly kind: "number";
  readonly value: number;
}

export interface ConstantExpression extends Located {
  readonly kind: "constant";
  readonly value: boolean | null;
}

/** A name, dotted or not. */
export interface NameExpression extends Located {
  readonly kind: "name";
  readonly name: string;
}

/** An element of a sequence; `unpacked` when it has a star. */
export interface Element extends Located {
  readonly value: Expression;
  readonly unpacked: boolean;
}

export interface SequenceExpression extends Located {
  readonly kind: "list" | "tuple" | "set";
  readonly elements: readonly Element[];
}

/** An entry of a dictionary; without a key when it is unpacked with `**`. */
export interface DictEntry extends Located {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

export interface DictExpression extends Located {
  readonly kind: "dict";
  readonly elements: readonly DictEntry[];
}

/** An argument of a call: positional, by name, or unpacked with one or two stars. */
export interface Argument extends Located {
  readonly name: string | undefined;
  readonly stars: 0 | 1 | 2;
  readonly value: Expression;
}

export interface CallExpression extends Located {
  readonly kind: "call";
  /** Dotted name of what is called; empty when it is no plain name. */
  readonly callee: string;
  readonly args: readonly Argument[];
}

/** Two values joined by an operator, such as the union of two sets. */
export interface OperationExpression extends Located {
  readonly kind: "operation";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** Anything else, such as a comprehension or an operation. */
export interface OtherExpression extends Located {
  readonly kind: "other";
  /** The grammar's name of it. */
  readonly syntax: string;
}

/** A parsed Python module. Only its top level is read at once; look into functions with `callsIn` and `stringsIn`. */
export interface PythonModule {
  readonly text: string;
  readonly root: SyntaxNode;
  /** Whether the text was looked into; one that is too long or nested too deeply is not, and seems empty. */
  readonly isRead: boolean;
  /** Empty when the text is valid. */
  readonly problems: readonly SyntaxProblem[];
  readonly assignments: readonly Assignment[];
  readonly functions: readonly FunctionDefinition[];
  readonly classes: readonly ClassDefinition[];
  readonly imports: readonly ImportedName[];
}

/** `target = value`, with or without an annotation; `value` is undefined for a bare annotation. */
export interface Assignment extends Located {
  readonly target: string;
  /** The annotation's source text. */
  readonly annotation: string | undefined;
  readonly value: Expression | undefined;
}

export interface Decorator extends Located {
  /** Dotted name, without the at sign. */
  readonly name: string;
  readonly args: readonly Argument[];
}

export interface Parameter {
  readonly name: string;
  readonly kind: "normal" | "star" | "double-star";
  /** True when it can only be given by name. */
  readonly keywordOnly: boolean;
  readonly annotation: string | undefined;
  readonly default: Expression | undefined;
}

export interface FunctionDefinition extends Located {
  readonly name: string;
  readonly decorators: readonly Decorator[];
  readonly parameters: readonly Parameter[];
  /** The `def` statement's node, without decorators. */
  readonly node: SyntaxNode;
}

export interface ClassDefinition extends Located {
  readonly name: string;
  readonly decorators: readonly Decorator[];
  /** Base classes as dotted names. */
  readonly bases: readonly string[];
  readonly attributes: readonly Assignment[];
  readonly methods: readonly FunctionDefinition[];
  readonly node: SyntaxNode;
}

/** One name that an import statement brings in. */
export interface ImportedName extends Located {
  /** The module, such as `zerver.models`; for `import x`, x itself. */
  readonly module: string;
  /** The name taken from the module; undefined for `import x`, `*` for a star import. */
  readonly name: string | undefined;
  /** What it is called here. */
  readonly alias: string;
}
