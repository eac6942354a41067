/** The texts of a view exactly as they are sent, with `{…}` for what is put in; see `templates.ts` for sums of texts. */
import { childrenOf, type SyntaxNode } from "../python/source.ts";
import { readStringToken } from "../python/strings.ts";
import type { PythonModule } from "../python/syntax.ts";

/** A text of a module. */
export interface MessageText {
  /** What it stands for; each place in it is `{`, the words of what is put in there and `}`. */
  readonly text: string;
  readonly from: number;
  /** The literals that it is written as, and how much of the text each stands for. */
  readonly literals: readonly {
    readonly from: number;
    readonly to: number;
    readonly length: number;
  }[];
  /** Where one literal ends and the next one begins: the literals on both sides, and where the second one stands. */
  readonly joints: readonly {
    readonly before: string;
    readonly after: string;
    readonly from: number;
  }[];
  /** False where it is, or may be, only a part of a longer text: of a sum, or of what is added piece by piece. */
  readonly whole: boolean;
}

const known = new WeakMap<PythonModule, readonly MessageText[]>();

/** The texts of a module that stand for something, in source order: no docstrings, no patterns. */
export function messageTexts(module: PythonModule): readonly MessageText[] {
  const before = known.get(module);
  if (before) return before;
  const found: MessageText[] = [];
  module.root.cursor().iterate((below) => {
    if (!/String$/.test(below.name)) return true;
    const read = isSaid(below.node) ? readText(module, below.node) : undefined;
    if (read) found.push(read);
    return false;
  });
  known.set(module, found);
  return found;
}

/** A text that is a statement by itself says something about the code. */
function isSaid({ parent }: SyntaxNode): boolean {
  return parent !== null && parent.name !== "ExpressionStatement";
}

function readText(module: PythonModule, node: SyntaxNode): MessageText | undefined {
  const literals =
    node.name === "ContinuedString"
      ? [...childrenOf(node)].filter(({ name }) => name !== "Comment")
      : [node];
  const texts = literals.map((literal) => saidBy(module, literal));
  if (texts.includes(undefined)) return undefined;
  const joints = literals.slice(1).map(({ from }, index) => ({
    before: texts[index] ?? "",
    after: texts[index + 1] ?? "",
    from,
  }));
  const written = literals.map(({ from, to }, index) => {
    return { from, to, length: texts[index]?.length ?? 0 };
  });
  const text = texts.join("");
  return { text, from: node.from, literals: written, joints, whole: isWhole(module, node) };
}

/**
 * The offset in the module of what stands at a place of a text: of its line where a literal has several, else of the
 * literal. A finding at the first line of a long template is far from what it is about.
 * @param at A place in `text`.
 */
export function offsetInModule(
  module: PythonModule,
  { text, literals, from }: MessageText,
  at: number,
): number {
  let start = 0;
  for (const literal of literals) {
    const end = start + literal.length;
    if (at < end) {
      const source = module.text.slice(literal.from, literal.to);
      return literal.from + lineInLiteral(source, text.slice(start, end), at - start);
    }
    start = end;
  }
  return from;
}

/** 0 where the lines of the source are not those of the text. */
function lineInLiteral(source: string, text: string, at: number): number {
  const breaks = [...source.matchAll(/(?<!\\)\n/g)].map(({ index }) => index + 1);
  if (breaks.length === 0 || breaks.length !== text.split("\n").length - 1) return 0;
  const line = text.slice(0, at).split("\n").length - 1;
  const begin = /^\w*(?:"""|''')\\\n/.exec(source)?.[0].length ?? 0;
  const offset = line === 0 ? begin : (breaks[line - 1] ?? 0);
  return offset + (line === 0 && begin === 0 ? 0 : source.slice(offset).search(/[^ \t]|$/));
}

/** What a literal stands for; undefined for bytes and for patterns. */
function saidBy(module: PythonModule, literal: SyntaxNode): string | undefined {
  const source = withPlaces(module, literal);
  const { prefix, quote } = readStringToken(source);
  if (/[rb]/.test(prefix)) return undefined;
  const value = readStringToken(source.slice(prefix.length)).value;
  if (quote === "" || value === undefined) return undefined;
  // Two braces stand for one wherever places are filled in, and a format belongs to its place.
  return value
    .replaceAll(/\{\{|\}\}/g, (braces) => (braces === "{{" ? "(" : ")"))
    .replaceAll(/\{([^{}\n]*)\}/g, (_, inside: string) => placeOf(inside));
}

const placeOf = (inside: string): string =>
  `{${(inside.split(/[!:]/)[0] ?? "").replace(/\W+/g, "_")}}`;

/** The literal with the words of the expressions in it, which may hold quotes and braces of their own. */
function withPlaces(module: PythonModule, literal: SyntaxNode): string {
  const { text } = module;
  if (literal.name !== "FormatString") return text.slice(literal.from, literal.to);
  let source = "";
  let done = literal.from;
  for (const child of childrenOf(literal)) {
    if (child.name !== "FormatReplacement" || child.from < done) continue;
    source += text.slice(done, child.from) + placeOf(text.slice(child.from + 1, child.to - 1));
    done = child.to;
  }
  return source + text.slice(done, literal.to);
}

/** Whether nothing is put in front of it or behind it where it stands. */
function isWhole(module: PythonModule, node: SyntaxNode): boolean {
  for (let { parent } = node; parent !== null; { parent } = parent) {
    if (parent.name === "BinaryExpression" || parent.name === "UpdateStatement") return false;
    if (parent.name === "ArrayExpression" || parent.name === "ReturnStatement") return false;
    if (parent.name === "ArgList") {
      const call = parent.parent?.firstChild;
      if (
        call &&
        /\.(append|join|extend|replace|split|strip|\w*strip)$/.test(
          module.text.slice(call.from, call.to),
        )
      )
        return false;
    }
    if (/Statement|Definition/.test(parent.name)) return true;
  }
  return true;
}
