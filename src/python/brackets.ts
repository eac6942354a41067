/** Brackets of a source that may not be Python, and so has no tree to go by. */

/** A bracket, and where it stands. */
interface Bracket {
  sign: string;
  offset: number;
}

/** Comments and strings, whose brackets count for nothing, and brackets. */
const TOKENS =
  /#[^\n]*|"""(?:\\[\s\S]|[^\\])*?(?:"""|$)|'''(?:\\[\s\S]|[^\\])*?(?:'''|$)|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|[()[\]{}]/g;
const CLOSING = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/**
 * The first bracket that another kind closes, or the outermost that none does.
 * @returns Undefined when all brackets match, and where one is closed that was never opened.
 */
export function mismatchedBracket(text: string): { open: Bracket; close?: Bracket } | undefined {
  const opened: Bracket[] = [];
  for (const { 0: sign, index: offset } of text.matchAll(TOKENS)) {
    if (CLOSING.has(sign)) opened.push({ sign, offset });
    else if (/^[)\]}]$/.test(sign)) {
      const open = opened.pop();
      if (!open) return undefined;
      if (CLOSING.get(open.sign) !== sign) return { open, close: { sign, offset } };
    }
  }
  const [open] = opened;
  return open && { open };
}
