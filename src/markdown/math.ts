/**
 * Mathematics between `$$` and in `math` fences.
 *
 * Connect has KaTeX lay formulas out. Here a formula keeps KaTeX's outer classes and shows its TeX
 * source, so that it stands where and how large the theme puts formulas.
 */
import { Element, finalElement } from "./tree.ts";

/**
 * A formula inside a line of text.
 * @param tex The TeX source, without its dollar signs.
 */
export function renderMath(tex: string): Element {
  const katex = new Element("span", { class: "katex" });
  katex.textIsFinal = true;
  const formula = finalElement("span", { class: "katex-html" }, tex);
  formula.escape = "literal";
  katex.children.push(formula);
  return katex;
}

/**
 * A paragraph with the formulas of a fenced block, one for each of its paragraphs.
 * @param tex The TeX source of the block.
 */
export function renderMathBlock(tex: string): Element {
  const paragraph = new Element("p");
  for (const formula of tex.split("\n\n")) {
    if (paragraph.lastChild) paragraph.lastChild.tail = "\n\n";
    paragraph.append("span", { class: "katex-display" }).children.push(renderMath(formula));
  }
  return paragraph;
}
