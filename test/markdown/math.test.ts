import katex from "katex";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/markdown/index.ts";
import { readMarkup } from "../../src/markdown/math/reader.ts";
import { serialise } from "../../src/markdown/serialise.ts";
import { Element } from "../../src/markdown/tree.ts";
import { tagsOf } from "./html.ts";

const isFormula = (html: string) => html.includes('class="katex"') && !html.includes("tex-error");

/** One formula or more for each kind of thing that KaTeX draws. */
const FORMULAS = [
  "\\hat a \\vec{b} \\widehat{abc} \\widetilde{abc} \\overrightarrow{AB} \\utilde{abc} \\mathring{c}",
  "\\overbrace{abc}^{n} \\underbrace{abc}_{n} \\overline{a} \\underline{b} \\overgroup{ab}",
  "\\frac12 \\dfrac{a}{b} \\binom nk \\cfrac{1}{2} {a \\over b} {a \\above{2pt} b} \\genfrac(]{1pt}0ab",
  "\\sqrt{\\frac{\\frac{a}{b}}{\\frac{c}{d}}} \\sqrt[3]{x} \\phase{45}",
  "\\left(\\frac{\\frac12}{\\frac34}\\middle|a\\right] \\Bigg\\{ \\bigl\\langle \\left\\Updownarrow x\\right.",
  "\\sum_{i=1}^n \\prod\\nolimits_a^b \\int_0^1 \\oiint \\lim_{x\\to0} \\operatorname*{sup}_a",
  "\\xrightarrow[a]{b} \\xleftrightharpoons{ab} \\xmapsto{a} \\xtwoheadrightarrow{a}",
  "\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix} \\begin{cases}a&b\\\\c&d\\end{cases}",
  "\\begin{array}{|l:c||r|}\\hline a&b&c\\\\[1em] \\hdashline d&e&f\\\\ \\hline\\end{array}",
  "\\begin{aligned}a&=b\\\\c&=d\\end{aligned} \\begin{smallmatrix}a\\\\b\\end{smallmatrix}",
  "\\cancel{a} \\bcancel{b} \\xcancel{c} \\sout{d} \\boxed{e} \\fbox{f} \\angl n",
  "\\color{red}a \\textcolor{#0a0}{b} \\colorbox{red}{c} \\fcolorbox{red}{blue}{d}",
  "{\\tiny a}{\\scriptsize a}{\\small a}{\\large a}{\\Huge a} \\displaystyle\\frac{a}{b}\\textstyle a",
  "\\mathbf A \\mathbb A \\mathcal A \\mathfrak A \\mathscr A \\mathsf A \\mathtt A \\mathit A \\mathrm A",
  "\\text{a\\textbf{b}\\textit{c}\\texttt{d}\\textsf{e}} \\boldsymbol{\\alpha} \\pmb{x} \\mathsfit{a}",
  "\\text{é ß Я 中 한 ა अ} \\verb|a b| \\LaTeX \\KaTeX",
  "\\phantom{a} \\hphantom{b} \\vphantom{c} \\smash[b]{d} \\mathllap{e} \\mathrlap{f} \\mathclap{g}",
  "\\rule[1em]{1em}{2em} \\raisebox{1em}{a} \\kern1em \\hspace{-1em} \\! \\, \\; \\quad ~ \\vcenter{a}",
  "a' = a'' \\neq b \\not\\in \\pmod n \\overset!= \\underset{a}{b} \\stackrel{a}{=} \\bra a \\Set{a|b}",
  "\\newcommand\\twice[1]{#1#1}\\twice{a} \\def\\a#1{#1}\\a b \\let\\c=\\a \\c d",
];

