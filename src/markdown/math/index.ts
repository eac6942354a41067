/** Mathematics between `$$` and in `math` fences, laid out by KaTeX as Connect's server does it. */
import { Element, finalElement } from "../tree.ts";
import { layOut } from "./katex.ts";

/**
 * A formula inside a line of text.
 * @param tex The TeX source, without its dollar signs.
 * @returns The formula, or its source marked as wrong when KaTeX refuses it.
 */
export function renderMath(tex: string): Element {
  const source = `$$${tex}$$`;
  const formula = layOut(tex, "inline");
  if (!formula) return finalElement("span", { class: "tex-error" }, source);
  formula.plainText = source;
  return formula;
}

/**
 * A paragraph with the formulas of a fenced block, one for each of its paragraphs.
 * @param tex The TeX source of the block.
 */
export function renderMathBlock(tex: string): Element {
  const paragraph = new Element("p");
  for (const source of tex.split("\n\n")) {
    if (paragraph.lastChild) paragraph.lastChild.tail = "\n\n";
    paragraph.children.push(layOut(source, "display") ?? wrong(source));
  }
  return paragraph;
}

function wrong(source: string): Element {
  const span = finalElement("span", { class: "tex-error" }, source);
  span.escape = "all";
  return span;
}