describe("mathematics", () => {
  it.each(FORMULAS)("lays out %s", (tex) => {
    expect(isFormula(renderMarkdown(`\`\`\`math\n${tex}\n\`\`\``))).toBe(true);
    expect(isFormula(renderMarkdown(`x $$${tex}$$`))).toBe(true);
  });

  it.each(FORMULAS)("knows all that KaTeX writes for %s", (tex) => {
    // Asked directly, because the error names what the list of allowed words lacks.
    const { warn } = console;
    console.warn = () => {};
    const markup = katex.renderToString(tex, { displayMode: true, strict: "ignore" });
    console.warn = warn;
    expect(() => readMarkup(markup)).not.toThrow();
  });

  it("lays out what only stands on its own line", () => {
    const numbered = "\\begin{align}a&=b\\\\c&=d\\tag{2}\\end{align}";
    const arrows = "\\begin{CD}A @>a>b> B\\\\ @VVcV @AAA\\\\ C @= D\\end{CD}";
    expect(isFormula(renderMarkdown(`\`\`\`math\n${numbered}\n\n${arrows}\n\`\`\``))).toBe(true);
  });

  it("keeps the macros of a formula to itself", () => {
    const html = renderMarkdown("$$\\gdef\\mine{a}\\mine$$ $$\\mine$$");
    expect(html).toMatch(/katex.*<span class="tex-error">\$\$\\mine\$\$<\/span>/s);
  });

  it("does not talk about characters that its fonts lack", () => {
    const said: unknown[] = [];
    const { warn } = console;
    console.warn = (...words) => said.push(words);
    try {
      expect(isFormula(renderMarkdown("$$\\text{ψ}\\htmlClass{a}{b} % c$$"))).toBe(true);
    } finally {
      console.warn = warn;
    }
    expect(said).toEqual([]);
  });
});

const BOMBS: Readonly<Record<string, string>> = {
  "an endless macro": "\\def\\a{\\a\\a}\\a",
  "doubled definitions": `\\edef\\a{xxxxxxxxxx}${"\\edef\\a{\\a\\a}".repeat(30)}\\a`,
  "a long macro, often": `\\def\\a{${"x".repeat(4000)}}${"\\a".repeat(900)}`,
  "an argument, often": `\\def\\a#1{${"#1".repeat(2000)}}\\a{${"x".repeat(4000)}}`,
  "a macro of macros":
    "\\def\\a{xxxxxxxxxx}\\def\\b{\\a\\a\\a\\a\\a\\a\\a\\a\\a\\a}" +
    "\\def\\c{\\b\\b\\b\\b\\b\\b\\b\\b\\b\\b}\\c\\c\\c\\c\\c\\c\\c",
  "deep groups": "{".repeat(4000) + "}".repeat(4000),
  "deep fractions": `${"\\frac{".repeat(1000)}x${"}{a}".repeat(1000)}`,
  "a formula longer than any message": "x".repeat(10_001),
  "a far shift": "\\raisebox{-100000em}{x}",
  "a far jump": "\\kern-100000em x",
};

describe("a formula that asks for too much is refused:", () => {
  it.each(Object.entries(BOMBS))("%s", (_name, tex) => {
    const html = renderMarkdown(`\`\`\`math\n${tex}\n\`\`\``);
    expect(html).toMatch(/^<p><span class="tex-error">/);
    expect(tagsOf(html)).toHaveLength(2);
  });

  it("but a size is cut", () => {
    const html = renderMarkdown("$$\\rule{99999em}{99999em}$$");
    expect(html).toContain("border-right-width:100em;border-top-width:100em;");
  });
});

describe("the reader of KaTeX's markup", () => {
  const read = (markup: string) => {
    const root = new Element("root");
    root.children.push(readMarkup(markup));
    return serialise(root);
  };

  it.each([
    '<span class="mord" style="height:1em;color:#cc0000;">a&amp;&lt;&#x27;&quot;</span>',
    '<span><svg width="400em" viewBox="0 0 1 2"><path d="M1 2z"/></svg>a<span></span>b</span>',
  ])("gives back %s", (markup) => {
    expect(read(markup)).toBe(markup);
  });

  it.each([
    "<script>x</script>",
    "<a>x</a>",
    "<img/>",
    '<span onclick="x">a</span>',
    '<span href="x">a</span>',
    '<span class="user-mention">a</span>',
    '<span style="background:url(x)">a</span>',
    '<span style="position:fixed;">a</span>',
    '<span style="height:1000em;">a</span>',
    '<span style="height:1em:x;">a</span>',
    '<span style="color:expression(x);">a</span>',
    '<path d="javascript:x"/>',
    "<span>a",
    "<span>a</math>",
    "<span>a</span></span>",
    "<span>a</span><span>b</span>",
    "<span>a > b</span>",
    "<!-- a -->",
    "",
  ])("refuses %s", (markup) => {
    expect(() => readMarkup(markup)).toThrow("KaTeX wrote");
  });
});
